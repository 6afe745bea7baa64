"""One cache of compiled statements for all stores of a test process.

SQLAlchemy keeps what it has compiled for each engine. A test opens several stores, each an engine of its own, and would
have the same hundred statements compiled for each: half of the time of the tests of `pipeline/load`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

MOST = 4000
"""Statements that are kept."""


def share() -> None:
    """Have every engine that is made from now on use one cache; dialects of one class count as the same key in it."""
    compiled: LRUCache[Any, Any] = LRUCache(MOST)
    made = Engine.__init__

    def make(engine: Engine, *arguments: Any, **keywords: Any) -> None:
        made(engine, *arguments, **keywords)
        engine._compiled_cache = compiled

    def equal(one: DefaultDialect, other: object) -> bool:
        return type(one) is type(other)

    setattr(Engine, "__init__", make)  # noqa: B010
    setattr(DefaultDialect, "__eq__", equal)  # noqa: B010
    setattr(DefaultDialect, "__hash__", lambda dialect: hash(type(dialect)))  # noqa: B010
