"""Pages that others captured, through the same flow: WARC files, saved pages and PDFs, lists of addresses."""
