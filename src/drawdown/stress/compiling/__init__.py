"""From a mission and a plan to a script."""
