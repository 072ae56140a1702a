"""The frame of a map, the base map in it, and the names on it."""

import json
from importlib.resources import files
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawdown.report.background import background
from drawdown.report.charts.map import positions
from drawdown.report.frame import EDGE, WIDTH, frame_of
from drawdown.report.labels import Anchor, _box, _shared, place_labels
from drawdown.report.timeline import Timeline
from kit.missions import change, small_mission


def test_the_frame_holds_every_site(mission):
    frame = frame_of(mission)
    assert all(frame.inside(frame.xy(site.lat, site.lon)) for site in mission.sites)


def test_sites_spread_over_the_host_state_show_it_whole():
    spread = change(small_mission(), "sites", "post", lat=20.2, lon=1.0)
    frame = frame_of(spread)
    northern_tip, western_tip = frame.xy(25.0, -5.5), frame.xy(14.8, -12.2)
    assert frame.inside(northern_tip)
    assert frame.inside(western_tip)


def test_an_exit_far_away_stands_at_the_rim_where_the_way_to_it_leaves(mission):
    frame = frame_of(mission)
    at = positions(Timeline(mission), frame)
    far, base = frame.xy(14.68, -17.43), at["base"]
    assert not frame.inside(far)
    x, y = at["port"]
    assert x == pytest.approx(EDGE, abs=0.1)
    slope = (far[1] - base[1]) / (far[0] - base[0])
    assert y == pytest.approx(base[1] + slope * (x - base[0]), abs=0.2)


@pytest.mark.parametrize("values", [{"lat": 12.65, "lon": -8.0}, {"lat": 0.0, "lon": 0.0}])
def test_one_place_alone_still_makes_a_map(values):
    alone = small_mission(sites=(small_mission().sites[0].model_copy(update=values),), exits=(), legs=())
    frame = frame_of(alone)
    assert frame.height > 0
    assert frame.inside(frame.xy(**values))


def test_the_base_map_is_cut_to_the_frame(mission):
    frame = frame_of(mission)
    land = background(frame, "MLI")
    assert land.host
    assert land.others
    assert land.rivers
    for area in [*land.host, *land.others, *land.lakes]:
        for (ring,) in area["coordinates"]:
            assert ring[0] == ring[-1]
            assert all(-6 <= x <= WIDTH + 6 and -6 <= y <= frame.height + 6 for x, y in ring)


def test_an_unknown_host_has_neighbours_only(mission):
    land = background(frame_of(mission), "XYZ")
    assert land.host == []
    assert land.others


spots = st.tuples(st.floats(60, 700), st.floats(60, 500))


@given(st.lists(spots, min_size=1, max_size=12))
def test_every_name_is_set_and_always_the_same_way(places):
    anchors = [Anchor(at, 6, f"Camp {n}") for n, at in enumerate(places)]
    labels = place_labels(anchors, 12, lambda at: 0 <= at[0] <= 760 and 0 <= at[1] <= 560)
    assert [label.text for label in labels] == [anchor.text for anchor in anchors]
    assert labels == place_labels(anchors, 12, lambda at: 0 <= at[0] <= 760 and 0 <= at[1] <= 560)


@pytest.mark.parametrize("size", [12, 25])
def test_names_of_a_crowd_do_not_cover_each_other(size):
    crowd = [Anchor((300.0 + 25 * (n % 3), 250.0 + 20 * (n // 3)), 8, f"Super camp {n}") for n in range(9)]
    labels = place_labels(crowd, size, lambda at: 0 <= at[0] <= 760 and 0 <= at[1] <= 560)
    boxes = [_box(label, size) for label in labels]
    assert all(_shared(one, other) == 0 for one, other in combinations(boxes, 2))
    assert any(label.led for label in labels)


def test_the_base_map_is_small_keeps_western_sahara_apart_and_says_whence_it_comes():
    folder = files("drawdown.basemap")
    outlines = (folder / "outlines.json").read_text(encoding="utf-8")
    states = json.loads(outlines)
    assert len(outlines) < 700_000
    assert {"ESH", "MAR", "SSD", "LBN", "MLI", "MCO"} <= set(states)
    assert all(len(ring) >= 3 for rings in states.values() for ring in rings)
    assert "plotly.js@3.7.0" in (folder / "PROVENANCE.md").read_text(encoding="utf-8")
