"""Every figure rests on something, and what is said of it fits the tables and the sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from drawdown.mission.basis import claims_by_subject, conflicts, count_basis, rows_by_id, table_value
from drawdown.mission.checks.finding import Check, a_few, fault, listed, note, warning
from drawdown.mission.faults import Fault, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.values import number_in, same_value

SAME_DEGREES = 0.05  # two surveys of one camp differ by some kilometres
SHOWN = 6


def claims_have_a_basis(mission: Mission) -> Iterator[Fault]:
    """A reported claim has a value (unless it speaks for many), a source and a day; others have their reason."""
    for number, claim in enumerate(mission.claims):
        if claim.basis == "reported":
            of_many = "*" in {claim.row, claim.column}
            for column in ("value", "source", "as_of"):
                if getattr(claim, column) is None and not (column == "value" and of_many):
                    yield fault("claims", number, column, f"a reported claim without {column}", f"give its {column}")
        elif claim.reason is None:
            message = f"{claim.basis} without saying how or why"
            yield fault("claims", number, "reason", message, "write the reasoning beside it")


def claims_after_their_source(mission: Mission) -> Iterator[Fault]:
    """No document reports what is true only after it was published."""
    published = {source.id: source.published for source in mission.sources}
    for number, claim in enumerate(mission.claims):
        day = published.get(claim.source or "")
        if claim.as_of and day and claim.as_of > day:
            message = f"true of a day after `{claim.source}` was published ({day})"
            yield warning("claims", number, "as_of", message, "as_of is the day that the figure is about")


def adopted_claims_are_in_the_tables(mission: Mission) -> Iterator[Fault]:
    """The value of an adopted claim is the value that the table has."""
    rows = rows_by_id(mission)
    for number, claim in enumerate(mission.claims):
        there = table_value(rows, claim)
        if not claim.adopted or claim.value is None or there is None or same_value(claim.value, there):
            continue
        message = f"adopted, but {claim.table} says `{there}`" if there else f"adopted, but blank in {claim.table}"
        yield fault("claims", number, "value", message, "correct the table, or set adopted to no with its reason")


def one_claim_is_adopted(mission: Mission) -> Iterator[Fault]:
    """Of several values claimed for one thing only one is adopted, and of a topic one is."""
    number = {claim.id: n for n, claim in enumerate(mission.claims)}
    for about, claims in claims_by_subject(mission).items():
        adopted = [claim for claim in claims if claim.adopted]
        for claim in adopted[1:]:
            if not same_value(claim.value or "", adopted[0].value or ""):
                message = f"`{adopted[0].id}` is adopted too, with `{adopted[0].value}`"
                yield fault("claims", number[claim.id], "adopted", message, "adopt one of them")
        if claims[0].topic and not adopted:
            message = f"no claim on '{about[0]}' is adopted"
            yield warning("claims", number[claims[0].id], "adopted", message, "adopt one of them, with the reason")


def conflicts_are_explained(mission: Mission) -> Iterator[Fault]:
    """Where claims differ, a reason says why one was adopted."""
    number = {claim.id: n for n, claim in enumerate(mission.claims)}
    for conflict in conflicts(mission):
        if not any(claim.reason for claim in conflict.claims):
            message = f"sources differ on '{conflict.topic}' and no reason is given for the choice"
            yield warning("claims", number[conflict.claims[0].id], "reason", message, "write the reason beside a claim")


def coordinates_of_one_sign(mission: Mission) -> Iterator[Fault]:
    """No two coordinates given for one place differ only in their sign."""
    rows = rows_by_id(mission)
    stated: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for number, claim in enumerate(mission.claims):
        value = number_in(claim.value or "")
        if claim.column not in {"lat", "lon"} or claim.table is None or claim.row is None or value is None:
            continue
        about = (claim.table, claim.row, claim.column)
        known = [*stated[about], number_in(table_value(rows, claim) or "")]
        turned = (other is not None and abs(other + value) < SAME_DEGREES for other in known)
        if abs(value) > SAME_DEGREES and any(turned):
            explained = not claim.adopted and claim.reason is not None
            report = note if explained else warning
            message = f"the same {claim.column} with the other sign is given for `{claim.row}`: a sign error?"
            yield report("claims", number, "value", message, "adopt the right one, and say why in reason")
        stated[about].append(value)


def values_have_a_basis(mission: Mission) -> Iterator[Fault]:
    """Every value that a plan rests on is reported, derived or assumed by some claim."""
    missing: dict[tuple[str, str | None], list[Spot]] = defaultdict(list)
    for spot in count_basis(mission).unfounded:
        missing[spot.table, spot.column].append(spot)
    for (table, column), spots in missing.items():
        ids = [str(vars(mission.rows(table)[spot.row or 0])["id"]) for spot in spots[:SHOWN]]
        more = f" and {len(spots) - SHOWN} more" if len(spots) > SHOWN else ""
        message = f"{a_few(len(spots), 'value')} without a basis: {listed(ids)}{more}"
        yield warning(table, None, column, message, "add claims (row * for all of them): reported, derived or assumed")


def sources_are_used(mission: Mission) -> Iterator[Fault]:
    """Documents that no row refers to are noted."""
    tables = ("claims", "clearances", "hazards", "authorities", "obligations", "mandate_events", "actuals")
    used = {getattr(row, "source", None) for table in tables for row in mission.rows(table)}
    idle = [source.id for source in mission.sources if source.id not in used]
    if idle:
        message = f"no row refers to {a_few(len(idle), 'document')}: {listed(idle)}"
        yield note("sources", None, "id", message, "name them as the source of what they say, or drop them")


CHECKS: tuple[Check, ...] = (
    claims_have_a_basis,
    claims_after_their_source,
    adopted_claims_are_in_the_tables,
    one_claim_is_adopted,
    conflicts_are_explained,
    coordinates_of_one_sign,
    values_have_a_basis,
    sources_are_used,
)
