"""The mathematics page says what the code does: it is not stale, and what it names exists."""

from pathlib import Path

from drawdown.mission import tables as t
from drawdown.plan.verify import RULES
from drawdown.planner.relaxation.bound import relax
from drawdown.planner.relaxation.families import families
from drawdown.planner.relaxation.meanings import SYMBOLS
from drawdown.planner.relaxation.reference import model_page, rules_in, rules_seen
from kit.five_lines import BASE, day, five_lines

PAGE = Path(__file__).parents[3] / "docs" / "model.md"


def test_the_page_on_the_model_is_not_stale():
    assert PAGE.read_text(encoding="utf-8") == model_page(), "run `make generate`"


def test_the_page_has_every_symbol_with_as_many_axes_as_it_has():
    mission = five_lines(
        sites=(BASE.model_copy(update={"protection_radius_km": 10}),),
        settlements=(t.Settlement(id="town", name="Town", lat=14.0, lon=-5.0, population=1_000),),
        authorities=(
            t.Authority(
                id="a", function="protect_civilians", from_date=day(0), to_date=day(5), area="everywhere", reference="1"
            ),
        ),
    )
    axes = relax(mission, mission.courses[0]).program.axes
    assert [symbol.name for symbol in SYMBOLS] == list(axes)
    assert {s.name: s.over.count(",") + 1 for s in SYMBOLS} == {name: len(over) for name, over in axes.items()}


def test_every_rule_is_named_by_a_family_or_told_to_be_left_out():
    assert all(row.says.endswith(".") and row.formula for row in families())
    assert all(rules_in(row.source) or row.source.startswith("measure ") for row in families())
    assert rules_seen() < set(RULES)
    left_out = model_page().split("which is safe\n")[1].split("\n## ")[0]
    assert {name for name in RULES if f"| `{name}` |" in left_out} == set(RULES) - rules_seen()
