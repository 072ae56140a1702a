"""What `plan --robust` says to a person, after the plan itself."""

from __future__ import annotations

from drawdown.cli.text import count, day, dollars, table, wrapped
from drawdown.cli.views.plan import plans_text
from drawdown.desk.robust import Comparison, RobustResult
from drawdown.desk.robust_futures import Difference

_AIMS = {"deadline": "the chance of the deadline", "loss": "the 95th percentile of loss"}


def robust_text(result: RobustResult) -> str:
    """The plan that is given in ten lines, and how it compares with the nominal one."""
    parts = [plans_text((result,))]
    if result.robust is None:
        parts += ["", "There is no lawful plan to begin with: nothing was made for chance."]
        return "\n".join(parts)
    found = result.robust
    given = "The plan made for chance is given" if found.kept else "The nominal plan is given"
    parts += [
        "",
        wrapped(f"{given}: {found.why}. What was aimed at: {_AIMS[found.aim]}."),
        "",
        _chances(result, found),
        "",
        _as_planned(found),
        "",
    ]
    parts += ["What the plan made for chance leaves:"] if found.words else ["The plan made for chance has no buffers."]
    parts += [wrapped(text, 2, 4) for text in found.words]
    parts += [
        "",
        wrapped(
            f"{count(found.tried)} lawful plans were tried, the last ones on {count(found.tuned_on)} futures. The "
            f"{count(found.futures)} futures above are others: `drawdown stress {result.plan} --futures {found.futures}"
            f" --seed {found.seed}` plays them again."
        ),
    ]
    return "\n".join(parts)


def _chances(result: RobustResult, found: Comparison) -> str:
    one, other, gained = found.nominal, found.made, found.differences
    rows = [
        (f"meets {day(result.deadline)}", _percent(one.in_time), _percent(other.in_time), _points(gained.in_time)),
        ("loss, mean", dollars(one.loss_mean), dollars(other.loss_mean), _money(gained.loss_mean)),
        ("loss, 95 % stay below", dollars(one.loss_p95), dollars(other.loss_p95), _money(gained.loss_p95)),
        ("out by, P50", day(one.out_by_p50), day(other.out_by_p50), ""),
        ("out by, P80", day(one.out_by_p80), day(other.out_by_p80), ""),
        ("out by, P95", day(one.out_by_p95), day(other.out_by_p95), ""),
        ("casualties", f"{one.casualties:.1f}", f"{other.casualties:.1f}", _number(gained.casualties)),
        ("equipment lost", dollars(one.lost_usd), dollars(other.lost_usd), _money(gained.lost_usd)),
        ("civilian-days uncovered", count(one.uncovered), count(other.uncovered), _number(gained.uncovered)),
        ("cost", dollars(one.cost_usd), dollars(other.cost_usd), _money(gained.cost_usd)),
    ]
    head = (f"in {count(found.futures)} fresh futures", "nominal", "for chance", "difference (95 % interval)")
    return table(head, rows)


def _as_planned(found: Comparison) -> str:
    one, other = found.nominal_measures, found.made_measures
    uncovered = [m.protection.possible - m.protection.covered for m in (one, other)]
    rows = [
        ("weighs", dollars(found.nominal_objective), dollars(found.made_objective)),
        ("out by", day(one.time.out_by), day(other.time.out_by)),
        ("site-days", count(one.time.site_days), count(other.time.site_days)),
        ("casualties", f"{one.risk.casualties:.1f}", f"{other.risk.casualties:.1f}"),
        ("equipment lost", dollars(one.equipment.lost_usd), dollars(other.equipment.lost_usd)),
        ("civilian-days uncovered", *map(count, uncovered)),
        ("cost", dollars(one.cost.usd), dollars(other.cost.usd)),
    ]
    return table(("as planned, without chance", "nominal", "for chance"), rows)


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _points(found: Difference) -> str:
    value, low, high = (f"{100 * number:+.1f}" for number in found)
    return f"{value} points ({low} to {high})"


def _number(found: Difference) -> str:
    digits = "+.1f" if abs(found.value) < 100 else "+,.0f"  # noqa: PLR2004 - a tenth of a hundred says nothing
    value, low, high = (f"{number:{digits}}" for number in found)
    return f"{value} ({low} to {high})"


def _money(found: Difference) -> str:
    size, word = (1e6, "million") if max(map(abs, found)) >= 1e6 else (1e3, "thousand")  # noqa: PLR2004 - a million
    value, low, high = (f"{number / size:+,.1f}" for number in found)
    return f"{value} {word} ({low} to {high})"
