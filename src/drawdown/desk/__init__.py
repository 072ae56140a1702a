"""The use cases: what the command line, the web and a notebook call.

from drawdown import desk

desk.check("minusma").totals
result = desk.make_plan("minusma", "balanced", out="plan")
desk.verify("plan").broken
"""

from drawdown.desk.checking import CheckResult, check
from drawdown.desk.converting import ConvertResult, convert, start_mission
from drawdown.desk.mandate import MandateResult, mandate
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
from drawdown.desk.why import WhyResult, why

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
