"""What a chart is drawn on: its rows, the axis of days, and the lines of the days that matter."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from drawdown.report.charts.style import BLACK, CONFIG, LABEL, VERMILLION
from drawdown.report.timeline import Timeline

Spec = dict[str, Any]
Layer = Any  # a layer of a chart; most methods of Altair do not say what they return


class Canvas:
    """A chart in the making.

    Days are numbers on every axis and are written as dates, so that no reader's time zone shifts them. Rows are
    kept here, because Altair would copy and check each of them several times over.
    """

    def __init__(self, timeline: Timeline) -> None:
        """An empty canvas."""
        self.timeline = timeline
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def rows(self, values: list[dict[str, Any]]) -> alt.NamedData:
        """Rows for a layer of the chart."""
        name = f"rows_{len(self._rows)}"
        self._rows[name] = values
        return alt.NamedData(name=name)

    def spec(self, chart: Any, day: int) -> Spec:
        """The finished chart as a Vega-Lite specification, with ``day`` as the chosen day."""
        found: Spec = chart.add_params(alt.param(name="day", value=day)).to_dict()
        return {**found, "config": CONFIG, "datasets": self._rows}

    def date(self, day: str, pattern: str = "%-d %b %Y") -> str:
        """A Vega expression that writes a day number as a date."""
        start = self.timeline.mission.mission.cessation
        return f"utcFormat(utc({start.year}, {start.month - 1}, {start.day}) + ({day}) * 864e5, '{pattern}')"

    def days(self, every: int = 1) -> alt.X:
        """The axis of days for a field ``start``, with every so manieth month; a day is as wide as one unit."""
        month, year = self.date("datum.value", "%b"), self.date("datum.value", "%b %Y")
        return alt.X(
            "start:Q",
            scale=alt.Scale(domain=[0, self.timeline.horizon + 1], nice=False, zero=False),
            axis=alt.Axis(
                values=self._months()[::every],
                labelExpr=f"{month} == 'Jan' || datum.index == 0 ? {year} : {month}",
                labelOverlap=True,
                labelAlign="left",
                labelOffset=2,
                title=None,
                domain=False,
            ),
        )

    def _months(self) -> list[int]:
        start = self.timeline.mission.mission.cessation
        firsts = (date(start.year + n // 12, n % 12 + 1, 1) for n in range(start.month - 1, 12 * 60))
        found = []
        for day in map(self.timeline.mission.day, firsts):
            if day > self.timeline.horizon:
                break
            found += [day] if day >= 0 else []
        return found

    def _ends(self) -> alt.NamedData:
        mission, horizon = self.timeline.mission, self.timeline.horizon
        days = {"Deadline": self.timeline.deadline, "End of liquidation": mission.days}
        return self.rows([{"start": day + 1, "name": name} for name, day in days.items() if day <= horizon])

    def day_rules(self, above: int = 8) -> Layer:
        """The chosen day, and the evenings by which something must be done, as upright lines with their names.

        The names stand ``above`` the chart by so many pixels.
        """
        ends = alt.Chart(self._ends())
        line = ends.mark_rule(color=VERMILLION, strokeWidth=1.5, strokeDash=[5, 3]).encode(x="start:Q")
        name = ends.mark_text(align="right", dx=-3, color=VERMILLION, fontSize=LABEL - 1).encode(
            x="start:Q", y=alt.value(-above), text="name:N"
        )
        chosen = alt.Chart(self.rows([{}])).mark_rule(color=BLACK, strokeWidth=1.5).encode(x=self.chosen())
        return alt.layer(line, name, chosen)

    @staticmethod
    def chosen() -> alt.XDatum:
        """The middle of the chosen day."""
        return alt.XDatum(alt.ExprRef(expr="day + 0.5"), type="quantitative")
