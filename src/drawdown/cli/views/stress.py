"""What `stress` says to a person: what to believe first, then where it breaks, then what would help, as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from drawdown.cli.text import count, counted, day, table, wrapped
from drawdown.desk.stressing import StressResult
from drawdown.stress.answers import Answers, Critical, Delay, Driver, KnockOut, Quantiles, SiteAnswer, Spread, WhatIf

_CAUSES, _MOVES, _DRIVERS = 6, 5, 8  # rows that are worth a line
_LEAST = 0.05  # what is less is 0.0 with one decimal


class Page:
    """Prints answers as they grow: each time what is new."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._known: Answers | None = None

    def __call__(self, answers: Answers) -> None:
        """Print what was not known before."""
        known, self._known = self._known, answers
        if known is None:
            self._say(main_text(answers))
        if answers.knock_outs and not (known and known.knock_outs):
            self._say("\n" + drivers_text(answers))
        told = len(known.what_if) if known else 0
        if answers.what_if and not told:
            self._say("\n" + wrapped(_what_if_head(answers.what_if[0])))
        for row in answers.what_if[told:]:
            self._say("\n".join(_what_if(row)))


def main_text(answers: Answers) -> str:
    """What to believe, where it breaks and what it costs."""
    parts = [
        [wrapped(_headline(answers)), wrapped(_completion(answers))],
        list(_sites(answers.sites)),
        list(_losses(answers)),
        list(_delays(answers.delays)),
        list(_critical(answers)),
        [wrapped(_how_sure(answers))],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def drivers_text(answers: Answers) -> str:
    """What drives the day of completion."""
    return "\n".join([*_knock_outs(answers.knock_outs), "", *_drivers(answers.drivers)])


def ending_text(result: StressResult) -> str:
    """Where things lie, and warnings."""
    lines = [f"written: {path}" for path in result.files]
    return "\n".join([*lines, *(f"warning: {text}" for text in result.warnings)])


def percent(share: float) -> str:
    """A probability: 91 %, 99.7 %; none of some futures is less than a tenth."""
    value = 100 * share
    if 0 < share < 1 and not 1 <= value <= 99:  # noqa: PLR2004 - between them a whole per cent is enough
        return "< 0.1 %" if value < 0.1 else "> 99.9 %" if value > 99.9 else f"{value:.1f} %"  # noqa: PLR2004
    return f"{value:.0f} %"


def _headline(answers: Answers) -> str:
    row = answers.deadline
    sure = f"{percent(row.probability)} ({percent(row.low)} to {percent(row.high)})".replace(" % to", " to")
    return f"{sure} of {counted(answers.futures, 'future')} meet {_long(row.date)}."


def _completion(answers: Answers) -> str:
    by = answers.out_by
    return (
        f"Out, but for those who stay for liquidation: P50 {_day(by.p50)}, P80 {_day(by.p80)}, P95 {_day(by.p95)}."
        f" The plan {answers.plan_name} says {day(answers.planned_out_by)}."
    )


def _sites(sites: Sequence[SiteAnswer]) -> Iterator[str]:
    head = ["last person leaves", "planned", "P10", "P50", "P80", "P95", "by planned day"]
    rows = [
        [row.name, day(row.planned), *_quantiles(row.last_out), percent(row.on_time.probability)]
        for row in sorted(sites, key=lambda row: (row.planned, row.name))
    ]
    yield table(head, rows)
    if any(value is None for row in sites for value in vars(row.last_out).values()):
        yield "never: not by the end of liquidation"


def _losses(answers: Answers) -> Iterator[str]:
    head = ["what it costs", "mean", "P10", "P50", "P80", "P95"]
    rows = [
        ["killed or wounded", *_spread(answers.casualties, _tenth)],
        ["attacks", *_spread(answers.attacks, _tenth)],
        ["vehicles lost on the road", *_spread(answers.vehicles_lost, _tenth)],
        ["civilian-days not covered, million", *_spread(answers.uncovered, _million)],
        ["cost, $ million", *_spread(answers.cost, _million)],
        ["equipment lost, $ million", *_spread(answers.lost.usd, _million)],
        ["equipment lost, TEU", *_spread(answers.lost.teu, count)],
        *(
            [f"  {row.words}, TEU", *_spread(row.teu, count)]
            if row.teu.mean
            else [f"  {row.words}, items", *_spread(row.items, count)]
            for row in answers.losses
            if row.items.mean
        ),
    ]
    yield table(head, rows)


def _delays(rows: Sequence[Delay]) -> Iterator[str]:
    if shown := [row for row in rows[:_CAUSES] if row.days >= _LEAST]:
        yield "What puts the completion off (mean days a future, as far as it can be traced):"
        yield from (f"  {row.days:5.1f}  {row.words}" for row in shown)


def _critical(answers: Answers) -> Iterator[str]:
    moves, clearances = answers.critical_moves[:_MOVES], answers.critical_clearances[:_MOVES]
    if moves:
        yield "What the completion waits for most often (share of futures):"
        yield from map(_share, moves)
    if clearances:
        yield "Clearances that it waits for:"
        yield from map(_share, clearances)


def _share(row: Critical) -> str:
    return f"  {percent(row.share):>7}  {row.words}"


def _how_sure(answers: Answers) -> str:
    sure = answers.how_sure
    if sure.p80_low is None:
        p80 = "P80 is not by the end of liquidation"
    elif sure.p80_high is None:
        p80 = f"P80 is not before {day(sure.p80_low)}"
    elif sure.p80_days == 0:
        p80 = f"P80 is {day(sure.p80_low)}"
    else:
        p80 = f"P80 lies between {day(sure.p80_low)} and {day(sure.p80_high)}"
    within = f"The chance of the deadline is known within {100 * sure.half_width:.1f} points, {p80} (95 %)."
    return f"How sure: {counted(sure.futures, 'future')} in {answers.seconds:.1f} s, seed {answers.seed}. {within}"


def _knock_outs(rows: Sequence[KnockOut]) -> Iterator[str]:
    shown = [row for row in rows if _differs(row)]
    if not shown:
        yield "No source of chance, taken away alone, surely changes the chance of the deadline or the P80."
        return
    yield "What drives it: each source of chance taken away, the luck of all others unchanged (95 % intervals):"
    head = ["without", "deadline met", "points", "from", "to", "P80"]
    yield table(
        head,
        [
            [row.words, percent(row.probability), *_points(row.gained, row.low, row.high), _days(row.days_p80)]
            for row in shown
        ],
    )
    if rest := [row.words for row in rows if not _differs(row)]:
        yield wrapped(f"Taken away alone, none of these surely changes that or the P80: {', '.join(rest)}.")


def _differs(row: KnockOut) -> bool:
    return row.low > 0 or row.high < 0 or bool(row.days_p80)


def _drivers(rows: Sequence[Driver]) -> Iterator[str]:
    shown = [row for row in rows if row.low > 0 or row.high < 0][:_DRIVERS]
    if not shown:
        yield "Nothing that is drawn for a whole future goes with the day of completion."
        return
    yield "What goes with a late completion (rank correlation; below 0: with an early one):"
    yield from (f"  {row.correlation:+.2f} ({row.low:+.2f} to {row.high:+.2f})  {row.words}" for row in shown)


def _what_if_head(first: WhatIf) -> str:
    sure = f"on the same luck in {counted(first.futures, 'future')} (95 % intervals)"
    if first.replanned:
        return f"What if, each planned for, {sure}; the first beside this plan, the others beside the first:"
    return f"What if, {sure}:"


def _what_if(row: WhatIf) -> Iterator[str]:
    if not row.changed:
        yield wrapped(row.words, 2, 4)
        return
    gain, low, high = _points(row.gained, row.low, row.high)
    yield f"  {row.title}"
    yield f"    deadline met in {percent(row.probability)}: {gain} points ({low} to {high}); {_earlier(row)}"
    effects = list(_effects(row))
    yield f"    {'; '.join(effects) or 'no sure change of casualties or of equipment lost'}"


def _earlier(row: WhatIf) -> str:
    if row.days_p50 == row.days_p80 == 0:
        return "P50 and P80 on the same day"
    return f"P50 {_days(row.days_p50)}, P80 {_days(row.days_p80)}"


def _effects(row: WhatIf) -> Iterator[str]:
    """Changes that are more than chance, and more than 0.0."""
    if (row.casualties_low > 0 or row.casualties_high < 0) and abs(row.casualties) >= _LEAST:
        yield f"casualties {row.casualties:+.1f} ({row.casualties_low:+.1f} to {row.casualties_high:+.1f})"
    lost, low, high = (f"{usd / 1e6:+.2f}" for usd in (row.lost_usd, row.lost_usd_low, row.lost_usd_high))
    if row.lost_usd_low > 0 or row.lost_usd_high < 0:
        yield f"equipment lost {lost} ({low} to {high}) $ million"


def _points(*shares: float) -> list[str]:
    return [f"{100 * share:+.1f}" for share in shares]


def _days(number: int | None) -> str:
    if number is None:
        return "-"
    if number == 0:
        return "same day"
    return f"{counted(abs(number), 'day')} {'earlier' if number > 0 else 'later'}"


def _quantiles(found: Quantiles) -> list[str]:
    return [_day(value) for value in (found.p10, found.p50, found.p80, found.p95)]


def _day(value: date | float | None) -> str:
    return day(value) if isinstance(value, date) else "never"


def _long(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _spread(found: Spread, shown: Callable[[float], str]) -> list[str]:
    return [shown(value) for value in (found.mean, found.p10, found.p50, found.p80, found.p95)]


def _tenth(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _million(value: float) -> str:
    return f"{value / 1e6:,.1f}"
