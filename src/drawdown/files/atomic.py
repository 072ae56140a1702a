"""Write a file or a folder whole or not at all: beside its place first, then renamed into it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def write_file(path: Path, write: Callable[[Path], object], *, overwrite: bool) -> None:
    """Let ``write`` write a file, and put it at ``path``.

    Raises `FileExistsError` if there is a folder, or a file that may not be overwritten; other `OSError` as it comes.
    """
    path = path.resolve()
    if path.is_dir():
        raise FileExistsError(f"{path} is a folder; name a file")
    if path.exists() and not overwrite:
        raise FileExistsError(f"{path} is there already; name another file, or say that it is to be replaced")
    with _workplace(path) as workplace:
        draft = workplace / path.name
        write(draft)
        draft.replace(path)


def write_text(path: Path, text: str, *, overwrite: bool) -> None:
    """Put a file of UTF-8 text at ``path``; see `write_file`."""
    write_file(path, lambda draft: draft.write_bytes(text.encode("utf-8")), overwrite=overwrite)


def write_folder(path: Path, texts: Mapping[str, str], ours: Collection[str], mark: str, *, overwrite: bool) -> None:
    """Write files by name into a folder at ``path``.

    A folder that is there is replaced only if it holds the file ``mark`` (or nothing). Of its files, those named in
    ``ours`` go; all others are somebody's own and stay. Raises `FileExistsError` if it may not be replaced, and
    other `OSError` as it comes; the old folder is then as it was.
    """
    path = path.resolve()
    if path.exists():
        _check_replaceable(path, mark, overwrite=overwrite)
    with _workplace(path) as workplace:
        draft, old = workplace / "new", workplace / "old"
        draft.mkdir()
        for name, text in texts.items():
            (draft / name).write_bytes(text.encode("utf-8"))
        if not path.exists():
            draft.rename(path)
            return
        _copy_others(path, draft, ours)
        path.rename(old)
        try:
            draft.rename(path)
        except OSError:
            old.rename(path)
            raise


def _check_replaceable(path: Path, mark: str, *, overwrite: bool) -> None:
    if not path.is_dir():
        raise FileExistsError(f"{path} is a file; name a folder")
    if not overwrite:
        raise FileExistsError(f"{path} is there already; name another folder, or say that it is to be replaced")
    if not (path / mark).is_file() and any(path.iterdir()):
        raise FileExistsError(f"{path} holds no {mark}, so it is not ours to replace; name another folder")


def _copy_others(path: Path, draft: Path, ours: Collection[str]) -> None:
    for item in path.iterdir():
        if item.name in ours:
            continue
        if item.is_dir() and not item.is_symlink():
            shutil.copytree(item, draft / item.name, symlinks=True)
        else:
            shutil.copy2(item, draft / item.name, follow_symlinks=False)


@contextmanager
def _workplace(path: Path) -> Iterator[Path]:
    """A folder of our own beside a path (so that renaming stays on one disk), gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    workplace = Path(tempfile.mkdtemp(prefix=".drawdown-", dir=path.parent))
    try:
        yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
