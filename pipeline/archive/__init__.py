"""Every answer, kept as it came: WARC 1.1 files that any reader of web archives can replay."""

from pipeline.archive.files import Archive
from pipeline.archive.record import Stored, read

__all__ = ["Archive", "Stored", "read"]
