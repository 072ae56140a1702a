"""Bundles carry entries between stations that are offline from each other, without loss and in any order."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawdown.ledger import bundle as bundle_module
from drawdown.ledger import merging
from drawdown.ledger.bundle import merge_bundle, read_bundle, write_bundle
from drawdown.ledger.bundle_lines import Faulty, entry_line
from drawdown.ledger.entry import GENESIS, Entry, seal
from drawdown.ledger.ledger import LedgerError, LedgerNewer, open_ledger
from drawdown.ledger.quarantine import quarantine_of
from kit.ledgers import NOON, chain_rows, entry_of, fact, facts, in_memory

STATIONS = ("gao", "kidal", "bamako")


def station(name, count=0, first=1):
    """A ledger in memory with so many entries of its own."""
    return in_memory(name, facts(count, first=first))


def carry(sender, receiver, since=None):
    """A bundle on a stick."""
    return merge_bundle(receiver, write_bundle(sender, since)).merged


def test_a_bundle_brings_what_the_other_station_lacks():
    gao, bamako = station("gao", 3), station("bamako", 2, first=10)
    assert carry(gao, bamako).added == 3
    gao.append([fact(4)], actor="A. Keita")
    lines = list(write_bundle(gao, bamako.heads()))
    assert [json.loads(line).get("n") for line in lines] == [None, 4]
    assert merge_bundle(bamako, lines).merged.added == 1
    assert carry(bamako, gao).added == 2
    assert gao.digest == bamako.digest
    assert chain_rows(gao) == chain_rows(bamako)
    assert gao.verify() == bamako.verify() == ()


def test_the_same_bundle_may_come_twice():
    gao, bamako = station("gao", 3), station("bamako")
    carry(gao, bamako)
    again = carry(gao, bamako)
    assert (again.added, again.known, again.refused) == (0, 3, ())


def test_a_header_tells_what_a_bundle_is():
    header = json.loads(next(write_bundle(station("gao", 2))))
    assert (header["format"], header["version"], header["mission"]) == ("drawdown-ledger-bundle", 1, "minusma")
    assert (header["origin"], header["entries"], header["heads"]["gao"][0]) == ("gao", 2, 2)


def test_a_station_that_lost_its_ledger_gets_its_own_entries_back():
    gao, bamako = station("gao", 3), station("bamako")
    carry(gao, bamako)
    anew = station("gao")
    carry(bamako, anew)
    anew.append([fact(4)], actor="A. Keita")
    assert (anew.heads()["gao"].n, carry(anew, bamako).added) == (4, 1)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.sampled_from(STATIONS), st.integers(1, 12)),
        st.tuples(st.just("carry"), st.sampled_from(STATIONS), st.sampled_from(STATIONS)),
    ),
    max_size=14,
)


def split(data, piece):
    """A bundle cut into two, the lines of each in any order."""
    header, *lines = piece
    cut = data.draw(st.integers(0, len(lines)))
    return [[header, *data.draw(st.permutations(part))] for part in (lines[:cut], lines[cut:])]


def deliver(bundles):
    """A ledger that has got bundles in this order; those that came too early are given once more."""
    reader = station("reader")
    for _ in bundles:
        for one in bundles:
            merge_bundle(reader, one)
    return reader


@settings(max_examples=40, deadline=None)
@given(steps, st.data())
def test_whatever_stations_record_and_carry_and_in_whatever_order_all_hold_the_same_in_the_end(history, data):
    ledgers = {name: station(name) for name in STATIONS}
    for step, name, other in history:
        if step == "record":  # the same fact, in other words now and then, and known from elsewhere or not
            told = fact(other, count=100 + len(ledgers[name].heads()) % 2)
            ledgers[name].append([told], actor="A. Keita", recorded=NOON)
        else:
            carry(ledgers[name], ledgers[other], ledgers[other].heads())
    pieces = [list(write_bundle(ledger)) for ledger in ledgers.values()]
    merged = [deliver(data.draw(st.permutations([part for piece in pieces for part in split(data, piece)])))]
    merged.append(deliver(data.draw(st.permutations([part for piece in pieces for part in split(data, piece)]))))
    one, other = merged
    assert one.digest == other.digest
    assert chain_rows(one) == chain_rows(other)
    assert one.verify() == other.verify() == ()
    assert sum(head.n for head in one.heads().values()) == one.size
    held = {json.loads(body)["id"] for told in (one, other) for body in _holding(told)}
    assert held == {json.loads(line)["body"]["id"] for piece in pieces for line in piece[1:]}
    assert sorted(_holding(one)) == sorted(_holding(other))


def _holding(ledger):
    """The bodies that hold: of a fact that several stations tell, the one recorded first."""
    again = ledger.told_again()
    return [body for chunk in ledger.bodies() for seq, _, body in chunk if seq not in again]


def test_a_fact_that_two_stations_recorded_is_kept_in_both_chains_and_holds_once():
    gao, bamako = station("gao", 2), station("bamako", 1)
    merged = carry(bamako, gao)
    assert (merged.added, merged.repeated, merged.contradictions) == (1, 1, ())
    assert gao.told_again() == {3} or gao.told_again() == {1}
    assert len(_holding(gao)) == 2


def test_a_contradiction_between_stations_is_kept_in_both_chains_and_told():
    gao, bamako = station("gao", 1), station("bamako")
    bamako.append([fact(1, count=80)], actor="B. Cissé", recorded=NOON.replace(hour=8))
    merged = carry(bamako, gao)
    assert [(one.origin, other.origin) for one, other in merged.contradictions] == [("bamako", "gao")]
    ((holding, other),) = gao.contradictions()
    assert (holding.fact.count, other.fact.count) == (80, 120)  # the one that was recorded first holds
    carry(gao, bamako)
    assert bamako.contradictions() == gao.contradictions()


# What is refused


def test_a_gap_is_refused_and_says_what_to_ask_for():
    gao, bamako = station("gao", 5), station("bamako")
    header, *lines = write_bundle(gao)
    merged = merge_bundle(bamako, [header, *lines[:1], *lines[3:]]).merged
    assert (merged.added, [one.entry.n for one in merged.refused]) == (1, [4, 5])
    assert "missing before it, from 2 on: ask for a bundle" in merged.refused[0].reason
    assert carry(gao, bamako).added == 4


def test_two_ledgers_that_wrote_under_one_name_are_told_apart():
    gao, copy, bamako = station("gao", 2), station("gao", 3, first=20), station("bamako")
    carry(gao, bamako)
    merged = carry(copy, bamako)
    assert (merged.added, [one.entry.n for one in merged.refused]) == (0, [1, 2, 3])
    assert "two ledgers have written under that name" in merged.refused[0].reason
    with pytest.raises(LedgerError, match="another entry 2 of gao than this ledger"):
        next(write_bundle(copy, bamako.heads()))


def test_entries_after_a_refused_one_wait_for_it():
    gao, bamako = station("gao", 3), station("bamako")
    header, *lines = write_bundle(gao)
    lines[1] = lines[1].replace("togo-inf", "chad-inf")
    merged = merge_bundle(bamako, [header, *lines]).merged
    assert [(one.entry.n, one.reason[:38]) for one in merged.refused] == [
        (2, "its hash is not the hash of what it sa"),
        (3, "it comes after an entry of gao that wa"),
    ]


def sealed(**changes):
    """The first entry of `kidal`, its hash being right whatever it says."""
    sound = entry_of(fact(1), origin="kidal", n=1, prev=GENESIS, recorded=NOON, actor="A. Keita")
    parts = {name: getattr(sound, name) for name in Entry.__slots__} | changes
    entry = seal(**{name: parts[name] for name in ("body", "origin", "n", "prev", "recorded", "actor")})
    return Entry(**{**parts, "hash": entry.hash, **changes})


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (sealed(hash="0" * 64), "its hash is not the hash of what it says"),
        (sealed(version=2), "written by a newer version"),
        (sealed(version=0), "no entry 1 of version 0"),
        (sealed(n=0), "no entry 0"),
        (sealed(origin="Kidal!"), "name of a station"),
        (sealed(actor=" "), "by whom"),
        (sealed(body='{"id":"x","kind":"party","happened":"2023-09-02"}'), "its body is no fact: kind"),
        (sealed(body='{"happened": "2023-09-02","id":"x","kind":"departure"}'), "not in canonical form"),
        (sealed(body='{"happened":"2023-09-02","id":"x","kind":"departure","recorded":"2023-09-03"}'), "canonical"),
        (sealed(body='{"count":"5","happened":"2023-09-02","id":"x","kind":"departure"}'), "canonical"),
        (sealed(body="[" * 5_000), "its body is no fact"),
        (sealed(prev="1" * 64), "does not continue entry 0 of kidal"),
    ],
)
def test_an_entry_that_does_not_hold_is_refused_with_the_reason_and_the_rest_is_merged(entry, said):
    gao = station("gao", 1)
    other = entry_of(fact(9), origin="bamako", n=1, prev=GENESIS, recorded=NOON, actor="A. Keita")
    merged = gao.merge([entry, other])
    assert (merged.added, merged.refused[0].entry) == (1, entry)
    assert said in merged.refused[0].reason
    assert gao.verify() == ()


def test_a_station_cannot_tell_one_fact_twice():
    first = sealed()
    again = seal(first.body, origin="kidal", n=2, prev=first.hash, recorded=NOON, actor="A. Keita")
    merged = station("gao").merge([first, again])
    assert (merged.added, merged.refused[0].reason[:40]) == (1, "kidal has recorded this fact before, in ")


@pytest.mark.parametrize(
    ("line", "kind", "said"),
    [
        ("", LedgerError, "no bundle"),
        ("PK\x03\x04", LedgerError, "no bundle"),
        ('{"format":"other","version":1}', LedgerError, "but `other`"),
        ('{"format":"drawdown-ledger-bundle","version":1,"mission":"unifil"}', LedgerError, "of the mission `unifil`"),
        ('{"format":"drawdown-ledger-bundle","version":2,"mission":"minusma"}', LedgerNewer, "newer version"),
        (
            '{"format":"drawdown-ledger-bundle","version":1,"mission":"minusma","heads":{"a":[1]}}',
            LedgerError,
            "no bun",
        ),
        ("[" * 100_000, LedgerError, "no bundle"),
    ],
)
def test_another_file_is_no_bundle(tmp_path, line, kind, said):
    with pytest.raises(kind, match=said):
        merge_bundle(station("gao"), [line], name="stick.jsonl", quarantine_file=tmp_path / "kept")
    kept = json.loads((tmp_path / "kept").read_text("utf-8"))
    assert (kept["from"], kept["entry"]) == ("stick.jsonl", "the whole bundle")


@pytest.mark.parametrize(
    "line",
    [
        "not JSON",
        "[]",
        '{"n":1}',
        "[" * 100_000,
        '{"actor":"a","body":{},"hash":"","n":-1,"origin":"o","prev":"","recorded":"2023-09-07T12:00:00Z","version":1}',
        '{"actor":"a","body":{},"hash":"","n":1e999,"origin":"o","prev":"","recorded":"2023-09-07T12:00:00Z","version":1}',
        '{"actor":"a","body":{},"hash":"","n":1,"origin":"o","prev":"","recorded":"yesterday","version":1}',
        '{"actor":"a","body":{},"hash":"","n":1,"origin":"o","prev":"","recorded":"2023-99-07T12:00:00Z","version":1}',
        '{"actor":"\ud800","body":{},"hash":"","n":1,"origin":"o","prev":"","recorded":"","version":1}',
        "x" * 1_000_001,
    ],
)
def test_a_line_that_is_no_entry_is_told_with_its_number(line):
    header, *entries = write_bundle(station("gao", 2))
    received = merge_bundle(station("bamako"), [header, entries[0], line, entries[1]])
    assert (received.merged.added, received.missing) == (2, 0)
    assert [fault.line for fault in received.faults] == [3]


def test_a_file_that_was_cut_off_says_how_much_is_missing():
    text = "".join(write_bundle(station("gao", 4))).encode()
    received = merge_bundle(station("bamako"), io.BytesIO(text[: len(text) * 2 // 3]))
    assert received.merged.added + len(received.faults) + received.missing == 4
    assert received.missing > 0


def test_a_huge_line_is_skipped_without_being_held():
    class Endless(io.RawIOBase):
        """A header, a line of 400 MB that nobody may read at once, and an entry."""

        def __init__(self, before, after):
            self.parts, self.left, self.largest = [before, after], 400_000_000, 0

        def readline(self, size=-1):
            self.largest = max(self.largest, size)
            if self.left and len(self.parts) == 1:
                part = min(size, self.left)
                self.left -= part
                return b"x" * part if self.left else b"x" * (part - 1) + b"\n"
            return self.parts.pop(0) if self.parts else b""

    header, entry = (line.encode() for line in write_bundle(station("gao", 1)))
    stream = Endless(header, entry)
    received = merge_bundle(station("bamako"), stream)
    assert (received.merged.added, len(received.faults), stream.largest) == (1, 1, 1_000_001)


def test_a_file_of_rubbish_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(bundle_module, "FAULTS_LIMIT", 5)
    header, entry = write_bundle(station("gao", 1))
    lines = read_bundle(iter([header, *["rubbish"] * 100, entry]), "minusma").lines
    found = list(lines)
    assert len(found) == 6
    assert isinstance(found[-1], Faulty)
    assert "was not read" in found[-1].reason


def test_large_bundles_are_merged_in_parts_in_whatever_order(monkeypatch):
    monkeypatch.setattr(merging, "BATCH", 7)
    gao, bamako = station("gao", 60), station("bamako")
    merged = bamako.merge(reversed(list(gao.entries())))
    assert (merged.added, merged.refused) == (60, ())
    assert (bamako.digest, bamako.verify()) == (gao.digest, ())


def test_a_bundle_that_another_tool_has_laid_out_anew_still_holds():
    header, entry = write_bundle(station("gao", 1))
    assert (
        merge_bundle(station("bamako"), [header, json.dumps(json.loads(entry), indent=None) + "\r\n"]).merged.added == 1
    )


# The quarantine


def test_what_is_refused_is_kept_with_the_reason(tmp_path):
    with open_ledger(tmp_path / "bamako.ledger", mission="minusma", origin="bamako") as bamako:
        kept = quarantine_of(bamako)
        assert kept == tmp_path / "bamako.ledger.quarantine.jsonl"
        bad = sealed(hash="0" * 64)
        header = next(write_bundle(station("gao")))
        merge_bundle(bamako, [header, entry_line(bad), "rubbish\n"], name="stick.jsonl", quarantine_file=kept)
    first, second = (json.loads(line) for line in kept.read_text("utf-8").splitlines())
    assert (first["from"], first["entry"]) == ("stick.jsonl", "rubbish")
    assert first["reason"].startswith("line 3: the line is no entry")
    assert (second["entry"]["hash"], second["reason"][:8]) == ("0" * 64, "its hash")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_quarantine_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(LedgerError, match="cannot be kept at"):
        merge_bundle(station("gao"), ["rubbish"], quarantine_file=tmp_path)
