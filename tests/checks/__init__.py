"""One test file a check: the rows on which it stays silent, and those on which it fires."""
