import math
from datetime import date

import pytest
from pydantic import ValidationError

from drawdown.mission.tables import Claim, Leg, Season, Settlement, Site, Source
from kit.missions import small_mission

SITE = {"id": "post", "name": "Post", "kind": "outpost", "lat": 15.0, "lon": -2.95}


def test_blank_values_take_their_defaults():
    site = Site(**SITE)
    assert (site.runway_surface, site.runway_m, site.liquidation, site.becomes) == (
        "none",
        0,
        False,
        "civilian_authority",
    )
    assert site.hub is None
    assert site.values()["guard"] == 0


def test_a_row_is_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        Site(**SITE).guard = 5


def test_an_unknown_column_is_refused_and_an_own_one_is_kept():
    with pytest.raises(ValidationError, match="Extra inputs"):
        Site(**SITE, colour="red")
    assert Site(**SITE, extras=(("x_colour", "red"),)).extras == (("x_colour", "red"),)


@pytest.mark.parametrize("bad", ["", "Post", "gao ", "a b", "ménaka", "-a", "a" * 65, "a.b"])
def test_ids_are_short_lower_case_words(bad):
    with pytest.raises(ValidationError):
        Site(**{**SITE, "id": bad})


@pytest.mark.parametrize("bad", ["", " x", "x ", "a\tb", "a\x00b", "x" * 4001, "\ud800"])
def test_text_is_what_every_file_form_can_carry(bad):
    with pytest.raises(ValidationError):
        Source(id="s", title=bad, kind="press")


@pytest.mark.parametrize("good", ["Ménaka", "two\nlines", "13,5", "=1+1", "NO", "12:30"])
def test_text_that_merely_looks_odd_is_kept(good):
    assert Source(id="s", title=good, kind="press").title == good


@pytest.mark.parametrize(
    ("column", "bad"), [("lat", 91), ("lon", -181), ("guard", -1), ("kind", "castle"), ("lat", math.nan)]
)
def test_values_keep_their_bounds(column, bad):
    with pytest.raises(ValidationError):
        Site(**{**SITE, column: bad})


@pytest.mark.parametrize("bad", ["02-29", "02-30", "04-31", "13-01", "6-15", "00-10", "06-15-01"])
def test_seasons_begin_on_a_day_that_every_year_has(bad):
    with pytest.raises(ValidationError):
        Season(id="rains", name="Rains", from_day=bad, to_day="09-30")


@pytest.mark.parametrize("bad", [date(1944, 12, 31), date(2200, 1, 1)])
def test_days_stay_where_date_arithmetic_is_safe(bad):
    with pytest.raises(ValidationError):
        Claim(id="c", basis="assumed", as_of=bad)


def test_infinite_distances_are_refused():
    with pytest.raises(ValidationError):
        Leg(id="l", from_place="a", to_place="b", mode="road", km=math.inf, nominal_days=1)


def test_a_mission_answers_by_id():
    mission = small_mission()
    assert mission.place["port"] is mission.exit["port"]
    assert mission.place["post"] is mission.site["post"]
    assert mission.rows("mission") == (mission.mission,)
    assert isinstance(mission.settlements[0], Settlement)
