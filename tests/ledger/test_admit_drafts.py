"""A fact as it is written down gets its id, and says what it counts."""

from drawdown.ledger.drafts import complete

WRITTEN = {"kind": "departure", "happened": "2025-07-20", "place": "post", "unit": "company", "count": 40.0}


def test_the_same_fact_written_down_twice_has_the_same_id():
    one = complete(WRITTEN)
    again = complete({**WRITTEN, "count": 40, "count_of": "people", "recorded": "2025-07-22"})
    retold = complete({**WRITTEN, "source": "paper", "note": "In two buses."})
    assert one["id"] == again["id"] == retold["id"]
    assert one["id"].startswith("departure-2025-07-20-")


def test_what_happened_otherwise_is_another_fact():
    others = ({"count": 41}, {"move": "m2"}, {"place": "camp"}, {"happened": "2025-07-21"}, {"count_of": "military"})
    ids = {complete({**WRITTEN, **other})["id"] for other in ({}, *others)}
    assert len(ids) == 6


def test_a_given_id_is_kept():
    assert complete({**WRITTEN, "id": "left-at-noon"})["id"] == "left-at-noon"


def test_a_thing_says_what_its_count_counts():
    assert complete(WRITTEN)["count_of"] == "people"
    assert complete({**WRITTEN, "unit": None, "lot": "plant"})["count_of"] == "items"
    assert complete({**WRITTEN, "unit": None, "lift": "trucks"})["count_of"] == "vehicles"
    assert complete({"kind": "headcount", "happened": "2025-07-20", "count": 9})["count_of"] == "people"
    assert complete({"kind": "clearance_asked", "happened": "2025-07-20", "count": 9})["count_of"] == "requests"


def test_what_is_not_counted_is_not_made_up():
    assert "count_of" not in complete({"kind": "incident", "happened": "2025-07-20", "place": "camp", "count": 3})
    assert "count_of" not in complete({"kind": "departure", "happened": "2025-07-20", "unit": "company"})
