"""What a search may decide about a plan: a guide tells the builder how, the builder sees to it that it is lawful."""

from __future__ import annotations

from dataclasses import dataclass

Numbers = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Guide:
    """The decisions from which `build_plan` makes a plan. The defaults are a good plan for most missions.

    Numbers by site stand beside one for all sites; a site that is not named takes that one. A relaxation that knows
    better fills in ``not_before`` (its last-out) and ``rank``.
    """

    #: How much sooner than its daily cost alone would have it a site is served with lift (1: no sooner).
    rank: Numbers = ()
    #: First day on which lift and escorts are sent to a site.
    serve: Numbers = ()
    #: First day on which a site may be left.
    not_before: Numbers = ()
    #: Share of a full convoy (or of all that is left) for which a dangerous road waits: for all, and by site.
    fill: float = 0.95
    fill_at: Numbers = ()
    #: The same for empty convoys out to a load: for all, and by site.
    fetch: float = 0.9
    fetch_at: Numbers = ()
    #: Days that a load waits at most for a fuller convoy: for all, and by site.
    patience: float = 15.0
    patience_at: Numbers = ()
    #: Share of the idle vehicles of a hub that may be sent out empty to the sites that hang on it.
    upstream: float = 1.0
    upstream_at: Numbers = ()
    #: What is not of the first two priorities leaves only if its way out costs no more than so many times its value.
    worth: float = 1.0
    #: A way out is used if it costs no more than so many times what the cheapest does.
    detour: float = 1.5
    #: Convoys for which the units of a site keep escorts while there is anything to escort: for all, and by site.
    convoys: float = 8.0
    convoys_at: Numbers = ()
    #: Convoys for which a site would have escorts at hand before its hub sends it none on their own.
    at_hand: float = 16.0
    #: Platoons of others that a hub sends home on their own when their site waits for them (0: never on their own).
    send_home: float = 6.0
    #: Most people per escort platoon for whom a unit is kept back as an escort.
    platoon_people: float = 150.0
    #: Share of the vehicles bound for an exit for which people who may leave by it wait as drivers.
    drivers: float = 2.0
    #: Days of queue by which a hub must be shorter before people are sent to it.
    queue_gap: float = 4.0
    #: Days of queue below which a hub without enough people to send calls them from its sites.
    pull: float = 4.0
    pull_at: Numbers = ()
    #: Whether sites are planned one after the other, as in the simple plan, rather than day by day all together; and
    #: how far that stretches the days that escorts keep to go home, and whether people use every exit, however far.
    serial: bool = False
    margin: float = 1.0
    anywhere: bool = False
    #: Sites that take what is still on offer along to their hub, rather than stay for the offer's sake.
    carry: frozenset[str] = frozenset()
    #: Sites that keep their people for liquidation and may stay open after the deadline.
    liquidate: frozenset[str] = frozenset()

    def at(self, name: str, site: str) -> float:
        """A number by its name, for a site."""
        table: Numbers = getattr(self, f"{name}_at")
        return dict(table).get(site, float(getattr(self, name)))
