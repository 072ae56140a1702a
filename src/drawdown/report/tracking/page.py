"""What the pages of status, forecast and hindcast share: shell, stamps, alerts, and what whom may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from drawdown import __version__
from drawdown.forecast.answers import Stamp
from drawdown.forecast.told import SEVERITIES
from drawdown.ledger.alerts import Alert
from drawdown.report.background import DISCLAIMER
from drawdown.report.futures import words as say
from drawdown.report.gallery import drawn_chart
from drawdown.report.names import days, long_date
from drawdown.report.release import RELEASES, Audience, Release
from drawdown.report.render import Format, Spec, compiled, render
from drawdown.report.shell import asset, library, policy, template

#: Charts by name, in the order of the page; each is drawn when it is asked for.
Charts = Mapping[str, Callable[[], Spec]]
_SHORT = 12  # letters of a hash that are enough to compare by eye
_SECRET = ("clearance", "escort")  # kinds of alerts that only the mission itself may read


class AlertRow(NamedTuple):
    """An alert as a page shows it: how grave (a class and a word), when and where, what, and what to do."""

    severity: str
    word: str
    head: str
    message: str
    remedy: str
    stakes: str


def told_alerts(alerts: Iterable[Alert], release: Release) -> list[Alert]:
    """The alerts that readers may know of: partners none on clearances and escorts."""
    return [alert for alert in alerts if release.escorts or not any(word in alert.kind for word in _SECRET)]


def alert_rows(alerts: Iterable[Alert], release: Release) -> list[AlertRow]:
    """Alerts in their order; the public reads none."""
    if not release.moves:
        return []
    return [_alert(alert) for alert in told_alerts(alerts, release)]


def _alert(alert: Alert) -> AlertRow:
    people = f"{alert.people:,}"
    stakes = [
        f"{people} people" if alert.people and people not in alert.message else "",  # what it does not say itself
        f"USD {say.money(alert.usd)}" if alert.usd else "",
        days(alert.days) if alert.days else "",
    ]
    return AlertRow(
        severity=alert.severity,
        word=SEVERITIES.get(alert.severity, (alert.severity,))[0].capitalize(),
        head=", ".join(filter(None, (alert.where, long_date(alert.when)))),
        message=alert.message,
        remedy=alert.remedy,
        stakes=", ".join(filter(None, stakes)),
    )


def stamps(stamp: Stamp, as_of: Iterable[date], known_on: date | None, **more: object) -> list[tuple[str, str]]:
    """What a page was made from, so that it can be made again."""
    found = [("Mission", stamp.mission), ("Mission hash", stamp.mission_hash)]
    found += [("Plan hash", stamp.plan_hash)] if stamp.plan_hash else []
    found += [("Ledger digest", stamp.ledger_digest), ("Entries of the ledger", f"{stamp.entries:,}")]
    found += [("As of", ", ".join(day.isoformat() for day in as_of))]
    found += [("As known on", known_on.isoformat())] if known_on else []
    found += [(what.replace("_", " ").capitalize(), f"{value}") for what, value in more.items()]
    return [*found, ("Made with Drawdown", __version__)]


def short_stamps(stamp: Stamp) -> list[tuple[str, str]]:
    """The same for the top of the page, short enough to be compared by eye."""
    found = [("Mission", stamp.mission_hash[:_SHORT])]
    found += [("Plan", stamp.plan_hash[:_SHORT])] if stamp.plan_hash else []
    entries = f"{stamp.entries:,} entr" + ("y" if stamp.entries == 1 else "ies")
    return [*found, (f"Ledger of {entries}", stamp.ledger_digest[:_SHORT])]


def page(name: str, stamp: Stamp, charts: Charts, release: Audience, **fields: Any) -> str:
    """A page of the template ``name``, as the text of an HTML file; the same input gives the same text."""
    style = asset("page.css") + asset("stress.css") + asset("tracking.css")
    script, drawing = asset("page.js"), library()
    return template(name).render(
        stamp=stamp,
        short_stamps=short_stamps(stamp),
        charts={key: drawn_chart(key, "map" if key == "map" else "wide", draw()) for key, draw in charts.items()},
        release=RELEASES[release],
        say=say,
        disclaimer=" ".join(DISCLAIMER),
        style=Markup(style),  # noqa: S704  ours
        script=Markup(script),  # noqa: S704  ours
        library=Markup(drawing),  # noqa: S704  out of vl-convert
        policy=policy(drawing, script),
        **fields,
    )


def pictures(charts: Charts, form: Format) -> dict[str, bytes]:
    """Every chart as a picture, by name."""
    return {name: render(compiled(draw()), form) for name, draw in charts.items()}
