"""The file of wishes: what can be written, and every fault with its line, the value and the remedy."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawdown.desk import open_mission
from drawdown.files import write_plan
from drawdown.files.wish_file import MAX_WISHES, wishes_from
from drawdown.plan.wishes import ExitWish, LastOutWish, LeaveWish, LotWish, MoveWish, WayHomeWish, in_words
from kit.lawful import day, lawful_plan, move
from kit.missions import small_mission

SMALL = small_mission()
PLAN = lawful_plan(SMALL)
PAGE = Path(__file__).parents[2] / "docs" / "wishes.md"


@pytest.fixture
def read(tmp_path):
    def read_text(text, earlier=None, mission=SMALL):
        path = tmp_path / "wishes.yaml"
        path.write_text(text, encoding="utf-8")
        return wishes_from(path, mission, earlier)

    return read_text


def told(reading):
    return [(fault.where, fault.message, fault.value, fault.remedy) for fault in reading.faults]


EVERY_KIND = """\
mission: small
wishes:
- {site: camp, last_out: {on: 2025-08-20}, reason: The mayor comes that day.}
- {unit: company, exit: airport, leaves: {not_before: 2025-07-10, not_after: 2025-10-01}}
- {lot: plant, disposition: repatriate, exit: port}
- {lot: camp_stores, not: [scrap, destroy]}
- {leg: post_camp, forbidden: {from: 2025-07-20, to: 2025-07-25}}
- {exit: airport, forbidden: {to: 2025-07-10}}
- {disposition: destroy, excluded: yes}
- {lift: helicopters, excluded: yes}
- convoy:
    origin: camp
    destination: base
    depart: 2025-07-22
    lift: {trucks: 16}
    escorts: {battalion: 1}
    lots: {camp_weapons: 4}
- flight: {origin: camp, destination: airport, depart: 2025-07-29, lift: {aeroplane: 1}, people: {engineers: 60}}
- keep_move: [camp-3, port-1]
"""


def test_every_kind_of_wish_can_be_written(read):
    reading = read(EVERY_KIND, PLAN)
    assert told(reading) == []
    wishes = reading.wishes.wishes
    assert wishes[0] == LastOutWish(site="camp", not_before=day("08-20"), not_after=day("08-20"), where="wishes.yaml:3",
                                    reason="The mayor comes that day.")  # fmt: skip
    assert wishes[1:3] == (
        WayHomeWish(unit="company", exits=("airport",), where="wishes.yaml:4"),
        LeaveWish(unit="company", not_before=day("07-10"), not_after=day("10-01"), where="wishes.yaml:4"),
    )
    assert wishes[3] == LotWish(lot="plant", disposition="repatriate", exits=("port",), where="wishes.yaml:5")
    assert wishes[6] == ExitWish(exit="airport", to_date=day("07-10"), where="wishes.yaml:8")
    assert len(wishes) == 13


def test_a_convoy_finds_its_way_its_days_and_when_to_ask(read):
    written, flown, *kept = [w.move for w in read(EVERY_KIND, PLAN).wishes.wishes if isinstance(w, MoveWish)]
    assert (written.mode, written.legs, written.arrive) == ("road", ("camp_base",), day("07-25"))
    assert written.clearance_asked == day("07-17")
    assert (flown.mode, flown.legs, flown.arrive) == ("air", ("camp_airport_air",), day("07-29"))
    assert kept == [move(PLAN, "camp-3"), move(PLAN, "port-1")]


def test_an_earlier_plan_can_be_named_in_the_file(read, tmp_path):
    write_plan(PLAN, tmp_path / "first")
    reading = read("plan: first\nwishes:\n- {keep_move: camp-3}\n")
    assert [in_words(wish) for wish in reading.wishes.wishes] == ["flight camp - airport of 2025-08-07"]
    assert "the earlier plan cannot be read" in told(read("plan: second\nwishes: []\n"))[0][1]


#: A row, the line at which it is wrong, what is said, the value that is repeated, and how the remedy begins.
FAULTS = (
    ("- {site: kamp, last_out: {on: 2025-08-20}}", 3, "the mission has no site `kamp`", "kamp", "did you mean `camp`?"),
    ("- {site: camp, last_out: {on: 20/8/2025}}", 3, "`on` is not a date", "20/8/2025", "write 2025-08-20"),
    ("- {site: camp, last_out: {til: 2025-08-20}}", 3, "`til` has no meaning here", "til", "use one of: not_"),
    ("- {site: camp, last_out: {on: 2025-08-20, not_after: 2025-08-21}}", 3, "says `on` and another day as well", "",
     "keep one of them"),
    ("- {site: camp}", 3, "`last_out` is missing", "", "write `last_out: {not_after: 2023-11-10}`"),
    ("- {site: camp, last_out: soon}", 3, "`last_out` is not a mapping", "", "write `last_out: {not_before: 2023-10"),
    ("- {unit: company}", 3, "says nothing of the unit", "", "add `exit`, or `leaves` with its days"),
    ("- {lot: plant, not: throw_away}", 3, "`not` is not one of the words that this column knows", "throw_away",
     "use one of: destroy, donate"),
    ("- {lift: trucks, excluded: no}", 3, "does not say that it is excluded", "", "write `excluded: yes`"),
    ("- {leg: post_camp, forbidden: maybe}", 3, "`forbidden` is neither yes nor no", "maybe", "write yes or no"),
    ("- {wish: peace}", 3, "says nothing that can be wished for", "wish", "use one of: convoy, disposition, exit"),
    ("- peace", 3, "is a row without keys", "", "write `- {site: ..., last_out: {...}}`"),
    ("- {lot: plant, lot: plant, not: scrap}", 3, "is a key twice", "lot", "delete one of the two"),
    ("- keep_move: m1", 3, "there is no earlier plan to keep a move of", "m1", "name it at the top of the file"),
    ("- site: camp\n  last_out:\n    not_after: 2025-07-05", 5,
     "Camp cannot be left before 2025-07-08: the steps before last-out take 7 days (closure_steps)", "2025-07-05",
     "wish for 2025-07-08 or later"),
    ("- convoy: {origin: camp, destination: moon, depart: 2025-07-22}", 3, "the mission has no place `moon`", "moon",
     "use one of: airport, base, camp, port, post"),
    ("- convoy: {origin: camp, destination: airport, depart: 2025-07-22, legs: [camp_bas]}", 3,
     "the mission has no leg `camp_bas`", "camp_bas", "did you mean `camp_base`?"),
    ("- convoy: {origin: camp, destination: base, depart: 2025-07-22, lift: {truck: 3}, escorts: {battalion: 1}}", 3,
     "the mission has no lift `truck`", "truck", "did you mean `trucks`?"),
    ("- convoy: {origin: camp, destination: base, depart: 2025-07-22, lift: {trucks: some}}", 3,
     "`trucks` is not a number", "some", "write a number such as 12"),
    ("- convoy: {origin: camp, destination: base, depart: 2025-07-22, lift: {Trucks: 3}}", 3,
     "`Trucks` is not an id", "Trucks", "write `trucks`"),
    ("- convoy: {origin: camp, depart: 2025-07-22}", 3, "`destination` is missing", "", "write `convoy: {origin: gao"),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=[text for text, *_ in FAULTS])
def test_what_is_wrong_is_told_with_its_line_value_and_remedy(read, fault):
    text, line, message, value, remedy = fault
    reading = read(f"wishes:\n# Our wishes.\n{text}\n")
    assert reading.wishes is None
    assert [found[:3] for found in told(reading)] == [(f"wishes.yaml:{line}", message, value)]
    assert told(reading)[0][3].startswith(remedy)


def test_two_that_contradict_each_other_are_both_named_with_their_lines(read):
    one = "- {site: camp, last_out: {not_after: 2025-08-01}}"
    other = "- {site: camp, last_out: {not_before: 2025-08-05}}"
    (fault,) = told(read(f"wishes:\n{one}\n\n{other}\n"))
    assert fault[0] == "wishes.yaml:4"
    assert fault[1].startswith(
        "contradicts wishes.yaml:2 (last-out of camp not after 2025-08-01): no day is not before"
    )
    assert fault[2] == "last-out of camp not before 2025-08-05"


def test_everything_is_told_at_once(read):
    rows = [text for text, *_ in FAULTS if "\n" not in text]
    reading = read("mission: other\nfoo: 1\nwishes:\n" + "\n".join(rows))
    assert {int(fault.where.split(":")[1]) for fault in reading.faults} == {1, 2, *range(4, 4 + len(rows))}


@pytest.mark.parametrize(
    ("text", "message"),
    {
        "": "`wishes` is missing",
        "- {site: camp}": "is not a mapping of keys to values",
        "mission: small": "`wishes` is missing",
        "wishes: {site: camp}": "is not a list",
        "wishes: [": "is not YAML",
        "wishes: &a [*a]": "uses an anchor or alias",
        "wishes:\n" + "- {lift: trucks}\n" * (MAX_WISHES + 1): f"holds {MAX_WISHES + 1:,} wishes",
    }.items(),
    ids=["empty", "list", "none", "mapping", "torn", "bomb", "many"],
)
def test_a_file_that_is_none_is_refused(read, text, message):
    reading = read(text)
    assert reading.wishes is None
    assert any(message in fault.message for fault in reading.faults)


def test_no_wishes_are_wishes(read, tmp_path):
    assert read("wishes: []\n").wishes.wishes == ()
    assert read("wishes:\n").wishes.wishes == ()
    assert "cannot be read" in wishes_from(tmp_path / "nowhere.yaml", SMALL).faults[0].message


def test_a_plan_of_another_mission_keeps_no_moves(read):
    stranger = PLAN.model_copy(update={"mission": "other"})
    assert told(read("wishes: []\n", stranger))[0][1] == "is a plan of the mission `other`"


_WORDS = st.sampled_from([
    "site", "unit", "lot", "leg", "exit", "lift", "disposition", "convoy", "flight", "keep_move", "last_out", "leaves",
    "not", "forbidden", "excluded", "on", "not_before", "from", "to", "depart", "origin", "destination", "people",
    "camp", "base", "battalion", "plant", "camp_base", "airport", "trucks", "scrap", "yes", "2025-08-01", "1945-01-01",
    "12", "No name!",
])  # fmt: skip
_ROWS = st.lists(
    st.recursive(
        _WORDS, lambda inner: st.dictionaries(_WORDS, inner, max_size=4) | st.lists(inner, max_size=3), max_leaves=8
    ),
    max_size=6,
)


@given(_ROWS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_never_fails_whatever_is_written(tmp_path, rows):
    path = tmp_path / "wishes.yaml"
    path.write_text(json.dumps({"wishes": rows}), encoding="utf-8")
    reading = wishes_from(path, SMALL, PLAN)
    assert (reading.wishes is None) == any(fault.severity == "fault" for fault in reading.faults)
    assert all(fault.where and fault.message and fault.remedy for fault in reading.faults)


def test_the_example_of_the_page_is_sound(read):
    text = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    assert told(read(text, mission=open_mission("minusma"))) == []
