"""The base map as data: outlines of States, rivers and lakes of the world. PROVENANCE.md says whence."""
