"""The shipping engine: what it finds is the best there is, and what it says is true."""

import itertools
import math
import random

import numpy as np
import pytest

from drawdown.planner.engines.shipping import Arc, Commodity, Limits, Network, ship, shipment_faults
from drawdown.planner.engines.shipping_bound import Bound, root_bound
from drawdown.planner.engines.shipping_model import Model
from drawdown.planner.engines.shipping_reason import why_infeasible
from drawdown.planner.engines.shipping_streams import joint_streams, single_streams

#: Two roads from a camp to a port: one by a hub that others use as well, and a direct one that is dear to open.
BY_HUB = Network(
    (
        Arc("camp", "hub", fixed=10, capacity=100, unit=1),
        Arc("outpost", "hub", fixed=10, capacity=100, unit=1),
        Arc("hub", "port", fixed=20, capacity=100, unit=1),
        Arc("camp", "port", fixed=60, capacity=100, unit=1),
        Arc("outpost", "port", fixed=60, capacity=100, unit=1),
    ),
    (Commodity("camp", ("port",), 30), Commodity("outpost", ("port",), 20)),
)


def random_network(seed: int) -> Network:
    chance = random.Random(seed)  # noqa: S311 - no secrets
    places = "abcd"
    pairs = chance.sample(list(itertools.permutations(places, 2)), 7)
    arcs = tuple(Arc(i, j, chance.randint(0, 60), chance.randint(4, 14), chance.randint(0, 5)) for i, j in pairs)
    commodities = []
    for _ in range(3):
        origin, *others = chance.sample(places, 3)
        barred = frozenset({chance.randrange(7)}) if chance.random() < 0.3 else frozenset()
        ends = tuple(others[: chance.choice((1, 1, 2))])
        commodities.append(Commodity(origin, ends, chance.randint(1, 6), barred=barred))
    return Network(arcs, tuple(commodities))


def brute_force(network: Network) -> float:
    """The least cost over every choice of services, each loaded by the plainest linear program."""
    best, model = math.inf, Model(network, single_streams(network), integer=False)
    for choice in itertools.product((0.0, 1.0), repeat=len(network.arcs)):
        services = np.array(choice)
        model.set_services(services, services)
        answer = model.solve()
        if answer.outcome == "optimal":
            best = min(best, answer.cost)
    return best


def test_two_small_loads_share_a_convoy_from_the_hub():
    found = ship(BY_HUB)
    assert found.status == "optimal"
    assert found.services == (1, 1, 1, 0, 0)
    assert found.cost == pytest.approx(40 + 2 * 50)
    assert found.gap <= 1e-6


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_brute_force_finds(seed):
    network = random_network(seed)
    found, best = ship(network), brute_force(network)
    if math.isinf(best):
        assert found.status == "infeasible"
        assert found.reason
    else:
        assert found.status == "optimal"
        assert found.cost == pytest.approx(best, rel=1e-5)
        assert found.bound <= best * (1 + 1e-6)
        assert shipment_faults(network, found.services, found.flows) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_holds_and_rules_out_no_best_shipment(seed):
    network = random_network(seed)
    best = ship(network)
    for streams in (single_streams(network), joint_streams(network)):
        bound = root_bound(Model(network, streams, integer=False), None)
        if best.status == "infeasible":
            assert bound == "infeasible"
        else:
            assert isinstance(bound, Bound)
            assert bound.value <= best.cost * (1 + 1e-6)
            low, high = bound.limits(best.cost)
            assert all(low - 1e-9 <= best.services)
            assert all(best.services <= high + 1e-9)


def test_as_many_convoys_run_as_the_load_needs():
    road = Arc("camp", "port", fixed=100, capacity=40, unit=1, most=5)
    found = ship(Network((road,), (Commodity("camp", ("port",), 130),)))
    assert found.services == (4,)
    assert found.cost == 4 * 100 + 130


def test_of_two_exits_the_load_takes_the_cheaper_and_the_rest_the_other():
    arcs = (Arc("camp", "near", 5, 60, 1), Arc("camp", "far", 5, 100, 3))
    found = ship(Network(arcs, (Commodity("camp", ("near", "far"), 100),)))
    assert found.flows == ({0: 60, 1: 40},)
    assert found.cost == 10 + 60 + 120


def test_what_cannot_fly_does_not_fly():
    arcs = (Arc("camp", "port", 0, 100, 1), Arc("camp", "port", 50, 100, 2))
    tanks = Commodity("camp", ("port",), 10, "tanks", frozenset({0}))
    found = ship(Network(arcs, (tanks, Commodity("camp", ("port",), 10, "boxes"))))
    assert found.flows == ({1: 10}, {0: 10})


def test_too_much_for_the_last_road_is_said_with_the_road_and_the_numbers():
    arcs = (Arc("camp", "hub", 1, 100, 1), Arc("hub", "port", 1, 40, 1))
    found = ship(Network(arcs, (Commodity("camp", ("port",), 30), Commodity("hub", ("port",), 20))))
    assert found.status == "infeasible"
    assert found.bound == math.inf
    assert "50 TEU must enter port" in found.reason
    assert "hub to port" in found.reason
    assert "room for 40" in found.reason


def test_no_road_at_all_is_said():
    arcs = (Arc("hub", "port", 1, 40, 1),)
    reason = why_infeasible(Network(arcs, (Commodity("camp", ("port",), 3),)))
    assert "3 TEU must leave camp (camp to port), but no arc leads there" in reason


def test_each_cut_has_room_but_all_together_have_not():
    ring = tuple(Arc(i, j, 1, 10, 1) for i, j in ("ab", "bc", "ca"))
    loads = tuple(Commodity(i, (j,), 8) for i, j in ("ac", "ba", "cb"))
    reason = why_infeasible(Network(ring, loads))
    assert "a to c (counted 2 times), b to a (counted 2 times), c to b (counted 2 times)" in reason
    assert "need room for 48 TEU" in reason
    assert "which have 30 at most" in reason


def test_nothing_to_ship_costs_nothing():
    found = ship(Network(BY_HUB.arcs, (Commodity("camp", ("port",), 0), Commodity("port", ("port",), 9))))
    assert (found.status, found.cost, sum(found.services)) == ("optimal", 0, 0)


def test_the_same_work_gives_the_same_shipment():
    limits = Limits(rounds=3, branches=10, seed=7)
    assert ship(random_network(3), limits) == ship(random_network(3), limits)


def test_a_proof_beside_the_search_gives_the_same_cost():
    assert ship(BY_HUB, Limits(seconds=20, workers=2)).cost == pytest.approx(ship(BY_HUB).cost)


def test_with_no_time_at_all_there_is_a_shipment_and_its_gap_is_said():
    found = ship(BY_HUB, Limits(seconds=0))
    assert found.status == "feasible"
    assert shipment_faults(BY_HUB, found.services, found.flows) == []
    assert found.bound <= 140 <= found.cost
    assert found.gap == pytest.approx(1 - found.bound / found.cost)


def test_the_check_sees_what_is_wrong():
    assert shipment_faults(BY_HUB, (0, 0, 0, 1, 0), ({3: 30}, {})) == [
        "outpost to port: +20 at outpost",
    ]
    assert shipment_faults(BY_HUB, (0, 0, 0, 0, 2), ({3: 30}, {4: 20})) == [
        "camp to port: 30 TEU with room for 0",
        "outpost to port: 2 services, of 1 at most",
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Arc("a", "b", -1, 1, 1), "arc a to b: fixed is -1"),
        (lambda: Arc("a", "b", 1, math.nan, 1), "capacity is nan"),
        (lambda: Arc("a", "b", 1, 1, 1, most=-1), "most is -1"),
        (lambda: Commodity("a", ("b",), math.inf), "a to b: quantity is inf"),
        (lambda: Commodity("a", (), 1), "nowhere to go"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
