"""Recording: what goes in, what is kept out and why, and that doing it again changes nothing."""

import json
from datetime import UTC, date, datetime

import pytest

from drawdown.desk.bundles import export, merge
from drawdown.desk.ledgers import Filter, ledger_place, show, verify_ledger
from drawdown.desk.recorded import Recorder
from drawdown.desk.recording import record, record_file, undo
from drawdown.desk.standings import standing_of
from drawdown.files import write_mission
from drawdown.ledger.ledger import LedgerError, open_ledger
from drawdown.mission.faults import MissionError
from kit.missions import small_mission
from kit.postgres import server

DAY = """kind,happened,place,unit,count,note
departure,2025-07-20,post,company,40,
departure,2025-07-20,post,engineers,10,
last_out,2025-07-21,post,,,At dawn
"""


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    """A folder with the small mission and one day's facts, in which somebody works."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAWDOWN_LEDGER", raising=False)
    write_mission(small_mission(), tmp_path / "mission")
    (tmp_path / "day.csv").write_text(DAY)
    return tmp_path


def at(day="2025-07-22", **values):
    """Somebody who records on a day."""
    return Recorder(by="A. Keita", now=datetime.fromisoformat(f"{day}T21:00:00+00:00"), **values)


def counts(result):
    return {name: number for name, number in result.counts.items() if number}


def quarantined(site):
    return [json.loads(line) for line in (site / "small.ledger.quarantine.jsonl").read_text("utf-8").splitlines()]


def test_what_is_recorded_is_there_with_who_and_when():
    words = {"kind": "departure", "happened": "2025-07-20", "place": "post", "unit": "company", "count": "40"}
    result = record("mission", words, at(name="post"))
    (entry,) = show(Filter()).entries
    assert (entry.entry.origin, entry.entry.n, entry.entry.actor) == ("post", 1, "A. Keita")
    assert entry.entry.recorded == datetime(2025, 7, 22, 21, tzinfo=UTC)
    assert (entry.fact.unit, entry.fact.count, entry.fact.count_of) == ("company", 40, "people")
    assert result.book.heads == (f"post:1:{entry.entry.hash}",)
    assert result.mission_hash == small_mission().hash


def test_it_happened_today_if_nothing_is_said():
    record("mission", {"kind": "handover", "place": "post"}, at("2025-08-01"))
    assert show(Filter()).entries[0].fact.happened == date(2025, 8, 1)


def test_a_file_is_recorded_once_however_often_it_is_imported():
    assert counts(record_file("mission", "day.csv", at())) == {"recorded": 3}
    again = record_file("mission", "day.csv", at("2025-07-23"))
    assert counts(again) == {"known": 3}
    assert again.complete
    assert again.quarantine is None


def test_the_same_typed_by_hand_is_recognised():
    record_file("mission", "day.csv", at())
    words = {"kind": "departure", "happened": "2025-07-20", "place": "post", "unit": "company", "count": "40.0"}
    assert counts(record("mission", words, at())) == {"known": 1}


def test_what_cannot_be_recorded_is_told_and_kept_and_the_rest_is_recorded(site):
    (site / "day.csv").write_text(DAY.replace("engineers,10", "enginers,9.5"))
    result = record_file("mission", "day.csv", at())
    assert counts(result) == {"recorded": 2, "refused": 1}
    assert not result.complete
    assert [(fault.where, fault.value, fault.message, fault.remedy) for fault in result.faults] == [
        ("day.csv:3", "enginers", "is no unit of the mission", "did you mean `engineers`?"),
        ("day.csv:3", "9.5", "is no whole number of people", "write 9 or 10"),
    ]
    assert [line.fact.kind for line in show(Filter()).entries] == ["departure", "last_out"]
    (kept,) = quarantined(site)
    assert kept["from"] == "day.csv"
    assert kept["reason"].startswith("day.csv:3: unit: is no unit of the mission; count: is no whole number")
    assert kept["entry"]["unit"] == "enginers"


def test_a_row_that_was_mended_is_all_that_is_new(site):
    (site / "day.csv").write_text(DAY.replace("engineers", "enginers"))
    record_file("mission", "day.csv", at())
    (site / "day.csv").write_text(DAY)
    assert counts(record_file("mission", "day.csv", at())) == {"recorded": 1, "known": 2}


def test_all_or_nothing_holds_everything_back(site):
    (site / "day.csv").write_text(DAY.replace("engineers", "enginers"))
    result = record_file("mission", "day.csv", at(), all_or_nothing=True)
    assert counts(result) == {"refused": 1, "held_back": 2}
    assert result.book is None
    assert not (site / "small.ledger").exists()
    (site / "day.csv").write_text(DAY)
    assert counts(record_file("mission", "day.csv", at(), all_or_nothing=True)) == {"recorded": 3}


def test_all_or_nothing_holds_back_what_comes_with_a_contradiction(site):
    (site / "one.csv").write_text("id,kind,happened,place\nout,last_out,2025-07-20,post\n")
    record_file("mission", "one.csv", at())
    (site / "two.csv").write_text("id,kind,happened,place\nout,last_out,2025-07-21,post\nn,handover,2025-07-21,post\n")
    assert counts(record_file("mission", "two.csv", at(), all_or_nothing=True)) == {"contradicting": 1, "held_back": 1}
    assert counts(record_file("mission", "two.csv", at())) == {"recorded": 1, "contradicting": 1}


def test_a_contradiction_is_shown_side_by_side_and_kept(site):
    (site / "day.csv").write_text("id,kind,happened,place\nout,last_out,2025-07-20,post\n")
    record_file("mission", "day.csv", at())
    (site / "day.csv").write_text("id,kind,happened,place,note\nout,last_out,2025-07-21,post,Late\n")
    (clash,) = record_file("mission", "day.csv", at()).contradicting
    assert (clash.id, clash.where, clash.entry.n) == ("out", "day.csv:2", 1)
    assert [(row.column, row.ledger, row.given) for row in clash.differing] == [
        ("happened", "2025-07-20", "2025-07-21"),
        ("note", None, "Late"),
    ]
    assert "contradicts entry 1" in quarantined(site)[0]["reason"]


def test_two_rows_of_one_id_that_differ_cannot_both_be_right(site):
    (site / "day.csv").write_text(
        "id,kind,happened,place\nout,last_out,2025-07-20,post\nout,last_out,2025-07-21,post\n"
    )
    result = record_file("mission", "day.csv", at())
    assert counts(result) == {"recorded": 1, "refused": 1}
    assert result.faults[0].message == "has the id of day.csv:2, but another happened"
    assert counts(record_file("mission", "day.csv", at())) == {"known": 1, "refused": 1}


def test_a_row_that_was_refused_does_not_stand_in_the_way_of_another(site):
    (site / "day.csv").write_text(
        "id,kind,happened,place\nout,last_out,2025-07-20,pots\nout,last_out,2025-07-20,post\n"
    )
    assert counts(record_file("mission", "day.csv", at())) == {"recorded": 1, "refused": 1}


def test_the_same_row_twice_is_one_fact(site):
    (site / "day.csv").write_text("kind,happened,place\nlast_out,2025-07-20,post\nlast_out,2025-07-20,post\n")
    assert counts(record_file("mission", "day.csv", at())) == {"recorded": 1, "known": 1}


def test_a_file_that_cannot_be_trusted_is_refused_as_a_whole(site):
    (site / "day.csv").write_text(DAY.replace("count", "cuont"))
    with pytest.raises(MissionError, match="is no column of this table"):
        record_file("mission", "day.csv", at())
    assert not (site / "small.ledger").exists()


def test_what_else_is_wrong_with_a_row_that_cannot_be_read_is_told_too(site):
    (site / "day.csv").write_text("kind,happened,place,unit,count\ndeparture,2025-07-20,pots,compani,many\n")
    found = [(fault.spot.column, fault.message) for fault in record_file("mission", "day.csv", at()).faults]
    assert found == [
        ("count", "`count` is not a number"),
        ("place", "is no place of the mission"),
        ("unit", "is no unit of the mission"),
    ]


def test_of_a_row_whose_kind_cannot_be_read_nothing_else_is_guessed(site):
    (site / "day.csv").write_text("kind,happened,place,unit\ndepartur,2025-07-20,pots,compani\n")
    assert [fault.spot.column for fault in record_file("mission", "day.csv", at()).faults] == ["kind"]
    (site / "day.csv").write_text("kind,happened,place,unit,source,count\ndeparture,2025-07-20,,,paper,many\n")
    assert [fault.spot.column for fault in record_file("mission", "day.csv", at()).faults] == ["count"]


def test_a_refused_fact_that_was_typed_is_kept_as_well(site):
    with pytest.raises(MissionError, match="lies in the future: today is 2025-07-22"):
        record("mission", {"kind": "handover", "place": "post", "happened": "2025-07-23"}, at())
    assert quarantined(site)[0]["entry"] == {"kind": "handover", "place": "post", "happened": "2025-07-23"}
    assert not (site / "small.ledger").exists()


def test_a_past_record_counts_as_known_when_its_source_was_published():
    assert counts(record_file("minusma", "minusma", at("2026-01-01"), past=True)) == {"recorded": 78}
    left = next(row for row in show(Filter()).entries if row.fact.id == "last-out-menaka")
    assert (left.fact.happened, left.entry.recorded.date()) == (date(2023, 8, 31), date(2023, 9, 7))
    known = standing_of("minusma", date(2023, 9, 1), date(2023, 9, 1))
    assert "menaka" not in {row.site for row in known.sites if row.last_out}
    later = standing_of("minusma", date(2023, 9, 1), date(2023, 9, 7))
    assert "menaka" in {row.site for row in later.sites if row.last_out}


# ---- Undoing ----


def test_undoing_lets_a_fact_hold_no_more_and_undoing_that_brings_it_back():
    record("mission", {"kind": "last_out", "happened": "2025-07-20", "place": "post", "id": "out"}, at())

    def left():
        return next(row.last_out for row in standing_of("mission", date(2025, 7, 22)).sites if row.site == "post")

    assert left() == date(2025, 7, 20)
    (first,) = undo("mission", "out", "Three stayed.", at()).recorded
    assert left() is None
    assert counts(undo("mission", "out", "Said already.", at())) == {"known": 1}
    undo("mission", first.fact.id, "They left after all.", at())
    assert left() == date(2025, 7, 20)
    (third,) = undo("mission", "out", "Again not.", at()).recorded
    assert third.fact.id != first.fact.id
    assert left() is None
    corrected = {line.fact.id: line.corrected_by for line in show(Filter()).entries}
    assert corrected["out"] == (third.fact.id,)


def test_what_is_not_on_record_cannot_be_undone():
    record("mission", {"kind": "last_out", "happened": "2025-07-20", "place": "post"}, at())
    with pytest.raises(MissionError, match="no fact of this id is on record"):
        undo("mission", "nothing", "why", at())


def test_a_correction_of_nothing_on_record_is_refused_in_a_file(site):
    rows = "correction,out,2025-07-20,post,x\nlast_out,,2025-07-20,post,\n"
    (site / "day.csv").write_text("kind,corrects,happened,place,note\n" + rows.replace("post,x", ",x"))
    result = record_file("mission", "day.csv", at())
    assert counts(result) == {"recorded": 1, "refused": 1}
    assert (result.faults[0].value, result.faults[0].message) == ("out", "is no fact on record")


def test_a_correction_of_what_was_refused_is_refused_with_it(site):
    rows = "arrival,out,,2025-07-20,,\ncorrection,,out,2025-07-20,,wrong\nlast_out,,,2025-07-20,post,\n"
    (site / "day.csv").write_text("kind,id,corrects,happened,place,note\n" + rows)
    result = record_file("mission", "day.csv", at())
    assert counts(result) == {"recorded": 1, "refused": 2}
    assert result.faults[-1].message == "is no fact on record"


# ---- Where a ledger lies ----


def test_a_ledger_lies_where_it_is_said_or_else_here(monkeypatch):
    assert ledger_place("gao.ledger", "small") == "gao.ledger"
    assert ledger_place(None, "small") == "small.ledger"
    monkeypatch.setenv("HOME", "/home-of-keita")
    assert ledger_place("~/gao.ledger", "small") == "/home-of-keita/gao.ledger"
    with pytest.raises(MissionError, match="there is no such user"):
        ledger_place("~nobody-of-this-name/gao.ledger", "small")
    monkeypatch.setenv("DRAWDOWN_LEDGER", "team.ledger")
    assert ledger_place(None, "small") == "team.ledger"
    assert ledger_place("gao.ledger", "small") == "gao.ledger"


def test_the_only_ledger_here_need_not_be_named(site):
    with pytest.raises(MissionError, match="there is no ledger here"):
        ledger_place(None, None)
    (site / "gao.ledger").touch()
    assert ledger_place(None, None) == "gao.ledger"
    (site / "kidal.ledger").touch()
    with pytest.raises(MissionError, match="there are several ledgers here"):
        ledger_place(None, None)


@pytest.mark.parametrize(
    "place",
    ["postgresql://me:secret@host/db", "postgresql://host/db?password=secret", "postgresql://me:secret@[bad/db"],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(place):
    with pytest.raises(MissionError, match="leave the password out") as refused:
        ledger_place(place, "small")
    assert "secret" not in str(refused.value)


def test_the_ledger_of_another_mission_is_refused():
    record("mission", {"kind": "handover", "place": "post"}, at())
    with pytest.raises(LedgerError, match="is the record of the mission `small`"):
        record("tiny", {"kind": "handover", "place": "cedar"}, at("2026-01-01", ledger="small.ledger"))


def test_only_its_owner_can_read_a_ledger_and_its_quarantine(site):
    record_file("mission", "day.csv", at())
    with pytest.raises(MissionError):
        record("mission", {"kind": "handover"}, at())
    for name in ("small.ledger", "small.ledger.quarantine.jsonl"):
        assert (site / name).stat().st_mode & 0o777 == 0o600


def test_a_team_records_in_postgresql():
    place = server().new()
    assert counts(record_file("mission", "day.csv", at(ledger=place, name="post"))) == {"recorded": 3}
    assert counts(record_file("mission", "day.csv", at(ledger=place, name="camp"))) == {"known": 3}
    assert verify_ledger(ledger=place).whole
    assert standing_of("mission", date(2025, 7, 22), ledger=place).sites[2].last_out == date(2025, 7, 21)


# ---- Looking into a ledger ----


def test_entries_are_shown_by_site_kind_and_day():
    record_file("mission", "day.csv", at())
    record("mission", {"kind": "incident", "leg": "camp_base", "happened": "2025-07-22"}, at())

    def ids(**which):
        return [row.fact.kind for row in show(Filter(**which), reference="mission").entries]

    assert ids(kind="departure") == ["departure", "departure"]
    assert ids(site="base") == ["incident"]
    assert ids(since=date(2025, 7, 21)) == ["last_out", "incident"]
    assert ids(last=1) == ["incident"]
    assert show(Filter(last=1)).matching == 4


def test_a_ledger_is_held_against_a_head_that_was_printed_earlier():
    head = record_file("mission", "day.csv", at(name="post")).book.heads[0]
    record("mission", {"kind": "handover", "place": "post"}, at())
    assert verify_ledger([head]).whole
    beyond = head.replace(":3:", ":9:")
    assert not verify_ledger([beyond]).whole
    number, found = head.split(":")[1:]
    for torn in (f"post:three:{found}", f"post:{number}:abc", f":{number}:{found}", f"post:{10**20}:{found}", "post"):
        with pytest.raises(MissionError, match="is no head of a ledger"):
            verify_ledger([torn])


# ---- Between sites ----


@pytest.fixture
def bundles(site):
    """Two bundles of the station `post`, the second of what came after the first."""
    record_file("mission", "day.csv", at(ledger="post.ledger", name="post"))
    export("one.jsonl", ledger="post.ledger")
    record("mission", {"kind": "handover", "place": "post"}, at(ledger="post.ledger"))
    assert export("two.jsonl", ledger="post.ledger", since_bundle="one.jsonl").entries == 1
    return site


@pytest.mark.usefixtures("bundles")
def test_bundles_merge_in_any_order():
    record("mission", {"kind": "incident", "place": "camp"}, at(ledger="camp.ledger", name="camp"))
    result = merge(["two.jsonl", "one.jsonl"], ledger="camp.ledger", now=at().now)
    assert [(one.added, one.known) for one in result.bundles] == [(1, 0), (3, 0)]
    assert result.complete
    assert [head.split(":")[:2] for head in result.book.heads] == [["camp", "1"], ["post", "4"]]
    again = merge(["one.jsonl", "two.jsonl"], ledger="camp.ledger", now=at().now)
    assert [(one.added, one.known) for one in again.bundles] == [(0, 3), (0, 1)]
    assert again.book.digest == result.book.digest


@pytest.mark.usefixtures("bundles")
def test_what_does_not_continue_a_chain_is_kept_out_until_the_rest_comes():
    result = merge(["two.jsonl"], ledger="camp.ledger", station="camp", now=at().now)
    assert not result.complete
    assert [(row.entry, "missing" in row.reason) for row in result.bundles[0].refused] == [("post:4", True)]
    assert "post" in result.quarantine.read_text("utf-8")
    assert merge(["one.jsonl", "two.jsonl"], ledger="camp.ledger", now=at().now).complete


@pytest.mark.usefixtures("bundles")
def test_a_file_that_is_no_bundle_does_not_stop_the_others():
    result = merge(["day.csv", "one.jsonl", "nowhere.jsonl"], ledger="camp.ledger", now=at().now)
    assert [one.added for one in result.bundles] == [0, 3, 0]
    with pytest.raises(MissionError, match="this is no bundle"):
        merge(["day.csv"], ledger="new.ledger")


def test_what_two_sites_tell_differently_is_shown_and_both_stay(bundles):
    (bundles / "other.csv").write_text("id,kind,happened,place\nout,last_out,2025-07-20,post\n")
    record_file("mission", "other.csv", at(ledger="post.ledger"))
    (bundles / "other.csv").write_text("id,kind,happened,place\nout,last_out,2025-07-19,post\n")
    record_file("mission", "other.csv", at(ledger="camp.ledger", name="camp"))
    export("all.jsonl", ledger="post.ledger")
    ((one, other),) = merge(["all.jsonl"], ledger="camp.ledger", now=at().now).contradictions
    assert {one.origin, other.origin} == {"post", "camp"}


@pytest.mark.usefixtures("bundles")
def test_what_this_mission_would_not_have_admitted_is_told():
    with open_ledger("post.ledger") as ledger:
        fact = show(Filter(), ledger="post.ledger").entries[0].fact
        ledger.append([fact.model_copy(update={"id": "x", "unit": "strangers", "recorded": None})], actor="?")
    export("all.jsonl", ledger="post.ledger")
    result = merge(["all.jsonl"], ledger="camp.ledger", reference="mission", now=at().now)
    assert [(row.where, row.value, row.message) for row in result.doubtful] == [
        ("post:5", "strangers", "is no unit of the mission")
    ]


@pytest.mark.usefixtures("bundles")
def test_a_bundle_is_not_written_over_a_file():
    with pytest.raises(FileExistsError):
        export("one.jsonl", ledger="post.ledger")
    assert export("one.jsonl", ledger="post.ledger", replace=True).entries == 4


def test_what_the_mandate_did_not_cover_is_recorded_with_a_warning():
    words = {"kind": "departure", "happened": "2025-01-10", "place": "mopti", "unit": "mopti-senegal-bn1", "count": "9"}
    result = record("minusma", words, at("2025-01-11"))
    assert counts(result) == {"recorded": 1}
    ((severity, message),) = [(fault.severity, fault.message) for fault in result.faults]
    assert severity == "warning"
    assert message.startswith("was not covered by the mandate: no authority to")
