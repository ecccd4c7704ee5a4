"""Checkers of a built site, and their own tests. They read what a reader's browser reads, and know nothing of the generator."""
