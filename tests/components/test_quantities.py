"""Quantities as abstracts print them: LaTeX and plain, ranges, bounds, words; what is no quantity."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.components.numberwords import WORDED, worded_value
from kg.components.plaintext import plain_text
from kg.components.quantities import find_quantities
from kg.components.units import canonical_unit, unit_kind


def read(text: str) -> list[tuple[float, float, str, str]]:
    return [(q.low, q.high, q.unit, q.bound) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("a speedup of up to 5.5×better compression", 5.5, 5.5, "x", "up_to"),
        (r"a $\mathbf{58.65\times}$ speedup", 58.65, 58.65, "x", "exact"),
        (r"by $\mathbf{23.8\%}$ on average", 23.8, 23.8, "%", "exact"),
        (r"by 40$\times$ over", 40, 40, "x", "exact"),
        ("up to ~41.7X compared", 41.7, 41.7, "x", "up_to"),
        ("achieves 13.8~14.7x speedup", 13.8, 14.7, "x", "range"),
        ("by 8.5 - 18.5x compared", 8.5, 18.5, "x", "range"),
        ("achieves 19%-31% reduction", 19, 31, "%", "range"),
        ("is 1.32-2.66 times faster", 1.32, 2.66, "x", "range"),
        (r"by 1.3x--2.1x (larger", 1.3, 2.1, "x", "range"),
        (r"by $+0.52$--$0.61$\,dB while", 0.52, 0.61, "dB", "range"),
        ("between 1.08x and 1.88x faster", 1.08, 1.88, "x", "range"),
        ("Without losing more than 1% in accuracy", 1, 1, "%", "less_than"),
        ("less than 1% accuracy degradation", 1, 1, "%", "less_than"),
        ("over a 36% reduction", 36, 36, "%", "more_than"),
        ("at least 8 bits of", 8, 8, "bits", "at_least"),
        ("by 1.5x or more over", 1.5, 1.5, "x", "at_least"),
        ("approximately 2.14 ms", 2.14, 2.14, "ms", "approx"),
        ("about 18.4 percent increase", 18.4, 18.4, "%", "approx"),
        ("an accuracy gain of 23.88%p", 23.88, 23.88, "pp", "exact"),
        ("+24.5 pp on D2", 24.5, 24.5, "pp", "exact"),
        ("a 10 percentage point improvement", 10, 10, "pp", "exact"),
        ("47,873 tok/s on", 47873, 47873, "tok/s", "exact"),
        ("39.3$\\pm$1.5 frames per second", 39.3, 39.3, "FPS", "exact"),
        ("7.24 TOPS/mm$^2$ at", 7.24, 7.24, "TOPS/mm^2", "exact"),
        (r"of $10^{-3}$ on", 0.001, 0.001, "", "exact"),
        ("of 1.2e-4 on", 1.2e-4, 1.2e-4, "", "exact"),
        (r"of \(3.60\times10^{-6}\) on", 3.6e-6, 3.6e-6, "", "exact"),
        ("up to 22K times faster", 22000, 22000, "x", "up_to"),
        ("with 1.96M parameters", 1.96, 1.96, "M parameters", "exact"),
        ("scores 4.80/5 in", 4.8, 4.8, "", "exact"),
        ("an order of magnitude faster", 10, 10, "x", "exact"),
        ("two to three orders of magnitude faster", 100, 1000, "x", "range"),
        ("orders-of-magnitude reductions", 10, 10, "x", "exact"),
        ("more than doubles the throughput", 2, 2, "x", "more_than"),
        ("halves the traffic", 50, 50, "%", "exact"),
        ("a fivefold gain", 5, 5, "x", "exact"),
        ("nearly five times the rate", 5, 5, "x", "approx"),
        ("a 10%-higher rate", 10, 10, "%", "exact"),
        ("a 20%-reduced cost", 20, 20, "%", "exact"),
        ("573.4-giga operations per second (GOPS) peak", 573.4, 573.4, "GOPS", "exact"),
        ("49.4-tera operations per second (TOPS)/W is", 49.4, 49.4, "TOPS/W", "exact"),
        ("3 tera operations per second per watt (TOPS/W) is", 3, 3, "TOPS/W", "exact"),
    ],
)
def test_one_quantity(text: str, low: float, high: float, unit: str, bound: str) -> None:
    assert read(text) == [(pytest.approx(low), pytest.approx(high), unit, bound)]


def test_a_list_shares_its_unit() -> None:
    text = "These are 8.46, 5.85, and 2.57 percentage points above"
    assert [(q.low, q.unit) for q in find_quantities(text)] == [(8.46, "pp"), (5.85, "pp"), (2.57, "pp")]


def test_a_list_of_speedups_is_read_one_by_one() -> None:
    text = "up to ~41.7X, 7.6X, and 1.9X compared to A, B and C, respectively"
    assert [q.low for q in find_quantities(text)] == [41.7, 7.6, 1.9]


def test_a_to_pair_offers_the_range_and_both_ends() -> None:
    found = find_quantities("improves mAP from 71.2 to 73.4 on COCO")
    assert [(q.low, q.high, q.form) for q in found] == [
        (71.2, 73.4, "to"),
        (71.2, 71.2, "single"),
        (73.4, 73.4, "single"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ResNet-50 and H.264",
        "CIFAR-10 on A100",
        "3x3 kernels",
        "pass@1 of it",
        "GPT-4o",
        "an 8-way switch",
        "2nd",
        "degradation of 40%-pruned ResNet-18",
        "50%-sparse BERT",
        "80%-90%-pruned networks",
    ],
)
def test_numbers_of_names_and_settings_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_absurd_numbers_are_left_out() -> None:
    assert read("a value of " + "9" * 400 + " was seen") == []


def test_offsets_lead_back_to_the_text() -> None:
    raw = "We  gain\n$\\mathbf{1.5\\times}$ and 2\\%."
    plain = plain_text(raw)
    first, second = find_quantities(plain)
    assert raw[slice(*plain.span(first.start, first.end))].startswith("1.5\\times")
    assert raw[slice(*plain.span(second.start, second.end))] == "2\\%"


@given(st.text(alphabet=st.sampled_from("ab 1290.,-~x%$\\{}^×to/+±K \n"), max_size=80))
def test_any_text_is_read_and_spans_stay_inside(raw: str) -> None:
    plain = plain_text(raw)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert plain.starts == sorted(plain.starts)
    for quantity in find_quantities(plain):
        start, end = plain.span(quantity.start, quantity.end)
        assert 0 <= start < end <= len(raw)
        assert quantity.low <= quantity.high


@pytest.mark.parametrize(
    "piece",
    [
        "1%-a",
        "1 giga operations per second (GOPS)",
        "1,",
        "1",
        "1.5x ",
        "$\\",
        "up to ",
        "~1~",
        "1 to ",
        "-",
        "10^",
        " ",
        "1/",
        "\\a",
        "x 1",
        "x1-",
        " x1.5",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    begun = time.process_time()
    find_quantities(piece * (60_000 // len(piece)))
    assert time.process_time() - begun < 3.0


def test_units_have_one_name() -> None:
    names = ["percent", "X", "times", "fps", "frames per second", "percentage points", "seconds", "TOPS/mm2"]
    assert [canonical_unit(n) for n in names] == ["%", "x", "x", "FPS", "FPS", "pp", "s", "TOPS/mm^2"]
    assert [unit_kind(u) for u in ("x", "%", "", "ms", "TOPS/W", "pp", "LUTs")] == [
        "ratio", "percent", "plain", "time", "rate", "points", "other",
    ]  # fmt: skip


def test_words_give_values() -> None:
    match = WORDED.search("a factor of two")
    assert match is not None
    assert worded_value(match) == (2.0, 2.0, "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an average speedup of x17.7 and x449 over CUDA", [(17.7, 17.7), (449.0, 449.0)]),
        ("improves the communication time by × 177. Compared", [(177.0, 177.0)]),
        ("efficiency, delivering ×25-54 and ×4.5 improvements", [(25.0, 54.0), (4.5, 4.5)]),
        ("achieves up to a ×2 speed-up", [(2.0, 2.0)]),
        ("the x86 speedup", []),
    ],
)
def test_a_ratio_may_have_its_sign_first(text: str, expected: list[tuple[float, float]]) -> None:
    found = find_quantities(text)
    assert [(q.low, q.high) for q in found] == expected
    assert all(q.unit == "x" for q in found)


@pytest.mark.parametrize(
    "text",
    [
        "a factor of 13 mm x 7 mm x 6.5 mm",
        "6 methods × 4.5 tasks × 3 repeats faster",
        "70B x 2 agents are faster",
    ],
)
def test_dimensions_and_products_are_no_ratios(text: str) -> None:
    assert "x" not in [q.unit for q in find_quantities(text)]


@pytest.mark.parametrize("words", ["ranging from", "ranges from", "between"])
def test_a_spread_has_no_ends_of_its_own(words: str) -> None:
    (found,) = find_quantities(f"gains in feature computation {words} 45.4% to 80.6%")
    assert (found.low, found.high, found.form) == (45.4, 80.6, "range")


def test_a_change_keeps_its_ends() -> None:
    assert [q.form for q in find_quantities("grew from 2x to 3x")] == ["to", "single", "single"]
