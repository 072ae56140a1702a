"""Opening a plan together with the mission that it is a plan of."""

from __future__ import annotations

from pathlib import Path

from drawdown.desk.missions import bundled, open_mission
from drawdown.files import read_plan
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission
from drawdown.plan.model import Plan
from drawdown.plan.verify import Broken, verify_plan

_SHOWN = 12  # digits of a hash that a person compares


def _fault(path: Path, value: str, message: str, remedy: str) -> MissionError:
    return MissionError([Fault("fault", Spot("plan"), value, message, remedy, str(path))])


def read_sound_plan(path: Path) -> Plan:
    """Read a plan; raises `MissionError` with everything that is wrong with its files."""
    if not path.exists():
        raise _fault(path, str(path), "no such plan", "give the folder or JSON file that `drawdown plan` wrote")
    reading = read_plan(path)
    if reading.plan is None:
        raise MissionError(reading.faults)
    return reading.plan


def open_plan(
    path: str | Path, reference: str | Path | None = None, *, allow_changed: bool = False
) -> tuple[Mission, Plan]:
    """A plan and its mission: the one that is given, otherwise the bundled mission that the plan names.

    Raises `MissionError` if either cannot be read, and if the mission is not the one that the plan was made from
    (by its hash) unless ``allow_changed`` says that this is on purpose.
    """
    path = Path(path)
    plan = read_sound_plan(path)
    if reference is None and plan.mission not in bundled():
        raise _fault(path, plan.mission, "the plan's mission does not ship with Drawdown", "name the mission as well")
    mission = open_mission(reference or plan.mission)
    if plan.mission_hash != mission.hash and not allow_changed:
        raise _fault(
            path,
            plan.mission_hash[:_SHOWN],
            f"the mission `{plan.mission}` has changed since the plan was made; it is now {mission.hash[:_SHOWN]}",
            "plan again, give the mission that it was made from, or say --changed to judge it by this one",
        )
    return mission, plan


def open_judged_plan(
    path: str | Path, reference: str | Path | None = None, *, allow_changed: bool = False
) -> tuple[Mission, Plan, tuple[Broken, ...]]:
    """A plan with its mission and the rules that it breaks; see `open_plan`.

    Raises `MissionError` as well if the plan names what the mission does not have, or days outside it: such a plan
    can be verified, but not measured or shown.
    """
    mission, plan = open_plan(path, reference, allow_changed=allow_changed)
    broken = verify_plan(mission, plan)
    if strangers := [row for row in broken if row.rule == "understood"]:
        remedy = "correct the plan; `drawdown verify` lists all that is wrong with it"
        raise MissionError(
            Fault("fault", Spot("plan"), row.action, row.message, remedy, str(path)) for row in strangers
        )
    return mission, plan, broken
