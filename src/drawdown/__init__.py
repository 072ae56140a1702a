"""Drawdown plans, checks and shows the withdrawal of a peace operation."""

__version__ = "0.1.0"
