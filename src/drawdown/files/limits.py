"""How much a mission or plan may hold, so that a broken or hostile file cannot eat the machine."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

#: All files of one mission or plan together. A hundred sites and 20,000 lots are about 3 MiB.
MAX_BYTES = 64 * MEBIBYTE

#: One YAML file. YAML holds a header and a few short lists, and is slow to read.
MAX_YAML_BYTES = MEBIBYTE

#: Cells of all tables together.
MAX_CELLS = 2_000_000

#: What a workbook may unpack to, and how many times its packed size that may be.
MAX_UNPACKED_BYTES = 200 * MEBIBYTE
MAX_PACKING = 200


class Unreadable(ValueError):  # noqa: N818 - it is what the file is
    """A file that cannot be read at all: why, what to do, and the line where that shows (0 if it does not)."""

    def __init__(self, message: str, remedy: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.line = line


class TooMuch(Unreadable):
    """More than may be read; the message says how much that is and what the limit is."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "split it, or delete what is not part of it")


class Allowance:
    """What may still be read of one mission or plan."""

    def __init__(self) -> None:
        self.bytes = MAX_BYTES
        self.cells = MAX_CELLS

    def take_bytes(self, count: int, limit: int = MAX_BYTES) -> None:
        """Use up bytes; raises `TooMuch`."""
        if count > limit:
            raise TooMuch(f"is {count / MEBIBYTE:,.0f} MiB; the limit is {limit // MEBIBYTE} MiB")
        if count > self.bytes:
            raise TooMuch(f"brings the files to more than the limit of {MAX_BYTES // MEBIBYTE} MiB in all")
        self.bytes -= count

    def take_cells(self, count: int) -> None:
        """Use up cells; raises `TooMuch`."""
        if count > self.cells:
            raise TooMuch(f"brings the tables to more than the limit of {MAX_CELLS:,} cells in all")
        self.cells -= count
