"""Where empty lift and escorts are sent: to loads that wait for them, and nowhere else."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from drawdown.planner.construction.board import NOTHING
from drawdown.planner.construction.ways import Way

if TYPE_CHECKING:
    from drawdown.planner.search.camp import Camp
    from drawdown.planner.search.dispatch import Dispatch

#: Days of departures by an exit for which a site asks for seats.
SEATS_AHEAD = 5

#: People for whom a site that has no flights asks for buses at a time.
WAITING = 120

#: Lorries asked for, beside those that would do if every one of them were full.
MARGIN = 1.05

#: A convoy whose risk is less than this (USD-equivalents) goes with however few vehicles there are.
HARMLESS = 6_000.0


#: Lift of a mode: for people, or for equipment.
Kind = tuple[str, bool]


class Empties:
    """Empty convoys, on demand."""

    #: Convoys of its own for which a place keeps escorts when it lends others.
    KEPT = 2

    def __init__(self, dispatch: Dispatch) -> None:
        self.run, self.draft, self.board = dispatch, dispatch.draft, dispatch.board
        self.guide, self.prices = dispatch.guide, dispatch.prices
        lifts = self.board.surface_lift.values()
        modes: list[str] = sorted({x.mode for x in lifts})
        #: Lift for equipment, and lift for people (of its own kind if there is any), by mode.
        self.cargo_lift: dict[str, list[str]] = {
            mode: [x.id for x in lifts if x.mode == mode and x.teu] for mode in modes
        }
        seated = {mode: [x for x in lifts if x.mode == mode and x.seats] for mode in modes}
        self.people_lift: dict[str, list[str]] = {
            mode: [x.id for x in own if not x.teu] or [x.id for x in own] for mode, own in seated.items()
        }
        self.day, self.serve = 1, dict(self.guide.serve)
        self._needed: dict[str, tuple[tuple[int, int], int]] = {}
        #: Idle vehicles of a hub that wait until they are enough for a convoy to one of its sites.
        self.kept_back: dict[str, int] = {}
        self._sources: dict[str, list[tuple[float, str, tuple[Way, ...]]]] = {}

    def send(self, day: int, camps: list[Camp]) -> None:
        """Send empty lift to every site that waits for some, the dearest site first."""
        stations = self._stations(day)
        self.day = day
        self.kept_back.clear()
        for camp in camps:
            for mode in self.people_lift:
                self._fetch(camp, day, (mode, True), self._seats_wanted(camp, day, mode), stations)
        for camp in camps:
            if day < self.serve.get(camp.site.id, 0):
                continue
            wanted = self._trucks_wanted(camp)
            if wanted > 0 or self._lacks_escorts(camp):
                mode = camp.main_road.mode if camp.main_road else "road"
                self._fetch(camp, day, (mode, False), wanted, stations)

    def _stations(self, day: int) -> dict[str, dict[str, int]]:
        """Idle lift by place."""
        found: dict[str, dict[str, int]] = {}
        for lift, place in self.board.standing:
            count = self.board.idle(lift, place, day)
            if count > 0:
                found.setdefault(place, {})[lift] = count
        return found

    # ---- what is wanted ----------------------------------------------------------------------------------------

    def _trucks_wanted(self, camp: Camp) -> int:
        """Lorries that a site lacks for what waits there, beside those that are there or on their way."""
        if camp.main_road is None or not camp.main_road.teu:
            return 0
        sites = [
            c for c in self.run.children[camp.site.id] if c.closed is None and self.day >= self.serve.get(c.site.id, 0)
        ]
        theirs = sum(max(0, self._trucks_wanted(c)) for c in sites)
        lift, here = self.board.surface_lift, camp.site.id
        room = sum(lift[i].teu * self.board.bound(i, here) for i in self.trucks(camp)) / camp.main_road.teu
        return theirs + math.ceil(self._trucks_needed(camp) - room)

    def trucks(self, camp: Camp) -> list[str]:
        """Lift for equipment that can leave a site by its main road."""
        return self.cargo_lift.get(camp.main_road.mode, []) if camp.main_road else []

    def along(self, camp: Camp, way: Way, free: dict[str, int], used: dict[str, int], cars: int) -> dict[str, int]:
        """The vehicles of a convoy to a site's hub, with those that the site does not need and that its hub does."""
        hub = self.run.camps.get(camp.site.hub or "")
        if hub is None or way.route.destination != hub.site.id:
            return used
        spare = min(-self._trucks_wanted(camp), self._trucks_wanted(hub))
        spare = min(spare, way.limit - cars - sum(used.values()))
        more = dict(used)
        for lift in sorted((x for x in way.lifts if x.teu), key=lambda x: -x.teu):
            count = min(spare, free.get(lift.id, 0) - used.get(lift.id, 0))
            if count > 0:
                more[lift.id], spare = more.get(lift.id, 0) + count, spare - count
        return more

    def _trucks_needed(self, camp: Camp) -> int:
        size = camp.main_road.teu if camp.main_road else 0.0
        if not size:
            return 0
        version = self.draft.stock.version(camp.site.id)
        known = self._needed.get(camp.site.id)
        if known is None or known[0] != version:
            every, by_hub = camp.all_to_move(), camp.site.hub is not None
            teu = sum(p.count * p.lot.teu_each for p in every if not (by_hub and p.lot.self_propelled))
            known = self._needed[camp.site.id] = version, math.ceil(MARGIN * teu / size)
        return known[1]

    def _seats_wanted(self, camp: Camp, day: int, mode: str) -> int:
        """Buses that a site lacks for those who leave on the next days by its exits, or at the end for its hub."""
        lifts = self.people_lift.get(mode, [])
        seats = max((self.board.surface_lift[i].seats for i in lifts), default=0)
        if not seats:
            return 0
        people = max(self._to_exits(camp, day, mode), self._at_the_end(camp, mode))
        return math.ceil(people / seats) - self.board.count(lifts, camp.site.id)

    def _to_exits(self, camp: Camp, day: int, mode: str) -> float:
        """People who leave by a surface mode through a site's own exits on the next days."""
        crowd, site = self.run.crowd, camp.site.id
        exits = [x for x in crowd.own_exits[site] if any(w.mode == mode for w in crowd.ways(site, x))]
        rate = sum(self.draft.mission.exit[x].people_per_day for x in exits)
        if not rate or crowd.opens(site, day) > SEATS_AHEAD:
            return 0.0
        return min(sum(g.count for g in self.draft.stock.groups(site)), SEATS_AHEAD * rate)

    def _at_the_end(self, camp: Camp, mode: str) -> float:
        """People of a site, as many as leave on its last day, who have no seat by air or in their own vehicles."""
        crowd, site, hub = self.run.crowd, camp.site.id, camp.site.hub
        targets = [hub] if hub else [x.id for x in self.draft.goals.exits[site, "people"]]
        ways = [way for target in targets for way in crowd.ways(site, target)]
        if next((way.mode for way in ways if way.surface), None) != mode:
            return 0.0
        air = sum(way.seats * max(way.lifts[0].sorties_per_day, 1) for way in ways if not way.surface)
        last = sum(g.count for g in self.draft.stock.groups(site) if g.last)
        return 0.0 if air else max(0.0, last + min(camp.others(), WAITING) - camp.own_seats)

    def _lacks_escorts(self, camp: Camp) -> bool:
        """Whether a site has a load for a road that its escorts are too few for."""
        if camp.main_road is None or camp.main_road.route.destination in self.draft.mission.exit:
            return False
        route = camp.main_road.route
        if not (route.platoons or route.mined):
            return False
        platoons, teams = self.board.escorts.standing(camp.site.id, self.day)
        if (platoons < route.platoons or (route.mined and not teams)) and camp.all_to_move():
            return True
        return self._should_send_home(camp, platoons)

    def _should_send_home(self, camp: Camp, platoons: int) -> bool:
        """Whether a site has more load than escorts, and its hub enough of those that could come to its aid."""
        hub, least, road = camp.site.hub, self.guide.send_home, camp.main_road
        if hub is None or not least or road is None:
            return False
        route, (cars, teu) = road.route, camp.load()
        convoys = (cars + teu / max(road.teu, 1.0)) / route.limit
        if platoons >= route.platoons * min(convoys, self.guide.at_hand):
            return False
        escorts = self.board.escorts
        strangers = (u for u in escorts.at_place[hub] if self.draft.mission.unit[u].site != hub)
        free = sum(escorts.able(u, hub, self.day) for u in strangers)
        return free >= least or any(
            self._own_surplus(c.site.id, self.day) >= least for c in self.run.camps.values() if c is not camp
        )

    # ---- sending it --------------------------------------------------------------------------------------------

    def _ways_to(self, place: str) -> list[tuple[float, str, tuple[Way, ...]]]:
        """Places from which lift may come, the nearest first."""
        if place not in self._sources:
            found = []
            for other in self.draft.mission.place:
                ways = tuple(w for w in self.board.ways(other, place) if w.surface) if other != place else ()
                if ways:
                    found.append((min(w.route.days for w in ways), other, ways))
            self._sources[place] = sorted(found, key=lambda row: row[:2])
        return self._sources[place]

    def _spare(self, camp: Camp, place: str, idle: int, kind: Kind) -> int:
        """Vehicles that a place can spare for a site."""
        source = self.run.camps.get(place)
        if source is None or source.closed is not None:
            return idle
        if kind[1]:
            return max(0, min(idle, -self._seats_wanted(source, self.day, kind[0])))
        needed = self._trucks_needed(source) if source.main_road and source.main_road.mode == kind[0] else 0
        if place not in self.draft.goals.hubs(camp.site.id)[:1]:
            return max(0, min(idle, idle - needed))
        return max(min(idle, idle - needed), int(self.guide.at("upstream", camp.site.id) * idle))

    def _fetch(self, camp: Camp, day: int, kind: Kind, wanted: int, stations: dict[str, dict[str, int]]) -> None:
        lifts = (self.people_lift if kind[1] else self.cargo_lift).get(kind[0], [])
        escorts = not kind[1] and self._lacks_escorts(camp)
        if wanted <= 0 and not escorts:
            return
        for _, place, ways in self._ways_to(camp.site.id):
            here = stations.get(place, {})
            idle = {i: here[i] for i in lifts if here.get(i)}
            spare = min(self._spare(camp, place, sum(idle.values()), kind), wanted)
            lends = escorts and self._lends(place, camp)
            if spare <= 0 and not lends:
                continue
            for way in ways:
                if way.mode != kind[0] or (kind[1] and self._not_for_buses(camp, way)):
                    continue
                sent = self._dispatch(camp, way, day, idle, spare, wanted, escorts=lends)
                if sent is not None:
                    wanted -= sum(sent.values())
                    for lift, count in sent.items():
                        here[lift] -= count
                    escorts = escorts and not lends
                    break
            else:
                if not kind[1] and spare > 0 and place in self.draft.goals.hubs(camp.site.id)[:1]:
                    self.kept_back[place] = min(sum(idle.values()), self.kept_back.get(place, 0) + spare)
            if wanted <= 0 and not escorts:
                return

    def _not_for_buses(self, camp: Camp, way: Way) -> bool:
        """Whether a road needs an escort, which buses to a site from which people can fly are not worth."""
        return way.escorted and not self._at_the_end(camp, way.mode)

    def _lends(self, place: str, camp: Camp) -> bool:
        """Whether a place may send escorts to a site without any vehicles."""
        if place in self.draft.goals.hubs(camp.site.id)[:1]:
            return True
        return bool(self.guide.send_home) and self._own_surplus(place, self.day) >= self.guide.send_home

    def _own_surplus(self, place: str, day: int) -> int:
        """Escort platoons that a place does not need for its own load and for its sites."""
        camp = self.run.camps.get(place)
        if camp is None or camp.closed is not None:
            return 0
        needed = 0
        for one in (camp, *self.run.children[place]):
            road = one.main_road
            if one.closed is None and road and road.route.platoons:
                route, (cars, teu) = road.route, one.load()
                convoys = math.ceil((cars + teu / max(road.teu, 1.0)) / route.limit)
                needed += route.platoons * min(convoys + 1, self.KEPT)
        return max(0, self.board.escorts.free(place, day) - needed)

    def _dispatch(  # noqa: PLR0913, PLR0917 - from where, to where, when, how many
        self, camp: Camp, way: Way, day: int, idle: dict[str, int], spare: int, wanted: int, *, escorts: bool
    ) -> dict[str, int] | None:
        most = min(spare, way.limit)
        risk = self.prices.convoy(way.route)
        if risk > HARMLESS and not escorts and most < self.guide.at("fetch", camp.site.id) * min(wanted, way.limit):
            return None
        trip = self.board.trip(way, day, 0)
        if trip is None or (most <= 0 and not trip.escorts):
            return None
        sent: dict[str, int] = {}
        for lift in sorted(idle, key=lambda i: -self.board.surface_lift[i].teu):
            count = min(idle[lift], trip.vehicles.get(lift, 0), most - sum(sent.values()))
            if count > 0:
                sent[lift] = count
        if not sent and not trip.escorts:
            return None
        if trip.secured and camp.site.hub:
            own = self._own_surplus(way.route.origin, day)
            along = self.board.escorts.companions(way.route.origin, trip.loaded, trip.escorts, own)
            trip = replace(trip, escorts=along)
        self.board.commit(trip, NOTHING, sent)
        return sent
