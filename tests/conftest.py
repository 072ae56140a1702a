"""What the whole suite says at its end: the figures that single tests have measured."""

from collections import Counter


def pytest_terminal_summary(terminalreporter):
    figures: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", []):
        figures.update({name: value for name, value in report.user_properties if report.when == "call"})
    if figures:
        text = ", ".join(f"{count} {name}" for name, count in figures.items())
        terminalreporter.write_line(f"plans of random missions: {text}, none crashed")
