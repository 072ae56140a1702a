"""The revisions, each a file of its own that stands by itself."""
