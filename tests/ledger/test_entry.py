"""An entry is one fact, written so that anybody can recompute its hash."""

import gc
import hashlib
import json
import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawdown.ledger import entry as entry_module
from drawdown.ledger.entry import GENESIS, Entry, canonical_body, fact_of, stamp, unstamp
from drawdown.ledger.ledger import LedgerError, LedgerNewer, open_ledger
from drawdown.mission.row import CONTROL
from drawdown.mission.tables import Actual
from kit.ledgers import NOON, entry_of, fact, facts

words = st.text(min_size=1, max_size=30).map(str.strip).filter(lambda text: text and not CONTROL.search(text))
days = st.dates(date(1945, 1, 1), date(2199, 12, 31))
any_fact = st.builds(
    Actual,
    id=st.from_regex(r"\A[a-z0-9][a-z0-9_-]{0,20}\Z"),
    happened=days,
    recorded=st.none() | days,
    kind=st.sampled_from(["departure", "incident", "headcount"]),
    unit=st.none() | st.just("togo-inf"),
    count=st.none() | st.floats(0, 1e12) | st.integers(0, 10**12).map(float),
    until=st.none() | days,
    note=st.none() | words,
    extras=st.just(()) | words.map(lambda text: (("x_own", text),)),
)


def test_a_body_is_sorted_compact_and_has_only_what_is_set():
    told = fact(1, note="Ménaka", recorded=date(2023, 9, 7), until=date(2023, 9, 4))
    assert canonical_body(told) == (
        '{"count":120,"count_of":"people","happened":"2023-09-02","id":"gao-1","kind":"departure","note":"Ménaka",'
        '"place":"gao","unit":"togo-inf","until":"2023-09-04"}'
    )


@given(any_fact)
def test_a_body_gives_the_fact_back(told):
    again = fact_of(json.loads(canonical_body(told)))
    assert again == told.model_copy(update={"recorded": None})
    assert canonical_body(again) == canonical_body(told)


@given(any_fact, words, st.datetimes(datetime(1945, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001  given UTC below
def test_a_hash_is_that_of_plain_json(told, actor, moment):
    entry = entry_of(told, origin="gao", n=7, prev=GENESIS, recorded=moment.replace(tzinfo=UTC), actor=actor)
    record = {
        "origin": "gao",
        "n": 7,
        "recorded": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "actor": actor,
        "version": 1,
        "body": json.loads(entry.body),
        "prev": "0" * 64,
    }
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == entry.hash


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # ten lines do not close the file
def test_the_ten_lines_that_an_auditor_is_shown_find_a_sound_and_an_altered_ledger(tmp_path, monkeypatch):
    shown = entry_module.__doc__.split("\n\n")[1:]
    lines = "\n".join(line for line in "\n".join(shown).splitlines() if line.startswith("    "))
    program = compile("\n".join(line[4:] for line in lines.splitlines()), "docstring", "exec")
    with open_ledger(tmp_path / "minusma.ledger", mission="minusma", origin="gao") as ledger:
        ledger.append([fact(1, note="Ménaka 🚛", count=math.pi), *facts(20, first=2)], actor="A. Keita")
    monkeypatch.chdir(tmp_path)
    exec(program, {})  # noqa: S102  what the page tells an auditor to run
    changed = (tmp_path / "minusma.ledger").read_bytes().replace(b"togo-inf", b"chad-inf", 1)
    (tmp_path / "minusma.ledger").write_bytes(changed)
    with pytest.raises(AssertionError):
        exec(program, {})  # noqa: S102
    gc.collect()


def test_whole_numbers_have_no_point_and_others_keep_theirs():
    assert '"count":3,' in canonical_body(fact(1, count=3.0))
    assert '"count":2.5,' in canonical_body(fact(1, count=2.5))


def test_times_are_read_as_they_are_written():
    assert unstamp(stamp(NOON)) == NOON
    for wrong in ("2023-09-07", "2023-09-07T12:00:00", "2023-09-07T12:00:00+00:00", "2023-13-07T12:00:00Z", ""):
        with pytest.raises(ValueError, match=r"no time of record|month must be"):
            unstamp(wrong)


def test_a_body_that_is_no_fact_or_newer_says_so():
    sound = entry_of(fact(1), origin="gao", n=1, prev=GENESIS, recorded=NOON, actor="A. Keita")
    parts = {name: getattr(sound, name) for name in Entry.__slots__}
    with pytest.raises(LedgerNewer, match="version 2"):
        _ = Entry(**{**parts, "version": 2}).fact
    with pytest.raises(LedgerError, match="kind"):
        _ = Entry(**{**parts, "body": '{"id":"gao-1","happened":"2023-09-02","kind":"party"}'}).fact
