"""PDFs made here: reports with known truth, tables, and odd, broken and hostile files."""
