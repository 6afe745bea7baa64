"""The sample resource centre: a small one of our own making, which `ingest demo` and the tests serve on loopback."""
