import pytest

from drawdown.mission import tables
from drawdown.mission.generate import python_default
from drawdown.mission.vocabulary import IN_YAML, OPTIONAL, TABLES, column, columns

EVERY_COLUMN = [pytest.param(c, id=f"{table}.{c.name}") for table in TABLES for c in columns(table)]
BASES = {
    "id", "text", "country", "date", "month-day", "yes/no", "integer", "number", "share", "latitude", "longitude",
    "choice", "choices", "ref", "refs", "words",
}  # fmt: skip


@pytest.mark.parametrize("column", EVERY_COLUMN)
def test_a_column_is_described_in_full(column):
    assert column.base in BASES
    assert column.meaning
    assert not column.meaning.endswith(".")
    assert not (column.required and column.default) or column.name == "format"


@pytest.mark.parametrize("column", EVERY_COLUMN)
def test_references_lead_to_tables_and_choices_have_words(column):
    if column.base in {"ref", "refs"}:
        assert set(column.args) <= set(TABLES)
    elif column.base in {"choice", "choices"}:
        assert len(set(column.args)) == len(column.args) > 1
    else:
        assert column.args == ()


@pytest.mark.parametrize("table", TABLES)
def test_the_defaults_of_a_row_are_values_that_the_row_accepts(table):
    """Pydantic does not look at defaults, so a wrong one would slip into every mission."""
    row = getattr(tables, TABLES[table][0])
    defaults = {c.name: row.model_fields[c.name].default for c in columns(table) if not c.required}
    for name, default in defaults.items():
        assert default == python_default(column(table, name))
        if default not in {None, ()}:
            row.__pydantic_validator__.validate_assignment(row.model_construct(), name, default)


@pytest.mark.parametrize("table", TABLES)
def test_the_row_has_the_columns_of_the_vocabulary_in_their_order(table):
    row = getattr(tables, TABLES[table][0])
    assert [name for name in row.model_fields if name != "extras"] == [c.name for c in columns(table)]
    assert columns(table)[0].name == TABLES[table][1] or table == "mission"


def test_every_table_is_filed_somewhere():
    assert set(IN_YAML) <= OPTIONAL
    assert "mission" not in OPTIONAL


def test_an_unknown_column_is_a_key_error():
    with pytest.raises(KeyError, match=r"sites\.colour"):
        column("sites", "colour")
