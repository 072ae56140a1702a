"""The pages of status, forecast and hindcast: what stands in them, and for whom."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from drawdown.forecast.answers import Scores
from drawdown.report.forecast_page import forecast_chart_files, render_forecast
from drawdown.report.hindcast_page import hindcast_chart_files, render_hindcast
from drawdown.report.release import RELEASES
from drawdown.report.status_page import render_status, status_chart_files
from kit.some_standings import STAMP, some_forecast, some_hindcast, some_status

HOSTILE = "<script>alert(1)</script>"
RENDER = {
    "status": lambda **more: render_status(some_status(), **more),
    "forecast": lambda **more: render_forecast(some_forecast(), **more),
    "hindcast": lambda **more: render_hindcast(some_hindcast(), **more),
}


@pytest.fixture(scope="module")
def pages():
    return {name: render() for name, render in RENDER.items()}


def cells(page, heading):
    """The cells of the first table after a text, row by row, as a reader sees them."""
    body = page[page.index(heading) :].split("<tbody>")[1].split("</tbody>")[0]
    rows = [[cell.split(">", 1)[1] for cell in row.split("<td")[1:]] for row in body.split("<tr")[1:]]
    return [[text(cell.replace("<small>", " ")) for cell in row] for row in rows]


def text(markup):
    """What a reader sees of it, with hyphens for minus signs."""
    return unescape(re.sub(r"<[^>]+>", "", markup)).strip().replace("\N{MINUS SIGN}", "-")


def facts(page):
    """The figures at the top: value and what more is said."""
    found = re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)(?:<small>([^<]+)</small>)?", page)
    return {what: (text(value), text(more)) for what, value, more in found}


@pytest.mark.parametrize("name", RENDER)
def test_every_page_says_at_its_top_for_whom_it_is_and_what_it_is_made_from(pages, name):
    top = text(re.sub(r"<style>.*?</style>", "", pages[name].split("<nav", 1)[0], flags=re.DOTALL))
    assert RELEASES["internal"].marking in top
    assert all(part in top for part in ("A mission", "5c215c215c21", "ab03ab03ab03", "e9f7e9f7e9f7", "12 entries"))
    stamps = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)", pages[name].split('id="stamps"')[1]))
    assert stamps["Ledger digest"] == STAMP.ledger_digest
    assert stamps["As of"].startswith("2025-0")


@pytest.mark.parametrize("name", ["status", "forecast"])
def test_the_day_spoken_of_and_the_day_of_knowledge_stand_at_the_top(pages, name):
    assert text(pages[name].split("<h1>")[1].split("</p>")[0]).count("10 September 2025") == 2


def test_a_status_says_first_how_many_are_left_and_how_far_behind_that_is(pages):
    page = pages["status"]
    assert "<strong>660</strong>" in page
    assert "The plan has 390 by now: 270 more than planned, 27 days behind the plan." in page
    assert "The deadline, 31 December 2025, is in 112 days." in page
    found = facts(page)
    assert found["Sites left"] == ("1 of 3", "2 by the plan; overdue: Depot")
    assert found["Equipment gone by the record"] == ("97 TEU", "200 by the plan, of 420")
    assert found["Obligations overdue"] == ("1", "Outposts closed")
    assert found["Alerts"] == ("1 serious, 1 warning, 1 note", "")


def test_a_status_lists_counts_sites_and_obligations(pages):
    page = pages["status"]
    assert cells(page, "Counts, the latest first")[0] == ["2025-09-05", "660", "440", "Report of the mission, letter 3"]
    assert cells(page, "In the order of the plan") == [
        ["Post", "2025-08-20", "2025-09-01", "Left, 12 days late", "2025-08-22", "\N{EN DASH}", "0", "100"],
        ["Depot", "2025-09-02", "\N{EN DASH}", "Overdue by 8 days", "\N{EN DASH}", "\N{EN DASH}", "240", "300"],
        ["Base", "2025-12-01", "\N{EN DASH}", "Due in 82 days", "2026-01-15", "\N{EN DASH}", "420", "500"],
    ]
    assert [row[3] for row in cells(page, '<section id="obligations">')] == [
        "Met 3 days late", "Overdue by 9 days", "Due in 112 days",
    ]  # fmt: skip


def test_alerts_are_ranked_with_names_and_what_to_do(pages):
    alerts = [text(row) for row in re.findall(r"<li>(.*?)</li>", pages["status"], re.DOTALL)]
    assert len(alerts) == 3
    assert alerts[0].startswith("Serious Post, 5 September 2025")
    assert "240 are reported to have left; departures in the record account for 100 (140 people)" in alerts[0]
    assert "What to do: record the departures that are missing" in alerts[0]
    assert "(USD 120,000)" in alerts[1]


def test_a_status_without_plan_counts_or_equipment_has_its_page():
    bare = some_status()
    bare = replace(
        bare, planned_remaining=None, days_behind=None, equipment=(), obligations=(), alerts=(),
        curve=tuple(replace(day, planned=None, reported=None) for day in bare.curve),
        sites=tuple(replace(site, planned_last_out=None, planned_handover=None, days_late=None) for site in bare.sites),
    )  # fmt: skip
    page = render_status(bare)
    for said in ("Nobody has counted yet.", "The mission lists none.", "what is recorded adds up", "No day planned"):
        assert said in page
    assert "The plan has" not in page
    assert render_status(replace(bare, sites=(), curve=()))


def test_equipment_of_which_nothing_is_recorded_is_said_to_be_so():
    found = some_status()
    silent = replace(found, equipment=tuple(replace(row, recorded_teu=0.0) for row in found.equipment))
    assert "either nothing has, or nobody has recorded it" in render_status(silent)
    assert "equipment" not in status_chart_files(silent)


def test_a_forecast_says_first_the_chance_of_the_deadline(pages):
    page = pages["forecast"]
    assert '<div class="verdict bad">\n<strong>34 %</strong>' in page
    assert "between 31 % and 37 %, with 95 % certainty" in page
    found = facts(page)
    assert found["Half of the futures are complete by (P50)"] == ("5 January 2026", "")
    assert found["19 in 20 by (P95)"] == ("Not by the end of liquidation", "")
    assert found["People still to leave"] == ("660", "of 900; 270 more than planned")
    assert found["Chance since 15 August 2025"] == ("-27.0 points", "it was 61 %")


def test_a_forecast_tells_people_sites_what_was_learnt_and_why_it_moved(pages):
    page = pages["forecast"]
    assert cells(page, "People still to leave, in the evening")[0][:2] == ["2025-09-30", "190"]
    assert cells(page, "The day on which the last person leaves") == [
        ["Depot", "2025-09-02", "2025-10-05", "2025-10-07", "2025-10-19", "2025-10-29", "2025-11-12"],
        ["Base", "2025-12-01", "2025-12-05", "2025-11-30", "2025-12-18", "2026-01-03", "not by the end"],
    ]
    assert "20 December 2025, now by 5 January 2026: 16 days later." in page
    assert cells(page, "the parts add up to the whole") == [
        ["What happened", "-4.0", "+3.0"],
        ["How fast people leave", "+19.5", "-22.0"],
        ["Rates learnt", "+0.5", "-8.0"],
    ]
    assert cells(page, "Means, and intervals")[0] == [
        "Chance of a refusal: Roads, North", "", "0.1 0.02 to 0.22", "6 of 20 requests refused", "0.22 0.14 to 0.31",
        "requests and refusals are added to those counted before",
    ]  # fmt: skip
    assert "speaks mostly for a pace of its own: 88 % of the futures go at that pace" in page
    assert "Three counts lie far above the plan." in page
    assert cells(page, "Means, and intervals")[2][:4] == ["New kind of trouble", "a day", "\N{EN DASH}", "1 in 60 days"]
    assert "2 incidents name no leg and were not counted" in page


def test_a_forecast_of_nobody_left_has_its_page():
    over = replace(
        some_forecast(), people_remaining=0, fan=(), sites=(), since=None, learnt=(), alerts=(), curve=(), caveats=()
    )
    page = render_forecast(over)
    assert "Nobody is left who is to leave." in page
    assert "Every site has been left." in page
    assert "<figure" not in page
    assert 'id="moved"' not in page
    assert "30 people are left. They may stay for liquidation." in render_forecast(replace(over, people_remaining=30))


def test_where_no_date_moved_there_is_a_table_but_no_chart():
    found = some_forecast()
    still = replace(found, since=replace(found.since, moved=(replace(found.since.moved[0], days=0.0),)))
    assert "moved" not in forecast_chart_files(still)
    assert cells(render_forecast(still), "the parts add up to the whole") == [["What happened", "0", "+3.0"]]


def test_a_hindcast_says_first_how_much_its_bands_held(pages):
    page = pages["hindcast"]
    assert "<strong>88 %</strong>" in page
    assert "7 of 8 points; inside the 50 % bands 4 of 8" in text(page)
    found = facts(page)
    assert found["CRPS of people"] == ("35.5 people", "straight line 52.2; plan 142")
    assert found["Better than both naive forecasters"] == ("on 1 of 2 days", "of people still to leave")


def test_a_hindcast_marks_the_better_one_and_says_where_it_does_worse(pages):
    page = pages["hindcast"]
    best = "\N{BLACK LEFT-POINTING POINTER}"
    assert [row[4:7] for row in cells(page, "People still to leave. ")] == [
        [f"22.4 {best}", "60.1", "130"], ["55.2", f"40.3 {best}", "160"], [f"35.5 {best}", "52.2", "142"],
    ]  # fmt: skip
    first, second = page.split('<section id="as-of-')[1:]
    assert "Where it does worse" not in first
    said = text(second.split('<div class="lesson">')[1].split("</div>")[0])
    assert "Of people still to leave, the straight line did better: it was off by 40.3 people on average" in said
    assert "Of last-outs of sites, the plan itself did better: it was off by 7.0 days on average" in said


def test_a_hindcast_shows_each_site_beside_what_happened(pages):
    assert cells(pages["hindcast"], "Last-outs in the order") == [
        ["Post", "2025-08-24", "2025-09-05", "2025-09-23", "2025-09-01", "in 50 %", "+4", "+9", "-20"],
        ["Depot", "2025-10-09", "2025-10-21", "2025-11-08", "2025-10-17", "in 90 %", "+4", "+9", "-20"],
    ]


def test_a_hindcast_answers_what_would_have_been_saved(pages):
    page = pages["hindcast"]
    assert "<h3>100 lorries cleared on 24 August</h3>" in page
    assert cells(page, '<section id="saved">') == [
        ["Lost as it was, USD", "8.1 million 5.0 million to 12.0 million"],
        ["Less lost, USD", "2.7 million 1.1 million to 4.4 million"],
        ["Less lost, TEU", "210 80 to 400"],
        ["Fewer killed or wounded", "0.4 -0.5 to 1.5"],
    ]
    assert "The price of a lorry is assumed." in page


def test_a_hindcast_with_nothing_to_score_has_its_page():
    found, none = some_hindcast(), Scores(0, None, None, None, None, None, None)
    runs = tuple(
        replace(run, people=none, sites=none, observed_people=(), observed_sites=(), brier=None) for run in found.runs
    )
    page = render_hindcast(replace(found, runs=runs, people=none, sites=none, pooled=none, saved=(), left_out=()))
    assert page.count("<figure") == 2  # the two fans
    assert "Nothing had to be taken out" in page


def test_partners_read_nothing_of_clearances_and_the_public_no_alert_and_no_strength():
    internal, partner, public = (RENDER["status"](release=release) for release in RELEASES)
    assert "a request has had no answer" in text(internal).lower()
    assert "no answer" not in partner
    assert "240 are reported to have left" in partner
    assert "240 are reported to have left" not in public
    assert "not for publication" in public
    assert "People there" not in public
    assert RELEASES["public"].marking in public


def test_what_was_learnt_is_for_the_mission_alone():
    internal, partner, public = (RENDER["forecast"](release=release) for release in RELEASES)
    assert "6 of 20 requests refused" in internal
    for page in (partner, public):
        assert "requests refused" not in page
        assert "What was learnt" not in page
    assert "learnt" not in forecast_chart_files(some_forecast(), release="partner")


def test_charts_speak_in_names(pages):
    pictures = [
        *status_chart_files(some_status()).values(),
        *forecast_chart_files(some_forecast()).values(),
        *hindcast_chart_files(some_hindcast()).values(),
    ]
    said = {unescape(word) for picture in pictures
            for word in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", picture.decode("utf-8"))}  # fmt: skip
    assert {"Post", "Depot", "Base", "Deadline", "As of 10 Sep", "Counted", "What then happened", "the plan",
            "today's plan", "the first plan", "the straight line", "The forecast", "Overdue"} <= said  # fmt: skip
    assert not [word for word in said if "-id" in word]
    for page in pages.values():
        assert "-id" not in text(re.sub(r"<(script|style).*?</\1>", "", page.split('id="stamps"')[0], flags=re.DOTALL))


def test_charts_come_as_png_with_the_same_bytes():
    first = status_chart_files(some_status(), form="png")
    assert set(first) == {"people", "closures", "equipment"}
    assert first == status_chart_files(some_status(), form="png")


@pytest.mark.parametrize("name", RENDER)
def test_a_page_points_at_nothing_outside_and_is_the_same_each_time(pages, name):
    page = pages[name]
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    targets = re.findall(r"""\b(?:src|href|srcset|data|action|poster)=["']?([^"'\s>]+)""", markup)
    assert targets
    assert all(target.startswith("#") and f'id="{target[1:]}"' in page for target in targets)
    assert "default-src 'none'" in unescape(page)
    assert RENDER[name]() == page


@pytest.mark.parametrize("name", RENDER)
def test_charts_are_pictures_before_any_script_runs_and_their_parts_have_names_of_their_own(pages, name):
    figures = re.findall(r"<figure.*?</figure>", pages[name], flags=re.DOTALL)
    assert figures
    for figure in figures:
        assert "<svg" in figure
        assert "NaN" not in figure
        json.loads(re.search(r'<script type="application/json">(.*?)</script>', figure, re.DOTALL)[1])
    ids = re.findall(r' id="([^"]+)"', pages[name])
    assert len(ids) == len(set(ids))


def test_names_are_text_and_nothing_else(pages):
    stamp = replace(STAMP, mission_name=HOSTILE)
    status, forecast, hindcast = some_status(), some_forecast(), some_hindcast()
    sites = tuple(replace(row, name=HOSTILE) for row in status.sites)
    alerts = tuple(replace(row, message=HOSTILE, remedy=HOSTILE, where=HOSTILE) for row in status.alerts)
    learnt = tuple(replace(row, what=HOSTILE, where=HOSTILE, seen=HOSTILE) for row in forecast.learnt)
    ahead = tuple(replace(row, name=HOSTILE) for row in forecast.sites)
    made = {
        "status": render_status(replace(status, stamp=stamp, sites=sites, alerts=alerts)),
        "forecast": render_forecast(replace(forecast, stamp=stamp, sites=ahead, learnt=learnt, caveats=(HOSTILE,))),
        "hindcast": render_hindcast(replace(hindcast, stamp=stamp, words=HOSTILE, left_out=(HOSTILE,))),
    }
    for name, page in made.items():
        assert HOSTILE not in page
        assert page.count("<script") == pages[name].count("<script")


def test_dates_do_not_depend_on_the_time_zone(monkeypatch):
    here = forecast_chart_files(some_forecast())["people"]
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert forecast_chart_files(some_forecast())["people"] == here
    assert some_forecast().as_of == date(2025, 9, 10)
