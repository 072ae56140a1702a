"""Tests marked ``nightly`` take minutes and wait to be asked for; single tests' figures are told at the suite's end."""

import os
from collections import Counter

import pytest


def pytest_configure(config):
    config.addinivalue_line("markers", "nightly: takes minutes; runs with DRAWDOWN_NIGHTLY=1 or -m nightly")


def pytest_collection_modifyitems(config, items):
    # What takes a minute by itself begins first, so that no process waits for it at the end.
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
    if os.environ.get("DRAWDOWN_NIGHTLY") or "nightly" in config.getoption("-m"):
        return
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(pytest.mark.skip(reason="nightly: set DRAWDOWN_NIGHTLY=1"))


def pytest_terminal_summary(terminalreporter):
    figures: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", []):
        figures.update({name: value for name, value in report.user_properties if report.when == "call"})
    if figures:
        text = ", ".join(f"{count} {name}" for name, count in figures.items())
        terminalreporter.write_line(f"plans of random missions: {text}, none crashed")
