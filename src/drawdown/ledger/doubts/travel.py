"""What has been on the way for too long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from drawdown.ledger.doubts.alert import Alert, in_words
from drawdown.ledger.doubts.gaps import place_name, thing_name, worth
from drawdown.ledger.folding.fold import Folded
from drawdown.ledger.folding.things import UNIT
from drawdown.ledger.folding.ways import Underway

#: On the way for longer than so many times the contested days, and so many days, is too long: the slowest convoy of
#: the Mali withdrawal took hardly longer than the contested days, and a station may need a day or two to report.
TIMES, REPORTING = 2, 2


def travel(folded: Folded, ways: Sequence[Underway], today: int) -> Iterator[Alert]:
    """One alert for each thing that is late at a place."""
    late: dict[tuple[int, int], list[tuple[Underway, int]]] = defaultdict(list)
    for row in ways:
        days = today - row.day - round(folded.things.contested[row.origin, row.goal] * TIMES + REPORTING)
        if days > 0:
            late[row.thing, row.goal].append((row, days))
    for (thing, goal), rows in late.items():
        things = folded.things
        count, days = sum(row.count for row, _ in rows), max(days for _, days in rows)
        first = min(row.day for row, _ in rows)
        people, usd = worth(things, thing, count)
        yield Alert(
            "on_the_way",
            "serious" if things.kind[thing] == UNIT else "warning",
            things.mission.date(first),
            things.places[goal] or None,
            f"{count:,} of {thing_name(things, thing)} have been on the way to {place_name(things, goal)} since"
            f" {in_words(things.mission.date(first))}: {days} days longer than it should take at worst",
            "record the arrival, or find them",
            people,
            usd,
            days,
        )
