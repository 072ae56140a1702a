"""The bytes of a file, and their text in the one encoding that we read: UTF-8."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Literal

from drawdown.files.findings import Findings
from drawdown.files.limits import MAX_BYTES, Allowance, Unreadable
from drawdown.mission.faults import Spot

_SAVE_AS = "save it as UTF-8 (in Excel: `CSV UTF-8 (Comma delimited)`)"
_ACCESS = "check its name and permissions"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(path: Path) -> Literal["folder", "file", "nothing"]:
    """What is at a path; nothing as well where we may not look."""
    try:
        return "folder" if path.is_dir() else "file" if path.exists() else "nothing"
    except (OSError, ValueError):
        return "nothing"


def names_in(folder: Path) -> list[str]:
    """The names in a folder, sorted. Raises `Unreadable`."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError as problem:
        raise Unreadable(f"cannot be read: {problem.strerror}", _ACCESS) from None


def read_bytes(path: Path, allowance: Allowance, limit: int = MAX_BYTES) -> bytes:
    """A file's bytes. Raises `Unreadable`; for files that are too large before reading them."""
    try:
        if path.is_dir():
            raise Unreadable("is a folder, not a file", "move it away, and put the file in its place")
        size = path.stat().st_size
        if not path.is_file():
            raise Unreadable("is a device, not a file", "put a file in its place")
        allowance.take_bytes(size, limit)
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as problem:
        raise Unreadable(f"cannot be read: {problem.strerror}", _ACCESS) from None


def read_text(path: Path, table: str, findings: Findings, limit: int = MAX_BYTES) -> str:
    """The text of a file of a table, with plain line breaks. Raises `Unreadable`."""
    data = read_bytes(path, findings.allowance, limit)
    if data.startswith(codecs.BOM_UTF8):
        message = "begins with a byte-order mark, which was skipped"
        findings.note(Spot(table), message, "nothing needs to be done", path.name)
        data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith(_UTF16):
        raise Unreadable("is in UTF-16, not in UTF-8", _SAVE_AS)
    if b"\0" in data:
        raise Unreadable("holds NUL bytes: it is not a text file in UTF-8", _SAVE_AS)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Unreadable("is not in UTF-8", _SAVE_AS, data.count(b"\n", 0, problem.start) + 1) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
