"""Resource centres on loopback, made by us: eight sites, one a mechanism, of 60 documents each, with real traps.

with serve(ListingSite()) as site:
    ...  # site.url, site.items, site.asked; site.add(6), site.remove(2)
"""

from tests.sites.apis import DrupalSite, DspaceSite, OaiSite, WordpressSite
from tests.sites.server import Site, serve
from tests.sites.web import DirectorySite, FeedSite, ListingSite, SitemapSite

EIGHT: tuple[type[Site], ...] = (
    ListingSite,
    FeedSite,
    SitemapSite,
    OaiSite,
    WordpressSite,
    DspaceSite,
    DrupalSite,
    DirectorySite,
)

__all__ = [
    "EIGHT",
    "DirectorySite",
    "DrupalSite",
    "DspaceSite",
    "FeedSite",
    "ListingSite",
    "OaiSite",
    "Site",
    "SitemapSite",
    "WordpressSite",
    "serve",
]
