"""Tests: one file a module of the package, whole little sites, a real browser, and the checkers of a built site."""
