"""What `ledger standing` says to a person: sites, who and what is on the way, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.cli.text import count, counted, day, dollars, table, wrapped
from drawdown.cli.views.ledger_book import book_lines
from drawdown.desk.standings import SiteStanding, StandingResult
from drawdown.ledger.alerts import Alert

_LISTED = 15  # of what is on the way, and of alerts


def standing_text(result: StandingResult) -> str:
    """The standing as a table of sites, and its alerts ranked by consequence."""
    parts = [
        [wrapped(_headline(result))],
        [
            table(
                ["site", "people", "counted", "items", "vehicles", "last out", "handed over"], map(_site, result.sites)
            )
        ],
        list(_elsewhere(result)),
        list(_alerts(result.alerts)),
        book_lines(result.book),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _headline(result: StandingResult) -> str:
    reported = result.left_reported
    said = f", {count(reported.count)} {reported.of} reported to have left by {day(reported.on)}" if reported else ""
    return (
        f"Evening of {day(result.on)}, as known on {day(result.known_on)}: {count(result.people_remaining)} people in"
        f" the mission; departures on record account for {count(result.left_on_record)}{said}."
    )


def _site(row: SiteStanding) -> list[str]:
    counted_there = f"{count(row.counted.count)} on {day(row.counted.on)}" if row.counted else "-"
    figures = [count(row.people), counted_there, count(row.items), count(row.vehicles)]
    return [row.name, *figures, day(row.last_out), day(row.handed_over)]


def _elsewhere(result: StandingResult) -> Iterator[str]:
    if result.unknown:
        yield f"{count(result.unknown)} people: the record does not say where they are"
    for row in result.on_the_way[:_LISTED]:
        move = f", move {row.move}" if row.move else ""
        places = f"from {row.from_place or 'an unknown place'} to {row.to_place or 'an unknown place'}"
        yield wrapped(f"on the way since {day(row.since)}: {count(row.count)} of {row.id}, {places}{move}", 0, 2)
    if len(result.on_the_way) > _LISTED:
        yield f"and {count(len(result.on_the_way) - _LISTED)} more on the way"
    for end in sorted({end for ends in result.gone.values() for end in ends}):
        number = sum(ends.get(end, 0) for ends in result.gone.values())
        yield f"equipment gone, {end.replace('_', ' ')}: {counted(number, 'item')}"


def _alerts(alerts: tuple[Alert, ...]) -> Iterator[str]:
    if alerts:
        yield f"{counted(len(alerts), 'alert')}, the gravest first:"
    for alert in alerts[:_LISTED]:
        size = [f"{counted(alert.people, 'person', 'people')}"] * bool(alert.people)
        size += [dollars(alert.usd)] * bool(alert.usd)
        where = f", {alert.where}" if alert.where else ""
        weight = f" ({', '.join(size)})" if size else ""
        way_out = alert.remedy[:1].upper() + alert.remedy[1:]
        yield wrapped(f"{alert.severity:<8} {day(alert.when)}{where}: {alert.message}{weight}. {way_out}", 0, 9)
    if len(alerts) > _LISTED:
        yield f"and {count(len(alerts) - _LISTED)} more"
