"""A constraint family as LP text: the same for the same model, to be read and compared by people."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

from drawdown.planner.monolith.model import FAMILIES, Model
from drawdown.planner.relaxation.program import Matrix

#: Width at which a row goes on in the next line.
WIDTH = 118


def family_text(model: Model, name: str) -> str:
    """The rows of a family as LP text, with its sentence, formula and rules as comments at the top."""
    family, matrix = FAMILIES[name], model.program.matrix()
    block = next(block for block in model.program.families if block.name == name)
    head = [f"\\ {family.says.splitlines()[0]}", f"\\ {family.formula}", f"\\ keeps: {', '.join(family.rules)}"]
    rows = [line for row in range(block.first, block.end) for line in _row(model, matrix, row)]
    return "\n".join([*head, "Subject To", *rows, "End"]) + "\n"


def _row(model: Model, matrix: Matrix, row: int) -> Iterable[str]:
    part = slice(matrix.starts[row], matrix.starts[row + 1])
    # By name, not by number: a column more elsewhere changes nothing here.
    terms = sorted(zip((model.names[c] for c in matrix.index[part]), matrix.value[part], strict=True))
    low, high = float(matrix.row_low[row]), float(matrix.row_high[row])
    if low == high:
        sides = f"= {low:g}"
    elif isinf(low):
        sides = f"<= {high:g}"
    else:
        sides = f">= {low:g}"
    words = [*(_term(name, float(factor)) for name, factor in terms), sides]
    return _wrapped(f"{model.row_names[row]}:", words)


def _term(name: str, factor: float) -> str:
    sign, size = "-" if factor < 0 else "+", abs(factor)
    return f"{sign} {name}" if size == 1 else f"{sign} {size:g} {name}"


def _wrapped(label: str, words: Iterable[str]) -> Iterable[str]:
    line = f" {label}"
    for word in words:
        if len(line) + len(word) + 1 > WIDTH:
            yield line
            line = "   "
        line += f" {word}"
    yield line
