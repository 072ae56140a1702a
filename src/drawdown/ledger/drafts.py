"""A fact as somebody writes it down becomes one that can be recorded: it gets its id, and says what it counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from drawdown.ledger.kinds import COUNTED_IN, THINGS
from drawdown.mission.tables import Actual

#: What tells of a fact, but does not make it another one: who reported it, when and in which words.
_TOLD = {"id", "recorded", "source", "note", "extras"}

#: Digits of the hash in an id. Facts of one kind and day are told apart by it: of 1,000 such facts two share it once
#: in two million times, and then they are shown as a contradiction and not lost.
_DIGITS = 10

_IMPLIED = {"headcount": "people"} | dict.fromkeys(
    ("clearance_asked", "clearance_granted", "clearance_refused", "clearance_unanswered"), "requests"
)


def complete(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a fact with what they leave unsaid: what its count counts, and its id.

    A unit is counted in people, a lot in items, lift in vehicles, clearances in requests. An id that is not given is
    made of kind, day and a hash of what happened, so that the same fact written down twice has the same id; source
    and note do not count for that. Raises pydantic's `ValidationError` for values that no fact can have.
    """
    found = {name: value for name, value in values.items() if value is not None}
    if "count" in found and "count_of" not in found:
        thing = next((thing for thing in THINGS if thing in found), None)
        implied = COUNTED_IN[thing][0] if thing else _IMPLIED.get(found.get("kind", ""))
        if implied:
            found["count_of"] = implied
    if "id" not in found:
        found["id"] = _made_id(Actual.model_validate({**found, "id": "new"}))
    return found


def _made_id(fact: Actual) -> str:
    body = fact.model_dump(mode="json", exclude_none=True, exclude=_TOLD)
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digits = hashlib.sha256(text.encode("utf-8")).hexdigest()[:_DIGITS]
    return f"{fact.kind.replace('_', '-')}-{fact.happened}-{digits}"
