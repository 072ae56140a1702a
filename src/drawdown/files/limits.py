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


class TooMuch(ValueError):  # noqa: N818 - it is what has happened
    """More than may be read; the message says how much that is and what the limit is."""


class Allowance:
    """What may still be read of one mission or plan."""

    def __init__(self) -> None:
        self.bytes = MAX_BYTES
        self.cells = MAX_CELLS

    def take_bytes(self, count: int, limit: int = MAX_BYTES) -> None:
        """Use up bytes; raises `TooMuch`."""
        if count > limit:
            raise TooMuch(f"is {count / MEBIBYTE:,.0f} MiB; the limit is {limit // MEBIBYTE} MiB")
        self.bytes -= count
        if self.bytes < 0:
            raise TooMuch(f"brings the files to more than the limit of {MAX_BYTES // MEBIBYTE} MiB in all")

    def take_cells(self, count: int) -> None:
        """Use up cells; raises `TooMuch`."""
        self.cells -= count
        if self.cells < 0:
            raise TooMuch(f"brings the tables to more than the limit of {MAX_CELLS:,} cells in all")
