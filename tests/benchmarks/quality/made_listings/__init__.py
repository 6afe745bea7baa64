"""Made pages of listings: twenty layouts of the list itself, and what real pages have around it."""
