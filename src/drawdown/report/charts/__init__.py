"""The charts of a report, one function each: a `Timeline` in, a Vega-Lite chart (Altair) out."""

from drawdown.report.charts.closures import closures
from drawdown.report.charts.map import overview
from drawdown.report.charts.remaining import equipment, people, people_by_site, vehicles
from drawdown.report.charts.routes import routes

__all__ = ["closures", "equipment", "overview", "people", "people_by_site", "routes", "vehicles"]
