"""What was learnt: each rate before and after, as a multiple of what was thought before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from drawdown.forecast.answers import Learnt
from drawdown.report.charts.canvas import Spec
from drawdown.report.charts.style import BLUE, GREY, WIDE
from drawdown.report.futures.paper import Paper, labelled
from drawdown.report.names import sentence

_FAR = 8.0  # the axis ends at an eighth and at eight times: beyond that a picture says no more than the table
_MARKS = (0.125, 0.25, 0.5, 1, 2, 4, 8)
_BEFORE, _AFTER = "Before", "After"


def drawable(learnt: Iterable[Learnt]) -> list[Learnt]:
    """Rates whose mean was more than nothing before: only those have a multiple."""
    return [row for row in learnt if row.before[1] > 0]


def label(row: Learnt) -> str:
    """What was learnt of, and where."""
    return f"{sentence(row.what)}: {row.where}" if row.where else sentence(row.what)


def _rows(learnt: Sequence[Learnt]) -> list[dict[str, Any]]:
    found = []
    for n, row in enumerate(learnt):
        for shift, (when, numbers) in enumerate(((_BEFORE, row.before), (_AFTER, row.after))):
            low, mean, high = (min(_FAR, max(1 / _FAR, number / row.before[1])) for number in numbers)
            told = " to ".join(f"{number:,.3g}" for number in (numbers[0], numbers[2]))
            said = {"what": label(row), "mean": f"{numbers[1]:,.3g} {row.unit}", "between": f"{told} {row.unit}"}
            found.append(
                {"row": n, "when": when, "low": low, "value": mean, "high": high, "shift": 9 * shift - 4, **said}
            )
    return found


def learnt(rows: Iterable[Learnt]) -> Spec:
    """Means and 90 % intervals before (grey) and after (blue), on an axis of multiples of the mean before."""
    paper, shown = Paper(), drawable(rows)
    y, tall = labelled([label(row) for row in shown])
    values = _rows(shown)
    ends = [end for value in values for end in (value["low"], value["high"])]
    low, high = min([0.5, *ends]), max([2.0, *ends])
    x = alt.X(
        "low:Q",
        title="Times what was thought before",
        scale=alt.Scale(type="log", base=2, domain=[low / 1.05, high * 1.05], nice=False),
        axis=alt.Axis(values=[mark for mark in _MARKS if low / 1.05 <= mark <= high * 1.05], domain=False,
                      labelExpr="datum.value < 1 ? '1/' + format(1 / datum.value, 'd') : format(datum.value, 'd')"),
    )  # fmt: skip
    colour = alt.Color("when:N", scale=alt.Scale(domain=[_BEFORE, _AFTER], range=[GREY, BLUE]))
    told = [alt.Tooltip(f"{field}:N", title=title) for field, title in
            (("what", "What"), ("when", "When"), ("mean", "Mean"), ("between", "90 %"))]  # fmt: skip
    layers = []
    for when in (_BEFORE, _AFTER):
        chart = alt.Chart(paper.rows([value for value in values if value["when"] == when]))
        shift = 5 if when == _AFTER else -5
        layers.append(
            chart.mark_rule(strokeWidth=2.5, yOffset=shift).encode(x=x, x2="high:Q", y=y, color=colour, tooltip=told)
        )
        layers.append(
            chart.mark_point(filled=True, size=60, opacity=1, yOffset=shift).encode(
                x="value:Q", y=y, color=colour, tooltip=told
            )
        )
    one = (
        alt.Chart(paper.rows([{}]))
        .mark_rule(color=GREY, strokeDash=[2, 2])
        .encode(x=alt.XDatum(1, type="quantitative"))
    )
    return paper.spec(alt.layer(one, *layers).properties(width=WIDE, height=max(tall, 30) * max(1, len(shown))))
