"""Close a site: empty it, do the work of closing, let the last group leave on one day, and hand it over."""

from __future__ import annotations

from drawdown.mission.tables import Site
from drawdown.plan.model import Closure
from drawdown.planner.construction.board import Trip
from drawdown.planner.construction.casualties import keep_base_open
from drawdown.planner.construction.convoy import Convoy, Offer
from drawdown.planner.construction.dispose import lived_by
from drawdown.planner.construction.draft import Draft
from drawdown.planner.construction.haul import Haul
from drawdown.planner.construction.last import choose_last, keep_rear_parties, keep_stragglers, last_day
from drawdown.planner.construction.people import People
from drawdown.planner.construction.steps import Steps
from drawdown.planner.construction.stock import Parcel
from drawdown.planner.construction.ways import Way

#: Days on which the planner tries to get everything out before it gives up equipment; after them it tries every so
#: many days.
PATIENCE, STRIDE = 45, 5

#: What may become of equipment that cannot leave with the last group: nothing but a lawful use, destruction, or it is
#: left behind (which breaks a rule, as it has to).
KEEP, DESTROY, ABANDON = range(3)

#: Life support that fills no more than this share of a convoy leaves with the last group instead of before it.
WORTH_A_CONVOY = 0.3


class SiteClosing:
    """One site on its way to closing."""

    def __init__(self, draft: Draft, site: Site) -> None:
        self.draft, self.site = draft, site
        self.people = People(draft, site)
        self.haul = Haul(draft, site, self.people)
        self.steps = Steps(draft, site)
        self.limit = last_day(draft, site, self.steps.tail())

    def run(self) -> None:
        """Empty the site and close it."""
        draft, site = self.draft, self.site
        emptied_by = max(1, self.limit - self.steps.work_after_emptying())
        choose_last(draft, site, self.limit)
        self.steps.reserve_teams(self.limit)
        self._dispose()
        self.haul.move(lambda p: draft.policy.moves_on(site, p.lot) and not lived_by(site, p.lot), emptied_by)
        keep_rear_parties(draft, site)
        self._make_room(emptied_by)
        done = self.steps.before_last_out()
        self.steps.release_teams()
        keep_stragglers(draft, site)
        self.people.send(self.limit)
        self._thin_life_support()
        last_out = self._leave(max(done, self._ready()))
        self.steps.after_last_out(last_out)
        keep_base_open(draft, site, last_out)
        self._hand_over(last_out)

    def _left(self) -> list[Parcel]:
        """What is left and does not go with the site."""
        parcels, policy = self.draft.stock.parcels(self.site.id), self.draft.policy
        return [p for p in parcels if not policy.goes_with_site(self.site, p.lot)]

    def _dispose(self) -> None:
        """Sell, donate or scrap what is not worth moving as soon as its offer allows; life support waits."""
        policy = self.draft.policy
        for parcel in self._left():
            local = policy.local(parcel.lot)
            if local and not lived_by(self.site, parcel.lot) and not policy.moves_on(self.site, parcel.lot):
                day = max(policy.offered_until(parcel.lot), parcel.day + 1)
                self.draft.dispose(self.site.id, parcel, local[0], min(day, self.draft.board.end))

    def _end(self, parcel: Parcel, day: int, *, destroy: bool) -> bool:
        """Dispose of a parcel on a day: locally, else (if it may be) by destruction; whether that was lawful."""
        policy = self.draft.policy
        local = policy.local(parcel.lot)
        if local and policy.offered_until(parcel.lot) <= day:
            self.draft.dispose(self.site.id, parcel, local[0], day)
            return True
        if destroy and "destroy" in parcel.lot.dispositions:
            self.draft.dispose(self.site.id, parcel, "destroy", day)
            return True
        return False

    def _make_room(self, day: int) -> None:
        """Give up, the least needed first, what no lift could take and what the work of closing cannot wait for."""
        draft, site = self.draft, self.site
        teu = draft.own_teu[site.id]
        share = self.steps.smallest_share()
        for parcel in sorted(self._left(), key=lambda p: -p.lot.priority):
            if share >= 1 or teu[-1] <= share * teu[0] + 1e-6:
                return
            if parcel.lot.site == site.id and parcel.day < day and not lived_by(site, parcel.lot):
                self._end(parcel, day, destroy=True)

    def _thin_life_support(self) -> None:
        """Move what life support the last group does not need, if it is worth a convoy of its own."""
        draft, site = self.draft, self.site
        heads, start = int(draft.people[site.id][-1]), max(int(draft.people[site.id][0]), site.people_at_start)
        ready = max(draft.busy[site.id] - 1, 0)
        surplus: list[tuple[Parcel, int]] = []
        for parcel in self._left():
            if lived_by(site, parcel.lot) and start:
                extra = parcel.count - -(-parcel.lot.count * min(heads, start) // start)
                surplus += [(parcel, extra)] if extra > 0 else []
        convoy = max((way.teu * way.limit for way in self.haul.ways if way.surface), default=0.0)
        if sum(count * p.lot.teu_each for p, count in surplus) <= WORTH_A_CONVOY * convoy:
            return
        spare: set[int] = set()
        for parcel, extra in surplus:
            draft.stock.take_items(site.id, parcel, extra)
            spare.add(id(draft.stock.put_items(site.id, parcel, extra, max(parcel.day, ready))))
        self.haul.move(lambda p: id(p) in spare, self.limit, ride=False)

    def _ready(self) -> int:
        """First day on which nobody needs the last group any more, and what goes with the site has been offered."""
        draft, site = self.draft, self.site
        groups, parcels = draft.stock.groups(site.id), draft.stock.parcels(site.id)
        held = [g.held for g in groups] + [g.day + 1 for g in groups] + [p.day + 1 for p in parcels]
        offered = [draft.policy.offered_until(p.lot) for p in parcels if draft.policy.goes_with_site(site, p.lot)]
        return max([1, draft.busy[site.id], draft.needed[site.id], *held, *offered])

    # ---- the last day --------------------------------------------------------------------------------------------

    def _leave(self, earliest: int) -> int:
        """Let the last group and what is left with it leave on one day; that day.

        Better late than at the cost of equipment, but not by more than some days. Where no day takes everything,
        everything leaves that can by the last day.
        """
        draft, limit = self.draft, self.limit
        soon = range(earliest, min(limit, earliest + PATIENCE) + 1)
        later = range(earliest + PATIENCE + 1, limit + 1, STRIDE)
        late = range(max(earliest, limit - PATIENCE), limit + 1)
        for resort, days in ((KEEP, soon), (DESTROY, (*soon, *later)), (ABANDON, late)):
            for day in days:
                mark = draft.journal.mark()
                if self._leave_on(day, resort):
                    return day
                draft.journal.back_to(mark)
        day = max(limit, min(earliest, draft.board.end))
        self._leave_on(day, ABANDON)
        return day

    def _leave_on(self, day: int, resort: int) -> bool:
        """Try to send everything that is left on one day; whether nothing but what goes with the site remains."""
        if resort == KEEP:
            self._final_convoys(day)
        gone = self._all_leave(day)
        if resort > KEEP:  # people have the escorts first
            self._final_convoys(day)
        self._final_flights(day)
        ended = [p.day < day and self._end(p, day, destroy=resort >= DESTROY) for p in self._left()]
        return gone and (all(ended) or resort >= ABANDON)

    def _all_leave(self, day: int) -> bool:
        """Send the last group by whatever way there is; whether nobody stays behind."""
        draft, site = self.draft, self.site
        while groups := draft.stock.groups(site.id):
            ready = [g for g in groups if g.day < day]
            separating = [g for g in ready if draft.mission.unit[g.unit].separates]
            for group in separating:
                draft.separate(site.id, group, day)
            others = [g for g in ready if g not in separating]
            if not separating and not self.people.move(others, day, last=True):
                return False
        return True

    def _final_convoys(self, day: int) -> None:
        """Carry what is left, and as many of the last group as have seats, to the next places on one day."""
        draft, haul = self.draft, self.haul
        for way in haul.ways:
            left = haul.bound_for([p for p in self._to_carry() if p.day < day], way.route.destination)
            if way.surface and left and (trip := self._last_trip(way, day)):
                groups = [g for g in draft.stock.groups(self.site.id) if g.day < day]
                riders = [g for g in groups if haul.may_ride(g, way.route.destination)]
                convoy = Convoy(draft, trip, Offer(left, riders, []), everyone=True)
                if not convoy.empty:
                    draft.send(trip, convoy.hold, convoy.vehicles)

    def _to_carry(self) -> list[Parcel]:
        """What the last convoys should take."""
        return self._left()

    def _final_flights(self, day: int) -> None:
        """Fly what no convoy took, once everyone has a seat."""
        for way in self.haul.ways:
            left = [p for p in self._to_carry() if p.day < day]
            if left and not way.surface:
                self.haul.fly_on(way, day, left)

    def _last_trip(self, way: Way, day: int) -> Trip | None:
        """A trip that does not bring escorts back to a site that is closed by then."""
        board = self.draft.board
        return board.trip(way, day, 0, stay=way.base == self.site.id) or board.trip(way, day, 0)

    # ---- afterwards ----------------------------------------------------------------------------------------------

    def _hand_over(self, last_out: int) -> None:
        draft, site = self.draft, self.site
        day = self.steps.hand_over(last_out)
        for parcel in draft.stock.parcels(site.id):
            if draft.policy.goes_with_site(site, parcel.lot) and day is not None:
                draft.dispose(site.id, parcel, "hand_over", day)
        when = None if day is None else draft.mission.date(day)
        to = None if day is None or site.becomes == "closed" else site.becomes
        draft.close(site, Closure(site=site.id, last_out=draft.mission.date(last_out), handover=when, handed_to=to))
