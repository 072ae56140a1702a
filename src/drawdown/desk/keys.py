"""Results as JSON: the keys that `--json` and the web promise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel

_KEYS = {"start": "from", "end": "to"}  # words that Python keeps for itself


def _names(value: object) -> list[str]:
    """The fields of a dataclass and what it computes from them."""
    computed = (name for name, item in vars(type(value)).items() if isinstance(item, property))
    return [*(field.name for field in fields(value)), *computed]  # type: ignore[arg-type]


def as_json(value: object) -> object:  # noqa: PLR0911  one return a type
    """A result as values that JSON has: dates ISO, money USD, probabilities 0 to 1, nothing that is not a number."""
    if is_dataclass(value) and not isinstance(value, type):
        return as_json({name: getattr(value, name) for name in _names(value)})
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return as_json(value._asdict())
    if isinstance(value, Mapping):
        return {_KEYS.get(str(key), str(key)): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
