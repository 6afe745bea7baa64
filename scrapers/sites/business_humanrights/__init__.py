"""business-humanrights.org, in both of its generations: read by label words and text order, never by class names."""

from __future__ import annotations

from scrapers.base import Scraper


class BusinessHumanRights(Scraper):
    """Reads the Business & Human Rights Resource Centre."""
