"""Charts, maps and the report of a mission and its plan. Needs the extra ``report``."""

from drawdown.report import extras  # noqa: F401  first: it says which extra is missing
from drawdown.report.document import build_report
from drawdown.report.gallery import chart_files
from drawdown.report.render import compiled, render
from drawdown.report.timeline import Timeline

__all__ = ["Timeline", "build_report", "chart_files", "compiled", "render"]
