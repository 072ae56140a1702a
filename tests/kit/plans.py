"""A small plan that uses every table, for what does not ask whether a plan makes sense."""

from __future__ import annotations

from datetime import date

from drawdown.plan.model import Closure, Disposal, Move, Plan, Separation, StepRun


def small_plan() -> Plan:
    """Two moves with loads of every kind, and a row of everything else."""
    convoy = Move(
        id="m1",
        mode="road",
        origin="camp",
        destination="base",
        legs=("camp_base",),
        depart=date(2023, 7, 5),
        arrive=date(2023, 7, 7),
        clearance_asked=date(2023, 7, 1),
        lift={"trucks": 12},
        escorts={"company": 2},
        people={"company": 40, "battalion": 120},
        lots={"tents": 30},
        driven={"jeeps": 9},
    )
    flight = Move(
        id="m2",
        mode="air",
        origin="post",
        destination="base",
        legs=("post_base",),
        depart=date(2023, 7, 8),
        arrive=date(2023, 7, 8),
        lift={"helicopter": 2},
        people={"company": 20},
    )
    return Plan(
        name="By hand",
        mission="small",
        mission_hash="abc123",
        version="0.1.0",
        planner="a person",
        course="fast",
        seed=7,
        as_of=date(2023, 6, 30),
        settings={"gap": 0.01, "exact": True, "limit": 60, "level": "2", "word": "yes"},
        moves=(convoy, flight),
        disposals=(
            Disposal(
                lot="prefabs",
                disposition="destroy",
                count=3,
                place="camp",
                day=date(2023, 8, 1),
                reason='no, "lift"\nat all',
            ),
        ),
        separations=(Separation(unit="national_staff", count=5, place="camp", day=date(2023, 8, 1)),),
        steps=(StepRun(site="camp", step="clean", start=date(2023, 8, 1), end=date(2023, 8, 9)),),
        closures=(
            Closure(
                site="camp", last_out=date(2023, 8, 10), handover=date(2023, 8, 12), handed_to="civilian_authority"
            ),
            Closure(site="post", last_out=date(2023, 7, 8)),
        ),
    )
