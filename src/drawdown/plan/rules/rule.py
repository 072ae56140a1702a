"""What a rule is: a function that reads a replay and yields every action that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.plan.replay import Replay


class Broken(NamedTuple):
    """One action, or one state of affairs, that breaks a rule from one day to another.

    ``action`` is a move's id, ``site/step`` or the like; ``where`` a place, leg or unit by name; ``by`` how
    much is missing or too much, in the unit that the message names.
    """

    rule: str
    action: str
    where: str
    start: date
    end: date
    message: str
    by: float = 0.0


Check = Callable[[Replay], Iterator[Broken]]


class Rule(NamedTuple):
    """A rule with its name, the sentence that states it, and where it comes from."""

    name: str
    sentence: str
    source: str
    check: Check


def rule(source: str) -> Callable[[Check], Rule]:
    """Make a function a rule: its name and the first paragraph of its docstring become the rule's."""

    def make(check: Check) -> Rule:
        sentence = " ".join((check.__doc__ or "").split("\n\n")[0].split())
        return Rule(check.__name__, sentence, source, check)

    return make


def spans(mask: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        yield int(first), int(after) - 1


def place_name(mission: Mission, place: str) -> str:
    """A place as it is printed."""
    found = mission.place.get(place)
    return found.name if found else place
