"""People in a finished plan, moved again as well as can be."""
