"""Which scraper reads a source: its own module in this folder, its selectors, or the generic reader."""

from __future__ import annotations

import inspect
import pkgutil
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

from models.errors import ConfigError

if TYPE_CHECKING:
    from scrapers.base import Rules
    from scrapers.scraper import Scraper


def names() -> tuple[str, ...]:
    """Return the names that `scraper` may have: one module of this folder a site."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def scraper_for(rules: Rules) -> Scraper:
    """Return the scraper of a source; raises ConfigError for a name without a module, with the nearest one.

    A selector that a person configured is trusted more than what a site's module or the generic reader finds.
    """
    from scrapers.configured import Configured, selectors
    from scrapers.scraper import Scraper

    scraper = _class_of(rules.scraper)(rules) if rules.scraper else Scraper(rules)
    if selectors(rules):
        return Configured(rules, otherwise=scraper)
    return scraper


def _class_of(name: str) -> type[Scraper]:
    from scrapers.scraper import Scraper

    if name not in names():
        near = get_close_matches(name, names(), n=1, cutoff=0.0)
        raise ConfigError(
            f"scraper: there is no {name!r} in scrapers/sites" + (f"; did you mean {near[0]!r}?" if near else "")
        )
    module = import_module(f"{__name__}.{name}")
    classes = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Scraper) and value.__module__.startswith(module.__name__)
    ]
    if len(classes) != 1:
        raise ConfigError(f"scraper: scrapers/sites/{name} must define one Scraper, it defines {len(classes)}")
    return classes[0]
