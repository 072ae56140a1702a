"""Names on a map that do not cover each other: each is set where it hides least, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from typing import Literal, NamedTuple

from drawdown.report.frame import XY

Align = Literal["left", "center", "right"]
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom

_STEPS = (0, 8, 4, 12, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11)  # sixteenths of a turn from the right, best first
_NEAR, *_FAR = 0.25, 1.0, 2.0, 3.5, 5.0, 7.0  # heights of a letter from the mark; from the far ones a line leads to it
_UPRIGHT = 0.3  # a name stands over or under its mark where the cosine of the direction is less
_WIDE, _NARROW = set("mwMW@%"), set("iljtfrI.,:;'|-() ")


class Anchor(NamedTuple):
    """Something to be named: where it is, how large its mark is (radius in pixels), and its name."""

    at: XY
    radius: float
    text: str


class Label(NamedTuple):
    """Where a name stands: its anchor point for the text, its alignment, and whether a line must lead to it."""

    text: str
    at: XY
    align: Align
    mark: XY
    led: bool


def text_width(text: str, size: float) -> float:
    """Pixels that a text takes in Arial, near enough to set it."""
    ems = sum(0.87 if c in _WIDE else 0.31 if c in _NARROW else 0.66 if c.isupper() else 0.555 for c in text)
    return ems * size


def _box(label: Label, size: float) -> Rectangle:
    width, (x, y) = text_width(label.text, size), label.at
    left = {"left": x, "center": x - width / 2, "right": x - width}[label.align]
    return left - 1, y - 0.6 * size, left + width + 1, y + 0.6 * size


def _shared(a: Rectangle, b: Rectangle) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    tall = min(a[3], b[3]) - max(a[1], b[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0


def _candidates(anchor: Anchor, size: float) -> list[Label]:
    """Sixteen directions at growing distances, the best-liked first: right, left, above, below, then the corners."""
    found = []
    for distance in (_NEAR, *_FAR):
        reach = anchor.radius + distance * size
        for step in _STEPS:
            dx, dy = cos(step * pi / 8), -sin(step * pi / 8)
            align: Align = "center" if abs(dx) < _UPRIGHT else "left" if dx > 0 else "right"
            at = (anchor.at[0] + dx * reach, anchor.at[1] + dy * (reach + (0.5 * size if align == "center" else 0)))
            rounded = (round(at[0], 1), round(at[1], 1))
            found.append(Label(anchor.text, rounded, align, anchor.at, led=distance > _NEAR))
    return found


def place_labels(anchors: Sequence[Anchor], size: float, inside: Callable[[XY], bool]) -> list[Label]:
    """Set a name beside every anchor, in the order given (the most important first).

    A name stands at the nearest spot where it hides nothing; if there is none, where it hides least (other names
    weigh more than marks, and sticking out of the frame most). The same input gives the same labels.
    """
    marks = [(a.at[0] - a.radius, a.at[1] - a.radius, a.at[0] + a.radius, a.at[1] + a.radius) for a in anchors]
    placed: list[Label] = []
    boxes: list[Rectangle] = []

    def hidden(label: Label) -> float:
        box = _box(label, size)
        outside = 0 if inside(box[:2]) and inside(box[2:]) else 100_000
        return outside + 8 * sum(_shared(box, other) for other in boxes) + 3 * sum(_shared(box, mark) for mark in marks)

    for anchor in anchors:
        candidates = _candidates(anchor, size)
        best = next((label for label in candidates if hidden(label) == 0), None) or min(candidates, key=hidden)
        placed.append(best)
        boxes.append(_box(best, size))
    return placed
