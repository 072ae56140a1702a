"""Futures as the rows of a Parquet table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from drawdown.stress.block import Block
from drawdown.stress.script import Cause, Reason, Script

if TYPE_CHECKING:
    import pyarrow as pa

DAYS = ("out_by", "last_out", "handover")
ONE = ("casualties", "attacks", "vehicles_lost", "uncovered", "cost_usd")


@dataclass(frozen=True)
class Names:
    """What the columns of a block's arrays are called."""

    sites: tuple[str, ...]
    drivers: tuple[str, ...]

    @classmethod
    def of(cls, script: Script, drivers: Sequence[str]) -> Names:
        """The names of a script's futures; where two drivers have one name, the second is called ``name 2``."""
        return cls(tuple(site.name for site in script.sites), tuple(_told_apart(drivers)))


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    seen = Counter[str]()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} {seen[name]}"


def parquet_bytes(blocks: Sequence[Block], names: Names, last: int, facts: str) -> bytes:
    """The futures of some blocks as a Parquet file: columns such as ``last_out.gao``, days from cessation.

    A day that does not come is null. ``facts`` go into the file's metadata.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra, looked for by the store
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pa.concat_tables([_table(block, names, last) for block in blocks]).combine_chunks()
    file = BytesIO()
    pq.write_table(table.replace_schema_metadata({"drawdown": facts}), file, compression="zstd")
    return file.getvalue()


def _table(block: Block, names: Names, last: int) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    columns = {"future": np.arange(block.first, block.first + block.count)}
    columns |= dict(_columns(block, names))
    arrays = {
        name: pa.array(values, mask=values > last if name.split(".")[0] in DAYS else None)
        for name, values in columns.items()
    }
    return pa.table(arrays)


def _columns(block: Block, names: Names) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    reasons = tuple(reason.name.lower() for reason in Reason)
    causes = tuple(cause.name.lower() for cause in Cause)
    yield "out_by", block.out_by
    for name in ONE:
        yield name, getattr(block, name)
    for name, heads in (
        ("last_out", names.sites),
        ("handover", names.sites),
        ("lost_items", reasons),
        ("lost_teu", reasons),
        ("lost_usd", reasons),
        ("delay_days", causes),
        ("driver", names.drivers),
    ):
        columns = getattr(block, "drivers" if name == "driver" else name)
        for head, values in zip(heads, columns.T, strict=True):
            yield f"{name}.{head}", np.ascontiguousarray(values)
