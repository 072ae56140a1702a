"""The search: plans built day by day as a guide says, and better guides."""
