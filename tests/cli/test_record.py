"""`drawdown record` and `drawdown ledger`, as somebody types them at the end of the day."""

import json

import openpyxl
import pytest

from kit.fact_files import DAY, DAY_CSV, write_sheet

DEPARTURE = ("departure", "--happened", "2025-07-20", "--place", "post", "--unit", "company", "--count", "40")


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    """Somebody works in a folder beside the small mission."""
    monkeypatch.delenv("DRAWDOWN_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def record(run, small):
    def command(*args):
        return run("record", small, *args)

    return command


# ---- One fact ----


def test_a_departure_is_recorded(record):
    ran = record(*DEPARTURE, "--to", "camp", "--move", "m1", "--by", "A. Keita", "--station", "post")
    assert ran.code == 0, ran.err
    assert "20 Jul 2025, departure: 40 people of company, post to camp, move m1" in ran.out
    assert "entry post:1, recorded" in ran.out
    assert "by A. Keita" in ran.out
    assert "mission small" in ran.out
    assert "digest" in ran.out
    assert "head post:1:" in ran.out


def test_the_keys_of_what_was_recorded(record):
    result = record(*DEPARTURE, "--json").json
    assert {
        "mission",
        "mission_hash",
        "book",
        "counts",
        "recorded",
        "known",
        "contradicting",
        "refused",
        "held_back",
    } <= (result.keys())
    assert {"faults", "quarantine", "complete"} <= result.keys()
    assert result["book"].keys() == {"mission", "mission_hash", "ledger", "origin", "digest", "heads"}
    assert result["counts"] == {"recorded": 1, "known": 0, "contradicting": 0, "refused": 0, "held_back": 0}
    (noted,) = result["recorded"]
    assert noted["fact"]["unit"] == "company"
    assert {"origin", "n", "recorded", "actor", "hash", "prev", "body"} <= noted["entry"].keys()


def test_the_same_again_changes_nothing(record):
    record(*DEPARTURE)
    ran = record(*DEPARTURE)
    assert ran.code == 0
    assert "1 on record already." in ran.out


def test_another_note_is_a_contradiction_side_by_side(record):
    record(*DEPARTURE)
    ran = record(*DEPARTURE, "--note", "In two buses")
    assert ran.code == 1
    assert "note: (blank) on record, In two buses given" in ran.out
    assert "drawdown record small undo departure-2025-07-20-" in ran.out


def test_every_kind_of_fact_can_be_typed(record):
    for words in (
        ("arrival", "--place", "camp", "--lot", "plant", "--count", "1"),
        ("last_out", "--place", "post"),
        ("handover", "--place", "post"),
        ("headcount", "--place", "camp", "--count", "120"),
        ("headcount", "--count", "300", "--counted", "left"),
        ("disposal", "--lot", "plant", "--disposition", "destroy", "--reason", "No lorries", "--count", "1"),
        ("inspection", "--place", "post"),
        ("incident", "--leg", "post_camp", "--hazard", "ied", "--count", "2", "--of", "wounded"),
        ("clearance_asked", "--class", "north_road", "--count", "3"),
        ("clearance_blocked", "--place", "camp", "--until", "2025-08-31"),
    ):
        ran = record(*words, "--happened", "2025-07-20")
        assert ran.code == 0, ran.err


def test_what_is_wrong_is_told_at_its_option_all_at_once(record):
    ran = record("departure", "--happened", "2125-01-01", "--unit", "compani", "--count", "1,5", "--leg", "post_kamp")
    assert ran.code == 2
    assert ran.out == ""
    for words in (
        'fault    --count "1,5": `count` is not a number\n           write 1.5',
        'fault    --unit "compani": is no unit of the mission\n           did you mean `company`?',
        'fault    --leg "post_kamp": is no leg of the mission\n           did you mean `post_camp`?',
        'fault    --happened "2125-01-01": lies in the future',
    ):
        assert words in ran.err
    assert "quarantine.jsonl: keeps what was refused" in ran.err


def test_faults_as_json(record):
    ran = record("departur", "--json")
    assert ran.code == 2
    (fault, *_) = ran.json["faults"]
    assert (fault["where"], fault["value"], fault["remedy"]) == ("KIND", "departur", "did you mean `departure`?")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("departure", "day.csv"), "`day.csv` has no meaning after `departure`"),
        (("departure", "--past"), "go with `import`"),
        (("import",), "say which file"),
        (("undo",), "say which fact"),
        (("undo", "x"), "say why: --note"),
        (("import", "day.csv", "--place", "post", "--of", "people"), "--place, --of does not go with `import`"),
    ],
)
def test_words_that_make_no_sense_are_refused(record, words, message):
    ran = record(*words)
    assert ran.code == 2
    assert message in " ".join(ran.err.replace("│", " ").split())


def test_a_password_on_the_line_is_refused(record):
    ran = record(*DEPARTURE, "--ledger", "postgresql://me:secret@host/db")
    assert ran.code == 2
    assert "leave the password out" in ran.err
    assert "secret" not in ran.err


def test_a_server_that_cannot_be_reached_is_told(record):
    ran = record(*DEPARTURE, "--ledger", "postgresql://localhost:1/nowhere", "--json")
    assert ran.code == 2
    assert "defect" not in ran.err
    assert ran.json["faults"][0]["message"]


# ---- A file of facts ----


def test_a_day_is_imported_from_a_sheet_and_then_from_csv(site, record):
    write_sheet(site / "day.xlsx", DAY)
    (site / "day.csv").write_text(DAY_CSV)
    assert "2 recorded." in record("import", "day.xlsx").out
    ran = record("import", "day.csv")
    assert ran.code == 0
    assert "2 on record already." in ran.out


def test_a_file_with_faults_is_recorded_in_part(site, record):
    (site / "day.csv").write_text(DAY_CSV + "departure,2025-07-20,post,compani,3,\nlast_out,2025-07-20\n")
    ran = record("import", "day.csv")
    assert ran.code == 1
    assert 'fault    day.csv:4 unit "compani": is no unit of the mission' in ran.out
    assert 'fault    day.csv:5 "last_out": has 2 cells, but the header has 6' in ran.out
    assert "2 recorded, 2 refused." in ran.out
    assert "small.ledger.quarantine.jsonl" in ran.out
    ran = record("import", "day.csv", "--all-or-nothing")
    assert ran.code == 1
    assert "2 on record already, 2 refused." in ran.out


def test_a_column_that_nobody_knows_refuses_the_file(site, record):
    (site / "day.csv").write_text(DAY_CSV.replace("unit", "unti"))
    ran = record("import", "day.csv")
    assert ran.code == 2
    assert 'fault    day.csv:1 unti "unti": is no column of this table' in ran.err
    assert not (site / "small.ledger").exists()


def test_the_record_that_ships_is_imported_as_it_was_known_then(run):
    ran = run("record", "minusma", "import", "minusma", "--past", "--station", "archive")
    assert ran.code == 0
    assert "78 recorded." in ran.out
    ran = run("ledger", "standing", "minusma", "--on", "2023-10-31", "--known-on", "2023-10-31")
    assert ran.code == 0
    assert "6,000 people reported to have left" in ran.out
    assert "alerts, the gravest first" in ran.out


# ---- The ledger ----


def test_a_fact_is_undone_and_shown_as_such(record, run):
    record("last_out", "--place", "post", "--happened", "2025-07-20", "--id", "out")
    ran = record("undo", "out", "--note", "Three stayed")
    assert ran.code == 0
    assert "out holds no more. Three stayed" in ran.out
    shown = run("ledger", "show", "--site", "post").out
    assert "out  (holds no more: correction-2025-07-20-" in shown
    assert "1 entry of 2." in shown


def test_the_keys_of_a_ledger_shown(record, run):
    record(*DEPARTURE)
    result = run("ledger", "show", "--kind", "departure", "--since", "2025-07-01", "--json").json
    assert result.keys() == {"book", "entries", "matching", "size"}
    assert result["entries"][0].keys() == {"entry", "fact", "corrected_by"}


def test_a_ledger_is_verified(record, run):
    head = record(*DEPARTURE, "--json").json["book"]["heads"][0]
    record("last_out", "--place", "post", "--happened", "2025-07-20")
    ran = run("ledger", "verify", "--head", head)
    assert ran.code == 0
    assert "nothing was altered, removed or reordered" in ran.out
    other = head[:-1] + ("0" if head[-1] != "0" else "1")
    ran = run("ledger", "verify", "--head", other, "--json")
    assert ran.code == 1
    assert not ran.json["whole"]
    assert ran.json["breaks"][0].keys() == {"origin", "n", "seq", "what"}


def test_a_bundle_goes_to_another_site_on_a_stick(site, record, run):
    record(*DEPARTURE, "--station", "post", "--ledger", "post.ledger")
    ran = run("ledger", "export", "--out", "post.jsonl", "--ledger", "post.ledger")
    assert ran.code == 0
    assert "1 entry in post.jsonl" in ran.out
    assert run("ledger", "export", "--out", "post.jsonl", "--ledger", "post.ledger").code == 2
    ran = run("ledger", "merge", "post.jsonl", "--station", "camp", "--ledger", "camp.ledger")
    assert ran.code == 0
    assert "post.jsonl of post: 1 new" in ran.out
    (site / "torn.jsonl").write_text((site / "post.jsonl").read_text().splitlines()[0] + '\n{"origin"\n')
    ran = run("ledger", "merge", "torn.jsonl", "--ledger", "camp.ledger", "--json")
    assert ran.code == 1
    assert {"file", "origin", "added", "known", "missing", "refused"} == ran.json["bundles"][0].keys()


def test_the_standing_and_its_keys(record, run, small):
    record(*DEPARTURE, "--to", "camp")
    ran = run("ledger", "standing", small, "--on", "2025-07-20")
    assert ran.code == 0
    assert "on the way since 20 Jul 2025: 40 of company, from post to camp" in ran.out
    result = run("ledger", "standing", small, "--on", "2025-07-20", "--json").json
    assert {"on", "known_on", "people_remaining", "sites", "alerts", "on_the_way", "book"} <= result.keys()
    assert {"people", "lots", "lift", "left", "gone", "left_total", "left_on_record", "unknown"} <= result.keys()


def test_a_ledger_that_is_not_there_is_told_with_what_to_do(run):
    ran = run("ledger", "show")
    assert ran.code == 2
    assert "name it with --ledger, or set DRAWDOWN_LEDGER" in ran.err
    ran = run("ledger", "standing", "minusma", "--on", "2023-10-31", "--ledger", "nowhere.ledger", "--json")
    assert ran.code == 2
    assert "there is no ledger at nowhere.ledger" in ran.json["faults"][0]["message"]


def test_a_mission_without_a_ledger_stands_by_its_own_actuals(run):
    ran = run("ledger", "standing", "minusma", "--on", "2023-10-31", "--known-on", "2023-10-31")
    assert ran.code == 0
    assert "ledger none here: the mission's own actuals" in ran.out
    own = run("ledger", "standing", "minusma", "--on", "2023-10-31", "--json").json
    run("record", "minusma", "import", "minusma", "--past")
    recorded = run("ledger", "standing", "minusma", "--on", "2023-10-31", "--json").json
    assert {**own, "book": None} == {**recorded, "book": None}


def test_the_environment_says_where_the_ledger_lies(site, record, run, monkeypatch):
    monkeypatch.setenv("DRAWDOWN_LEDGER", str(site / "team.ledger"))
    record(*DEPARTURE)
    assert (site / "team.ledger").exists()
    assert run("ledger", "show").code == 0


# ---- Files that are not what they seem ----


def test_ten_thousand_faults_are_told_in_short_and_kept_in_full(site, record):
    rows = "".join(f"departure,2025-07-20,post,stranger-{number},{number}.5\n" for number in range(10_000))
    (site / "day.csv").write_text("kind,happened,place,unit,count\n" + rows)
    ran = record("import", "day.csv")
    assert ran.code == 1
    assert "10,000 refused." in ran.out
    assert "... and 9,950 more like this: is no unit of the mission" in ran.out
    assert len(ran.out.splitlines()) < 250
    kept = (site / "small.ledger.quarantine.jsonl").read_text("utf-8").splitlines()
    assert len(kept) == 10_000
    assert json.loads(kept[-1])["entry"]["unit"] == "stranger-9999"


def test_what_a_spreadsheet_does_to_a_csv_is_understood(site, record):
    (site / "day.csv").write_bytes(b"\xef\xbb\xbf" + DAY_CSV.replace(",", ";").replace("\n", "\r\n").encode())
    ran = record("import", "day.csv")
    assert ran.code == 0
    assert "2 recorded." in ran.out
    assert "has its cells separated by semicolons" in ran.out


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (DAY_CSV.encode("utf-16"), "is in UTF-16, not in UTF-8"),
        (DAY_CSV.replace("dawn", "dàwn").encode("latin-1"), "is not in UTF-8"),
        (b"\0" + DAY_CSV.encode(), "holds NUL bytes"),
        (b"", "is empty"),
        (DAY_CSV.encode()[:-3], "opens a double quote that is never closed"),
        (b"kind,happened,kind\n", "is a column twice"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_remedy(site, record, data, message):
    (site / "day.csv").write_bytes(data)
    ran = record("import", "day.csv")
    assert ran.code == 2
    assert message in ran.err
    assert not (site / "small.ledger").exists()


def test_formulas_and_control_characters_do_no_harm(site, record, run):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "actuals"
    sheet.append(["kind", "happened", "place", "count", "note"])
    sheet.append(["headcount", "2025-07-20", "camp", "=60+60", "sum"])
    sheet.append(["last_out", "2025-07-20", "post", None, "#REF!"])
    sheet.append(["handover", "2025-07-20", "post", None, "'=cmd|' /C calc'!A0"])
    book.save(site / "day.xlsx")
    ran = record("import", "day.xlsx")
    assert ran.code == 1
    assert "fault    actuals!D2 count" in ran.out
    assert "1 recorded, 2 refused." in ran.out
    (site / "day.csv").write_text("kind,happened,place,note\nhandover,2025-07-20,camp,\x1b[2Jboo\n")
    assert "contains the control character U+001B" in record("import", "day.csv").out
    assert "\x1b" not in run("ledger", "show").out


def test_a_bundle_is_not_taken_for_a_file_of_facts(record, run):
    record(*DEPARTURE)
    run("ledger", "export", "--out", "bundle.jsonl")
    ran = record("import", "bundle.jsonl")
    assert ran.code == 2
    assert "merge it: drawdown ledger merge FILE" in ran.err


@pytest.mark.parametrize("command", ["show", "verify", "export", "merge", "standing"])
def test_every_command_of_the_ledger_explains_itself(run, command):
    ran = run("ledger", command, "--help")
    assert ran.code == 0
    assert "--json" in ran.out
    assert "Exit codes" in ran.out
