"""The rows of one constraint family as LP text: the same for the same mission, to be read and compared by people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import isinf

from drawdown.planner.relaxation.model import FAMILIES, Model
from drawdown.planner.relaxation.program import Matrix, Over

#: Width at which a row goes on in the next line.
WIDTH = 118


def family_text(model: Model, name: str) -> str:
    """The rows of a family as LP text, with its sentence, formula and source as comments at the top.

    Columns and rows bear the names of what they are about: ``guard[mission,3]`` is the row of the evening of day 3,
    ``stock[stores,3]`` what is left of the class of stock that begins with the lot ``stores``.
    """
    text, matrix, columns = FAMILIES[name], model.program.matrix(), list(_columns(model))
    lines = [f"\\ {text.says}", f"\\ {text.formula}", f"\\ {text.source}", "Subject To"]
    for block in model.program.families:
        if block.name == name:
            rows = zip(range(block.first, block.end), _labels(name, block.over), strict=True)
            lines += [line for row, label in rows for line in _wrapped(label, list(_words(matrix, columns, row)))]
    return "\n".join([*lines, "End", ""])


def _columns(model: Model) -> Iterator[str]:
    for name in model.x:  # in the order in which their columns were added
        yield from _labels(name, model.program.axes[name])


def _labels(name: str, over: Over) -> Iterator[str]:
    return (f"{name}[{','.join(key)}]" for key in product(*over))


def _words(matrix: Matrix, columns: list[str], row: int) -> Iterator[str]:
    span = slice(int(matrix.starts[row]), int(matrix.starts[row + 1]))
    for column, factor in zip(matrix.index[span].tolist(), matrix.value[span].tolist(), strict=True):
        size = "" if abs(factor) == 1 else f"{abs(factor):g} "
        yield f"{'-' if factor < 0 else '+'} {size}{columns[column]}"
    low, high = float(matrix.row_low[row]), float(matrix.row_high[row])
    if low == high:
        yield f"= {low:g}"
    else:
        yield f"<= {high:g}" if isinf(low) else f">= {low:g}"


def _wrapped(label: str, words: list[str]) -> Iterator[str]:
    line = f" {label}:"
    for word in words:
        if len(line) + len(word) + 1 > WIDTH:
            yield line
            line = "   "
        line += f" {word}"
    yield line
