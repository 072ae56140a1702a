"""What a plan or a record has that the mandate does not cover, by place and days: marks on charts, rows of a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

import altair as alt

from drawdown.forecast.answers import Violation
from drawdown.mandate.judging import Judged
from drawdown.mandate.windows import ONE_DAY
from drawdown.mandate.words import deed_words
from drawdown.plan.judging import OF_MOVES
from drawdown.report.names import long_date
from drawdown.report.release import Release
from drawdown.report.timeline import Timeline

LABEL = "Not covered by the mandate"

#: A saltire, which does not hide what it marks, in a red that no other mark has (its shape tells it without colour).
_SALTIRE, RED = "M-1,-1L1,1M1,-1L-1,1", "#8f0d22"


class Uncovered(NamedTuple):
    """Actions at one place on the same days that no authority covers: how many of what, and why."""

    place: str
    name: str
    start: date
    end: date
    what: str
    why: str

    @property
    def when(self) -> str:
        """The days in words."""
        return long_date(self.start) + (f" to {long_date(self.end)}" if self.end != self.start else "")


def uncovered(timeline: Timeline) -> list[Uncovered]:
    """The violations of a timeline's plan or record; where its moves are not shown, none that is a move's."""
    return gathered(timeline.not_covered)


def gathered(judged: Iterable[Judged]) -> list[Uncovered]:
    """Violations of a plan or a record, those at one place on days that touch in one row; by days.

    ``why`` is the reason of the first.
    """
    return _joined(
        Uncovered(row.place or "", row.where, window.start, window.end, deed_words(row.deed), row.why)
        for row in judged
        for window in row.bare
    )


def of_record(violations: Iterable[Violation], release: Release) -> list[Uncovered]:
    """Violations of a status, gathered alike, as far as readers may know of moves and escorts."""
    return _joined(
        Uncovered(row.place or "", row.where, row.start, row.end, deed_words(row.deed), row.why)
        for row in violations
        if (release.moves or row.deed not in OF_MOVES) and (release.escorts or row.deed != "escort")
    )


def _joined(single: Iterable[Uncovered]) -> list[Uncovered]:
    runs: dict[str, list[tuple[date, list[Uncovered]]]] = defaultdict(list)
    for row in sorted(single, key=lambda found: (found.start, found.end)):
        place = runs[row.place]
        if place and row.start <= place[-1][0] + ONE_DAY:
            end, rows = place.pop()
            rows.append(row)
            place.append((max(end, row.end), rows))
        else:
            place.append((row.end, [row]))
    found = [
        rows[0]._replace(end=end, what=_what(row.what for row in rows))
        for place in runs.values()
        for end, rows in place
    ]
    return sorted(found, key=lambda row: (row.start, row.end, row.name))


def _what(single: Iterable[str]) -> str:
    return ", ".join(f"{number} {name}{'s' if number > 1 else ''}" for name, number in Counter(single).items())


def marks(rows: Iterable[Uncovered], day: Callable[[date], int]) -> list[dict[str, Any]]:
    """Violations as rows of a chart whose days are counted by ``day``."""
    return [
        {
            "place": row.place, "site": row.name, "key": LABEL, "a": day(row.start), "b": day(row.end),
            "when": row.when, "what": row.what, "why": row.why,
        }
        for row in rows
    ]  # fmt: skip


def saltire() -> alt.Shape:
    """The mark of a violation and its entry in the legend."""
    key = alt.Legend(symbolStrokeColor=RED, symbolStrokeWidth=2.5, symbolSize=60)
    return alt.Shape("key:N", scale=alt.Scale(domain=[LABEL], range=[_SALTIRE]), legend=key)


def tips() -> list[alt.Tooltip]:
    """What a mark says when a reader points at it."""
    titles = {"site": "Where", "when": "When", "what": LABEL, "why": "Why"}
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
