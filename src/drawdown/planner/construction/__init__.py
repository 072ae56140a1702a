"""The constructive planner: a lawful plan at once, site after site."""
