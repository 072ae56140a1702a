"""The page on the rules, ``docs/rules.md``, as the rules themselves tell it: ``python -m drawdown.plan.reference``."""

from __future__ import annotations

from pathlib import Path

from drawdown.plan.verify import RULE_MODULES, RULES

_INTRO = """\
# The rules

Generated from the rules by `make generate`; do not edit.

`drawdown verify` asks of every plan, whoever made it, whether it keeps these {count} rules. Each is one small function
in `drawdown.plan.rules` that reads what the plan does day by day and names every action that breaks it, with the place,
the days, and by how much. No planner and no solver is involved, and nothing is left to chance.

Names such as `legs.convoy_limit` are columns of the [mission format](mission-format.md): the rule takes its number from
there. References in brackets are documents in `sources` of the bundled mission `minusma`. The day boundaries that all
rules share are in the [conventions](conventions.md).
"""


def rules_page() -> str:
    """The text of ``docs/rules.md``: one table a group of rules, one row a rule."""
    parts = [_INTRO.format(count=len(RULES))]
    for module in RULE_MODULES:
        title = (module.__doc__ or "").split("\n", maxsplit=1)[0]
        parts.append(f"\n## {title.rstrip('.')}\n\n| rule | what it asks | where that comes from |\n|---|---|---|\n")
        parts += [
            f"| `{rule.name}` | {rule.sentence} | {rule.source} |\n"
            for rule in RULES.values()
            if rule.check.__module__ == module.__name__
        ]
    return "".join(parts)


if __name__ == "__main__":
    (Path(__file__).parents[3] / "docs" / "rules.md").write_text(rules_page(), encoding="utf-8")
