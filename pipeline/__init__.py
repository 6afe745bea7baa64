"""What happens, in order: discover, fetch, archive, extract, normalise, load."""

from importlib.metadata import version

VERSION = version("resource-centre-ingest")
