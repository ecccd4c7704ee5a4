"""A static site generator for health information."""
