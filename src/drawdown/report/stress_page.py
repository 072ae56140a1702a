"""The page of a stress test: one HTML file that holds all it needs and asks the network for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from markupsafe import Markup

from drawdown import __version__
from drawdown.report import futures
from drawdown.report.background import DISCLAIMER
from drawdown.report.facts import Fact
from drawdown.report.futures import words
from drawdown.report.futures.last_out import sites_in_order
from drawdown.report.names import days, long_date
from drawdown.report.release import RELEASES, Audience, Release
from drawdown.report.render import Format, Spec, compiled, render
from drawdown.report.shell import asset, drawn_chart, library, policy, template
from drawdown.stress.answers import Answers, Critical, Driver, Spread

#: The charts of a stress test by name, in the order of the page.
CHARTS: Mapping[str, Callable[[Answers], Spec]] = {name: getattr(futures, name) for name in futures.__all__}
