"""An entry: one fact with its record, and the hash that ties it to the entry before it.

What is hashed, byte for byte: the UTF-8 text of the JSON object with the members ``actor``, ``body`` (the fact, as an
object), ``n``, ``origin``, ``prev``, ``recorded`` (``2023-09-07T10:00:00Z``) and ``version``; keys sorted at every
level, no blanks between them (separators ``,`` and ``:``), characters beyond ASCII as they are. ``prev`` of the first
entry of an origin is 64 zeros. With nothing but Python's own library, an auditor recomputes every hash of a ledger:

    import hashlib, json, sqlite3
    names = ("origin", "n", "recorded", "actor", "version", "body", "prev")
    for *values, found in sqlite3.connect("minusma.ledger").execute(f"SELECT {','.join(names)}, hash FROM entries"):
        record = dict(zip(names, values))
        record["body"] = json.loads(record["body"])
        text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode("utf-8")).hexdigest() == found, record
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Annotated, Any

import msgspec
from pydantic import Field, TypeAdapter, ValidationError

from drawdown.ledger.errors import LedgerError, LedgerNewer
from drawdown.mission.row import Id, Text
from drawdown.mission.tables import Actual

#: Version of the body's schema that this version of Drawdown writes; it reads this one and all before it.
SCHEMA = 1

#: What stands for the hash before the first entry of an origin.
GENESIS = "0" * 64

#: When an entry was recorded, as text.
STAMP_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

#: Columns of the table `actuals` that are not part of a fact's body: when it was recorded belongs to the entry.
NOT_BODY = frozenset({"recorded"})

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_quickly = msgspec.json.Encoder(order="sorted").encode
_origin: TypeAdapter[str] = TypeAdapter(Id)
_actor: TypeAdapter[str] = TypeAdapter(Annotated[Text, Field(max_length=200)])


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact on record. ``recorded`` is in UTC to the second; ``body`` is the fact's canonical JSON text."""

    origin: str
    n: int
    recorded: datetime
    actor: str
    version: int
    body: str
    prev: str
    hash: str

    @property
    def fact(self) -> Actual:
        """The fact, its column `recorded` being the day of the record.

        Raises `LedgerNewer` for a body of a newer version, `LedgerError` for one that is no fact.
        """
        if self.version > SCHEMA:
            raise LedgerNewer(
                f"entry {self.n} of {self.origin} was written by a newer version of Drawdown (its body has version"
                f" {self.version}, this one reads up to {SCHEMA}); install that version to read it"
            )
        try:
            return fact_of(json.loads(self.body)).model_copy(update={"recorded": self.recorded.date()})
        except ValueError as error:
            raise LedgerError(f"entry {self.n} of {self.origin} holds no fact: {reason(error)}") from error

    @property
    def stamp(self) -> str:
        """When it was recorded, as the hash and the table have it."""
        return stamp(self.recorded)


def canonical(value: Any) -> str:
    """JSON text that is the same for the same value: sorted keys, no blanks, no escapes beyond what JSON needs."""
    return _canonical(value)


def canonical_body(fact: Actual) -> str:
    """The canonical text of a fact: columns that are set, without `recorded`; whole numbers without a point."""
    body: dict[str, Any] = {}
    plain = True
    for name, value in fact.__dict__.items():  # far quicker than asking for each column by its name
        if value is None or value == () or name in NOT_BODY:
            continue
        if isinstance(value, float):
            whole = value.is_integer()
            body[name], plain = (int(value), plain) if whole else (value, False)
        else:
            body[name] = value
    # Fractions are written as Python writes them, all else alike by both.
    return _quickly(body).decode("utf-8") if plain else _canonical(body | _days(body))


def is_canonical(body: Any, text: str) -> bool:
    """Whether a text is the canonical one of a body that was read from it."""
    return _quickly(body) == text.encode("utf-8", "surrogatepass") or _canonical(body) == text


def _days(body: dict[str, Any]) -> dict[str, str]:
    return {name: value.isoformat() for name, value in body.items() if isinstance(value, date)}


def fact_of(body: Any) -> Actual:
    """The fact that a body tells; raises `pydantic.ValidationError` if it is none."""
    return Actual.model_validate(body)


def stamp(recorded: datetime) -> str:
    """A time of record as text, to the second."""
    return f"{recorded.isoformat()[:19]}Z"


def unstamp(text: str) -> datetime:
    """The time that a stamp tells; raises `ValueError` if it is none."""
    if not STAMP_FORM.fullmatch(text):
        raise ValueError(f"`{text[:40]}` is no time of record such as 2023-09-07T10:00:00Z")
    return datetime.fromisoformat(text)


def whole_seconds(recorded: datetime) -> datetime:
    """A moment in UTC without its fraction of a second; raises `LedgerError` for one without a time zone."""
    if recorded.tzinfo is None:
        raise LedgerError(f"the time of record {recorded.isoformat()} has no time zone; give it one, such as UTC")
    return recorded.astimezone(UTC).replace(microsecond=0)


def digest_of(*, origin: str, n: int, recorded: str, actor: str, version: int, body: str, prev: str) -> str:  # noqa: PLR0913  what is hashed
    """The hash of an entry, in hexadecimal; ``body`` is canonical already and stands in the text as it is."""
    text = (
        f'{{"actor":{quoted(actor)},"body":{body},"n":{n},"origin":{quoted(origin)},'
        f'"prev":{quoted(prev)},"recorded":{quoted(recorded)},"version":{version}}}'
    )
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def seal(body: str, *, origin: str, n: int, prev: str, recorded: datetime, actor: str) -> Entry:  # noqa: PLR0913  an entry's parts
    """The entry of a canonical body."""
    found = digest_of(origin=origin, n=n, recorded=stamp(recorded), actor=actor, version=SCHEMA, body=body, prev=prev)
    return Entry(origin, n, recorded, actor, SCHEMA, body, prev, found)


def checked_origin(origin: str) -> str:
    """The name of a station; raises `LedgerError` for one that cannot be."""
    try:
        return _origin.validate_python(origin)
    except ValidationError:
        raise LedgerError(
            f"`{origin[:80]}` cannot be the name of a station: use lower-case letters, digits, hyphens, such as `gao`"
        ) from None


def checked_actor(actor: str) -> str:
    """By whom it is recorded; raises `LedgerError` for a name that cannot be."""
    try:
        return _actor.validate_python(actor)
    except ValidationError as error:
        raise LedgerError(f"by whom? `{actor[:80]}` cannot be a name: {reason(error)}") from None


def reason(error: ValueError) -> str:
    """The first thing that is wrong, in one line."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        return f"{where}: {first['msg']}" if where else first["msg"]
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
