"""The use cases: what the command line, the web and a notebook call.

from drawdown import desk

desk.check("minusma").totals
result = desk.make_plan("minusma", "balanced", out="plan")
desk.verify("plan").broken
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drawdown.desk.checking import CheckResult, check
    from drawdown.desk.converting import ConvertResult, convert, start_mission
    from drawdown.desk.explaining import WhyResult, why
    from drawdown.desk.judging import MandateResult, mandate
    from drawdown.desk.missions import bundled, open_mission
    from drawdown.desk.planning import PlanResult, make_plan, make_plans
    from drawdown.desk.plans import open_plan
    from drawdown.desk.recorded import Recorder
    from drawdown.desk.recording import record, record_file, undo
    from drawdown.desk.replanning import ReplanResult, make_replan
    from drawdown.desk.reporting import ReportResult, write_report
    from drawdown.desk.stressing import StressResult, stress
    from drawdown.desk.summary import Summary
    from drawdown.desk.tracking import track_forecast, track_hindcast, track_status
    from drawdown.desk.trade_off import Point, TradeOff, weigh_all
    from drawdown.desk.verifying import VerifyResult, verify

__all__ = [
    "CheckResult",
    "ConvertResult",
    "MandateResult",
    "PlanResult",
    "Point",
    "Recorder",
    "ReplanResult",
    "ReportResult",
    "StressResult",
    "Summary",
    "TradeOff",
    "VerifyResult",
    "WhyResult",
    "bundled",
    "check",
    "convert",
    "make_plan",
    "make_plans",
    "make_replan",
    "mandate",
    "open_mission",
    "open_plan",
    "record",
    "record_file",
    "start_mission",
    "stress",
    "track_forecast",
    "track_hindcast",
    "track_status",
    "undo",
    "verify",
    "weigh_all",
    "why",
    "write_report",
]

#: Where each name comes from. A use case is loaded when it is first asked for, with all that it needs.
_MODULES = {
    "checking": ("CheckResult", "check"),
    "converting": ("ConvertResult", "convert", "start_mission"),
    "judging": ("MandateResult", "mandate"),
    "missions": ("bundled", "open_mission"),
    "planning": ("PlanResult", "make_plan", "make_plans"),
    "plans": ("open_plan",),
    "recorded": ("Recorder",),
    "recording": ("record", "record_file", "undo"),
    "replanning": ("ReplanResult", "make_replan"),
    "reporting": ("ReportResult", "write_report"),
    "stressing": ("StressResult", "stress"),
    "summary": ("Summary",),
    "tracking": ("track_forecast", "track_hindcast", "track_status"),
    "trade_off": ("Point", "TradeOff", "weigh_all"),
    "verifying": ("VerifyResult", "verify"),
    "explaining": ("WhyResult", "why"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a use case."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
