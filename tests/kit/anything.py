"""Hypothesis strategies for any mission and any plan that the models accept, made from the vocabulary itself."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission
from drawdown.mission.row import CONTROL, FIRST_DATE, LAST_DATE
from drawdown.mission.vocabulary import TABLES, Column, columns
from drawdown.plan.model import Closure, Disposal, Move, Plan, Separation, StepRun

_CHARACTERS = st.characters(codec="utf-8")
_WORDS = (
    "NO on 12:30 2023-13-01 null ~ 0012 1E5 MAR1 =1+1 @sum +1 - 'quoted' \" #N [x] {x} &a *a !t % a,b a;b <b>&amp; "
)
_WORDS += "]]> _x0041_ TRUE 1,5 caf\u00e9 \u0645\u0627\u0644\u064a \U0001f69a \ufeffx x\u200b key a\\nb"
_TRAPS = st.sampled_from([*_WORDS.split(), "a: b", "# no", "- x", "two\nlines", "a\u2028b", "a\u0085b"])


def _clean(text: str) -> str:
    return CONTROL.sub("", text).strip()


def texts(limit: int = 60) -> st.SearchStrategy[str]:
    """Text that the models accept: any characters but controls, no blank ends."""
    return (_TRAPS | st.text(_CHARACTERS, max_size=limit)).map(_clean).filter(bool)


words = texts(20).map(lambda text: _clean(text.replace(";", ",").replace("\n", " "))).filter(bool)
ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True)
days = st.dates(FIRST_DATE, LAST_DATE)
extras = st.dictionaries(st.sampled_from(["x_mine", "x_2", "x_z"]), texts(), max_size=2).map(lambda d: tuple(d.items()))


def values(column: Column) -> st.SearchStrategy[Any]:
    """Any value of a column but None."""
    if column.many:
        item = {"choices": st.sampled_from(column.args or ("",)), "refs": ids, "words": words}[column.base]
        return st.lists(item, max_size=3).map(tuple)
    if column.base == "integer":
        return st.integers(int(column.low or 0), int(column.high or 10**9))
    if column.low is not None:
        return st.floats(column.low, column.high)
    return {
        "id": ids,
        "ref": ids,
        "text": texts(),
        "country": st.from_regex(r"[A-Z]{3}", fullmatch=True),
        "date": days,
        "month-day": days.map(lambda day: f"{day:%m-%d}").filter(lambda text: text != "02-29"),
        "yes/no": st.booleans(),
        "choice": st.sampled_from(column.args or ("",)),
    }[column.base]


@st.composite
def rows(draw: st.DrawFn, table: str) -> Any:
    """Any row of a table; a value that need not be there may be left out."""
    row = {"extras": draw(extras)}
    for column in columns(table):
        if column.required or draw(st.booleans()):
            row[column.name] = draw(values(column))
    return getattr(t, TABLES[table][0])(**row)


@st.composite
def missions(draw: st.DrawFn) -> Mission:
    """Any mission that files can hold, whether or not it makes sense."""
    header = draw(rows("mission")).model_copy(update={"format": 1})
    filled = draw(st.sets(st.sampled_from([table for table in TABLES if table != "mission"]), max_size=4))
    return Mission(mission=header, **{table: tuple(draw(st.lists(rows(table), max_size=3))) for table in filled})


_counts = st.dictionaries(ids, st.integers(1, 10**9), max_size=2)


_settings = st.booleans() | st.integers(-999, 999) | texts() | st.floats(-1e9, 1e9)
_moves = st.builds(
    Move,
    id=ids,
    legs=st.lists(ids, min_size=1, max_size=3),
    origin=ids,
    destination=ids,
    depart=days,
    arrive=days,
    clearance_asked=st.none() | days,
    lift=_counts,
    escorts=_counts,
    people=_counts,
    lots=_counts,
    driven=_counts,
)
_count = st.integers(1, 10**9)
_disposals = st.builds(Disposal, lot=ids, count=_count, place=ids, day=days, reason=st.none() | texts())
_separations = st.builds(Separation, unit=ids, count=_count, place=ids, day=days)
_steps = st.builds(StepRun, site=ids, step=ids, start=days, end=days)
_closures = st.builds(Closure, site=ids, last_out=days, handover=st.none() | days)

#: Any plan that files can hold, whether or not it makes sense.
plans = st.builds(
    Plan,
    name=texts(),
    mission=ids,
    mission_hash=ids,
    version=texts(9),
    planner=texts(9),
    course=st.none() | ids,
    seed=st.integers(0, 2**53 - 1),
    as_of=days,
    settings=st.dictionaries(texts(9), _settings, max_size=3),
    moves=st.lists(_moves, max_size=3, unique_by=lambda move: move.id),
    disposals=st.lists(_disposals, max_size=2),
    separations=st.lists(_separations, max_size=2),
    steps=st.lists(_steps, max_size=2),
    closures=st.lists(_closures, max_size=2),
)
