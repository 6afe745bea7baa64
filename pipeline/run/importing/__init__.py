"""Imports through the same flow: WARC files, saved pages and PDFs, lists of addresses."""
