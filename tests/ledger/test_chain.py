"""Whatever is changed in a record of several stations, verifying it finds it."""

from contextlib import nullcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from drawdown.ledger.chain import Head, digest
from kit.ledgers import NOON, SqliteTamper, fact, in_memory

COLUMNS = ("seq", "origin", "n", "recorded", "actor", "version", "kind", "happened", "fact", "body", "prev", "hash")

#: What somebody puts into a cell instead, by what the column holds.
OTHER = {"seq": "seq + 70", "n": "n + 70", "version": "version + 1", "recorded": "'2023-01-01T00:00:00Z'"}


def filled(origins):
    """A ledger in memory with one entry for each name, and somebody who tampers with it."""
    ledger = in_memory("gao")
    for number, origin in enumerate(origins):
        ledger.append([fact(number)], actor="A. Keita", recorded=NOON, origin=origin)
    connection = ledger._store._backend.engine.raw_connection().driver_connection
    return ledger, connection


stations = st.lists(st.sampled_from(["gao", "kidal", "timbuktu"]), min_size=2, max_size=8)


@settings(max_examples=40, deadline=None)
@given(stations, st.data())
def test_any_cell_that_is_changed_is_found(origins, data):
    ledger, connection = filled(origins)
    column = data.draw(st.sampled_from(COLUMNS))
    seq = data.draw(st.integers(1, len(origins)))
    value = OTHER.get(column, f"{column} || 'x'")
    SqliteTamper(lambda: nullcontext(connection)).run(f"UPDATE entries SET {column} = {value} WHERE seq = {seq}")  # noqa: S608
    assert ledger.verify(), (column, seq)


@settings(max_examples=40, deadline=None)
@given(stations, st.data())
def test_any_rows_that_are_removed_are_missed(origins, data):
    ledger, connection = filled(origins)
    gone = data.draw(st.sets(st.integers(1, len(origins)), min_size=1))
    SqliteTamper(lambda: nullcontext(connection)).run(f"DELETE FROM entries WHERE seq IN ({','.join(map(str, gone))})")  # noqa: S608
    assert ledger.verify()


@settings(max_examples=40, deadline=None)
@given(stations.flatmap(lambda origins: st.tuples(st.just(origins), st.permutations(range(1, len(origins) + 1)))))
def test_any_other_order_is_found(drawn):
    origins, order = drawn
    ledger, connection = filled(origins)
    # By way of places that nothing has.
    steps = [(seq, 100 + seq) for seq in order] + [(100 + seq, place) for place, seq in enumerate(order, 1)]
    moves = [f"UPDATE entries SET seq = {place} WHERE seq = {seq}" for seq, place in steps]  # noqa: S608
    SqliteTamper(lambda: nullcontext(connection)).run(*moves)
    assert bool(ledger.verify()) == (list(order) != sorted(order))


def test_a_digest_names_what_is_there_and_not_the_order_in_which_it_came():
    one, other = {"gao": Head(2, "a"), "kidal": Head(1, "b")}, {"kidal": Head(1, "b"), "gao": Head(2, "a")}
    assert digest(one) == digest(other) != digest({"gao": Head(2, "a")})
