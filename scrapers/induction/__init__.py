"""Deriving a site's selectors from a few of its pages, for `ingest add`: bytes in, selectors out."""
