"""The answers of a stress test in a folder: as JSON, and as a page to read where the extra for it is installed."""

from __future__ import annotations

import json
from pathlib import Path

from drawdown.desk.keys import as_json
from drawdown.files.atomic import write_folder
from drawdown.stress.answers import Answers

#: The answers, which also mark a folder as ours, and the page.
DATA, PAGE = "stress.json", "stress.html"


def check_out(folder: Path, *, overwrite: bool) -> None:
    """Raise `FileExistsError` if a folder may not be written, so that nobody waits for what cannot be kept."""
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder} is a file; name a folder")
    if folder.exists() and not overwrite:
        raise FileExistsError(f"{folder} is there already; name another with --out, or --replace it")
    if folder.exists() and any(folder.iterdir()) and not (folder / DATA).is_file():
        raise FileExistsError(f"{folder} holds no {DATA}, so it is not ours to replace; name another folder")


def write_out(answers: Answers, folder: Path, *, overwrite: bool) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the folder whole or not at all; its files, and a warning if there is no page."""
    texts = {DATA: json.dumps(as_json(answers), indent=1) + "\n"}
    warnings: tuple[str, ...] = ()
    try:
        from drawdown.report.stress_page import render_stress  # noqa: PLC0415  needs the extra
    except ImportError as error:
        warnings = (f"no {PAGE}: {error}",)
    else:
        texts[PAGE] = render_stress(answers)
    write_folder(folder, texts, ours=(DATA, PAGE), mark=DATA, overwrite=overwrite)
    return tuple(folder / name for name in texts), warnings
