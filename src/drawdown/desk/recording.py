"""Recording what happened: one fact as it was typed, a file of them, or the undoing of one.

Whatever can be recorded is recorded, in one transaction; whatever cannot is told with its place, its value and the
remedy, and kept in the quarantine file. Recording the same again changes nothing, so a file that was mended is
simply imported once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from drawdown.desk.drafting import drafts_of
from drawdown.desk.entering import enter
from drawdown.desk.ledgers import book_of, ledger_place, refusal
from drawdown.desk.missions import bundled, open_mission
from drawdown.desk.recorded import Noted, Recorder, RecordResult
from drawdown.desk.undoing import corrections_in, holding_corrections
from drawdown.files.fact_files import FactReading, read_fact, read_facts
from drawdown.ledger.drafts import complete
from drawdown.ledger.ledger import open_ledger
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission


def record(
    reference: str | Path, words: Mapping[str, str], recorder: Recorder, places: Mapping[str, str] | None = None
) -> RecordResult:
    """Record one fact from words by column; ``places`` says where each was typed. It happened today if nothing is said.

    Raises `MissionError` if it cannot be recorded.
    """
    mission = open_mission(reference)
    said = {"happened": recorder.today.isoformat(), **{name: text for name, text in words.items() if text}}
    return _one(mission, read_fact(said, places or {}), recorder)


def undo(reference: str | Path, fact_id: str, note: str, recorder: Recorder) -> RecordResult:
    """Record that a fact was wrong: it stays on record, and holds no more. ``note`` says why.

    Undoing what is undone already changes nothing; undoing a correction lets its fact hold again.
    Raises `MissionError` if no such fact is on record.
    """
    mission = open_mission(reference)
    with open_ledger(
        ledger_place(recorder.ledger, mission.mission.id), mission=mission.mission.id, create=False
    ) as book:
        found = book.find(fact_id)
        if not found:
            raise refusal(fact_id, "no fact of this id is on record", "look it up: drawdown ledger show", "undo")
        corrections = corrections_in(book)
        if holding := holding_corrections(fact_id, corrections):
            (entry, *_) = book.find(holding[0])
            known = Noted("undo", entry.fact, entry)
            return RecordResult(mission.mission.id, mission.hash, book_of(book, mission), known=(known,))
    words = {"kind": "correction", "corrects": fact_id, "happened": found[0].fact.happened.isoformat(), "note": note}
    if earlier := corrections.get(fact_id):  # undone before and brought back: this is another correction
        words["id"] = f"{complete(words)['id']}-{len(earlier) + 1}"
    return _one(mission, read_fact(words, {"note": "--note"}), recorder)


def record_file(
    reference: str | Path, file: str | Path, recorder: Recorder, *, past: bool = False, all_or_nothing: bool = False
) -> RecordResult:
    """Record the facts of a CSV, a workbook, lines of JSON, or a mission's own actuals.

    Facts are recorded with the day that their column ``recorded`` says, or else as of now; a ``past`` record as of the
    day on which its source was published, or else the day it happened. With ``all_or_nothing`` one that cannot be
    recorded holds all others back. Raises `MissionError` if the file as a whole cannot be trusted.
    """
    mission = open_mission(reference)
    path = bundled()[str(file)] if not Path(file).exists() and str(file) in bundled() else Path(file)
    reading = read_facts(path)
    if not reading.usable:
        raise MissionError(reading.faults)
    drafts = drafts_of(mission, reading, recorder.today, past=past)
    result = enter(mission, drafts, recorder, source=path.name, all_or_nothing=all_or_nothing)
    return replace(result, faults=(*reading.faults, *result.faults))


def _one(mission: Mission, reading: FactReading, recorder: Recorder) -> RecordResult:
    result = enter(mission, drafts_of(mission, reading, recorder.today), recorder, source="drawdown record")
    if result.refused:
        # The option says where; the column would say it once more.
        faults = [fault._replace(spot=fault.spot._replace(column=None)) for fault in result.faults]
        if result.quarantine:
            message = "keeps what was refused, with the reason"
            faults.append(Fault("note", Spot("ledger"), "", message, "", str(result.quarantine)))
        raise MissionError(faults)
    return result
