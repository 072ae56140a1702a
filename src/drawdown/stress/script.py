"""What a future has to play: a plan and its mission, taken apart into numbered piles, acts, ways and processes.

Everything is an index into a tuple of the `Script`, -1 where there is none. Day numbers count from cessation.
`docs/futures.md` says how a future plays a script; `drawdown.stress.compile` makes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag


class Chance(IntFlag):
    """The sources of chance; each can be switched off by itself."""

    PACE = 1
    LATENESS = 2
    REFUSALS = 4
    BLOCKS = 8
    ATTACKS = 16
    WEATHER = 32
    BREAKDOWNS = 64
    LIFT = 128
    CLOSINGS = 256
    TURN_IN = 512
    DISPUTES = 1024
    HANDOVERS = 2048


NO_CHANCE = Chance(0)
ALL_CHANCE = Chance(4095)


class Cause(IntEnum):
    """Why an act has not left yet, in the order in which it is asked."""

    NONE = 0
    LIFT = 1  # its lift has not turned up, or the aircraft is held by weather or a fault
    AFTER = 2  # what must go before it has not gone
    LAST_OUT = 3  # others and their loads, or steps, come before the last people of a site
    FIRE = 4  # the site is under fire
    CLEARANCE = 5  # not answered yet, or refused
    BLOCK = 6  # a blanket block
    ROUTE = 7  # a leg or the exit is shut
    HEADWAY = 8  # another convoy is too near
    STOCK = 9  # people, load, lift or escorts are still to come
    AIRCRAFT = 10  # no sorties left in the day
    AIRFIELD = 11  # no flight slots left in the day
    EXIT = 12  # the exit takes no more today
    GUARD = 13  # the site would be below its guard
    CASEVAC = 14  # the site would be without casualty evacuation
    PACE = 15  # on the road: slower than planned
    ATTACK = 16  # on the road: attacked
    BREAKDOWN = 17  # on the road: broken down
    SUPPLY = 18  # on the road: out of supplies
    QUEUE = 19  # at the exit: waiting for a place


class Reason(IntEnum):
    """Why equipment was lost."""

    ATTACK = 0
    TRANSPORT_REFUSED = 1
    NO_LIFT_IN_TIME = 2
    UNSAFE_TO_MOVE = 3
    HANDOVER_FAILED = 4
    LEFT_BEHIND = 5


class Event(IntEnum):
    """What a future writes into its log; each row is (day, event, a, b)."""

    DEPARTED = 1  # act, 0
    FLEW_INSTEAD = 2  # act, people who left by its alternative
    ARRIVED = 3  # act, 0 (its own way; the evening on which it arrives)
    DISPOSED = 4  # act, items
    SEPARATED = 5  # act, people
    GAVE_UP = 6  # act, reason
    CANCELLED = 7  # act, 0
    STARTED = 8  # run, 0
    DESTROYED = 9  # pile, items
    LAST_OUT = 10  # site, 0
    HANDED_OVER = 11  # site, 1 or 0 if nobody took it
    ATTACKED = 12  # act (or -1 - site), attacks
    HURT = 13  # act (or -1 - site), casualties
    VEHICLES_LOST = 14  # act, vehicles
    RESUPPLIED = 15  # act, resupplies
    BLOCKED = 16  # clearance class, last day
    SHUT = 17  # hazard class, last day


class Kind(IntEnum):
    """What a pile is of."""

    PEOPLE = 0
    LOT = 1
    LIFT = 2
    DETACHMENT = 3
    GUARD = 4  # armed people above a site's guard


class ActKind(IntEnum):
    """What an act does."""

    MOVE = 0
    DISPOSE = 1
    SEPARATE = 2


@dataclass(frozen=True)
class Pile:
    """So many of one thing at one place. ``initial`` is the number at cessation, by forecast for lots.

    ``owner`` is the index of the unit (people, detachments), lot or lift; for guards it is the site.
    ``inflow`` are the takes that bring to the pile, by the evening on which the plan has them ready.
    """

    kind: Kind
    name: str
    place: str
    site: int
    owner: int
    initial: int
    inflow: tuple[int, ...]


@dataclass(frozen=True)
class Take:
    """``count`` of a pile that an act takes in the morning (``source``) and brings to another (``target``).

    Either is -1 where nothing is counted there (what leaves by an exit still has a target: the pile at the exit).
    ``planned`` is the evening on which the plan has it ready in the target; ``lag`` the turnaround days between the
    arrival and that evening. ``before`` takes of the source's inflow are planned to be ready before the act.
    """

    act: int
    kind: Kind
    source: int
    target: int
    count: int
    lag: int
    planned: int
    before: int
    driven: bool = False


@dataclass(frozen=True)
class Passage:
    """One leg of a way in one direction (0 as the mission has it, 1 back), entered ``offset`` days after departure."""

    leg: int
    direction: int
    offset: int


@dataclass(frozen=True)
class Way:
    """How an act travels: its passages, the clearance classes that it needs, and its days at the planned pace."""

    air: bool
    passages: tuple[Passage, ...]
    classes: tuple[int, ...]
    days: int
    exact: float  # the same days before rounding up


@dataclass(frozen=True)
class Carrier:
    """``count`` vehicles (for flights: sorties) of a lift."""

    lift: int
    count: int


@dataclass(frozen=True)
class Alternative:
    """How an act's people can go when its own way is refused or shut: by another mode or to another exit.

    ``exit`` (or -1) and the airfields are its own; the people are counted in the act's target piles all the same.
    Aircraft fly ``sorties``; road lift (``vehicles`` from ``pile``) and escorts (``escorts`` from ``escort_pile``) go
    there and back, and are at their pile again after twice the days of the way.
    """

    way: Way
    exit: int
    origin_field: int
    destination_field: int
    lift: int
    sorties: int
    pile: int
    vehicles: int
    escort_pile: int
    escorts: int


@dataclass(frozen=True)
class Act:
    """A move, a disposal or a separation of the plan, in the order in which a day is worked out.

    ``final`` is the site whose last people it takes, or -1. ``holds_out`` are the sites whose last-out waits until
    it has left, ``holds_in`` until it has arrived. ``after`` are acts that must have left first. ``people``, ``armed``
    and ``medical`` count heads. ``room_teu`` and ``room_tonnes`` are free on its lift. ``slack`` are days that the plan
    allows beyond the planned pace. ``asked`` is the day on which its clearance is asked.
    """

    kind: ActKind
    name: str
    key: int
    day: int
    origin: int
    destination: int
    exit: int
    final: int
    takes: tuple[int, ...]
    people: int
    armed: int
    medical: int
    holds_out: tuple[int, ...]
    holds_in: tuple[int, ...]
    after: tuple[int, ...]
    give_up: int  # day on which it may give its loads up
    way: Way | None = None
    slack: int = 0
    asked: int = 0
    carriers: tuple[Carrier, ...] = ()
    vehicles: int = 0
    room_teu: float = 0.0
    room_tonnes: float = 0.0
    origin_field: int = -1
    destination_field: int = -1
    alternative: Alternative | None = None


@dataclass(frozen=True)
class Run:
    """One closure step at one site."""

    name: str
    site: int
    day: int
    days: int
    crew: int
    crews: int
    after: tuple[int, ...]
    stock_share: float
    before_last_out: bool
    after_last_out: bool
    handover: bool
    skippable: bool
    holds_acts: tuple[int, ...]  # acts (of enabling units) that leave only after it has ended


@dataclass(frozen=True)
class SiteFacts:
    """A site as a future sees it.

    ``lots`` are the piles of equipment that can ever stand there, ``own`` those of its own lots; ``handed`` those
    that go with its handover. ``bases`` are sites from whose aircraft it gets casualty evacuation,
    ``always`` whether an aircraft at an exit does that. ``dependants`` are sites that rely on aircraft based here and
    are planned to be left before it.
    """

    name: str
    key: int
    last_out: int
    handover: int
    liquidation: bool
    guard: int
    running_usd: float
    no_handover: float
    lots: tuple[int, ...]
    own: tuple[int, ...]
    handed: tuple[int, ...]
    people: tuple[int, ...]
    bases: tuple[int, ...]
    always: bool
    dependants: tuple[int, ...]
    processes: tuple[int, ...]


@dataclass(frozen=True)
class LotFacts:
    """A lot: room, weight and value of one item, whether it may be destroyed, and how its number is in doubt.

    ``counts`` are the claims about its number (the first is adopted).
    """

    name: str
    key: int
    teu: float
    tonnes: float
    usd: float
    destroy: bool
    forecast: bool
    counts: tuple[int, ...]


@dataclass(frozen=True)
class LegFacts:
    """A leg: days, km, and the chances that act on it.

    Disputed figures are lists of which the first is adopted; where there are no contested days the nominal hold.
    """

    name: str
    key: int
    air: bool
    km: tuple[float, ...]
    nominal: tuple[float, ...]
    contested: tuple[float, ...]
    season_factor: float
    in_season: tuple[bool, ...]  # by day number
    open: tuple[bool, ...]  # by day number
    headway: int
    hazard: int
    resupply: int


@dataclass(frozen=True)
class ClassFacts:
    """A clearance class of one mode, by day number: state (0 nothing needed, 1 ask, 2 open, 3 blocked), lead, refusal.

    ``asked`` and ``refused`` are the requests counted (0 if none were). ``late`` is the chance of a late answer.
    """

    name: str
    key: int
    state: tuple[int, ...]
    lead: tuple[int, ...]
    refusal: tuple[tuple[float, ...], ...]  # by day, the claims (the first is adopted)
    asked: tuple[int, ...]
    refused: tuple[int, ...]
    late: tuple[float, ...]
    late_days: tuple[float, ...]
    blocks: float
    blocks_over: float
    block_days: float


@dataclass(frozen=True)
class Process:
    """Hazards of one class, kind and exposure unit, pooled: events and exposure, and what one event does.

    ``per`` is 0 convoy-km, 1 vehicle-km, 2 site-days, 3 days. ``chance`` is the source of chance that it belongs to.
    """

    name: str
    key: int
    hazard: int
    per: int
    chance: Chance
    attack: bool
    events: tuple[float, ...]  # the disputed totals; the first is adopted
    exposure: float
    delay: float
    vehicles: float
    casualties: tuple[float, ...]
    rise: float


@dataclass(frozen=True)
class HazardFacts:
    """A class of hazards: its processes on legs, the one that shuts it (or -1), and the sites on its legs."""

    name: str
    key: int
    processes: tuple[int, ...]
    closing: int
    sites: tuple[int, ...]


@dataclass(frozen=True)
class LiftFacts:
    """A lift: ``count`` aircraft of which each is in service on a day with chance ``availability``."""

    name: str
    key: int
    air: bool
    count: int
    in_service: int
    availability: float
    sorties: int
    no_show: float
    no_show_days: int
    usd_day: float
    usd_km: float


@dataclass(frozen=True)
class Script:
    """A mission and a plan, ready to be played. ``days`` is the last day (the end of liquidation)."""

    mission_hash: str
    plan_hash: str
    days: int
    deadline: int
    pace: float
    pace_spread: float
    pace_shared: float
    turn_in_spread: float
    supply_days: float
    person_day_usd: float
    capable_force: int
    piles: tuple[Pile, ...]
    takes: tuple[Take, ...]
    acts: tuple[Act, ...]
    runs: tuple[Run, ...]
    sites: tuple[SiteFacts, ...]
    lots: tuple[LotFacts, ...]
    legs: tuple[LegFacts, ...]
    classes: tuple[ClassFacts, ...]
    processes: tuple[Process, ...]
    hazards: tuple[HazardFacts, ...]
    lift: tuple[LiftFacts, ...]
    fields: tuple[int, ...]  # flights a day that each airfield takes
    exits: tuple[tuple[str, int, float, int, int], ...]  # name, people and TEU a day, first and last open day
    crews: tuple[int, ...]  # crews of each kind
    units: tuple[tuple[str, int, bool, bool, int], ...]  # name, strength, armed, medical, those who may stay
    towns: tuple[tuple[int, tuple[int, ...]], ...]  # population, sites that cover it
    protecting: tuple[bool, ...]  # by day: whether an authority to protect is in force
