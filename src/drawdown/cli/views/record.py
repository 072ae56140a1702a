"""What `record` says to a person."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.cli.text import count, counted, day, wrapped
from drawdown.cli.views.faults import fault_lines
from drawdown.cli.views.ledger_book import book_lines, entry_line
from drawdown.desk.recorded import Contradicting, Noted, RecordResult
from drawdown.files.findings import printable
from drawdown.mission.tables import Actual

_LISTED = 10  # facts that are listed one by one; of more, only the number
_CLASH = 5  # contradictions that are shown side by side


def record_text(result: RecordResult) -> str:
    """What was recorded, what was not and why, and the state of the ledger after it."""
    lines: list[str] = []
    words, facts = ("recorded", result.recorded) if result.recorded else ("on record already", result.known)
    if 0 < len(facts) <= _LISTED:
        lines += [words, *(line for noted in facts for line in noted_lines(noted))]
    for clash in result.contradicting[:_CLASH]:
        lines += _clash_lines(result.mission, clash)
    if len(result.contradicting) > _CLASH:
        lines.append(f"and {counted(len(result.contradicting) - _CLASH, 'more contradiction')}")
    lines += fault_lines(result.faults)
    lines += ["", wrapped(_counts(result))]
    if result.quarantine:
        lines.append(f"What was not recorded is kept, with the reason, in {result.quarantine}")
    if result.held_back:
        lines.append("Nothing was recorded: --all-or-nothing. Mend the file, and import it once more.")
    elif result.refused and result.book:
        lines.append("Mend the file, and import all of it once more: what is on record is recognised.")
    lines += book_lines(result.book) if result.book else ["There is no ledger yet: nothing could be recorded."]
    return "\n".join(lines).lstrip("\n")


def _counts(result: RecordResult) -> str:
    words = {"recorded": "recorded", "known": "on record already", "contradicting": "contradict the record"}
    words |= {"refused": "refused", "held_back": "held back"}
    parts = [f"{count(number)} {words[name]}" for name, number in result.counts.items() if number]
    return f"{', '.join(parts) or 'nothing to record'}."


def noted_lines(noted: Noted) -> list[str]:
    """A fact on record: its id and entry, and what it says."""
    return [f"  {noted.fact.id}", wrapped(fact_text(noted.fact), 4, 6), f"    {entry_line(noted.entry)}"]


def _clash_lines(mission: str, clash: Contradicting) -> Iterator[str]:
    entry = clash.entry
    yield f"contradiction {clash.where}  {clash.id}: on record with other words as entry {entry.origin}:{entry.n}"
    for row in clash.differing:
        sides = f"{row.column}: {row.ledger or '(blank)'} on record, {row.given or '(blank)'} given"
        yield wrapped(printable(" ".join(sides.split())), 11, 13)
    yield wrapped(
        f"If the record is wrong: drawdown record {mission} undo {clash.id} --note WHY, and record the right one under"
        " an id of its own. If this is another event: give it an id of its own.",
        11,
    )


def fact_text(fact: Actual) -> str:
    """A fact in one sentence: ``20 Jul 2025, departure: 40 people of company, post to camp``."""
    parts = [part for part in (_what(fact), _where(fact), *_details(fact)) if part]
    lasted = f" to {day(fact.until)}" if fact.until else ""
    says = f": {', '.join(parts)}" if parts else ""
    told = f". {fact.note}" if fact.note else ""
    source = f" [{fact.source}]" if fact.source else ""
    text = f"{day(fact.happened)}{lasted}, {fact.kind.replace('_', ' ')}{says}{told}{source}"
    return printable(" ".join(text.split()))


def _what(fact: Actual) -> str:
    thing = fact.unit or fact.lot or fact.lift or ""
    if fact.count is None:
        return thing
    number = f"{fact.count:,g} {_counted_in(fact)}".rstrip()
    return f"{number} of {thing}" if thing else number


def _counted_in(fact: Actual) -> str:
    of = fact.count_of or ""
    if fact.count == 1:
        return "person" if of == "people" else of.removesuffix("s")
    return of.upper() if of == "teu" else of


def _where(fact: Actual) -> str:
    if fact.to:
        return f"{fact.place or 'from where they were'} to {fact.to}"
    if fact.kind == "departure" and fact.place:
        return f"from {fact.place}"
    return f"at {fact.place}" if fact.place else ""


def _details(fact: Actual) -> Iterator[str]:
    said = {
        "leg": "on {}",
        "move": "move {}",
        "clearance_class": "class {}",
        "counted": "{}",
        "hazard": "{}",
        "disposition": "{}",
        "reason": "because: {}",
        "step": "step {}",
        "corrects": "{} holds no more",
    }
    for column, words in said.items():
        if value := getattr(fact, column):
            yield words.format(str(value).replace("_", " ") if column in {"hazard", "disposition"} else value)
