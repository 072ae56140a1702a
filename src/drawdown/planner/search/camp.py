"""One site as it is emptied and closed day by day under a guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from drawdown.mission.tables import Lot, Site
from drawdown.planner.construction.casualties import evacuators, keep_base_open
from drawdown.planner.construction.close import ABANDON, DESTROY, KEEP, SiteClosing
from drawdown.planner.construction.convoy import Convoy, Offer
from drawdown.planner.construction.dispose import lived_by
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.haul import Haul
from drawdown.planner.construction.last import TEAM
from drawdown.planner.construction.stock import Group, Parcel
from drawdown.planner.construction.ways import Way
from drawdown.planner.search.guide import Guide
from drawdown.planner.search.prices import Prices

#: Days before the last possible one from which a site is left at the cost of what cannot be carried.
LAST_CHANCE = 12

#: TEU of life support that are worth taking out of use as people leave.
WORTH_THINNING = 4.0


Vehicles = dict[str, int]
Along = Callable[["Camp", Way, Vehicles, Vehicles, int], Vehicles]


def _alone(camp: Camp, way: Way, free: Vehicles, used: Vehicles, cars: int) -> Vehicles:  # noqa: ARG001
    return used


class Camp(SiteClosing):
    """A site on its way to closing: what is still there, what may go, and whether it can be left today."""

    def __init__(self, draft: Draft, site: Site, guide: Guide, prices: Prices, way_out: Mapping[str, float]) -> None:
        super().__init__(draft, site)
        self.guide, self.prices, self.way_out = guide, prices, way_out
        last_roads = sorted(self.roads, key=lambda way: way.route.destination != site.hub)
        self.haul.ways = [*last_roads, *(way for way in self.haul.ways if not way.surface)]
        self.closed: int | None = None
        self.not_before = int(dict(guide.not_before).get(site.id, 1))
        self.cost = prices.site_day(site) * dict(guide.rank).get(site.id, 1.0)
        self.spare: set[int] = set()
        self.rides: set[int] = set()
        #: Seats in the vehicles in which the last group drives away.
        self.own_seats = 0
        self._moves: dict[str, bool] = {}
        self._seen: tuple[tuple[int, int], tuple[list[Parcel], list[Parcel], tuple[int, float]]] | None = None
        self.lent: list[tuple[str, Group]] = []
        self._settled = (-1, -1)
        self.waits_since: dict[int, int] = {}
        #: The vehicles of a convoy with those that go along because they are of use at its end.
        self.along: Along = _alone

    # ---- ways out ----------------------------------------------------------------------------------------------

    @cached_property
    def roads(self) -> tuple[Way, ...]:
        """Surface ways for equipment that are not much dearer than the cheapest, the cheapest first."""
        return tuple(way for way in self._ways_out if way.surface)

    @cached_property
    def main_road(self) -> Way | None:
        """The road to the hub, or the first of those to an exit."""
        return next((way for way in self.roads if way.route.destination == self.site.hub), next(iter(self.roads), None))

    @cached_property
    def flights(self) -> tuple[Way, ...]:
        """Flights for equipment that are not much dearer than the cheapest way."""
        return tuple(way for way in self._ways_out if not way.surface and way.teu)

    @cached_property
    def _ways_out(self) -> tuple[Way, ...]:
        """Ways to the hub, and to exits that are not much dearer than going on from the hub (or by the main exit)."""
        exits, onward = self.draft.mission.exit, self.way_out
        ways = [way for way in Haul(self.draft, self.site, self.people).ways if way.teu or way.mode == "road"]
        price = {way: self.prices.carriage(way) + onward.get(way.route.destination, 0.0) for way in ways}
        most = self.guide.detour * onward[self.site.id]
        kept = [way for way in ways if (way.surface and way.route.destination not in exits) or price[way] <= most]
        return tuple(sorted(kept or ways, key=lambda way: price[way]))

    # ---- what is there -----------------------------------------------------------------------------------------

    def cargo(self) -> list[Parcel]:
        """What is to be moved before the last day."""
        return self._look()[0]

    def all_to_move(self) -> list[Parcel]:
        """What is to be moved, on the last day too."""
        return self._look()[1]

    def load(self) -> tuple[int, float]:
        """Of the cargo, the vehicles that drive themselves, and the TEU of all else."""
        return self._look()[2]

    def moves(self, lot: Lot) -> bool:
        """Whether a lot is to be moved from here."""
        if lot.id not in self._moves:
            self._moves[lot.id] = self.draft.policy.moves_on(self.site, lot)
        return self._moves[lot.id]

    def _look(self) -> tuple[list[Parcel], list[Parcel], tuple[int, float]]:
        version = self.draft.stock.version(self.site.id)
        if self._seen is None or self._seen[0] != version:
            site = self.site
            every = [p for p in self.draft.stock.parcels(site.id) if self.moves(p.lot)]
            cargo = [p for p in every if id(p) not in self.rides and (id(p) in self.spare or not lived_by(site, p.lot))]
            cars = sum(p.count for p in cargo if p.lot.self_propelled)
            teu = sum(p.count * p.lot.teu_each for p in cargo if not p.lot.self_propelled)
            self._seen = version, (cargo, every, (cars, teu))
        return self._seen[1]

    def keep_rides(self) -> None:
        """Keep vehicles in which the last group drives away itself, those with most seats first."""
        draft, site = self.draft, self.site
        if not site.hub or not any(way.mode == "road" for way in self.roads):
            return
        wanted = sum(g.count for g in draft.stock.groups(site.id) if g.last or g.role == "rear" or g.held > 1)
        own = [p for p in draft.stock.parcels(site.id) if p.lot.self_propelled and p.lot.seats_each]
        for parcel in sorted(own, key=lambda p: (-p.lot.seats_each, p.lot.priority, p.lot.id)):
            if wanted > 0 and draft.policy.moves_on(site, parcel.lot) and not lived_by(site, parcel.lot):
                count = min(parcel.count, -(-wanted // parcel.lot.seats_each))
                draft.stock.take_items(site.id, parcel, count)
                self.rides.add(id(draft.stock.put_items(site.id, parcel, count, parcel.day)))
                wanted -= count * parcel.lot.seats_each
                self.own_seats += count * parcel.lot.seats_each

    def drivable(self, parcels: list[Parcel]) -> int:
        """Vehicles among some parcels that drive themselves to where they go next."""
        return sum(p.count for p in parcels if p.lot.self_propelled)

    def settle(self, day: int) -> None:
        """Gather what is the same; whenever something new is there, sell, donate or scrap what is not worth moving."""
        self._gather(day)
        if self.draft.stock.version(self.site.id) != self._settled:
            self._dispose()
            self._settled = self.draft.stock.version(self.site.id)

    def _gather(self, day: int) -> None:
        """Make one parcel of what has arrived of a lot, so that there are no more parcels than lots."""
        stock, here, same = self.draft.stock, self.site.id, dict[str, list[Parcel]]()
        parcels = stock.parcels(here)
        if len(parcels) < 2 * len({p.lot.id for p in parcels}):
            return
        for parcel in parcels:
            if parcel.day < day and id(parcel) not in self.spare and id(parcel) not in self.rides:
                same.setdefault(parcel.lot.id, []).append(parcel)
        for rows in same.values():
            if len(rows) > 1:
                total, last = sum(p.count for p in rows), max(p.day for p in rows)
                stock.put_items(here, rows[0], total, last)
                for parcel in rows:
                    stock.take_items(here, parcel, parcel.count)

    def thin(self, day: int, to_come: int) -> None:
        """Take out of use what life support those who are there, and those still to come, do not need."""
        draft, here = self.draft, self.site.id
        start, heads = int(draft.people[here][0]), int(draft.people[here][-1]) + to_come
        if not start:
            return
        found: list[tuple[Parcel, int]] = []
        for parcel in draft.stock.parcels(here):
            if (
                parcel.lot.life_support
                and lived_by(self.site, parcel.lot)
                and self.moves(parcel.lot)
                and (id(parcel) not in self.spare)
            ):
                extra = parcel.count - -(-parcel.lot.count * min(heads, start) // start)
                found += [(parcel, extra)] if extra > 0 else []
        if sum(n * p.lot.teu_each for p, n in found) < WORTH_THINNING:
            return
        for parcel, extra in found:
            draft.stock.take_items(here, parcel, extra)
            self.spare.add(id(draft.stock.put_items(here, parcel, extra, max(parcel.day, day))))

    # ---- the work of closing -----------------------------------------------------------------------------------

    def reserve(self, hub: Camp | None) -> None:
        """Keep a team of each function that the work of closing needs: of the site's own, or of its hub's."""
        for need in sorted({step.needs for step in self.steps.steps if step.needs}):
            for camp in (self, hub):
                team = camp.team_of(need) if camp else None
                if team is not None:
                    team.held = self.draft.board.end + 1
                    self.lent.append((need, team))
                    break

    def team_of(self, need: str) -> Group | None:
        """A team of a function at the site; of those that are kept already, if there is one."""
        draft = self.draft
        able = [g for g in draft.stock.groups(self.site.id) if need in draft.mission.unit[g.unit].enables]
        kept = [g for g in able if g.held > draft.board.end]
        if kept or not able:
            return kept[0] if kept else None
        return draft.stock.split(self.site.id, max(able, key=lambda g: (g.role == "main", g.count, g.unit)), TEAM)

    def work(self) -> bool:
        """Place the steps that can be placed; whether all that must end before last-out are."""
        self.steps.before_last_out()
        return all(s.id in self.steps.done for s in self.steps.steps if s.moment == "before_last_out")

    def done(self) -> int:
        """Last day of the steps that end before last-out; after the end while one of them has no day yet."""
        must = [s.id for s in self.steps.steps if s.moment == "before_last_out"]
        if any(name not in self.steps.done for name in must):
            return self.draft.board.end + 1
        return max((self.steps.done[name][1] for name in must), default=0)

    # ---- leaving -----------------------------------------------------------------------------------------------

    def others(self) -> int:
        """People who do not leave last and are still there."""
        return sum(g.count for g in self.draft.stock.groups(self.site.id) if not g.last)

    def supports(self, camps: list[Camp]) -> bool:
        """Whether an open site has nobody else to evacuate a casualty than aircraft that are based here."""
        draft = self.draft
        for camp in camps:
            if camp is self or camp.closed is not None or camp.site.id in draft.goals.hubs(self.site.id):
                continue  # a hub closes later in any case, and has its own care then
            lifts = evacuators(draft, camp.site)
            here = [x for x in lifts if x.base == self.site.id]
            elsewhere = [x for x in lifts if x.base != self.site.id]
            medical = int(draft.enabling["medical", camp.site.id][-1]) > 0
            if here and not medical and not any(self._open(x.base, camps) for x in elsewhere):
                return True
        return False

    def keep_medical(self, left: set[str]) -> None:
        """Keep a medical team to the end, where aircraft for casualties are based only where others have left."""
        draft, lifts = self.draft, evacuators(self.draft, self.site)
        if self.closed is not None or all(lift.base not in left for lift in lifts):
            return
        medical = [g for g in draft.stock.groups(self.site.id) if "medical" in draft.mission.unit[g.unit].enables]
        gone = left | set(draft.closures) | {self.site.id}
        if medical and all(x.base in gone for x in lifts) and not any(g.last for g in medical):
            team = draft.stock.split(self.site.id, max(medical, key=lambda g: (g.count, g.unit)), TEAM)
            draft.journal.assign(team, "last", value=True)

    @staticmethod
    def _open(base: str, camps: list[Camp]) -> bool:
        found = next((c for c in camps if c.site.id == base), None)
        return found is None or found.closed is None

    def try_to_leave(self, day: int) -> bool:
        """Leave the site on a day if everyone, and all that must not stay, can go; at any cost on the last day."""
        draft = self.draft
        desperate = day >= self.limit
        if not desperate and (day < self.not_before or self.done() > day or self._ready() > day):
            return False
        resorts = [KEEP]
        if desperate:
            resorts += [DESTROY, ABANDON]
        elif day >= self.limit - LAST_CHANCE:
            resorts += [DESTROY]
        for resort in resorts:
            mark = draft.journal.mark()
            if self._leave_on(day, resort):
                self._after(day)
                return True
            draft.journal.back_to(mark)
        if desperate:
            self._leave_on(day, ABANDON)
            self._after(day)
        return desperate

    def _to_carry(self) -> list[Parcel]:
        """What the last convoys should take: not what can be sold or given where it is."""
        policy = self.draft.policy
        return [p for p in self._left() if policy.moves_on(self.site, p.lot) or not policy.local(p.lot)]

    def _final_convoys(self, day: int) -> None:
        """Carry what is left, with the last group as far as it has seats, and lorries that are of use elsewhere."""
        draft, haul = self.draft, self.haul
        for way in haul.ways:
            left = haul.bound_for([p for p in self._to_carry() if p.day < day], way.route.destination)
            if way.surface and left and (trip := self._last_trip(way, day)):
                groups = [g for g in draft.stock.groups(self.site.id) if g.day < day]
                riders = [g for g in groups if haul.may_ride(g, way.route.destination)]
                convoy = Convoy(draft, trip, Offer(left, riders, []), everyone=True)
                if not convoy.empty:
                    along = self.along(self, way, trip.vehicles, convoy.vehicles, convoy.hold.cars)
                    draft.send(trip, convoy.hold, along)

    def _after(self, day: int) -> None:
        self.closed = day
        self.steps.after_last_out(day)
        keep_base_open(self.draft, self.site, day)
        self._hand_over(day)
