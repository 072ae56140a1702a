"""The map of a record: sites as they stand on a day, with a cross where the mandate does not cover what was done."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from drawdown.forecast.answers import SiteStatus, Status
from drawdown.mission.mission import Mission
from drawdown.report.charts.canvas import Spec
from drawdown.report.charts.map import overview
from drawdown.report.release import RELEASES, Audience, Release
from drawdown.report.timeline import Span, State, Timeline
from drawdown.report.uncovered import of_record


class _AsItStands(Timeline):
    """A mission with its sites as a status has them, instead of as they were on the day of cessation."""

    def __init__(self, mission: Mission, status: Status, release: Release) -> None:
        super().__init__(mission, strengths=release.strengths)
        self.status = status

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        late = self.status.as_of > self.status.deadline
        return tuple(
            Span(row.site, 0, 0, row.people if self.strengths else 0, _state(row, self.status.as_of, late=late))
            for row in self.status.sites
        )


def _state(site: SiteStatus, on: date, *, late: bool) -> State:
    if site.handover and site.handover <= on:
        return "handed_over"
    if site.last_out and site.last_out <= on:
        return "left"
    return "liquidation" if late else "open"


def violations(status: Status, mission: Mission, release: Audience = "internal") -> Spec:
    """Where the record tells of what the mandate does not cover, as far as readers may know; `Status.sites` beside it.

    The crosses are of all days up to the one that is spoken of.
    """
    allowed = RELEASES[release]
    return overview(_AsItStands(mission, status, allowed), crossed=of_record(status.violations, allowed))
