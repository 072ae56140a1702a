import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawdown.mission.geography import EARTH_RADIUS_KM, great_circle_km, inside_state, outlines

point = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 90), EARTH_RADIUS_KM * 3.141592653589793 / 2),  # a quarter of the equator
        ((90, 0), (-90, 0), EARTH_RADIUS_KM * 3.141592653589793),  # pole to pole
        ((48.8566, 2.3522), (51.5074, -0.1278), 343.6),  # Paris to London
        ((16.272, -0.045), (18.441, 1.408), 286),  # Gao to Kidal
        ((15.918, 2.402), (15.660, 0.502), 205),  # Menaka to Ansongo
    ],
)
def test_known_distances(one, other, km):
    assert great_circle_km(*one, *other) == pytest.approx(km, rel=0.003)


@given(point, point)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_round_the_earth(here, there):
    out, back = great_circle_km(*here, *there), great_circle_km(*there, *here)
    assert out == pytest.approx(back, abs=1e-6)
    assert 0 <= out <= EARTH_RADIUS_KM * 3.1416


@given(point, point, point)
def test_no_detour_is_shorter(here, there, way):
    detour = great_circle_km(*here, *way) + great_circle_km(*way, *there)
    assert great_circle_km(*here, *there) <= detour + 1e-6


@pytest.mark.parametrize(
    ("lat", "lon", "state", "inside"),
    [
        (12.65, -8.00, "MLI", True),  # Bamako
        (20.24, 0.98, "MLI", True),  # Tessalit
        (15.918, 2.402, "MLI", True),  # Menaka
        (13.51, 2.11, "MLI", False),  # Niamey
        (14.7, -17.4, "MLI", False),  # Dakar
        (13.51, 2.11, "NER", True),
    ],
)
def test_towns_lie_in_their_state(lat, lon, state, inside):
    assert inside_state(lat, lon, state) is inside


def test_a_state_that_the_base_map_does_not_show_is_unknown():
    assert inside_state(0, 0, "ZZZ") is None
    assert "MLI" in outlines()
