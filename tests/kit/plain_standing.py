"""The standing a second time, from docs/standing.md alone: plain dictionaries, day after day, nothing clever.

    plain = plain_standing(mission, [(recorded, fact), ...], on, known_on)

It shares no code with the package but the mission's tables.
"""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta

BOOKABLE = {
    "unit": {None, "people", "uniformed", "military"},
    "lot": {None, "items", "vehicles", "teu"},
    "lift": {None, "items", "vehicles"},
}
ORDER = ("departure", "arrival", "disposal")


def in_force(pairs, known_on):
    """The facts that were known, less those that a correction in force names."""
    known = {fact.id: (recorded, fact) for recorded, fact in pairs if recorded <= known_on}
    by = defaultdict(list)
    for _, fact in known.values():
        if fact.kind == "correction":
            by[fact.corrects].append(fact.id)

    def circle(name):
        seen, one = [], name
        while one in known and known[one][1].kind == "correction" and one not in seen:
            seen.append(one)
            one = known[one][1].corrects
        return seen[seen.index(one) :] if one in seen else []

    def strikes(name):
        """Whether a correction is in force: nothing in force names it, and it is in no circle that is whole."""
        members = circle(name)
        if name not in members:
            return not any(strikes(one) for one in by[name])
        # Only what hangs on the circle from outside can break it.
        broken = [one for one in members if any(strikes(other) for other in by[one] if other not in members)]
        if not broken:
            return False
        force = {}
        start = members.index(broken[0])
        before = False
        for step in range(len(members)):
            one = members[(start + step) % len(members)]
            force[one] = one not in broken and not before
            before = force[one]
        return force[name]

    return [(recorded, fact) for recorded, fact in known.values() if not any(strikes(one) for one in by[fact.id])]


class Book:
    """The accounts of one thing: ("at", place), ("way", place, move), ("exit", place), ("left",), ("gone", what)."""

    def __init__(self, plain, kind, row, place, count):
        self.plain, self.kind, self.row, self.id = plain, kind, row, row.id
        self.holds = defaultdict(int, {("at", place): count})
        self.departures = defaultdict(list)
        self.nowhere = 0
        self.swept = []
        self.history = {}

    def outside(self, place):
        return self.kind != "lift" and self.plain.is_exit(place)

    def here(self, place):
        return ("exit", place) if self.outside(place) else ("at", place)

    def accounts(self, kind):
        """Accounts of a type that hold something: the largest first, then by place, then by move."""
        some = [key for key, count in self.holds.items() if key[0] == kind and count > 0]
        return sorted(some, key=lambda key: (-self.holds[key], key[1:]))

    def move(self, source, goal, count):
        self.holds[source] -= count
        self.holds[goal] += count

    def ends(self, fact):
        """From which account to which a fact books."""
        place = fact.place or ""
        if fact.kind == "disposal":
            return self.here(place), ("gone", fact.disposition or "")
        if fact.kind == "arrival":
            return ("way", place, fact.move or ""), self.here(place)
        goal = fact.to or self.plain.other_end(fact.leg, place)
        leaves = self.outside(place) and (not goal or self.outside(goal))
        if leaves or not (fact.to or fact.leg or fact.move):
            return self.here(place), ("left", "")
        return self.here(place), ("way", goal, fact.move or "")

    def evening(self, day, facts):
        morning = dict(self.holds)
        for fact, count in facts:
            if count is not None:
                source, goal = self.ends(fact)
                self.move(source, goal, count)
                if goal[0] == "way":
                    self.departures[goal].append((day, fact.place or "", count))
        red = sorted((key for key, count in self.holds.items() if count < 0), key=self.red_order)
        for key in red:
            self.fill(day, key, morning)
        for fact, count in sorted(facts, key=lambda pair: (ORDER.index(pair[0].kind), pair[0].id)):
            if count is None:
                self.take_all(day, fact)

    @staticmethod
    def red_order(key):
        return ({"way": 0, "at": 1, "exit": 2}[key[0]], key[1:])

    def fill(self, day, key, morning):
        place = key[1]
        ways, places = self.accounts("way"), [one for one in self.accounts("at") if one[1]]
        free = []
        if key[0] == "way":
            free += [one for one in ways if key[2] and one[2] == key[2]]
            free += [one for one in ways if one[1] == place]
            free += [one for one in ways if one[1] == ""]
            if self.plain.is_exit(place):
                free += self.accounts("left")
        elif place:
            free += [one for one in ways if one[1] == place]
        surprise = 0
        rest = [("at", ""), *(one for one in places if one[1] != place), *ways]
        for giver in [*free, *(one for one in rest if one not in free)]:
            if giver == key:
                continue
            most = self.holds[giver] if giver in free else min(self.holds[giver], morning.get(giver, 0))
            taken = max(0, min(most, -self.holds[key]))
            self.move(giver, key, taken)
            if giver not in free and giver != ("at", ""):
                surprise += taken
        if self.holds[key] < 0:
            self.nowhere -= self.holds[key]
            self.plain.gap("from_nowhere", "serious", self, place, day, -self.holds[key])
            self.holds[key] = 0
        if surprise and key != ("at", ""):
            self.gap(key[0] == "way", place, day, surprise)

    def gap(self, arrival, place, day, count):
        kind, severity = ("never_departed", "note") if arrival else ("not_there", "warning")
        self.plain.gap(kind, severity, self, place, day, count)

    def take_all(self, day, fact):
        source, goal = self.ends(fact)
        place, ways = fact.place or "", self.accounts("way")
        guess = []
        if fact.kind == "arrival":
            guess = [one for one in [*self.accounts("at"), *ways] if one != goal]
            choices = [
                [one for one in ways if fact.move and one[2] == fact.move],
                [one for one in ways if one[1] == place],
                [one for one in ways if one[1] == ""],
                self.accounts("left") if self.plain.is_exit(place) else [],
                guess,
            ]
        elif not place:
            choices = [[*self.accounts("at"), *ways]]
        else:
            choices = [[source], [one for one in ways if one[1] == place], [("at", "")]]
        for choice in choices:
            given = {one: self.holds[one] for one in choice if self.holds[one] > 0 and one != goal}
            if given:
                break
        for one, count in given.items():
            self.move(one, goal, count)
        if goal[0] == "way" and given:
            self.departures[goal].append((day, place, sum(given.values())))
        last = fact.kind == "arrival" and choice is choices[-1]
        surprise = sum(count for one, count in given.items() if last and one != ("at", ""))
        if surprise or not given:
            self.gap(fact.kind == "arrival", place, day, surprise)

    def left_by(self, day):
        held = self.on(day)
        return sum(count for key, count in held.items() if key[0] in {"exit", "left"})

    def on(self, day):
        """What the accounts held on an evening."""
        return self.history[day]

    def underway(self):
        """What is on the way by departure: the latest departures of each account make up what it holds."""
        for key in sorted(key for key, count in self.holds.items() if key[0] == "way" and count > 0):
            left, parts = self.holds[key], []
            together = defaultdict(int)
            for day, origin, count in self.departures[key]:
                together[day, origin] += count
            for (day, origin), count in sorted(together.items(), reverse=True):
                if left and count:
                    parts.append((self.kind, self.id, origin, key[1], min(left, count), day, key[2] or None))
                    left -= min(left, count)
            yield from reversed(parts)


class Plain:
    """Everything that the standing tells, in plain values."""

    def __init__(self, mission, pairs, on, known_on):
        self.mission, self.today = mission, on
        self.start = mission.mission.cessation
        self.alerts = []
        self.gaps = defaultdict(list)
        self.known = [(recorded, fact) for recorded, fact in pairs if recorded <= known_on]
        self.holding = [(recorded, fact) for recorded, fact in in_force(pairs, known_on) if fact.happened <= on]
        self.books = [
            *(Book(self, "unit", row, row.site, row.strength) for row in sorted(mission.units, key=lambda row: row.id)),
            *(Book(self, "lot", row, row.site, row.count) for row in sorted(mission.equipment, key=lambda row: row.id)),
            *(Book(self, "lift", row, row.base, row.count) for row in sorted(mission.lift, key=lambda row: row.id)),
        ]
        self.book = {(book.kind, book.id): book for book in self.books}
        self.unnamed = []
        self.unbooked = defaultdict(list)
        self.last_outs, self.handovers = self.days_of("last_out"), self.days_of("handover")
        self.play()
        self.tell()

    # What the mission says.
    def is_exit(self, place):
        return place in self.mission.exit and self.mission.exit[place].kind != "waypoint"

    def other_end(self, leg, place):
        row = self.mission.leg.get(leg or "")
        if row is None or place not in {row.from_place, row.to_place}:
            return ""
        return row.to_place if place == row.from_place else row.from_place

    def days_of(self, kind):
        found = defaultdict(set)
        for _, fact in self.holding:
            if fact.kind == kind and fact.happened > self.start and fact.place in self.mission.place:
                found[fact.place].add(fact.happened)
        return {place: sorted(days) for place, days in sorted(found.items())}

    # The days.
    def play(self):
        by_day = defaultdict(lambda: defaultdict(list))
        for _, fact in self.holding:
            if fact.kind in ORDER and fact.happened > self.start:
                booked = self.bookable(fact)
                if booked:
                    by_day[fact.happened][booked[0]].append((fact, booked[1]))
        day = self.start
        for book in self.books:
            book.history[day] = dict(book.holds)
        while day < self.today:
            day += timedelta(days=1)
            for book in self.books:
                book.evening(day, by_day[day][book])
                if book.kind == "unit":
                    self.leave(book, day)
                if book.kind == "lot" and "hand_over" in book.row.dispositions:
                    self.hand_over(book, day)
                book.history[day] = dict(book.holds)

    def leave(self, book, day):
        for place, days in self.last_outs.items():
            count = book.holds["at", place]
            if day in days and count:
                book.move(("at", place), ("at", ""), count)
                book.swept.append((day, place, count))

    def hand_over(self, book, day):
        for place, days in self.handovers.items():
            if day in days:
                book.move(("at", place), ("gone", "hand_over"), book.holds["at", place])

    def bookable(self, fact):
        """The book that a fact moves and by how much (None: all), or nothing."""
        things = [(kind, getattr(fact, kind)) for kind in ("unit", "lot", "lift") if getattr(fact, kind)]
        names = [place for place in (fact.place, fact.to) if place]
        strange = any(place not in self.mission.place for place in names)
        strange |= bool(fact.leg) and fact.leg not in self.mission.leg
        strange |= bool(things) and things[0] not in self.book
        if strange:
            return self.unbooked["strange"].append(fact)
        book = self.book[things[0]] if things else None
        sound = fact.count_of in BOOKABLE[book.kind if book else "unit"]
        each = 1
        if book and book.kind == "lot" and fact.count_of == "teu":
            each, sound = book.row.teu_each, book.row.teu_each > 0
        count = None if fact.count is None or not sound else math.floor(fact.count / each + 0.5)
        if book is None:
            goal = fact.to or self.other_end(fact.leg, fact.place or "")
            out = self.is_exit(fact.place) and (not goal or self.is_exit(goal))
            if sound and count and fact.kind == "departure" and out:
                self.unnamed.append((fact.happened, count, fact.count_of))
                return None
            return self.unbooked["no thing"].append(fact)
        if not sound or (fact.kind == "arrival" and not fact.place) or (fact.kind == "disposal" and book.kind != "lot"):
            return self.unbooked["no count"].append(fact)
        return book, count

    # What is told of it.
    def tell(self):
        units = [book for book in self.books if book.kind == "unit"]
        self.people, self.lots, self.lift = (self.where(kind) for kind in ("unit", "lot", "lift"))
        self.on_the_way = [row for book in self.books for row in book.underway()]
        self.left = {book.id: count for book in units if (count := self.left_of(book, self.today))}
        if unnamed := sum(count for _, count, _ in self.unnamed):
            self.left[""] = unnamed
        self.gone = {book.id: fates for book in self.books if book.kind == "lot" and (fates := self.fates(book))}
        self.lift_gone = {
            book.id: sum(fates.values()) for book in self.books if book.kind == "lift" and (fates := self.fates(book))
        }
        self.nowhere = {(book.kind, book.id): book.nowhere for book in self.books if book.nowhere}
        self.last_out = {place: days[-1] for place, days in self.last_outs.items()}
        self.handed_over = {place: days[-1] for place, days in self.handovers.items()}
        self.steps = self.steps_done()
        self.headcount()
        strength = sum(book.row.strength + book.nowhere for book in units)
        self.people_remaining = max(0, strength - self.left_total)
        self.open_sites = [site.id for site in self.mission.sites if site.id not in self.last_out]
        self.alert_all()

    def where(self, kind):
        found = defaultdict(dict)
        for book in self.books:
            for key, count in book.holds.items():
                if book.kind == kind and key[0] == "at" and count:
                    found[book.id][key[1]] = count
        return dict(found)

    def left_of(self, book, day):
        return book.left_by(min(max(day, self.start), self.today)) if self.today >= self.start else 0

    @staticmethod
    def fates(book):
        found = defaultdict(int)
        for key, count in book.holds.items():
            if count and key[0] in {"exit", "left", "gone"}:
                found[key[1] if key[0] == "gone" else "exit"] += count
        return dict(found)

    def steps_done(self):
        done = defaultdict(set)
        for site in self.mission.sites:
            done[site.id] |= set(site.steps_done)
        for _, fact in self.holding:
            if fact.kind == "inspection" and fact.step and fact.happened > self.start:
                done[fact.place].add(fact.step)
        order = [step.id for step in self.mission.closure_steps]
        return {
            site.id: tuple(sorted(done[site.id] & set(order), key=order.index))
            for site in self.mission.sites
            if done[site.id]
        }

    @staticmethod
    def belongs(kind, of):
        if of == "people":
            return True
        if kind in {"civilian_international", "civilian_national"}:
            return False
        return of == "uniformed" or kind not in {"formed_police", "individual_police"}

    def record_left(self, of, day):
        named = sum(
            self.left_of(book, day) for book in self.books if book.kind == "unit" and self.belongs(book.row.kind, of)
        )
        told = {"people": {None, "people", "uniformed", "military"}, "uniformed": {"uniformed", "military"}}
        return named + sum(
            count for when, count, what in self.unnamed if when <= day and what in told.get(of, {"military"})
        )

    def headcount(self):
        latest, self.same_day = {}, defaultdict(set)
        rows = [
            (fact.happened, recorded, fact.id, fact)
            for recorded, fact in self.holding
            if fact.kind == "headcount"
            and fact.count is not None
            and fact.count_of in {None, "people", "uniformed", "military"}
            and fact.happened >= self.start
            and (not fact.place or fact.place in self.mission.place)
            and (not fact.unit or fact.unit in self.mission.unit)
            and not (fact.lot or fact.lift)
        ]
        for happened, recorded, name, fact in sorted(rows, key=lambda row: row[:3]):
            count = math.floor(fact.count + 0.5)
            key = (fact.counted == "left", fact.place or "", fact.unit, fact.count_of or "people")
            latest[key] = (happened, recorded, name, count)
            self.same_day[key, happened].add(count)
        self.latest = latest
        everyone = {key[3]: value for key, value in latest.items() if key[:3] == (True, "", None)}
        best = max(everyone.items(), key=lambda item: item[1][:3], default=None)
        self.left_reported = (best[1][0], best[1][3], best[0]) if best else None
        record = self.record_left("people", self.today)
        self.left_total = max(
            [record, *(row[3] + record - self.record_left("people", row[0]) for row in everyone.values())]
        )
        places = {key[1] for key in latest if not key[0] and key[2] is None}
        self.headcounts = {}
        for place in places:
            rows = [(value, key[3]) for key, value in latest.items() if key[:3] == (False, place, None)]
            value, of = max(rows, key=lambda row: row[0][:3])
            self.headcounts[place] = (value[0], value[3], of)

    # Alerts: (kind, severity, when, where, people, dollars, days).
    def gap(self, kind, severity, book, place, day, count):  # noqa: PLR0913, PLR0917
        self.gaps[kind, severity, book, place].append((day, count))

    def alert(self, kind, severity, when, where, people=0, usd=0.0, days=0):  # noqa: PLR0913, PLR0917
        self.alerts.append((kind, severity, when, where or None, people, round(usd, 2), days))

    def worth(self, book, count):
        return (count if book.kind == "unit" else 0), (count * book.row.value_each if book.kind == "lot" else 0.0)

    def alert_all(self):
        for (kind, severity, book, place), rows in self.gaps.items():
            self.alert(
                kind, severity, max(day for day, _ in rows), place, *self.worth(book, sum(count for _, count in rows))
            )
        for word, days_at in (("last_outs", self.last_outs), ("handovers", self.handovers)):
            for place, days in days_at.items():
                if len(days) > 1:
                    self.alert(word, "warning", days[-1], place, days=(days[-1] - days[0]).days)
        self.alert_sites()
        self.alert_late()
        self.alert_headcounts()
        for facts in self.unbooked.values():
            self.alert("not_booked", "note", max(fact.happened for fact in facts), None)
        self.alert_corrections()

    def alert_sites(self):
        units = [book for book in self.books if book.kind == "unit"]
        heard = {}
        for book in units:
            unknown = book.holds["at", ""]
            for _, place, count in sorted(book.swept, reverse=True):
                heard[place] = heard.get(place, 0) + min(unknown, count)
                unknown -= min(unknown, count)
        for place in sorted({*self.last_outs, *self.handovers}):
            now = sum(book.holds["at", place] for book in units)
            left, over = self.last_outs.get(place, ()), self.handovers.get(place, ())
            if left and (people := now + heard.get(place, 0)):
                self.alert("after_last_out", "serious", left[-1], place, people, days=(self.today - left[-1]).days)
            if over and not left and now:
                self.alert("handed_over", "warning", over[-1], place, now, days=(self.today - over[-1]).days)
            lots = [book for book in self.books if book.kind == "lot" and book.holds["at", place] > 0]
            if lots:
                day = max([*left, *over])
                usd = sum(book.row.value_each * book.holds["at", place] for book in lots)
                self.alert("left_behind", "warning", day, place, usd=usd, days=(self.today - day).days)

    def contested(self, origin, goal):
        """Days of the quickest way of each mode, the slowest of these; else by several modes, else the longest leg."""
        legs = [(leg.mode, leg.from_place, leg.to_place, leg.contested_days) for leg in self.mission.legs]
        nominal = [leg.nominal_days for leg in self.mission.legs]
        legs = [(*leg[:3], least if leg[3] is None else leg[3]) for leg, least in zip(legs, nominal, strict=True)]
        if origin and goal:
            ways = [
                self.quickest([leg for leg in legs if leg[0] == mode], origin, goal)
                for mode in {leg[0] for leg in legs}
            ]
            ways = [days for days in ways if days is not None] or [self.quickest(legs, origin, goal)]
            if ways[0] is not None:
                return max(ways)
        return max((leg[3] for leg in legs), default=0.0)

    @staticmethod
    def quickest(legs, origin, goal):
        reached, edge = {origin: 0.0}, [origin]
        while edge:
            here = min(edge, key=reached.get)
            edge.remove(here)
            for _, one, other, days in [*legs, *((leg[0], leg[2], leg[1], leg[3]) for leg in legs)]:
                if one == here and reached[here] + days < reached.get(other, math.inf):
                    reached[other] = reached[here] + days
                    edge.append(other)
        return reached.get(goal)

    def alert_late(self):
        late = defaultdict(list)
        for kind, name, origin, goal, count, since, _ in self.on_the_way:
            limit = round(2 * self.contested(origin, goal) + 2)
            days = (self.today - since).days - limit
            if days > 0:
                late[kind, name, goal].append((count, since, days))
        for (kind, name, goal), rows in late.items():
            self.alert(
                "on_the_way",
                "serious" if kind == "unit" else "warning",
                min(since for _, since, _ in rows),
                goal,
                *self.worth(self.book[kind, name], sum(count for count, _, _ in rows)),
                days=max(days for _, _, days in rows),
            )

    def alert_headcounts(self):
        for (left, place, unit, of), (day, _, _, count) in self.latest.items():
            if len(counts := self.same_day[(left, place, unit, of), day]) > 1:
                self.alert("headcounts", "warning", day, place, max(counts) - min(counts))
            if left:
                continue
            record = 0
            for book in self.books:
                if book.kind == "unit" and unit in {None, book.id} and self.belongs(book.row.kind, of):
                    held = book.on(min(max(day, self.start), self.today))
                    record += sum(
                        number
                        for key, number in held.items()
                        if (key == ("at", place) if place else key[0] in {"at", "way"})
                    )
            if record != count:
                self.alert("headcount", "warning", day, place, abs(record - count))
        if self.left_reported:
            day, count, of = self.left_reported
            if (record := self.record_left(of, day)) != count:
                self.alert("left_total", "warning", day, None, abs(record - count))

    def alert_corrections(self):
        known = {fact.id: fact for _, fact in self.known}
        corrections = [fact for fact in known.values() if fact.kind == "correction"]
        if lost := [fact for fact in corrections if fact.corrects not in known]:
            self.alert("correction", "note", max(fact.happened for fact in lost), None)
        seen = set()
        for fact in corrections:
            path, one = [], fact
            while one is not None and one.kind == "correction" and one.id not in path:
                path.append(one.id)
                one = known.get(one.corrects)
            if one is not None and one.id in path and one.id not in seen:
                circle = path[path.index(one.id) :]
                seen |= set(circle)
                self.alert("correction", "note", max(known[name].happened for name in circle), None)


def plain_standing(mission, pairs, on, known_on):
    """The standing in plain values; facts have distinct ids."""
    return Plain(mission, pairs, on, known_on)
