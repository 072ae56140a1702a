from datetime import date

import pytest

from drawdown.mission.checks import claims as c
from kit.checks import Case, assert_every_check_shown, assert_shown, shown
from kit.missions import add, change, drop, faults_in, small_mission

SOUND = small_mission()
POST_LON = {"table": "sites", "row": "post", "column": "lon"}


def claim(name, **values):
    return change(SOUND, "claims", name, **values)


CASES = (
    Case(c.claims_have_a_basis, claim("wounded", value=None), "fault claims[13].value", "without value"),
    Case(c.claims_have_a_basis, claim("wounded", source=None), "fault claims[13].source", "without source"),
    Case(c.claims_have_a_basis, claim("wounded", as_of=None), "fault claims[13].as_of", "without as_of"),
    Case(c.claims_have_a_basis, claim("sites_all", reason=None), "fault claims[1].reason", "without saying how or why"),
    Case(
        c.claims_after_their_source,
        claim("wounded", as_of=date(2025, 8, 1)),
        "warning claims[13].as_of",
        "after `briefing` was published (2025-07-02)",
    ),
    Case(
        c.adopted_claims_are_in_the_tables,
        change(SOUND, "units", "company", strength=130),
        "fault claims[11].value",
        "adopted, but units says `130`",
    ),
    Case(
        c.adopted_claims_are_in_the_tables,
        claim("company_strength", column="latest", value="2025-09-01"),
        "fault claims[11].value",
        "adopted, but blank in units",
    ),
    Case(
        c.one_claim_is_adopted,
        claim("wounded_paper", adopted=True),
        "fault claims[14].adopted",
        "`wounded` is adopted too, with `3`",
    ),
    Case(c.one_claim_is_adopted, claim("wounded", adopted=False), "warning claims[13].adopted", "'Wounded in June'"),
    Case(
        c.conflicts_are_explained,
        claim("wounded", reason=None),
        "warning claims[13].reason",
        "sources differ on 'Wounded in June'",
    ),
    Case(
        c.coordinates_of_one_sign,
        add(SOUND, "claims", "wounded", id="gazetteer", topic=None, **POST_LON, value="2.95", reason=None),
        "warning claims[15].value",
        "the same lon with the other sign is given for `post`",
    ),
    Case(
        c.coordinates_of_one_sign,
        add(SOUND, "claims", "wounded", id="gazetteer", topic=None, **POST_LON, value="2.95", adopted=False),
        "note claims[15].value",
        "a sign error?",
    ),
    Case(
        c.values_have_a_basis,
        drop(SOUND, "claims", "lift_all"),
        "warning lift.range_km",
        "2 values without a basis: `helicopters`, `aeroplane`",
    ),
    Case(
        c.sources_are_used,
        add(SOUND, "sources", "paper", id="idle", title="Never cited"),
        "note sources.id",
        "1 document: `idle`",
    ),
)


@shown(CASES)
def test_check(case):
    assert_shown(case)


def test_every_check_is_shown():
    assert_every_check_shown(c.CHECKS, CASES)


@pytest.mark.parametrize("value", ["120", "120.0", "1.2e2"])
def test_adopted_values_are_compared_as_numbers(value):
    assert not faults_in(claim("company_strength", value=value), "fault")


def test_a_claim_for_many_values_may_leave_its_value_blank():
    everywhere = claim("company_strength", row="*", value=None)
    assert not list(c.claims_have_a_basis(everywhere))


def test_sources_may_agree():
    agree = claim("company_strength_paper", value="120", adopted=True)
    assert not list(c.one_claim_is_adopted(agree))
