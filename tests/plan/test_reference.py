"""The pages on rules and measures say what the code does, and every reference in them leads somewhere."""

import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest

from drawdown.files import read_mission
from drawdown.mission.vocabulary import TABLES, columns
from drawdown.plan import measures
from drawdown.plan.reference import rules_page
from drawdown.plan.verify import RULE_MODULES, RULES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_on_rules_is_not_stale():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page(), "run `make generate`"


def test_the_page_on_rules_has_a_row_for_every_rule_in_a_planners_order():
    assert re.findall(r"^\| `(\w+)` \|", rules_page(), re.MULTILINE) == list(RULES)
    assert rules_page().count("\n## ") == len(RULE_MODULES)


def test_every_document_that_a_rule_refers_to_is_a_source_of_minusma():
    known = read_mission(files("drawdown") / "missions" / "minusma").mission.sources
    cited = re.findall(r"\b[PDRS]\d+[a-z]?\b", " ".join(rule.source for rule in RULES.values()))
    assert len(cited) > 20
    assert {name.lower() for name in cited} <= {source.id for source in known}


def test_every_column_that_a_rule_refers_to_is_in_the_vocabulary():
    for rule in RULES.values():
        for table, name in re.findall(r"\b(\w+)\.([a-z]\w+)", rule.source):
            assert table in TABLES, rule.name
            assert name in {column.name for column in columns(table)}, rule.name


@pytest.mark.parametrize(
    "measure", [measures.Time, measures.Risk, measures.EquipmentMeasure, measures.Protection, measures.Cost]
)
def test_the_page_on_measures_names_every_figure(measure):
    page = (DOCS / "measures.md").read_text(encoding="utf-8")
    assert all(f"`{field.name}`" in page for field in fields(measure))
