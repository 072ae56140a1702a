"""Answers in a folder: as JSON, and as a page to read where the extra for it is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from drawdown.files.atomic import write_folder


def check_out(folder: Path, name: str, *, overwrite: bool) -> None:
    """Raise `FileExistsError` if a folder may not be written, so that nobody waits for what cannot be kept."""
    data = f"{name}.json"
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder} is a file; name a folder")
    if folder.exists() and not overwrite:
        raise FileExistsError(f"{folder} is there already; name another with --out, or --replace it")
    if folder.exists() and any(folder.iterdir()) and not (folder / data).is_file():
        raise FileExistsError(f"{folder} holds no {data}, so it is not ours to replace; name another folder")


def write_out(
    name: str, keys: object, page: Callable[[], str], folder: Path, *, overwrite: bool
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write ``NAME.json`` and ``NAME.html`` whole or not at all; the files, and a warning if there is no page.

    ``keys`` are the answers as values that JSON has; ``page`` makes the page, and raises `ImportError` without its
    extra. The JSON marks the folder as ours.
    """
    data, html = f"{name}.json", f"{name}.html"
    texts = {data: json.dumps(keys, indent=1) + "\n"}
    warnings: tuple[str, ...] = ()
    try:
        texts[html] = page()
    except ImportError as error:
        warnings = (f"no {html}: {error}",)
    write_folder(folder, texts, ours=(data, html), mark=data, overwrite=overwrite)
    return tuple(folder / file for file in texts), warnings
