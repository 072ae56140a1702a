"""The rows of a mission, one class a table.

Generated from vocabulary/*.csv by `make generate`, hence its length; do not edit.
"""

# fmt: off
# ruff: noqa: E501
from typing import Annotated, Literal

from pydantic import Field

from drawdown.mission.row import Country, Day, Id, MonthDay, Row, Text, Word


class Header(Row):
    """The mission itself: its days, its host State and its defaults."""

    format: Annotated[int, Field(ge=0, le=1000000000)]
    """Version of this file format; this page describes version 1."""
    id: Id
    """Short name of the mission: lower-case letters digits and hyphens."""
    name: Text
    """Full name of the mission."""
    host: Country
    """Host State, as ISO 3166-1 alpha-3."""
    cessation: Day
    """Day on which operations stop; day 0 of every plan."""
    deadline: Day
    """Day by whose end everyone but the liquidation team is out."""
    liquidation_end: Day
    """Day by whose end the last liquidation site is closed."""
    prepared_from: Day | None = None
    """Day from which clearances may have been asked before a plan is made; blank for the day on which it is made."""
    pace: Annotated[float, Field(ge=0.0, le=1.0)] = 0.5
    """Where planned road days lie between nominal (0) and contested (1). [1]"""
    pace_spread: Annotated[float, Field(ge=0.0, le=5.0)] = 0.0
    """Spread of a convoy's pace around the pace as a standard deviation in log-odds; 0 for no chance. [1]"""
    pace_shared: Annotated[float, Field(ge=0.0, le=1.0)] = 0.5
    """Share of that variance that all convoys on roads of one hazard class have in common. [1]"""
    turnaround_days: Annotated[int, Field(ge=0, le=1000000000)] = 2
    """Days that lift stays at the far end of a convoy to load before it turns round. [day]"""
    capable_force: Annotated[int, Field(ge=0, le=1000000000)] = 100
    """Armed people that a site needs to cover the civilians around it. [person]"""
    casevac_km: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 300.0
    """Greatest distance from a casualty-evacuation aircraft's base to a site that it covers. [km]"""
    person_day_usd: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Cost of keeping one person in the mission for one day. [USD/day]"""
    last_resort_days: Annotated[int, Field(ge=0, le=1000000000)] = 21
    """Destruction is allowed only in this many days up to a site's last-out. [day]"""
    last_resort_reasons: tuple[Word, ...] = ("transport_refused", "no_lift_in_time", "unsafe_to_move", "beyond_repair")
    """Reasons that may be given for destroying a lot."""
    turn_in_spread: Annotated[float, Field(ge=0.0, le=3.0)] = 0.0
    """Log-normal spread of the real number of items of a UN-owned lot around its count; 0 for no chance. [1]"""
    give_up_days: Annotated[int, Field(ge=0, le=1000000000)] = 14
    """Days after its planned day that a load waits before it may be given up as a last resort. [day]"""
    supply_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Days beyond the planned journey that a convoy's fuel, food and water last; 0 for any length. [day]"""
    note: Text | None = None
    """Remark for readers."""


class Phase(Row):
    """Named windows with the sites that should be out by their end."""

    id: Id
    """Short name of the phase."""
    name: Text
    """Name as planners say it."""
    from_date: Day
    """First day of the window."""
    to_date: Day
    """Day by whose end the sites of this phase should be out."""


class Season(Row):
    """The season calendar."""

    id: Id
    """Short name of the season."""
    name: Text
    """Name as planners say it."""
    from_day: MonthDay
    """First day of the season in every year (MM-DD)."""
    to_day: MonthDay
    """Last day of the season in every year (MM-DD); may lie in the next year."""


class Course(Row):
    """Courses of action: the weights of the five measures."""

    id: Id
    """Short name of the course of action."""
    name: Text
    """Name as planners say it."""
    time: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Worth of closing one site one day earlier. [USD/site-day]"""
    risk: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Worth of one expected casualty avoided. [USD/casualty]"""
    equipment: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Worth of one dollar of equipment value not lost. [USD/USD]"""
    protection: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Worth of one civilian covered for one day. [USD/civilian-day]"""
    cost: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Worth of one dollar not spent. [USD/USD]"""


class Crew(Row):
    """Crews that close sites."""

    id: Id
    """Short name of the kind of closure crew."""
    name: Text
    """Name as planners say it."""
    count: Annotated[int, Field(ge=0, le=1000000000)]
    """Crews of this kind that can work at the same time in the whole mission. [crew]"""


class DisposalGroup(Row):
    """Asset disposal groups of UN-owned equipment."""

    id: Literal["I", "II", "III", "IV", "V"]
    """Asset disposal group of UN-owned equipment."""
    name: Text
    """What the group is."""
    dispositions: tuple[Literal["repatriate", "redeploy", "sell", "donate", "hand_over", "scrap", "destroy"], ...]
    """What may become of a lot of this group."""
    offer_days: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Days after cessation for which the lot is first offered to the groups before this one. [day]"""


class Site(Row):
    """Places that the mission holds."""

    id: Id
    """Short name of the site."""
    name: Text
    """Name as it is printed."""
    kind: Literal["headquarters", "super_camp", "camp", "outpost", "temporary_base"]
    """What kind of place it is."""
    region: Text | None = None
    """Region or sector."""
    lat: Annotated[float, Field(ge=-90.0, le=90.0)]
    """Latitude (WGS 84). [degree]"""
    lon: Annotated[float, Field(ge=-180.0, le=180.0)]
    """Longitude (WGS 84). [degree]"""
    hub: Id | None = None
    """Site to which its people and equipment are drawn in; blank for a hub of its own."""
    phase: Id | None = None
    """Phase by whose end the site should be out."""
    liquidation: bool = False
    """Whether it may stay open after the deadline as a liquidation site."""
    runway_surface: Literal["none", "helipad", "unpaved", "paved"] = "none"
    """Best surface that aircraft can land on."""
    runway_m: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Length of the longest runway. [m]"""
    runway_night: bool = False
    """Whether the runway is lit."""
    flights_per_day: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Flights that the airfield can take in a day; 0 where nothing lands. [flight/day]"""
    airfield_unit: bool = False
    """Whether aeroplanes need an airfield unit on the site."""
    guard: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Armed people who must stay while anything or anyone else remains. [person]"""
    becomes: Literal["civilian_authority", "landowner", "closed"] = "civilian_authority"
    """To whom the site goes at handover."""
    no_handover: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    """Chance that nobody takes the site over. [1]"""
    environmental_work: Text | None = None
    """What has to be cleaned up."""
    protection_radius_km: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Distance within which civilians are covered while a capable force is there. [km]"""
    yard_teu: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Equipment that can stand there at one time; 0 for no limit. [TEU]"""
    hazard_class: Text | None = None
    """Class of the hazards that act on the site day by day."""
    people_at_start: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """People for whom its life support was made; 0 for those there on the day of cessation. [person]"""
    steps_done: tuple[Id, ...] = ()
    """Closure steps that have ended there before the plan begins."""
    running_usd_per_day: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Cost of keeping the site open for one day. [USD/day]"""
    pcode: Text | None = None
    """Place code of the common operational dataset."""
    abroad: bool = False
    """Whether the site lies outside the host State on purpose."""
    note: Text | None = None
    """Remark for readers."""


class Exit(Row):
    """Where people or cargo leave the mission's care."""

    id: Id
    """Short name of the exit."""
    name: Text
    """Name as it is printed."""
    kind: Literal["port", "airport", "border", "waypoint"]
    """What kind of exit it is; waypoint: a place on the road that the mission does not hold and where nothing leaves."""
    country: Country
    """State in which it lies, as ISO 3166-1 alpha-3."""
    lat: Annotated[float, Field(ge=-90.0, le=90.0)]
    """Latitude (WGS 84). [degree]"""
    lon: Annotated[float, Field(ge=-180.0, le=180.0)]
    """Longitude (WGS 84). [degree]"""
    takes: tuple[Literal["people", "equipment"], ...] = ("people", "equipment")
    """What may leave here."""
    contributors: tuple[Word, ...] = ()
    """Contributors (as in units) whose people and equipment may use it; blank for all."""
    people_per_day: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """People who can leave in a day. [person/day]"""
    teu_per_day: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Equipment that can leave in a day. [TEU/day]"""
    runway_surface: Literal["none", "helipad", "unpaved", "paved"] = "none"
    """Best surface that aircraft can land on."""
    runway_m: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Length of the longest runway. [m]"""
    runway_night: bool = False
    """Whether the runway is lit."""
    flights_per_day: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Flights that the airfield can take in a day. [flight/day]"""
    open_from: Day | None = None
    """First day on which it can be used; blank if always."""
    open_to: Day | None = None
    """Last day on which it can be used; blank if always."""
    note: Text | None = None
    """Remark for readers."""


class Unit(Row):
    """Formed units and groups of civilians."""

    id: Id
    """Short name of the unit."""
    name: Text
    """Name as it is printed."""
    contributor: Text
    """Contributing State (ISO 3166-1 alpha-3) or UN for civilians."""
    kind: Literal["infantry", "formed_police", "individual_police", "staff_officers", "engineers", "eod", "aviation", "airfield", "medical", "transport", "signals", "reconnaissance", "guard", "civilian_international", "civilian_national"]
    """What kind of unit it is."""
    site: Id
    """Site where it is stationed."""
    strength: Annotated[int, Field(ge=0, le=1000000000)]
    """People on the day of cessation. [person]"""
    armed: bool = False
    """Whether its people count for guarding a site and covering civilians."""
    enables: tuple[Literal["escort", "eod", "airfield", "engineering", "medical", "transport", "guard"], ...] = ()
    """What other units and sites depend on it for."""
    escort_platoons: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Platoons that it can send with convoys. [platoon]"""
    eod_teams: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Explosive-ordnance teams that it can send with convoys. [team]"""
    rear_party: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """People who stay until the unit's equipment has gone and may stay after the deadline. [person]"""
    stays: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """People named for liquidation (team or guard unit) who stay after the deadline. [person]"""
    stays_at: Id | None = None
    """Liquidation site where they stay."""
    earliest: Day | None = None
    """First day on which people of the unit may leave the mission."""
    latest: Day | None = None
    """Day by whose end the unit must have left but for its rear party and those who stay."""
    exits: tuple[Id, ...] = ()
    """Ways home that the contributor accepts; blank for every exit that takes people."""
    separates: bool = False
    """Whether its people end their contracts where they serve instead of leaving the country."""
    note: Text | None = None
    """Remark for readers."""


class Lot(Row):
    """Lots: a quantity of one kind of equipment of one owner at one site."""

    id: Id
    """Short name of the lot."""
    name: Text
    """What it is."""
    owner: Literal["contingent", "un", "contractor"]
    """Who decides what becomes of it."""
    unit: Id | None = None
    """Unit that owns it; required for contingent-owned equipment."""
    site: Id
    """Site where it is on the day of cessation."""
    kind: Literal["weapons", "ammunition", "armour", "aircraft", "light_vehicle", "heavy_vehicle", "engineering_plant", "container", "generator", "water_plant", "prefab", "medical", "communications", "fuel_storage", "furniture"]
    """What kind of equipment it is."""
    asset_group: Literal["I", "II", "III", "IV", "V"] | None = None
    """Asset disposal group; required for UN-owned equipment."""
    priority: Annotated[int, Field(ge=1, le=5)] = 3
    """1 must come home to 5 least worth moving."""
    count: Annotated[int, Field(ge=0, le=1000000000)]
    """Number of items. [item]"""
    teu_each: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Room that one item takes on lift or at an exit. [TEU]"""
    tonnes_each: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Weight of one item. [t]"""
    self_propelled: bool = False
    """Whether it can be driven in a convoy by the people with it."""
    seats_each: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """People whom one item can carry when driven (its driver included). [seat]"""
    value_each: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Depreciated value of one item. [USD]"""
    dispositions: tuple[Literal["repatriate", "redeploy", "sell", "donate", "hand_over", "scrap", "destroy"], ...]
    """What its owner allows."""
    sensitive: bool = False
    """Whether it may never be sold or given away whatever its class."""
    life_support: bool = False
    """Whether people on the site live by it (power, water, kitchen)."""
    note: Text | None = None
    """Remark for readers."""


class Leg(Row):
    """Links between two places."""

    id: Id
    """Short name of the leg; it can be used both ways."""
    from_place: Id
    """One end."""
    to_place: Id
    """The other end."""
    mode: Literal["road", "air", "river", "rail", "sea"]
    """How it is travelled."""
    km: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Length. [km]"""
    nominal_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Days it takes when nothing goes wrong. [day]"""
    contested_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)] | None = None
    """Days it takes under attack and without air cover; blank for the nominal days. [day]"""
    convoy_limit: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Vehicles in one convoy at most; 0 for no limit. [vehicle]"""
    headway_days: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Days between two departures in the same direction at least. [day]"""
    escort_platoons: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Escort platoons that a convoy needs until the deadline. [platoon]"""
    eod: bool = False
    """Whether the leg is mined so that a convoy needs an explosive-ordnance team."""
    season: Id | None = None
    """Season that slows or closes it."""
    season_factor: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 1.0
    """What the season multiplies the days by. [1]"""
    season_closed: bool = False
    """Whether the season closes it."""
    clearance_class: Text | None = None
    """Class of the host's clearance that a move needs; blank if none."""
    hazard_class: Text | None = None
    """Class of the hazards that act on moves over it."""
    resupply_class: Text | None = None
    """Clearance class of the flights that resupply a convoy on it; blank if it needs none."""
    open_from: Day | None = None
    """First day on which it can be used; blank if always."""
    open_to: Day | None = None
    """Last day on which it can be used; blank if always."""
    note: Text | None = None
    """Remark for readers."""


class Lift(Row):
    """What carries people and equipment."""

    id: Id
    """Short name of the lift."""
    name: Text
    """Name as it is printed."""
    kind: Literal["truck", "haulier", "bus", "helicopter", "aeroplane", "barge", "train", "ship"]
    """What carries."""
    mode: Literal["road", "air", "river", "rail", "sea"]
    """What it travels."""
    base: Id
    """Where it is on the day of cessation; aircraft return there every night."""
    count: Annotated[int, Field(ge=0, le=1000000000)]
    """How many there are. [vehicle]"""
    availability: Annotated[float, Field(ge=0.0, le=1.0)] = 1.0
    """Share of them that can be counted on. [1]"""
    no_show: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    """Chance that it does not turn up for a move on the day. [1]"""
    no_show_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Days later that it then comes. [day]"""
    teu: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Equipment that one carries. [TEU]"""
    tonnes: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Weight that one carries. [t]"""
    seats: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """People whom one carries. [seat]"""
    sorties_per_day: Annotated[int, Field(ge=0, le=1000000000)] = 1
    """Flights that one aircraft makes in a day. [sortie/day]"""
    range_km: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Longest leg that one aircraft flies; 0 for no limit. [km]"""
    runway_m: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Runway that it needs. [m]"""
    runway_surfaces: tuple[Literal["helipad", "unpaved", "paved"], ...] = ()
    """Surfaces that it can land on; blank for every one."""
    available_from: Day | None = None
    """First day of service; blank if always."""
    available_to: Day | None = None
    """Last day of service; blank if always."""
    commercial: bool = False
    """Whether it is a contractor's that may run without escort after the deadline."""
    casevac: bool = False
    """Whether it evacuates casualties."""
    usd_per_day: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Cost of one on a day in use. [USD/day]"""
    usd_per_km: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Cost of one a kilometre. [USD/km]"""
    note: Text | None = None
    """Remark for readers."""


class Clearance(Row):
    """The host's permissions, by class of moves."""

    id: Id
    """Short name of the row."""
    clearance_class: Text
    """Class of moves that it is about; legs name it."""
    mode: Literal["road", "air", "river", "rail", "sea"]
    """How those moves travel."""
    area: Text
    """Where."""
    state: Literal["ask", "open", "blocked"]
    """ask: permission each time; open: none needed; blocked: none given."""
    from_date: Day | None = None
    """First day on which this holds; blank if since the start."""
    to_date: Day | None = None
    """Last day on which this holds; blank if to the end."""
    lead_days: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Days before departure by which it must be asked. [day]"""
    refusal: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    """Chance of a refusal. [1]"""
    asked: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Requests counted in the period. [request]"""
    refused: Annotated[int, Field(ge=0, le=1000000000)] = 0
    """Requests refused in the period. [request]"""
    late: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    """Chance that an answer comes late. [1]"""
    late_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Mean number of days that a late answer takes longer. [day]"""
    blocks: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Blanket blocks counted. [block]"""
    blocks_over_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Days over which the blocks were counted. [day]"""
    block_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Mean length of a block. [day]"""
    known_on: Day | None = None
    """Day on which it was known; a plan made before that day does not know it."""
    source: Id | None = None
    """Document that says so."""
    note: Text | None = None
    """Remark for readers."""


class Hazard(Row):
    """Events counted against what was exposed to them."""

    id: Id
    """Short name of the row."""
    hazard_class: Text
    """Class of legs or sites that it is about; legs and sites name it."""
    kind: Literal["ied", "armed_attack", "indirect_fire", "breakdown", "weather", "accident", "closing"]
    """What happens; closing: a way is shut from one day to the next."""
    from_date: Day
    """First day of the period counted."""
    to_date: Day
    """Last day of the period counted."""
    events: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """Events counted in the period. [event]"""
    exposure: Annotated[float, Field(ge=0.0, le=1000000000000.0)]
    """What was exposed in the period."""
    exposure_unit: Literal["vehicle_km", "convoy_km", "site_days", "days"]
    """Unit of the exposure; days: calendar days for a closing."""
    delay_days: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Days lost per event; for a closing the mean number of days that the way stays shut. [day]"""
    vehicles_lost: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """Vehicles lost per event. [vehicle]"""
    casualties: Annotated[float, Field(ge=0.0, le=1000000000000.0)] = 0.0
    """People killed or wounded per event. [person]"""
    rise: Annotated[float, Field(ge=1.0, le=1000000000000.0)] = 1.0
    """What the rate is multiplied by once a site on a leg of the class has been left. [1]"""
    source: Id | None = None
    """Document that says so."""
    note: Text | None = None
    """Remark for readers."""


class Authority(Row):
    """What the mandate allows, dated and placed."""

    id: Id
    """Short name of the authority."""
    function: Literal["withdraw", "secure_movements", "protect_un", "respond_to_imminent_threats", "support_humanitarian_delivery", "extract_in_danger", "medical_evacuation", "transfer_tasks", "liquidate", "guard_liquidation", "rear_party", "support_political_process", "stabilise_population_centres", "protect_civilians", "monitor_human_rights", "support_humanitarian_assistance", "extend_state_authority", "french_intervention_in_support"]
    """What may be done."""
    from_date: Day
    """First day."""
    to_date: Day
    """Last day."""
    area: Literal["everywhere", "immediate_vicinity", "along_routes", "sites"]
    """Where it may be done."""
    places: tuple[Id, ...] = ()
    """Places to which it is limited; blank for all."""
    who: Text | None = None
    """Who may do it."""
    conditions: Text | None = None
    """On what conditions."""
    reference: Text
    """Text and paragraph."""
    adopted: Day | None = None
    """Day on which the text was adopted."""
    votes: Text | None = None
    """Votes for against and abstaining."""
    source: Id | None = None
    """Document that says so."""
    note: Text | None = None
    """Remark for readers."""


class Obligation(Row):
    """What the mandate demands by a date."""

    id: Id
    """Short name of the obligation."""
    name: Text
    """What is owed."""
    kind: Literal["report", "plan", "handover", "agreement", "departure"]
    """What kind of thing it is."""
    due: Day
    """Day by whose end it is due."""
    owed_by: Text | None = None
    """Who owes it."""
    owed_to: Text | None = None
    """To whom."""
    met_on: Day | None = None
    """Day on which it was met; blank if not or not yet."""
    reference: Text
    """Text and paragraph."""
    adopted: Day | None = None
    """Day on which the text was adopted; blank: owed from the day of cessation (or from the day that is due if that is earlier)."""
    source: Id | None = None
    """Document that says so."""
    note: Text | None = None
    """Remark for readers."""


class MandateEvent(Row):
    """The life cycle of the mandate, from its first day to liquidation."""

    id: Id
    """Short name of the event."""
    day: Day
    """Day on which it happened or from which it holds."""
    kind: Literal["established", "transfer_of_authority", "ceiling", "renewed", "consent_withdrawn", "rotations_suspended", "rotations_resumed", "terminated", "cessation_from", "withdrawal_by", "liquidation_from", "other"]
    """What happened to the mandate."""
    name: Text
    """What happened in words."""
    number: Annotated[int, Field(ge=0, le=1000000000)] | None = None
    """Of a ceiling: how many people at most. [people]"""
    number_of: Literal["military", "police", "civilians", "people"] | None = None
    """Of a ceiling: who counts towards it."""
    until: Day | None = None
    """Last day to which it holds by its text; blank if the text says none."""
    reference: Text
    """Text and paragraph."""
    votes: Text | None = None
    """Votes for against and abstaining."""
    source: Id | None = None
    """Document that says so."""
    note: Text | None = None
    """Remark for readers."""


class Settlement(Row):
    """Civilians whom an open site with a capable force covers."""

    id: Id
    """Short name of the settlement."""
    name: Text
    """Name as it is printed."""
    lat: Annotated[float, Field(ge=-90.0, le=90.0)]
    """Latitude (WGS 84). [degree]"""
    lon: Annotated[float, Field(ge=-180.0, le=180.0)]
    """Longitude (WGS 84). [degree]"""
    population: Annotated[int, Field(ge=0, le=1000000000)]
    """Civilians who live there. [person]"""
    note: Text | None = None
    """Remark for readers."""


class ClosureStep(Row):
    """The steps of closing a site."""

    id: Id
    """Short name of the step."""
    name: Text
    """What is done."""
    site_kinds: tuple[Literal["headquarters", "super_camp", "camp", "outpost", "temporary_base"], ...] = ()
    """Kinds of site that need it; blank for all."""
    after: tuple[Id, ...] = ()
    """Steps that must have ended before it starts."""
    days: Annotated[int, Field(ge=1, le=1000000000)]
    """Length. [day]"""
    crew: Id | None = None
    """Kind of crew that does it; blank if none is needed."""
    crews: Annotated[int, Field(ge=0, le=1000000000)] = 1
    """Crews that it needs. [crew]"""
    moment: Literal["before_last_out", "any", "after_last_out"] = "any"
    """Whether it must end by last-out or start on or after it."""
    max_stock_share: Annotated[float, Field(ge=0.0, le=1.0)] = 1.0
    """Share of the site's own equipment (by TEU) that may still be there when it starts. [1]"""
    needs: Literal["engineering", "eod", "medical"] | None = None
    """What a unit at the site or its hub must enable on every day of it."""
    role: Literal["work", "environmental_clearance", "handover"] = "work"
    """What the rules take it for."""
    note: Text | None = None
    """Remark for readers."""


class Source(Row):
    """Documents."""

    id: Id
    """Short name of the document."""
    title: Text
    """Title."""
    publisher: Text | None = None
    """Who published it."""
    published: Day | None = None
    """Day of publication (not the day that its figures are about)."""
    kind: Literal["un_document", "un_news", "press", "dataset", "academic", "government", "general_knowledge"]
    """What kind of document it is."""
    address: Text | None = None
    """Where it was found."""
    note: Text | None = None
    """Remark for readers."""


class Claim(Row):
    """What documents say, what is derived, and what is assumed."""

    id: Id
    """Short name of the claim."""
    topic: Text | None = None
    """What it is about where no table holds it; claims of one topic are compared."""
    table: Text | None = None
    """Table of the value that it states."""
    row: Text | None = None
    """Row id of the value or * for every row."""
    column: Text | None = None
    """Column of the value or * for every column."""
    value: Text | None = None
    """What it states; blank where the reason speaks for many values."""
    unit: Text | None = None
    """Unit of the value."""
    basis: Literal["reported", "derived", "assumed"]
    """reported: a document says so; derived: arithmetic on claims; assumed: ours."""
    source: Id | None = None
    """Document; required if reported."""
    as_of: Day | None = None
    """Day that it is true of; required if reported."""
    adopted: bool = True
    """Whether the mission uses it."""
    reason: Text | None = None
    """Why it is adopted or not; how it is derived; why it is assumed."""


class WhatIf(Row):
    """What might be otherwise: changes of cells that a stress test compares."""

    id: Id
    """Short name of the row."""
    what_if: Text
    """Short name given on the command line; rows with the same one belong together."""
    name: Text
    """The question as it is printed."""
    table: Text
    """Table of the mission whose row changes; or plan for the whole plan."""
    row: Text
    """Id of the row that changes; a new id adds a row; for table plan write plan."""
    column: Text
    """Column whose cell changes; for table plan shift_days (whole days by which every action moves)."""
    value: Text | None = None
    """What the cell then holds; blank clears it."""
    note: Text | None = None
    """Remark for readers."""


class Actual(Row):
    """What happened (for past missions)."""

    id: Id
    """Short name of the fact; the same fact always has the same."""
    happened: Day
    """Day on which it happened (the first if it lasted)."""
    recorded: Day | None = None
    """Day on which it was reported; blank for the day on which its source was published or else the day itself."""
    kind: Literal["departure", "arrival", "last_out", "handover", "incident", "clearance_asked", "clearance_granted", "clearance_refused", "clearance_unanswered", "clearance_blocked", "inspection", "disposal", "headcount", "correction"]
    """What happened."""
    place: Id | None = None
    """Where."""
    to: Id | None = None
    """Where a departure goes."""
    leg: Id | None = None
    """On which leg."""
    unit: Id | None = None
    """Which unit."""
    lot: Id | None = None
    """Which lot."""
    lift: Id | None = None
    """Which lift."""
    move: Text | None = None
    """Which move of the plan."""
    count: Annotated[float, Field(ge=0.0, le=1000000000000.0)] | None = None
    """How many or how much."""
    count_of: Literal["people", "uniformed", "military", "vehicles", "items", "teu", "wounded", "killed", "requests", "events", "days"] | None = None
    """What the count counts."""
    counted: Literal["present", "left"] | None = None
    """Of a headcount: those who are present, or those who have left the mission so far; blank for present."""
    hazard: Literal["ied", "armed_attack", "indirect_fire", "breakdown", "weather", "accident"] | None = None
    """Of an incident: what kind."""
    clearance_class: Text | None = None
    """Of a clearance: its class."""
    disposition: Literal["sell", "donate", "hand_over", "scrap", "destroy"] | None = None
    """Of a disposal: what became of it."""
    reason: Text | None = None
    """Of a disposal: why."""
    step: Id | None = None
    """Of an inspection: the closure step that has ended."""
    corrects: Text | None = None
    """Of a correction: the fact that was wrong and holds no more."""
    until: Day | None = None
    """Last day if it lasted."""
    source: Id | None = None
    """Document that says so."""
    note: Text | None = None
    """What happened in our words."""
