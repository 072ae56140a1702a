"""The packages that a report needs beyond the core: the extra ``report``. Import this module first."""

from __future__ import annotations

from importlib.util import find_spec

NEEDED = {"altair": "altair", "jinja2": "Jinja2", "vl_convert": "vl-convert-python"}


class MissingExtraError(ImportError):
    """A package of an optional extra is not installed; the message names the extra."""


def require_report() -> None:
    """Raise `MissingExtraError` if a package that draws or lays out the report is not installed."""
    missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
    if missing:
        raise MissingExtraError(
            f"a report needs {', '.join(missing)}; install the extra `report`: pip install 'drawdown[report]'"
        )


require_report()
