"""How a ledger and its entries are named on every page."""

from __future__ import annotations

from drawdown.desk.ledgers import Book
from drawdown.files.findings import printable
from drawdown.ledger.entry import Entry

_HASH = 12  # digits of a hash that a person compares


def book_lines(book: Book) -> list[str]:
    """Whose ledger it is, where it lies, and the digest and heads that name its content."""
    mission = f"mission {book.mission}" + (f" {book.mission_hash[:_HASH]}" if book.mission_hash else "")
    lines = [f"{mission}, ledger {book.ledger}, digest {book.digest[:_HASH]}"]
    return [*lines, *(f"  head {head}" for head in book.heads)]


def entry_line(entry: Entry) -> str:
    """An entry's number in its origin, and who recorded it when."""
    return f"entry {entry.origin}:{entry.n}, recorded {entry.recorded:%Y-%m-%d %H:%M} UTC by {printable(entry.actor)}"
