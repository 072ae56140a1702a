"""Hypothesis strategies for wild plans of a known mission: real names and invented ones, days inside it and outside."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from drawdown.mission.mission import Mission
from drawdown.plan.model import Closure, Disposal, Disposition, HandedTo, Mode, Move, Plan, Separation, StepRun


def wild_plans(mission: Mission, *, strangers: bool = True) -> st.SearchStrategy[Plan]:
    """Plans of a mission that make no sense; with ``strangers`` some name what the mission does not have."""
    days = st.integers(-2 if strangers else 1, mission.days + (2 if strangers else 0)).map(mission.date)
    spans = st.tuples(days, days).map(sorted) if not strangers else st.tuples(days, days)

    def one_of(names: Iterable[str]) -> st.SearchStrategy[str]:
        return st.sampled_from([*names, "nowhere"] if strangers else list(names))

    def some_of(names: Iterable[str]) -> st.SearchStrategy[dict[str, int]]:
        return st.dictionaries(one_of(names), st.integers(1, 500), max_size=2)

    places, sites, units, lots = (one_of(table) for table in (mission.place, mission.site, mission.unit, mission.lot))

    def moves() -> st.SearchStrategy[Move]:
        return spans.flatmap(
            lambda span: st.builds(
                Move,
                id=st.sampled_from(["m1", "m2", "m3"]) if strangers else st.uuids().map(str),
                mode=st.sampled_from(Mode.__args__),
                origin=places,
                destination=places,
                legs=st.lists(one_of(mission.leg), min_size=1, max_size=3).map(tuple),
                depart=st.just(span[0]),
                arrive=st.just(span[1]),
                lift=some_of(mission.lift_by_id),
                escorts=some_of(mission.unit),
                people=some_of(mission.unit),
                lots=some_of(mission.lot),
                driven=some_of(mission.lot),
                clearance_asked=st.none() | days,
            )
        )

    counts = st.integers(1, 500)
    steps = spans.flatmap(
        lambda span: st.builds(
            StepRun, site=sites, step=one_of(mission.step), start=st.just(span[0]), end=st.just(span[1])
        )
    )
    return st.builds(
        Plan,
        name=st.just("Wild"),
        mission=st.just(mission.mission.id),
        mission_hash=st.just(mission.hash),
        version=st.just("0"),
        planner=st.just("chance"),
        as_of=days,
        moves=st.lists(moves(), max_size=5).map(tuple),
        disposals=st.lists(
            st.builds(
                Disposal,
                lot=lots,
                disposition=st.sampled_from(Disposition.__args__),
                count=counts,
                place=sites,
                day=days,
                reason=st.none() | st.just("no_lift_in_time"),
            ),
            max_size=4,
        ).map(tuple),
        separations=st.lists(st.builds(Separation, unit=units, count=counts, place=sites, day=days), max_size=2).map(
            tuple
        ),
        steps=st.lists(steps, max_size=4).map(tuple),
        closures=st.lists(
            st.builds(
                Closure,
                site=sites,
                last_out=days,
                handover=st.none() | days,
                handed_to=st.none() | st.sampled_from(HandedTo.__args__),
            ),
            max_size=4,
        ).map(tuple),
    )
