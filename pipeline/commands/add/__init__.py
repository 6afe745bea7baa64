"""`ingest add`: looks at a site as a person would and proposes the configuration that would ingest it.

site      what is asked and read, each address once
ways      how the site tells of its documents, each way tried on a few of them
fields    which fields the pages leave unsaid, and the selectors for these
block     the proposal as TOML
"""
