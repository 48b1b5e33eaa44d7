"""What is made of measured times: medians, percentiles, estimates and ratios; and the work that no code avoids."""

from types import SimpleNamespace

import pytest
from rich.console import Console

from training.bench import Bench, Run, Speed, every_text, operations, speed, turn

SIZES = [100, 300]


def test_a_round_that_was_disturbed_does_not_count():
    rounds = [Run(1, 50, {0: 1, 1: 3}), Run(9, 90, {0: 10, 1: 30}), Run(2, 60, {0: 2, 1: 2})]
    measured = speed(rounds, SIZES)
    assert (measured.reports_per_second, measured.characters_per_second) == (0.5, 100)
    assert (measured.megabytes, measured.ready) == (60, 2)


def test_percentiles_are_those_of_single_reports():
    sizes = [1] * 21
    measured = speed([Run(1, 1, {number: float(number + 1) for number in range(21)})], sizes)
    assert (measured.p50, measured.p95) == (11, 20)


def test_a_text_that_was_not_read_takes_what_its_length_would():
    assert every_text(Run(1, 1, {0: 2.0}), [100, 300, 50]) == [2.0, 6.0, 1.0]


def test_a_text_that_was_read_keeps_its_own_time():
    assert every_text(Run(1, 1, {0: 5.0, 1: 3.0}), SIZES) == [5.0, 3.0]


def test_every_text_has_its_turn():
    assert [turn(number, 5) for number in range(3)] == [[0, 1], [2, 3], [4, 0]]


def test_no_text_is_read_twice_in_a_round():
    assert turn(3, 1) == [0]


def test_operations_are_two_a_weight_and_token_and_those_of_attention():
    network = SimpleNamespace(hidden_size=4, intermediate_size=8, num_hidden_layers=3, num_labels=5)
    weights = 3 * (4 * 4 * 4 + 2 * 4 * 8) + 4 * 5
    attention = 3 * 2 * (2 * 10 * 10 * 4)  # scores and sums, a layer
    assert operations(10, network) == 2 * 10 * weights + attention


RATES = {"shipped": 10.0, "fp32": 4.0, "bert-base": 0.1}


@pytest.fixture
def measured():
    speeds = {name: Speed(rate, rate * 200, 0.1, 0.2, 80, 0.5) for name, rate in RATES.items()}
    return Bench(reports=2, characters=400, rounds=5, speeds=speeds, operations=1000, rate=10_000, share=0.8)


def test_ratios_are_those_of_the_shipped_model(measured):
    assert measured.ratios == pytest.approx({"over_bert-base": 100, "over_fp32": 2.5, "times_the_floor": 2})


def test_json_holds_what_was_measured_and_what_follows(measured):
    told = measured.to_json()
    assert told["speeds"]["fp32"]["reports_per_second"] == 4
    assert told["floor"] == 0.1
    assert told["ratios"] == measured.ratios


def test_table_has_a_row_for_every_contender_and_the_floor(measured):
    console = Console(width=120)
    with console.capture() as shown:
        console.print(measured.table())
    assert [line.split("│")[1].strip() for line in shown.get().splitlines() if "│" in line] == [*RATES, "floor"]
