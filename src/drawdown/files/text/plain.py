"""The text of a file, in the one encoding that we read: UTF-8."""

from __future__ import annotations

import codecs
from pathlib import Path

from drawdown.files.findings import Findings
from drawdown.files.limits import MAX_BYTES, Allowance, TooMuch
from drawdown.mission.faults import Spot

TOO_MUCH = "split it, or delete what is not part of it"
_SAVE_AS = "save it as UTF-8 (in Excel: `CSV UTF-8 (Comma delimited)`)"
_OTHER_MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


class Unreadable(ValueError):  # noqa: N818 - it is what the file is
    """A file that cannot be read at all: why, what to do, and the line where that shows (if it does)."""

    def __init__(self, message: str, remedy: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.line = line


def read_text(path: Path, table: str, findings: Findings, limit: int = MAX_BYTES) -> str | None:
    """The text of the file of a table with plain line breaks, or None when ``findings`` say why it cannot be read."""
    name = path.name
    try:
        return _decoded(read_bytes(path, findings.allowance, limit), name, table, findings)
    except Unreadable as problem:
        findings.fault(Spot(table), problem.message, problem.remedy, f"{name}:{problem.line}" if problem.line else name)
    except TooMuch as problem:
        findings.fault(Spot(table), str(problem), TOO_MUCH, name)
    except OSError as problem:
        findings.fault(Spot(table), f"cannot be read: {problem.strerror}", "check its name and permissions", name)
    return None


def read_bytes(path: Path, allowance: Allowance, limit: int = MAX_BYTES) -> bytes:
    """A file's bytes. Raises `TooMuch` before reading them if there are too many, else `Unreadable` or `OSError`."""
    if path.is_dir():
        raise Unreadable("is a folder, not a file", "move it away, and put the file in its place")
    if path.exists() and not path.is_file():
        raise Unreadable("is a device, not a file", "put a file in its place")
    allowance.take_bytes(path.stat().st_size, limit)
    with path.open("rb") as file:
        return file.read(limit)


def _decoded(data: bytes, name: str, table: str, findings: Findings) -> str:
    if data.startswith(codecs.BOM_UTF8):
        message = "begins with a byte-order mark, which was skipped"
        findings.note(Spot(table), message, "nothing needs to be done", name)
        data = data.removeprefix(codecs.BOM_UTF8)
    for mark, encoding in _OTHER_MARKS.items():
        if data.startswith(mark):
            raise Unreadable(f"is in {encoding}, not in UTF-8", _SAVE_AS)
    if b"\0" in data:
        raise Unreadable("holds NUL bytes: it is not a text file in UTF-8", _SAVE_AS)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Unreadable("is not in UTF-8", _SAVE_AS, line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
