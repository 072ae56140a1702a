"""A summary as bytes: equal summaries give equal bytes, and reading them runs nothing."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO

import numpy as np

from drawdown.stress.block import Whole
from drawdown.stress.counts import Counts
from drawdown.stress.sample import Sample
from drawdown.stress.summary import COUNTED, SUMMED, Frame, Summary

#: Changes whenever older bytes could not be read any more.
VERSION = 1


def pack(summary: Summary) -> bytes:
    """The bytes of a summary: a compressed ``.npz`` of NumPy."""
    frame = summary.frame
    arrays = {"head": np.array([VERSION, summary.futures, frame.days, frame.deadline, frame.people])}
    for name, counts in summary.counts.items():
        arrays[f"{name}.keys"] = np.diff(counts.keys, prepend=0)  # steps are small, so they shrink well
        arrays[f"{name}.times"] = counts.times
    for name, sums in summary.sums.items():
        arrays[f"{name}.sums"] = sums
    for field in fields(Sample):
        arrays[f"sample.{field.name}"] = getattr(summary.sample, field.name)
    file = BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpack(packed: bytes) -> Summary:
    """The summary that was packed. Raises `ValueError` if the bytes are not of this version."""
    with np.load(BytesIO(packed), allow_pickle=False) as arrays:
        version, futures, days, deadline, people = (int(number) for number in arrays["head"])
        if version != VERSION:
            raise ValueError(f"the summary has format {version}; this version reads format {VERSION}")
        return Summary(
            Frame(days, deadline, people),
            futures,
            {name: Counts(_summed(arrays[f"{name}.keys"]), arrays[f"{name}.times"]) for name in COUNTED},
            {name: arrays[f"{name}.sums"] for name in SUMMED},
            Sample(**{field.name: arrays[f"sample.{field.name}"] for field in fields(Sample)}),
        )


def _summed(steps: Whole) -> Whole:
    return np.cumsum(steps, dtype=np.int64)
