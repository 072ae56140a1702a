"""JSON with the lines on which its rows begin."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from drawdown.files.limits import Unreadable

_BLANK = re.compile(r"[ \t\n\r]*")
_INT_LIMIT = 64  # digits; longer ones are mistakes, and slow
_FORM = "a mission or plan is one JSON object: `{...}`"


@dataclass
class Part:
    """The value under one key at the top; ``lines`` has the line of each of its items if it is a list."""

    line: int
    value: Any
    lines: list[int] = field(default_factory=list)
    repeated: list[tuple[int, str]] = field(default_factory=list)  # lines of rows with a key that stands there twice


def parse_json(text: str) -> dict[str, Part]:
    """The values of a JSON object by key, with their lines. Raises `Unreadable` with the line where it is no JSON."""
    walk = _Walk(text)
    try:
        return walk.parts()
    except json.JSONDecodeError as problem:
        raise Unreadable(f"is not JSON: {problem.msg}", "check commas, quotes and brackets", problem.lineno) from None
    except RecursionError:
        raise Unreadable("is nested too deep", "see the reference page of the format", walk.line) from None


class _Walk:
    """Goes through the top of a JSON text by hand, and leaves everything below to the decoder."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.repeated: list[str] = []
        self.decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_int=_integer)

    def parts(self) -> dict[str, Part]:
        found: dict[str, Part] = {}
        if self._next() != "{":
            raise Unreadable("is not a JSON object", _FORM, self.line)
        self._step()
        while self._next() != "}":
            key = self._value()
            if not isinstance(key, str):
                raise json.JSONDecodeError("Expecting a key in double quotes", self.text, self.at)
            self._expect(":")
            part = self._part()
            if key in found:
                part.repeated.append((part.line, key))
                part.repeated += found[key].repeated
            found[key] = part
            if self._next() != "}":
                self._expect(",")
        self._step()
        if self._next():
            raise json.JSONDecodeError("Extra data", self.text, self.at)
        return found

    def _part(self) -> Part:
        self._next()
        part = Part(self.line, [])
        if self._next() != "[":
            part.value = self._item(part)
            return part
        self._step()
        while self._next() != "]":
            part.lines.append(self.line)
            part.value.append(self._item(part))
            if self._next() != "]":
                self._expect(",")
        self._step()
        return part

    def _item(self, part: Part) -> Any:
        line = self.line
        value = self._value()
        part.repeated += [(line, key) for key in self.repeated]
        self.repeated.clear()
        return value

    def _value(self) -> Any:
        try:
            value, end = self.decoder.raw_decode(self.text, self.at)
        except StopIteration as problem:  # what the scanner raises at the end of the text
            raise json.JSONDecodeError("Expecting a value", self.text, problem.value) from None
        self._go(end)
        return value

    def _next(self) -> str:
        """The next character that is not blank; empty at the end."""
        blank = _BLANK.match(self.text, self.at)
        self._go(blank.end() if blank else self.at)
        return self.text[self.at : self.at + 1]

    def _expect(self, mark: str) -> None:
        if self._next() != mark:
            raise json.JSONDecodeError(f"Expecting {mark!r}", self.text, self.at)
        self._step()
        self._next()

    def _step(self) -> None:
        self._go(self.at + 1)

    def _go(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            self.repeated += [key for key, count in counts.items() if count > 1]
        return found


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _INT_LIMIT else float(digits)
