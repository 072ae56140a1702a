"""Draws: known answers, evenness, independence of whatever lies side by side, and of the order of the calls."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from random import Random

import numpy as np
import pytest
from scipy.stats import chi2_contingency, chisquare

from drawdown.stress.draws import Source, four, key_of, philox

SEED = 20230630
KEY = key_of("gao", "niamey")
EVENT = int(Source.EVENT)  # calls from Python are quick with plain numbers

# The known answers that the authors publish with Random123: counter, key, answer.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text):
    return tuple(int(word, 16) for word in text.split())


def plain(function):
    """The function without its compiler (with NUMBA_DISABLE_JIT=1 it has none)."""
    return getattr(function, "py_func", function)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN, ids=["zeros", "ones", "pi"])
@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "plain"])
def test_philox_gives_the_published_answers(counter, key, answer, compiled):
    function = philox if compiled else plain(philox)
    words_of = [tuple(np.uint64(word) for word in words(text)) for text in (counter, key)]
    assert tuple(int(word) for word in function(*words_of)) == words(answer)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN, ids=["zeros", "ones", "pi"])
def test_four_counts_draw_source_key_and_future_under_the_two_words_of_the_seed(counter, key, answer):
    n, source, thing, future = words(counter)
    low, high = words(key)
    seed = np.uint64(low + (high << 32))
    assert four(seed, future, source, thing, n) == tuple((word + 0.5) / 2**32 for word in words(answer))


@pytest.mark.parametrize(("word", "draw"), [(0, 2.0**-33), (2**32 - 1, 1 - 2.0**-33)])
@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "plain"])
def test_the_smallest_and_the_largest_draw_lie_strictly_between_0_and_1(word, draw, compiled):
    n, source, thing, future = counter_that_gives((word,) * 4, (SEED, 0))
    assert (four if compiled else plain(four))(SEED, future, source, thing, n) == (draw,) * 4
    assert 0 < draw < 1


def counter_that_gives(answer, key):
    """Philox backwards: each round can be undone, as its multipliers are odd."""
    c0, c1, c2, c3 = answer
    back_0, back_2 = (pow(multiplier, -1, 2**32) for multiplier in (0xD2511F53, 0xCD9E8D57))
    for n in reversed(range(10)):
        k0, k1 = (key[0] + n * 0x9E3779B9) % 2**32, (key[1] + n * 0xBB67AE85) % 2**32
        before_0, before_2 = c3 * back_0 % 2**32, c1 * back_2 % 2**32
        before_1, before_3 = (before_2 * 0xCD9E8D57 >> 32) ^ c0 ^ k0, (before_0 * 0xD2511F53 >> 32) ^ c2 ^ k1
        c0, c1, c2, c3 = before_0, before_1, before_2, before_3
    return c0, c1, c2, c3


@cache
def lanes():
    return np.array([four(SEED, future, EVENT, KEY, 0) for future in range(25_000)])


def test_each_of_the_four_is_even():
    for lane in lanes().T:
        counts = np.bincount((lane * 64).astype(int), minlength=64)
        assert chisquare(counts).pvalue > 0.001


def test_the_four_are_independent_of_one_another():
    eighths = (lanes() * 8).astype(int)
    for one, other in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]:
        assert independent(eighths[:, one], eighths[:, other])


@pytest.mark.parametrize("neighbour", ["seed", "future", "source", "key", "n"])
def test_neighbours_are_independent(neighbour):
    at = {"seed": SEED, "future": 0, "source": EVENT, "key": KEY, "n": 0}
    walk = "n" if neighbour == "future" else "future"
    sides = [
        [four(**{**at, walk: step, neighbour: at[neighbour] + side})[0] for step in range(25_000)] for side in (0, 1)
    ]
    assert independent(*((np.array(side) * 8).astype(int) for side in sides))


def test_one_after_another_in_one_stream_are_independent():
    stream = (np.array([four(SEED, 5, EVENT, KEY, n)[0] for n in range(25_000)]) * 8).astype(int)
    assert independent(stream[:-1], stream[1:])


def independent(one, other):
    table = np.bincount(one * 8 + other, minlength=64).reshape(8, 8)
    return chi2_contingency(table).pvalue > 0.001


def test_draws_do_not_depend_on_the_order_or_the_thread_of_the_calls():
    places = [
        (future, source, key, n)
        for future in range(10)
        for source in map(int, Source)
        for key in (0, KEY, 2**32 - 1)
        for n in (0, 1000)
    ]
    in_order = {place: four(SEED, *place) for place in places}
    Random(1).shuffle(places)  # noqa: S311 - not for secrets
    with ThreadPoolExecutor(4) as pool:
        shuffled = dict(zip(places, pool.map(lambda place: four(SEED, *place), places), strict=True))
    assert shuffled == in_order
    assert len(set(in_order.values())) == len(places)


@pytest.mark.parametrize("kind", [int, np.int32, np.int64, np.uint32, np.uint64])
def test_any_kind_of_whole_number_gives_the_same_bits_compiled_and_plain(kind):
    place = [kind(number) for number in (SEED, 7, 3, 99, 2)]
    assert four(*place) == plain(four)(*place) == four(SEED, 7, 3, 99, 2)


def test_a_source_counts_as_its_number():
    assert four(SEED, 7, Source.EVENT, KEY, 2) == four(SEED, 7, EVENT, KEY, 2)


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1, 2**32, 2**63 - 1])
@pytest.mark.parametrize("key", [0, 2**31, 2**32 - 1])
def test_the_largest_numbers_give_the_same_bits_compiled_and_plain(seed, key):
    assert four(seed, 2**32 - 1, 20, key, 2**32 - 1) == plain(four)(seed, 2**32 - 1, 20, key, 2**32 - 1)


def test_all_of_it_runs_without_a_compiler_and_gives_the_same_bits():
    place = (SEED, 7, EVENT, KEY, 2)
    program = f"from drawdown.stress.draws import four; print([x.hex() for x in four(*{place})])"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == str([x.hex() for x in four(*place)])


def test_a_key_is_the_same_in_every_run_and_tells_names_apart():
    assert key_of("gao", "niamey") == 0xA5C1CC7D  # BLAKE2b by another program: 7d cc c1 a5
    names = ["gao", "niamey", "kidal", "tessalit", "menaka", ""]
    keys = {key_of(*words) for one in names for words in [(one,), *((one, other) for other in names)]}
    assert len(keys) == len(names) * (len(names) + 1)
    assert all(0 <= key < 2**32 for key in keys)
    assert key_of("ga", "o") != key_of("gao") != key_of("g", "ao")


def test_every_source_has_a_number_of_its_own():
    values = [source.value for source in Source]
    assert values == sorted(set(values))
    assert min(values) >= 1
    assert Source.PACE_CLASS == 1
    assert Source.RESUPPLY == 20
