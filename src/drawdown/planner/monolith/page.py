"""The mathematics of the whole-mission model as a page, written from its own code: symbols, families, rules."""

from __future__ import annotations

from drawdown.planner.monolith.kept import BY_CONSTRUCTION, keeping
from drawdown.planner.monolith.model import FAMILIES, Model
from drawdown.planner.monolith.symbols import MEANING, WEIGHTS


def mathematics() -> str:
    """The page, in Markdown: what the columns count, what the rows say, and how each rule of `verify` is kept."""
    return "\n".join([*_head(), *_symbols(), *_objective(), *_families(), *_rules()]) + "\n"


def _head() -> list[str]:
    sets = " ".join((Model.__doc__ or "").split("\n\n")[1].split("``")[0].split())
    return [
        "# The whole mission by the day",
        "",
        "Minimise the weighted measures of a course of action over the columns below, all of them whole, under the",
        "rows below. The best solution is the best lawful plan.",
        "",
        sets,
    ]


def _table(title: str, *names: str) -> list[str]:
    return ["", f"## {title}", "", f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]


def _code(text: str) -> str:
    return f"`{text.replace('|', '¦')}`"


def _symbols() -> list[str]:
    rows = [f"| `{name}[{index}]` | {unit} | {says} |" for name, (index, unit, says) in MEANING.items()]
    return [*_table("Symbols", "symbol", "unit", "what it counts"), *rows]


def _objective() -> list[str]:
    rows = [f"| `{name}[{MEANING[name][0]}]` | {_code(formula)} |" for name, formula in WEIGHTS.items()]
    return [*_table("Objective", "column", "weight (USD-equivalents)"), *rows]


def _families() -> list[str]:
    rows = [
        f"| `{row.name}` | {row.says.splitlines()[0]} | {_code(row.formula)} | {', '.join(row.rules)} |"
        for row in FAMILIES.values()
    ]
    return [*_table("Rows", "family", "what it says", "formula", "keeps"), *rows]


def _rules() -> list[str]:
    rows = [
        f"| `{rule}` | {', '.join(name for name in names if name in FAMILIES)} | {BY_CONSTRUCTION.get(rule, '')} |"
        for rule, names in keeping().items()
        if not rule.startswith("(")
    ]
    return [*_table("How every rule is kept", "rule", "families", "by construction"), *rows]
