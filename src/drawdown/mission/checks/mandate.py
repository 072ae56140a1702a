"""The mandate covers the whole drawdown: an authority for every day, dated and with its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from drawdown.mission.checks.days import uncovered
from drawdown.mission.checks.finding import Check, fault, listed, warning
from drawdown.mission.faults import Fault, Severity
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Site

_TO_PROTECT = frozenset({"respond_to_imminent_threats", "protect_civilians"})

Need = tuple[str, str, tuple[Site, ...], date, date, Severity]


def authorities_are_dated_and_referenced(mission: Mission) -> Iterator[Fault]:
    """Every authority has the day on which its text was adopted, not after it begins, and the document."""
    for number, row in enumerate(mission.authorities):
        if row.adopted is None:
            yield warning("authorities", number, "adopted", "not dated", "give the day on which the text was adopted")
        elif row.adopted > row.from_date:
            message = f"adopted only after it begins ({row.from_date})"
            yield warning("authorities", number, "adopted", message, "correct one of the two dates")
        if row.source is None:
            yield warning("authorities", number, "source", "no document is named", "add the source of the text")


def _covered(mission: Mission, function: str, site: Site) -> list[tuple[date | None, date | None]]:
    return [
        (row.from_date, row.to_date)
        for row in mission.authorities
        if row.function in function.split("|") and (not row.places or site.id in row.places)
    ]


def _gaps(mission: Mission, need: Need) -> Iterator[Fault]:
    """One fault a run of days that no authority covers, naming the sites to which it applies."""
    function, purpose, sites, first, last, severity = need
    where: dict[tuple[date, date], list[str]] = defaultdict(list)
    for site in sites:
        for gap in uncovered(_covered(mission, function, site), first, last):
            where[gap].append(site.id)
    for (begins, ends), names in sorted(where.items()):
        places = "anywhere" if len(names) == len(mission.sites) else f"at {listed(names)}"
        message = f"from {begins} to {ends} no authority {purpose} {places}"
        report = fault if severity == "fault" else warning
        remedy = f"add an authority for {' or '.join(function.split('|'))} with its reference"
        yield report("authorities", None, "function", message, remedy)


def drawdown_is_authorised(mission: Mission) -> Iterator[Fault]:
    """On every day up to the deadline, at every site, an authority lets the mission withdraw, move and be protected."""
    today, last = mission.mission.cessation, mission.mission.deadline
    tomorrow = today + timedelta(days=1)  # the first day on which anything moves
    needs = [("withdraw|liquidate", "to withdraw", tomorrow), ("protect_un", "to protect the mission", today)]
    if any(leg.escort_platoons or leg.eod for leg in mission.legs):
        needs.append(("secure_movements|protect_un", "to secure movements", tomorrow))
    for function, purpose, first in needs:
        yield from _gaps(mission, (function, purpose, mission.sites, first, last, "fault"))


def liquidation_is_authorised(mission: Mission) -> Iterator[Fault]:
    """After the deadline an authority covers liquidation, its guard and the rear parties, where there are any."""
    header = mission.mission
    first, last = header.deadline + timedelta(days=1), header.liquidation_end
    sites = tuple(site for site in mission.sites if site.liquidation)
    guarded = {unit.stays_at for unit in mission.units if unit.stays and unit.armed}
    if last < first:
        return
    yield from _gaps(mission, ("liquidate|withdraw", "to liquidate", sites, first, last, "fault"))
    guards = tuple(site for site in sites if site.id in guarded)
    yield from _gaps(mission, ("guard_liquidation|protect_un", "to guard", guards, first, last, "fault"))
    if sites and any(unit.rear_party for unit in mission.units):
        # Rear parties gather at any of the liquidation sites, so one of them covered is enough.
        gaps = [list(uncovered(_covered(mission, "rear_party", site), first, last)) for site in sites]
        if all(gaps):
            yield from _gaps(mission, ("rear_party", "for rear parties", sites, first, last, "warning"))


def protection_is_not_limited_to_places(mission: Mission) -> Iterator[Fault]:
    """An authority to protect civilians names no places, since protection is measured at every site alike."""
    for number, row in enumerate(mission.authorities):
        if row.function in _TO_PROTECT and row.places:
            message = "verdicts keep to these places; the measure of protection, plans and futures count every site"
            yield warning("authorities", number, "places", message, "leave them blank, or read protection with care")


CHECKS: tuple[Check, ...] = (
    authorities_are_dated_and_referenced,
    protection_is_not_limited_to_places,
    drawdown_is_authorised,
    liquidation_is_authorised,
)
