"""The charts of a stress test, one function each: its `Answers` in, a Vega-Lite chart (Altair) out."""

from drawdown.report.futures.completion import completion
from drawdown.report.futures.fan import fan
from drawdown.report.futures.gains import drivers, knock_outs, what_ifs
from drawdown.report.futures.last_out import last_out

__all__ = ["completion", "drivers", "fan", "knock_outs", "last_out", "what_ifs"]
