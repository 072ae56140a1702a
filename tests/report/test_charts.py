"""The charts as pictures, made without a browser."""

import re

import pytest

from drawdown.report import Timeline, chart_files, charts, compiled, render
from kit.missions import change

MAGIC = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture(scope="module")
def pictures(mission, plan):
    return {name: text.decode("utf-8") for name, text in chart_files(mission, plan, day=13).items()}


def words_in(picture):
    return re.findall(r"<text[^>]*>([^<]+)</text>", picture)


def test_every_chart_is_there_and_a_mission_alone_has_its_map(mission, pictures):
    assert set(pictures) == set(charts.__all__)
    assert set(chart_files(mission)) == {"overview"}


@pytest.mark.parametrize("form", MAGIC)
def test_charts_come_in_three_forms(timeline, form):
    assert render(compiled(charts.people(timeline)), form).startswith(MAGIC[form])


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_the_same_plan_gives_the_same_bytes(mission, plan, form):
    assert chart_files(mission, plan, form=form, day=13) == chart_files(mission, plan, form=form, day=13)


def test_charts_speak_in_names(mission, pictures):
    assert {"Base", "Camp", "Post", "Held", "Last person out"} <= set(words_in(pictures["closures"]))
    assert "Camp \N{RIGHTWARDS ARROW} Base" in words_in(pictures["routes"])
    ids = {row.id for table in ("sites", "exits", "legs", "units") for row in mission.rows(table)}
    assert all(ids.isdisjoint(words_in(picture)) for picture in pictures.values())


def test_the_map_carries_the_disclaimer_and_no_name_that_it_may_not(pictures):
    assert "Boundaries, names and designations shown do not imply official endorsement." in words_in(
        pictures["overview"]
    )
    assert "United Nations" not in pictures["overview"]


def test_the_map_shows_the_convoy_of_the_day(timeline):
    def marks(day):
        return render(compiled(charts.overview(timeline, day)), "svg").count(b'stroke="#D55E00"')

    assert marks(0) < marks(13)


def test_an_exit_beyond_the_map_is_named_as_a_way(pictures):
    assert "to Port" in words_in(pictures["overview"])


def test_dates_do_not_depend_on_the_time_zone(timeline, monkeypatch):
    here = render(compiled(charts.people(timeline)), "svg")
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert render(compiled(charts.people(timeline)), "svg") == here
    assert "Jul 2025" in words_in(here.decode("utf-8"))


def test_a_name_cannot_end_a_picture(mission, plan):
    named = change(mission, "sites", "post", name="</text><script>alert(1)</script>")
    assert all(b"<script" not in picture for picture in chart_files(named, plan).values())


def test_closures_need_a_plan(mission):
    with pytest.raises(ValueError, match="needs a plan"):
        charts.closures(Timeline(mission))
