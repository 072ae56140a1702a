"""Packages that only some ways of running an ensemble need; a missing one is named with its extra."""

from __future__ import annotations

from importlib.util import find_spec


class MissingExtraError(ImportError):
    """A package of an optional extra is not installed; the message names the extra."""


def require(module: str, extra: str, what: str) -> None:
    """Raise `MissingExtraError` if a module is not installed that ``what`` needs."""
    if find_spec(module) is None:
        raise MissingExtraError(f"{what} needs {module}; install the extra `{extra}`: pip install 'drawdown[{extra}]'")
