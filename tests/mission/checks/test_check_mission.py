"""All checks together: silent on a sound mission, complete and orderly on a bad one, and never failing themselves."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from drawdown.mission.checks import CHECKS, check_mission
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import TABLES, columns
from kit.missions import change, faults_in, small_mission

SOUND = small_mission()


def test_a_sound_mission_has_no_faults_no_warnings_and_no_notes():
    assert faults_in(SOUND) == []


def test_all_faults_come_at_once_and_the_worst_first():
    bad = change(SOUND, "lift", "buses", count=0)
    bad = change(bad, "units", "company", site="nowhere")
    bad = change(bad, "legs", "post_camp", km=1)
    severities = [fault.severity for fault in check_mission(bad)]
    assert {fault.spot.table for fault in check_mission(bad)} >= {"lift", "units", "legs"}
    assert severities == sorted(severities, key=("fault", "warning", "note").index)


def test_each_fault_carries_the_value_as_its_cell_shows_it():
    (fault,) = faults_in(change(SOUND, "exits", "port", takes=("people", "equipment")), "fault")
    assert (fault.spot.column, fault.value) == ("people_per_day", "0")


def test_an_empty_mission_is_checked_too():
    assert {fault.spot.table for fault in check_mission(Mission(mission=SOUND.mission))} >= {
        "sites",
        "exits",
        "courses",
    }


def test_every_check_is_asked_once():
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)


_NUMBERS = st.sampled_from([0, 1, 2, 7, 500, 1_000_000_000])
_DATES = st.dates(
    min_value=SOUND.mission.cessation.replace(year=1945), max_value=SOUND.mission.cessation.replace(year=2199)
)
_IDS = st.sampled_from(["base", "camp", "post", "airport", "port", "company", "rains", "nowhere"])
_BY_BASE = {
    "text": st.sampled_from(["x", "*", "north_road", "flights", "sites", "lon"]),
    "date": _DATES,
    "month-day": st.sampled_from(["01-01", "02-28", "06-15", "12-31"]),
    "yes/no": st.booleans(),
    "integer": _NUMBERS.filter(bool),
    "number": _NUMBERS.map(float),
    "share": st.floats(0, 1),
    "latitude": st.floats(-90, 90),
    "longitude": st.floats(-180, 180),
    "country": st.sampled_from(["MLI", "SEN", "ZZZ"]),
    "ref": _IDS,
    "id": _IDS,
}


def _value(column):
    chosen = column.base in {"choice", "choices"}
    words = st.sampled_from(column.args) if chosen else _BY_BASE.get(column.base, _IDS)
    if column.many:
        return st.lists(words, max_size=3).map(tuple)
    if column.base == "integer" and column.high:
        words = st.integers(int(column.low or 0), int(min(column.high, 1_000_000_000)))
    may_be_blank = not column.required and not column.default and column.base != "yes/no"
    return st.none() | words if may_be_blank else words


@st.composite
def disturbed_missions(draw):
    """The sound mission with up to six values replaced by others of their type, sensible or not."""
    tables = {table: list(SOUND.rows(table)) for table in TABLES}
    for _ in range(draw(st.integers(1, 6))):
        table = draw(st.sampled_from(sorted(TABLES)))
        number = draw(st.integers(0, len(tables[table]) - 1))
        column = draw(st.sampled_from(columns(table)))
        value = draw(_value(column))
        tables[table][number] = tables[table][number].model_copy(update={column.name: value})
    header = tables.pop("mission")[0]
    return Mission.model_construct(mission=header, **{table: tuple(rows) for table, rows in tables.items()})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(disturbed_missions())
def test_checks_never_fail_and_always_say_where_and_what_to_do(mission):
    for fault in check_mission(mission):
        table, row, column = fault.spot
        assert row is None or 0 <= row < len(mission.rows(table))
        assert column is None or column in {known.name for known in columns(table)}
        assert fault.message
        assert fault.remedy
