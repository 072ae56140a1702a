"""The lines of a bundle: the header, and an entry each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from drawdown.ledger.chain import Head
from drawdown.ledger.entry import Entry, canonical, unstamp
from drawdown.ledger.errors import LedgerError, LedgerNewer

FORMAT = "drawdown-ledger-bundle"

#: The form of bundles that this version writes; it reads this one and all before it.
VERSION = 1


@dataclass(frozen=True)
class Header:
    """What a bundle says of itself: form, mission, writer, what the receiver had (``since``), and what it brings."""

    version: int
    mission: str
    origin: str
    since: Mapping[str, Head]
    heads: Mapping[str, Head]
    entries: int


@dataclass(frozen=True, slots=True)
class Faulty:
    """A line that is no entry: its number in the file, what is wrong with it, and the line."""

    line: int
    reason: str
    text: str


#: Numbers that a database takes.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class _HeaderLine(msgspec.Struct):
    format: str
    version: Count
    mission: str = ""
    origin: str = ""
    since: dict[str, tuple[Count, str]] = {}
    heads: dict[str, tuple[Count, str]] = {}
    entries: Count = 0


class _EntryLine(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    n: Count
    recorded: str
    actor: str
    version: Count
    body: msgspec.Raw
    prev: str
    hash: str


def header_line(header: Header) -> str:
    """The first line of a bundle."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "version": header.version,
        "mission": header.mission,
        "origin": header.origin,
        "since": {origin: list(head) for origin, head in header.since.items()},
        "heads": {origin: list(head) for origin, head in header.heads.items()},
        "entries": header.entries,
    }
    return canonical(told) + "\n"


def entry_line(entry: Entry) -> str:
    """The line of an entry: what is hashed, and its hash."""
    return (
        f'{{"actor":{canonical(entry.actor)},"body":{entry.body},"hash":{canonical(entry.hash)},"n":{entry.n},'
        f'"origin":{canonical(entry.origin)},"prev":{canonical(entry.prev)},"recorded":{canonical(entry.stamp)},'
        f'"version":{entry.version}}}\n'
    )


def parsed_header(line: str) -> Header:
    """What a bundle says of itself; raises `LedgerError` if it is none, `LedgerNewer` if its form is newer."""
    try:
        found = msgspec.json.decode(line.encode("utf-8", "surrogatepass"), type=_HeaderLine)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise LedgerError("this is no bundle of a ledger: its first line is no header; name another file") from error
    if found.format != FORMAT:
        raise LedgerError(f"this is no bundle of a ledger but `{found.format[:80]}`; name another file")
    if found.version > VERSION:
        raise LedgerNewer(
            f"this bundle has the form {found.version} of a newer version of Drawdown, this one reads up to {VERSION};"
            " install that version, or ask for the bundle in the older form. Nothing was merged"
        )
    since, heads = ({origin: Head(*pair) for origin, pair in some.items()} for some in (found.since, found.heads))
    return Header(found.version, found.mission, found.origin, since, heads, found.entries)


def parsed_entry(number: int, line: str) -> Entry | Faulty:
    """The entry of a line; whether it holds is for the merge to say."""
    try:
        found = msgspec.json.decode(line.encode("utf-8", "surrogatepass"), type=_EntryLine)
        body = canonical(json.loads(bytes(found.body)))
        recorded = unstamp(found.recorded)
    except (ValueError, RecursionError) as error:
        said = (str(error).splitlines() or ["nested too deeply"])[0][:200]
        return Faulty(number, f"the line is no entry of a ledger: {said}", line.rstrip("\n"))
    return Entry(found.origin, found.n, recorded, found.actor, found.version, body, found.prev, found.hash)
