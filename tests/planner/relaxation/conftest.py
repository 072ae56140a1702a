"""Tests marked ``nightly`` take minutes: they run with ``DRAWDOWN_NIGHTLY=1`` or ``pytest -m nightly``."""

from __future__ import annotations

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "nightly: takes minutes; runs with DRAWDOWN_NIGHTLY=1 or -m nightly")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("DRAWDOWN_NIGHTLY") or "nightly" in config.getoption("-m"):
        return
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(pytest.mark.skip(reason="nightly: set DRAWDOWN_NIGHTLY=1"))
