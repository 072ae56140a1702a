"""Whatever a fact says, it is admitted or refused with reasons that a person can act on."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from drawdown.ledger.admit import Admission, admit
from drawdown.ledger.drafts import complete
from drawdown.ledger.kinds import COMMON, KINDS
from drawdown.mission.tables import Actual
from drawdown.mission.vocabulary import columns
from kit.missions import small_mission

SMALL = small_mission()
TODAY = date(2025, 9, 30)
NAMES = st.sampled_from(
    ["camp", "post", "port", "company", "plant", "trucks", "post_camp", "notify", "paper", "nobody"]
)
DAYS = st.dates(date(2025, 6, 1), date(2025, 11, 1))
NUMBERS = st.sampled_from([0.0, 0.5, 1.0, 40.0, 1e12])


def _values(column):
    if column.base == "choice":
        return st.sampled_from(column.args)
    return {"date": DAYS, "number": NUMBERS}.get(column.base, NAMES)


OPTIONAL = {
    column.name: _values(column) for column in columns("actuals") if column.name not in {"id", "kind", "happened"}
}
FACTS = st.builds(
    lambda kind, day, rest: Actual.model_validate(complete({"kind": kind, "happened": day, **rest})),
    st.sampled_from(sorted(KINDS)),
    DAYS,
    st.lists(st.sampled_from(sorted(OPTIONAL)), max_size=5, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: OPTIONAL[name] for name in names})
    ),
)


@given(FACTS)
@settings(max_examples=400, deadline=None)
def test_any_fact_is_admitted_or_refused_with_reasons(fact):
    faults = admit(SMALL, fact, today=TODAY)
    assert faults == Admission(SMALL, TODAY)(fact)
    for fault in faults:
        assert fault.message
        assert fault.remedy
        assert fault.spot.table == "actuals"
        if fault.spot.column and "missing" not in fault.message:
            assert getattr(fact, fault.spot.column) is not None
    if not any(fault.severity == "fault" for fault in faults):
        assert SMALL.mission.cessation <= fact.happened <= TODAY
        assert sum(getattr(fact, thing) is not None for thing in ("unit", "lot", "lift")) <= 1
        said = {name for name, value in fact.values().items() if value is not None}
        assert said <= COMMON | set(KINDS[fact.kind].may)


@given(FACTS)
def test_completing_what_is_complete_changes_nothing(fact):
    values = {name: value for name, value in fact.values().items() if value is not None}
    assert complete(values) == values
    del values["id"]
    assert complete(values)["id"] == fact.id
