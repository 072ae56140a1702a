"""The second opinion on a plan, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drawdown.desk.plans import open_plan
from drawdown.plan.verify import RULES, Broken, verify_plan


@dataclass(frozen=True)
class VerifyResult:
    """What `verify` found: every broken rule with its action. ``sentences`` states the rules that were asked."""

    name: str
    mission: str
    plan_hash: str
    mission_hash: str
    changed: bool
    broken: tuple[Broken, ...]
    sentences: dict[str, str]


def verify(path: str | Path, reference: str | Path | None = None, *, allow_changed: bool = False) -> VerifyResult:
    """Judge a plan by the rules; see `open_plan` for how the mission is found and when that is refused."""
    mission, plan = open_plan(path, reference, allow_changed=allow_changed)
    return VerifyResult(
        name=plan.name,
        mission=mission.mission.name,
        plan_hash=plan.hash,
        mission_hash=mission.hash,
        changed=plan.mission_hash != mission.hash,
        broken=verify_plan(mission, plan),
        sentences={name: rule.sentence for name, rule in RULES.items()},
    )
