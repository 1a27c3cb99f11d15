"""Charts: the numbers drawn are the data's, any text is only text, and every chart is well-formed XML."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.charts import Axis, Column, Dot, axis, bar, brief, columns, spark, strip
from kg.exporters.clean import clean

finite = st.floats(allow_nan=False, allow_infinity=False)
hostile = st.one_of(
    st.text(), st.sampled_from(['"><script>', "</title></svg><img src=x onerror=a>", "\x00\u202e'&"])
)


def texts(svg: Element) -> list[str]:
    return [found.text or "" for found in svg.iter("text")]


def titles(svg: Element) -> list[str]:
    return [found.text or "" for found in svg.iter("title")]


def boxes(svg: Element, name: str = "bar") -> list[Element]:
    return [found for found in svg.iter("rect") if found.get("class") == name]


def years(*counts: int) -> list[Column]:
    return [Column(label=str(2000 + n), value=count, title=f"{count}") for n, count in enumerate(counts)]


def test_columns_are_as_tall_as_their_values_and_say_them() -> None:
    svg = fromstring(columns(years(1, 0, 4, 2), label="Papers by year"))
    tall = [float(box.get("height", "")) for box in boxes(svg)]
    assert tall[2] == 4 * tall[0] == 2 * tall[3]
    assert tall[1] == 0
    assert texts(svg) == ["1", "2000", "2001", "4", "2002", "2", "2003"]
    assert titles(svg) == ["1", "0", "4", "2"]
    assert svg.get("role") == "img" and svg.get("aria-label") == "Papers by year"


def test_columns_stand_on_one_line_within_the_width() -> None:
    svg = fromstring(columns(years(3, 9, 5), label=""))
    feet = {round(float(box.get("y", "")) + float(box.get("height", "")), 1) for box in boxes(svg)}
    assert len(feet) == 1
    for box in boxes(svg):
        left, width = (float(box.get(name, "").rstrip("%")) for name in ("x", "width"))
        assert left >= 0 and left + width <= 100


def test_many_columns_have_lines_instead_of_values_and_fewer_labels() -> None:
    svg = fromstring(columns(years(*range(10_000, 10_036)), label=""))
    shown = texts(svg)
    assert "10,000" in shown  # a line, not the value of a column: only lines have these
    assert sum(text.startswith("20") and len(text) == 4 for text in shown) < 10
    assert len(boxes(svg)) == len(titles(svg)) == 36


def test_no_columns_are_an_empty_chart() -> None:
    assert boxes(fromstring(columns([], label="nothing"))) == []


@pytest.mark.parametrize(
    ("value", "most", "width"), [(1, 4, "25%"), (4, 4, "100%"), (0, 0, "0%"), (9, 4, "100%")]
)
def test_a_bar_is_a_share(value: int, most: int, width: str) -> None:
    (box,) = boxes(fromstring(bar(value, most)))
    assert box.get("width") == width


def test_small_columns_share_a_scale_and_every_paper_is_seen() -> None:
    svg = fromstring(spark([0, 1, 1000], 1000, ["none", "one", "all"], label="GPU"))
    tall = [float(box.get("height", "")) for box in boxes(svg)]
    assert tall == [0, 2, 30]
    assert titles(svg) == ["none", "one", "all"]


@given(st.lists(finite, min_size=1, max_size=20))
def test_an_axis_holds_its_values_in_their_order(values: list[float]) -> None:
    along = axis(values)
    places = [along.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
    assert 1 <= len(along.ticks) <= 20
    assert all(math.isfinite(tick) and along.low <= tick <= along.high for tick in along.ticks)


def test_axes_are_logarithmic_where_values_span_much_and_are_above_zero() -> None:
    assert axis([1.2, 900.0]).logarithmic
    assert not axis([0.0, 900.0]).logarithmic
    assert not axis([50.0, 900.0]).logarithmic
    assert not axis([1.2, 900.0], logarithmic=False).logarithmic
    assert axis([1.0, 10.0, 1000.0]).place(10.0) == pytest.approx(1 / 3)
    assert axis([0.0, 10.0, 1000.0]).place(10.0) == pytest.approx(0.01)


def test_one_value_stands_in_the_middle() -> None:
    for value in (5.0, 0.0, -3.0):
        assert axis([value]).place(value) == 0.5
        assert axis([value]).ticks == (value,)


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (20.0, "20"), (-4.25, "-4.25"), (123456.0, "123,456")]
)
def test_numbers_on_an_axis(value: float, text: str) -> None:
    assert brief(value) == text


def middles(svg: Element) -> list[float]:
    return [float(dot.get("cx", "").rstrip("%")) for dot in svg.iter("circle")]


def test_dots_stand_where_their_values_are() -> None:
    dots = [Dot(low=v, high=v, title=f"{v:g}x") for v in (0.0, 25.0, 100.0)]
    svg = fromstring(strip(dots, axis([0.0, 100.0]), "%", label="values"))
    first, second, last = middles(svg)
    assert (second - first) / (last - first) == pytest.approx(0.25, abs=0.001)
    assert titles(svg) == ["0x", "25x", "100x"]
    assert "20%" in texts(svg)


def test_a_range_is_a_line_between_its_ends() -> None:
    along = Axis(low=0, high=10, logarithmic=False, ticks=(0, 10))
    svg = fromstring(strip([Dot(low=2, high=6, title="2 to 6")], along, "x", label=""))
    (line,) = [found for found in svg.iter("line") if not found.get("class")]
    left, right = (float(line.get(name, "").rstrip("%")) for name in ("x1", "x2"))
    assert (left, right) == pytest.approx((4 + 92 * 0.2, 4 + 92 * 0.6))
    assert middles(svg) == [pytest.approx((left + right) / 2)]


def test_close_values_are_stacked_however_many() -> None:
    for count in (2, 8, 300):
        dots = [Dot(low=1, high=1, title=str(n)) for n in range(count)]
        svg = fromstring(strip(dots, axis([1.0, 5.0]), "", label=""))
        heights = [float(dot.get("cy", "")) for dot in svg.iter("circle")]
        assert len(heights) == count and min(heights) > 0
        assert max(heights) < float(svg.get("height", "")) <= 110
        assert len(set(heights)) == count or count == 300


def test_high_stacks_stand_upright_near_their_values() -> None:
    values = [50 + n / 20 for n in range(12)] + [0, 100]
    svg = fromstring(strip([Dot(low=v, high=v, title="") for v in values], axis([0.0, 100.0]), "", label=""))
    stacked = sorted(middles(svg))[1:-1]
    assert len(set(stacked)) <= 2
    assert all(abs(place - (4 + 92 * 0.5)) < 2 for place in stacked)


def test_bounds_and_what_got_worse_have_marks_of_their_own() -> None:
    dots = [
        Dot(low=1, high=1, title="exact", href="#c1"),
        Dot(low=2, high=2, title="bound", href="#c2", bound=True),
        Dot(low=3, high=3, title="worse", worse=True),
    ]
    svg = fromstring(strip(dots, axis([1.0, 3.0]), "", label=""))
    marks = {found[0].text: found for found in svg.iter() if found.tag in ("a", "g")}
    assert [marks[name].get("class") for name in ("exact", "bound", "worse")] == [
        "dot",
        "dot bound",
        "dot worse loose",
    ]
    assert marks["worse"].find("svg/path") is not None and marks["exact"].find("circle") is not None
    assert marks["exact"].get("href") == "#c1" and marks["exact"].get("aria-label") == "exact"
    assert marks["worse"].tag == "g"


@given(hostile, st.lists(st.tuples(finite, hostile), min_size=1, max_size=4))
def test_any_text_is_text_and_any_number_a_place(label: str, rows: list[tuple[float, str]]) -> None:
    values = [value for value, _ in rows]
    dots = [Dot(low=value, high=value, title=title, href="#c") for value, title in rows]
    charts = [
        columns(
            [Column(label=label, value=n, title=title) for n, (_, title) in enumerate(rows)], label=label
        ),
        spark(range(len(rows)), len(rows), [title for _, title in rows], label=label),
        strip(dots, axis(values), label, label=label),
    ]
    for chart in charts:
        svg = fromstring(chart)
        assert {found.tag for found in svg.iter()} <= {
            "svg",
            "g",
            "a",
            "title",
            "rect",
            "line",
            "text",
            "circle",
        }
        assert sorted(titles(svg)) == sorted(clean(title) for _, title in rows)
        assert svg.get("aria-label") == clean(label)


def test_an_axis_may_be_as_long_as_numbers_are() -> None:
    wide = axis([0.5, 8.98846567431158e307])
    assert (wide.place(0.5), wide.place(8.98846567431158e307)) == (0.0, 1.0)
    assert 0 < wide.place(1e150) < 1
