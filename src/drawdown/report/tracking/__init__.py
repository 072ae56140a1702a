"""The charts of status, forecast and hindcast, one function each: what is said of a drawdown in, a chart out."""

from drawdown.report.tracking.closures import closures
from drawdown.report.tracking.curve import s_curve
from drawdown.report.tracking.equipment import equipment
from drawdown.report.tracking.fan import fan
from drawdown.report.tracking.last_out import last_out, what_happened
from drawdown.report.tracking.learnt import learnt
from drawdown.report.tracking.map import violations
from drawdown.report.tracking.moved import moved
from drawdown.report.tracking.scores import people_scores, sites_scores

__all__ = [
    "closures",
    "equipment",
    "fan",
    "last_out",
    "learnt",
    "moved",
    "people_scores",
    "s_curve",
    "sites_scores",
    "violations",
    "what_happened",
]
