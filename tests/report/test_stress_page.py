"""The page of a stress test: what stands in it, for whom, and that it needs nothing from outside."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest

from drawdown.report.release import RELEASES
from drawdown.report.stress_page import CHARTS, render_stress, stress_chart_files
from kit.some_answers import CESSATION, some_answers

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><b>"]


@pytest.fixture(scope="module")
def answers():
    return some_answers()


@pytest.fixture(scope="module")
def page(answers):
    return render_stress(answers)


@pytest.fixture(scope="module")
def pictures(answers):
    return {name: text.decode("utf-8") for name, text in stress_chart_files(answers).items()}


def cells(page, heading):
    """The cells of the first table after a text, row by row, as a reader sees them."""
    body = page[page.index(heading) :].split("<tbody>")[1].split("</tbody>")[0]
    rows = [[cell.split(">", 1)[1] for cell in row.split("<td")[1:]] for row in body.split("<tr")[1:]]
    return [[text(cell.replace("<small>", " ")) for cell in row] for row in rows]


def text(markup):
    """What a reader sees of it, with hyphens for minus signs."""
    return unescape(re.sub(r"<[^>]+>", "", markup)).strip().replace("\N{MINUS SIGN}", "-")


def words_in(picture):
    return [unescape(text) for text in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", picture)]


def test_the_big_number_is_the_chance_of_the_deadline_with_its_interval(page):
    assert "<strong>91 %</strong>" in page
    assert "31 December 2025</strong>: all are out" in page
    assert "between 89 % and 93 %, with 95 % certainty" in page


def test_the_figures_at_the_top_are_the_answers(page):
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)", page))
    assert facts["Half of the futures are complete by (P50)"] == "10 December 2025"
    assert facts["Four in five by (P80)"] == "20 December 2025"
    assert facts["19 in 20 by (P95)"] == "Not by the end of liquidation"
    assert facts["The plan itself, without chance"] == "1 December 2025"
    assert facts["Killed or wounded, on average"] == "3.4"
    assert facts["Equipment lost, on average"] == "USD 1.2 million"
    assert "30 days before the deadline" in page


def test_sites_are_listed_in_the_order_of_the_plan(page):
    assert cells(page, "The day on which the last person leaves") == [
        ["Post", "2025-09-01", "62 %", "2025-08-30", "2025-09-01", "2025-09-05", "2025-09-20"],
        ["Base", "2025-12-01", "over 99 %", "2025-11-28", "2025-12-01", "2025-12-20", "not by the end"],
    ]


def test_an_end_that_is_not_reached_is_named(answers, page):
    assert "the end is that of liquidation, 30 June 2026" in page
    in_time = tuple(replace(site, last_out=answers.sites[1].last_out) for site in answers.sites)
    assert "the end is that of" not in render_stress(replace(answers, sites=in_time))


def test_what_would_help_is_told_with_intervals_the_best_first(page):
    assert cells(page, '<section id="help">') == [
        ["100 lorries", "95 %", "+4.0 +2.1 to +5.9", "3 days", "12 days", "0", "-400,000 -600,000 to -200,000"],
        ["A later start", "84 %", "-7.0 -9.0 to -5.0", "-1 day", "\N{EN DASH}", "+1.5 +0.5 to +2.5",
         "+1.5 million +1.0 million to +2.0 million"],
        ["An aircraft",
         "No future comes out differently: the plan does not use what this offers. A plan made for it may."],
    ]  # fmt: skip


def test_what_each_source_of_chance_costs_is_told_the_most_first(page):
    rows = cells(page, '<section id="risk">')
    assert rows[0] == ["Refusals", "96 %", "+5.0 +3.5 to +6.5", "9 days", "2025-12-05", "2025-12-11", "2025-12-30"]
    assert [row[0] for row in rows] == ["Refusals", "Attacks"]


def test_losses_delays_and_what_is_critical_are_told_in_words(page):
    assert cells(page, "Equipment lost, by reason")[0] == [
        "Its transport was refused or blocked", "12", "30", "8.5", "21.2", "1.2 million", "3.0 million",
    ]  # fmt: skip
    assert cells(page, "where its days of delay come from") == [["A clearance is refused or not answered", "6.3"]]
    assert cells(page, "Moves that are most often on that chain") == [["Convoy Post to Base, 30 August 2025", "41 %"]]
    assert cells(page, "Clearances that are most often") == [["Roads, North", "33 %"]]
    assert cells(page, "after their planned day") == [["Convoy Post to Base, 30 August 2025", "58 %"]]


def test_it_says_how_sure_it_is_and_what_it_was_made_from(page, answers):
    assert "1,000 futures give the chance of the deadline to within 1.8 percentage points" in page
    assert "P80 of completion to between 18 December 2025 and 22 December 2025" in page
    for stamp in (answers.mission_hash, answers.plan_hash, "Seed</dt><dd>7", "do not imply official endorsement"):
        assert stamp in page


def test_charts_speak_in_names_and_show_what_the_page_says(pictures):
    assert set(pictures) == set(CHARTS)
    assert {"P50: 10 Dec", "P80: 20 Dec", "Deadline"} <= set(words_in(pictures["completion"]))
    assert {"the plan", "half of the futures", "nine in ten futures"} <= set(words_in(pictures["fan"]))
    assert {"Post", "Base", "Not by the end of liquidation"} <= set(words_in(pictures["last_out"]))
    assert {"refusals", "9 days", "P80 earlier by"} <= set(words_in(pictures["knock_outs"]))
    assert "An aircraft" not in words_in(pictures["what_ifs"])
    assert "slow convoys: roads, North" in words_in(pictures["drivers"])
    assert "weather" not in words_in(pictures["drivers"])  # it may be nothing
    ids = {"post-id", "base-id", "convoy-id", "refusals-id", "lorries-id"}
    assert all(ids.isdisjoint(words_in(picture)) for picture in pictures.values())


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_charts_come_in_other_forms_with_the_same_bytes(answers, form):
    alone = replace(answers, knock_outs=(), what_if=(), drivers=())
    first = stress_chart_files(alone, form=form)
    assert set(first) == {"completion", "fan", "last_out"}
    assert first == stress_chart_files(alone, form=form)


def test_a_plan_that_never_makes_it_has_its_page(answers):
    never = (None,) * 4
    bleak = replace(
        answers,
        deadline=replace(answers.deadline, probability=0.0, low=0.0, high=0.004),
        out_by=type(answers.out_by)(*never),
        complete=(),
        sites=tuple(replace(site, last_out=type(answers.out_by)(*never)) for site in answers.sites),
        how_sure=replace(answers.how_sure, p80_low=None, p80_high=None, p80_days=None),
        losses=(), delays=(), critical_moves=(), critical_clearances=(), late_moves=(),
        knock_outs=(), what_if=(), drivers=(),
    )  # fmt: skip
    page = render_stress(bleak)
    assert '<div class="verdict bad">\n<strong>0 %</strong>' in page
    assert page.count(">Not by the end of liquidation<") >= 3
    assert "Nothing put the completion off." in page
    for absent in ('id="help"', 'id="risk"', "Moves that are most often", "P80 of completion"):
        assert absent not in page


def test_partners_do_not_see_clearances_and_the_public_no_moves(answers, page):
    partner, public = (render_stress(answers, release) for release in ("partner", "public"))
    for text in ("Roads, North", "What goes with lateness"):
        assert text in page
        assert text not in partner
        assert text not in public
    assert "Convoy Post to Base" in partner
    assert "Convoy Post to Base" not in public
    assert RELEASES["public"].marking in public


def test_names_are_text_and_nothing_else(answers, page):
    hostile = " ".join(HOSTILE)
    named = replace(
        answers,
        mission=hostile,
        plan_name=hostile,
        sites=tuple(replace(row, name=hostile) for row in answers.sites),
        knock_outs=tuple(replace(row, words=hostile) for row in answers.knock_outs),
        what_if=tuple(replace(row, title=hostile) for row in answers.what_if),
        critical_moves=tuple(replace(row, words=hostile) for row in answers.critical_moves),
        drivers=tuple(replace(row, words=hostile) for row in answers.drivers),
    )
    made = render_stress(named)
    assert not any(name in made for name in HOSTILE)
    assert made.count("<script") == page.count("<script")


def test_nothing_in_it_points_outside(page):
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    targets = re.findall(r"""\b(?:src|href|srcset|data|action|poster)=["']?([^"'\s>]+)""", markup)
    assert targets
    assert all(target.startswith("#") and f'id="{target[1:]}"' in page for target in targets)
    assert "default-src 'none'" in unescape(page)


def test_charts_are_pictures_before_any_script_runs_and_their_parts_have_names_of_their_own(page):
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    assert len(figures) == len(CHARTS)
    for figure in figures:
        assert "<svg" in figure
        json.loads(re.search(r'<script type="application/json">(.*?)</script>', figure, re.DOTALL)[1])
    ids = re.findall(r'<(?:clipPath|linearGradient) id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_same_answers_give_the_same_text(answers, page):
    assert render_stress(answers) == page


def test_dates_do_not_depend_on_the_time_zone(answers, pictures, monkeypatch):
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert stress_chart_files(answers)["fan"].decode("utf-8") == pictures["fan"]
    assert "Jul 2025" in words_in(pictures["fan"])
    assert date(2025, 7, 1) == CESSATION
    assert answers.fan[1].date - answers.fan[0].date == timedelta(days=1)
