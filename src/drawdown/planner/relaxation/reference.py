"""The mathematics page, ``docs/model.md``: ``python -m drawdown.planner.relaxation.reference`` writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drawdown.plan.verify import RULES
from drawdown.planner.monolith.build import families as _whole  # importing it registers the whole model's families
from drawdown.planner.monolith.model import FAMILIES as WHOLE_FAMILIES
from drawdown.planner.relaxation.families import FAMILY_MODULES, families
from drawdown.planner.relaxation.meanings import SETS, SYMBOLS

TEXT = Path(__file__).with_name("reference.md")


def model_page() -> str:
    """The text of ``docs/model.md``: the prose beside this module, with tables from the code in its places."""
    parts = {
        "sets": _table(("set", "what"), ((f"{row.name}", row.says) for row in SETS)),
        "symbols": _symbols(),
        "objective": "".join(f"- `{s.name}[{s.over}]` · {s.cost}\n" for s in SYMBOLS if s.cost),
        "families": "\n".join(_subjects()),
        "left_out": _left_out(),
        "whole": _whole_model(),
    }
    return re.sub(r"\{\{(\w+)\}\}\n", lambda found: parts[found[1]], TEXT.read_text(encoding="utf-8"))


def rules_in(source: str) -> list[str]:
    """The rules that a family's source names."""
    kind, _, names = source.partition(" ")
    return re.findall(r"\w+", names) if kind in {"rule", "rules"} else []


def rules_seen() -> set[str]:
    """Rules of which some family, or the bounds of some symbol, sees at least a part."""
    by_rows = {rule for row in families() for rule in rules_in(row.source)}
    return by_rows | {rule for symbol in SYMBOLS for rule in symbol.rules}


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _code(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _symbols() -> str:
    rows = ((f"`{s.name}[{s.over}]`", s.unit, s.says, s.bounds, _code(s.rules)) for s in SYMBOLS)
    return _table(("symbol", "unit", "what it is", "bounds", "rules that the bounds keep"), rows)


def _subjects() -> Iterator[str]:
    for module in FAMILY_MODULES:
        title = (module.__doc__ or "").split("\n", maxsplit=1)[0]
        rows = (
            (f"`{row.name}`", row.says, f"`{row.formula}`", _code(rules_in(row.source)) or row.source)
            for row in families()
            if row.add.__module__ == module.__name__
        )
        yield f"### {title.rstrip('.')}\n\n" + _table(("family", "what it says", "formula", "from"), rows)


def _left_out() -> str:
    return _table(("rule", "what it asks"), ((f"`{n}`", r.sentence) for n, r in RULES.items() if n not in rules_seen()))


def _whole_model() -> str:
    rows = (
        (f"`{row.name}`", " ".join(row.says.split("\n\n")[0].split()), f"`{row.formula}`", _code(row.rules))
        for row in WHOLE_FAMILIES.values()
        if row.rows.__module__.startswith(_whole.__name__)
    )
    return _table(("family", "what it says", "formula", "rules"), rows)


if __name__ == "__main__":
    (Path(__file__).parents[4] / "docs" / "model.md").write_text(model_page(), encoding="utf-8")
