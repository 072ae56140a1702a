"""What a report shows of a plan, day by day."""

from drawdown.report import Timeline
from kit.lawful import day


def test_people_are_at_sites_on_the_way_or_out(mission, timeline):
    at_sites = sum(timeline.people_at.values())
    assert at_sites[0] == timeline.people_remaining[0] == 995
    convoy = mission.day(day("07-12"))
    assert timeline.people_remaining[convoy] - at_sites[convoy] == 36
    assert timeline.people_remaining[-1] == 0


def test_a_site_goes_through_its_states(mission, timeline):
    states = timeline.states(mission.site["post"])
    assert states[0] == "open"
    assert states[mission.day(day("07-02"))] == "closing"
    assert states[mission.day(day("07-18"))] == "closing"
    assert states[mission.day(day("07-19"))] == "handed_over"


def test_what_is_held_after_the_deadline_is_in_liquidation_until_it_is_left(mission, timeline):
    states = timeline.states(mission.site["base"])
    assert states[mission.day(day("12-31"))] == "closing"
    assert states[mission.day(day("2026-01-01"))] == "liquidation"
    assert states[mission.day(day("2026-01-16"))] == "handed_over"


def test_a_site_left_without_handover_is_told_apart(mission, plan):
    closures = [c.model_copy(update={"handover": None}) for c in plan.closures]
    states = Timeline(mission, plan.model_copy(update={"closures": tuple(closures)})).states(mission.site["post"])
    assert states[-1] == "left"


def test_spans_cover_every_day_of_every_site_once(mission, timeline):
    for site in mission.sites:
        spans = [span for span in timeline.spans if span.site == site.id]
        days = [day for span in spans for day in range(span.start, span.end + 1)]
        assert days == list(range(timeline.horizon + 1))


def test_moves_of_one_route_on_the_same_days_are_added_up(plan, timeline):
    twin = plan.moves[0].model_copy(update={"id": "twin"})
    doubled = Timeline(timeline.mission, plan.model_copy(update={"moves": (*plan.moves, twin)}))
    first = next(flow for flow in doubled.flows if flow.route == ("camp", "post"))
    assert (first.moves, first.vehicles, first.loaded) == (2, 12, False)
    assert len(doubled.flows) == len(timeline.flows)


def test_equipment_falls_to_nothing_when_all_of_it_is_out_or_disposed_of(timeline):
    teu = timeline.remaining_by_owner(vehicles=False)
    vehicles = timeline.remaining_by_owner(vehicles=True)
    assert teu["contingent"][0] == 8 + 1 + 4 + 30 + 10
    assert vehicles["un"][0] == 25
    assert all(amounts[-1] == 0 for amounts in [*teu.values(), *vehicles.values()])


def test_without_a_plan_only_the_first_day_is_shown(mission):
    alone = Timeline(mission)
    assert alone.horizon == 0
    assert alone.people_at["camp"].tolist() == [510]
    assert {span.state for span in alone.spans} == {"open"}


def test_who_may_not_see_moves_or_strengths_does_not_get_them(mission, plan):
    closed = Timeline(mission, plan, moves=False, strengths=False)
    assert closed.flows == ()
    assert {span.people for span in closed.spans} == {0}
