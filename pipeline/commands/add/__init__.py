"""`ingest add`: looks at a site as a person would and proposes the configuration that would ingest it.

site      fetches and reads, each address once
ways      how the site lists its documents, each way tried on a few of them
fields    which fields the pages lack, and the selectors for these
block     the proposal as TOML
"""
