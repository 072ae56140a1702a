"""Recording what was drafted: what is sound goes into the ledger, what is not is told and kept in quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

from drawdown.desk.drafting import Draft, differing
from drawdown.desk.ledgers import Book, book_of, ledger_place
from drawdown.desk.recorded import Contradicting, Noted, Recorder, RecordResult
from drawdown.files.fact_files import TABLE
from drawdown.files.findings import Findings
from drawdown.ledger.entry import canonical_body
from drawdown.ledger.ledger import Appended, Contradiction, Entry, Ledger, open_ledger
from drawdown.ledger.quarantine import SUFFIX, Kept, quarantine, quarantine_of
from drawdown.mission.faults import Fault, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual


def enter(
    mission: Mission,
    drafts: Sequence[Draft],
    recorder: Recorder,
    *,
    source: str,
    all_or_nothing: bool = False,
) -> RecordResult:
    """Record what is sound in one transaction; with ``all_or_nothing`` only if everything is.

    ``source`` is what the quarantine names as the place where a fact came from.

    Raises `drawdown.ledger.errors.LedgerError` if the ledger cannot be opened or written; then nothing is recorded.
    """
    place = ledger_place(recorder.ledger, mission.mission.id)
    sound = [draft.sound for draft in drafts]
    ledger = _open(place, mission, recorder, create=all(sound) if all_or_nothing else any(sound))
    if ledger is None:
        _keep(kept := Path(place + SUFFIX), source, drafts, (), recorder)
        return _result(
            mission, drafts, _NOTHING, book=None, faults=_told(drafts), quarantine=kept, held_back=sum(sound)
        )
    with ledger:
        checked = _corrections_checked(ledger, drafts)
        facts = [draft.fact for draft in checked if draft.fact and draft.sound]
        done, new = _rehearsed(ledger, facts) if all_or_nothing else (_NOTHING, 0)
        blocked = all_or_nothing and (len(facts) < len(checked) or bool(done.contradictions))
        if facts and not blocked:
            done = ledger.append(facts, actor=recorder.actor, recorded=recorder.moment)
        kept = quarantine_of(ledger)
        any_kept = _keep(kept, source, checked, done.contradictions, recorder)
        book = book_of(ledger, mission)
    return _result(
        mission,
        checked,
        done,
        book=book,
        faults=_told(checked),
        quarantine=kept if any_kept else None,
        held_back=new if blocked else 0,
    )


class _Others(TypedDict):
    """What is said beside the facts themselves."""

    book: Book | None
    faults: tuple[Fault, ...]
    quarantine: Path | None
    held_back: int


_NOTHING = Appended((), (), ())


def _open(place: str, mission: Mission, recorder: Recorder, *, create: bool) -> Ledger | None:
    """The ledger; None if there is none yet, and nothing to be put into a new one."""
    if not create and "://" not in place and not Path(place).exists():
        return None
    return open_ledger(place, mission=mission.mission.id, origin=recorder.name, create=create)


def _corrections_checked(ledger: Ledger, drafts: Sequence[Draft]) -> list[Draft]:
    """The same drafts; a correction of what is neither on record nor among them is refused."""
    given = {draft.fact.id for draft in drafts if draft.fact and draft.sound}

    def checked(draft: Draft) -> Draft:
        target = draft.fact.corrects if draft.fact and draft.sound else None
        if target is None or target in given or ledger.find(target):
            return draft
        fault = Fault(
            "fault",
            Spot(TABLE, draft.row, "corrects"),
            target,
            "is no fact on record",
            "look it up: drawdown ledger show",
            draft.where,
        )
        return replace(draft, faults=(*draft.faults, fault))

    return [checked(draft) for draft in drafts]


def _rehearsed(ledger: Ledger, facts: Sequence[Actual]) -> tuple[Appended, int]:
    """What appending would find on record already, and how many facts would be new; nothing is written."""
    known: list[Entry] = []
    contradictions: list[Contradiction] = []
    new: set[str] = set()
    for fact in facts:
        body, entries = canonical_body(fact), ledger.find(fact.id)
        if same := [entry for entry in entries if entry.body == body]:
            known.append(same[0])
        elif entries:
            contradictions.append(Contradiction(fact, entries[0]))
        else:
            new.add(fact.id)
    return Appended((), tuple(known), tuple(contradictions)), len(new)


def _keep(
    path: Path, source: str, drafts: Sequence[Draft], contradictions: Sequence[Contradiction], recorder: Recorder
) -> bool:
    """Keep what was refused or contradicts the record, with where it was read and why; whether there was any."""
    against = {id(found.fact): found.recorded for found in contradictions}
    kept: list[Kept] = []
    for draft in drafts:
        reasons = [f"{fault.spot.column or 'fact'}: {fault.message}" for fault in draft.faults]
        if draft.sound and id(draft.fact) in against:
            entry = against[id(draft.fact)]
            reasons = [f"contradicts entry {entry.n} of {entry.origin}, which has the same id"]
        elif draft.sound:
            continue
        kept.append(Kept(f"{draft.where}: {'; '.join(reasons)}", dict(draft.cells)))
    return quarantine(path, kept, source=source, when=recorder.moment) > 0


def _result(mission: Mission, drafts: Sequence[Draft], done: Appended, **others: Unpack[_Others]) -> RecordResult:
    """What was done, told by draft."""
    written = {entry.fact.id: entry for entry in done.entries}
    before = {entry.fact.id: entry for entry in done.duplicates}
    against = {id(found.fact): found.recorded for found in done.contradictions}
    recorded: list[Noted] = []
    known: list[Noted] = []
    contradicting: list[Contradicting] = []
    for draft in drafts:
        fact = draft.fact
        if fact is None or not draft.sound:
            continue
        if id(fact) in against:
            entry = against[id(fact)]
            contradicting.append(Contradicting(fact.id, draft.where, entry, tuple(differing(entry.fact, fact))))
        elif fact.id in written:
            recorded.append(Noted(draft.where, fact, written.pop(fact.id)))
        elif fact.id in before:
            known.append(Noted(draft.where, fact, before[fact.id]))
    return RecordResult(
        mission=mission.mission.id,
        mission_hash=mission.hash,
        recorded=tuple(recorded),
        known=tuple(known),
        contradicting=tuple(contradicting),
        refused=sum(not draft.sound for draft in drafts),
        **others,
    )


def _told(drafts: Iterable[Draft]) -> tuple[Fault, ...]:
    """What is wrong with all of them, many of a kind counted."""
    findings = Findings()
    tell = {"fault": findings.fault, "warning": findings.warn, "note": findings.note}
    for draft in drafts:
        for fault in draft.faults:
            tell[fault.severity](fault.spot, fault.message, fault.remedy, fault.where, fault.value)
    return findings.found((TABLE,))
