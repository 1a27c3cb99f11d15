"""SVG charts as text, without script: columns over time, bars, strips of values on an axis.

Places along x are percentages and those along y pixels, so a chart fills whatever width it gets while its
letters keep their size. Elements are built as a tree and written by the standard library, which escapes all
text; colours come from the style sheet through classes. Hover text stands in ``title`` elements.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from kg.exporters.clean import clean

__all__ = ["Axis", "Column", "Dot", "axis", "bar", "brief", "columns", "spark", "strip"]

_LARGEST = sys.float_info.max
_NARROW = 300  # pixels that the smallest screen leaves a chart: labels are thinned so that they fit there
_LETTER = 6.6  # pixels of a digit at the size of labels
_ROOM = 104  # pixels of height for columns
_STEP, _RISE, _HIGHEST = 2.6, 8.0, 9  # percent between stacks of dots, pixels between dots, dots at that
_LEANING = 4  # dots: a higher stack, each dot in its very place, would lean


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its label below, its value, what is said on hover."""

    label: str
    value: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One value, or a range where ``low`` and ``high`` differ; ``href`` is where a click leads.

    ``bound``: the value is a limit, not exact; ``worse``: the thing got worse.
    """

    low: float
    high: float
    title: str
    href: str | None = None
    bound: bool = False
    worse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """From the lowest to the highest value, linear or logarithmic, with the values that are marked."""

    low: float
    high: float
    logarithmic: bool
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Where a value stands, from 0 to 1; values outside stand at the ends."""
        value = min(max(value, self.low), self.high)
        if self.logarithmic:
            low = math.log(self.low)  # of the numbers, not of their quotient, which may overflow
            return (math.log(value) - low) / (math.log(self.high) - low)
        return (value / 2 - self.low / 2) / (
            self.high / 2 - self.low / 2
        )  # halves: the difference may overflow


def axis(values: Sequence[float], *, logarithmic: bool | None = None) -> Axis:
    """An axis that holds all values; logarithmic if not told otherwise where they span more than 20-fold.

    >>> axis([0.0, 9.0]).ticks, axis([1.2, 900.0]).ticks
    ((0.0, 2.0, 4.0, 6.0, 8.0), (10.0, 100.0))
    """
    low, high = min(values), max(values)
    if logarithmic is None:
        logarithmic = low > 0 and high / 20 > low
    if low == high:
        room = abs(low) / 2 or 1.0
        least, most = max(low - room, -_LARGEST), min(high + room, _LARGEST)
        return Axis(low=least, high=most, logarithmic=False, ticks=(low,))
    steps = _powers(low, high) if logarithmic else _even(low, high)
    ticks = tuple(tick for tick in steps if low <= tick <= high)
    return Axis(low=low, high=high, logarithmic=logarithmic, ticks=ticks or (low, high))


def _even(low: float, high: float) -> tuple[float, ...]:
    """Multiples of 1, 2 or 5 times a power of ten, at most six of them."""
    span = high / 5 - low / 5
    power = 10.0 ** math.floor(math.log10(span)) if span > 0 else 0.0
    step = next((power * factor for factor in (1, 2, 5, 10) if power * factor >= span), 0.0)
    if not 0 < step < math.inf:
        return ()
    first, last = math.ceil(low / step), math.floor(high / step)
    return (
        tuple(float(f"{number * step:.12g}") for number in range(first, last + 1)) if last - first < 8 else ()
    )


def _powers(low: float, high: float) -> tuple[float, ...]:
    """Powers of ten, thinned to at most five; with twos and fives between where there are few."""
    first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
    thin = (last - first) // 5 + 1
    ticks = [10.0**power for power in range(first, last + 1, thin)]
    if len(ticks) < 2:
        ticks = sorted(10.0**power * factor for power in range(first - 1, last + 1) for factor in (1, 2, 5))
    return tuple(float(f"{tick:.12g}") for tick in ticks)


def brief(value: float) -> str:
    """A number for an axis: three digits.

    >>> brief(1500.0), brief(0.25), brief(2e9), brief(97.64)
    ('1,500', '0.25', '2e+09', '97.6')
    """
    if value and not 1e-3 <= abs(value) < 1e6:
        return f"{value:.3g}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def columns(shown: Sequence[Column], *, label: str) -> Markup:
    """Columns over a base line. Values stand above them where there is room, else lines mark some heights."""
    most = max((column.value for column in shown), default=0) or 1
    width = 100 / max(len(shown), 1)
    longest = max((len(f"{column.value:,}") for column in shown), default=1)
    roomy = len(shown) * (longest + 1) * _LETTER <= _NARROW
    svg = _svg(f"{_ROOM + 40}", "columns", label)
    base = _ROOM + 16
    if not roomy:
        for tick in [tick for tick in _even(0, most) if tick and tick == int(tick)]:
            y = _px(base - _ROOM * tick / most)
            _add(svg, "line", {"class": "rule", "x1": "0", "x2": "100%", "y1": y, "y2": y})
            _text(svg, "0", _px(float(y) - 3), f"{int(tick):,}", "start")
    every = math.ceil(
        len(shown) * (max(map(len, (c.label for c in shown)), default=1) + 1.5) * _LETTER / _NARROW
    )
    thin = min(width * 0.72, 6.0)  # a lone column is no wall
    for number, column in enumerate(shown):
        middle, tall = width * (number + 0.5), _ROOM * column.value / most
        group = _add(svg, "g", {})
        _add(group, "title", {}).text = clean(column.title)
        box = {"x": _percent(middle - thin / 2), "width": _percent(thin), "rx": "2"}
        _add(group, "rect", {"class": "bar", **box, "y": _px(base - tall), "height": _px(tall)})
        if roomy and column.value:
            _text(group, _percent(middle), _px(base - tall - 5), f"{column.value:,}")
        if number % every == 0:
            _text(group, _percent(middle), _px(base + 17), column.label)
    _add(svg, "line", {"class": "axis", "x1": "0", "x2": "100%", "y1": _px(base), "y2": _px(base)})
    return _written(svg)


def bar(value: float, most: float) -> Markup:
    """One bar; hidden from screen readers, for it stands beside its number."""
    svg = Element("svg", {"class": "amount", "width": "100%", "height": "5", "aria-hidden": "true"})
    share = max(0.0, min(1.0, value / most)) if most > 0 else 0.0
    _add(svg, "rect", {"class": "bar", "width": _percent(100 * share), "height": "5", "rx": "2"})
    return _written(svg)


def spark(values: Sequence[int], most: int, titles: Sequence[str], *, label: str) -> Markup:
    """Small columns without labels; ``most`` is the value of the full height."""
    tall, width = 30, 100 / max(len(values), 1)
    svg = _svg(str(tall), "spark", label)
    for number, (value, title) in enumerate(zip(values, titles, strict=True)):
        height = max(2.0, tall * value / most) if value and most else 0.0
        group = _add(svg, "g", {})
        _add(group, "title", {}).text = clean(title)
        place = {"x": _percent(width * (number + 0.12)), "width": _percent(width * 0.76)}
        _add(group, "rect", {"class": "ghost", **place, "y": "0", "height": str(tall)})
        _add(group, "rect", {"class": "bar", **place, "y": _px(tall - height), "height": _px(height)})
    _add(svg, "line", {"class": "axis", "x1": "0", "x2": "100%", "y1": str(tall), "y2": str(tall)})
    return _written(svg)


def strip(dots: Sequence[Dot], along: Axis, unit: str, *, label: str) -> Markup:
    """Values as dots along an axis, stacked where they are close; ranges are lines with a dot amid."""
    stacks: Counter[int] = Counter()
    placed = []
    for dot in sorted(dots, key=lambda dot: (dot.low + (dot.high - dot.low) / 2, dot.title)):
        middle = _along(along, dot.low) / 2 + _along(along, dot.high) / 2
        stack = round(middle / _STEP)
        placed.append((dot, middle, stack, stacks[stack]))
        stacks[stack] += 1
    highest = max(stacks.values(), default=1)
    rise = _RISE if highest <= _HIGHEST else _RISE * _HIGHEST / highest
    base = 10 + rise * (highest - 1) + 6
    svg = _svg(_px(base + 22), "strip", label, role="group")
    for tick in along.ticks:
        x = _percent(_along(along, tick))
        _add(svg, "line", {"class": "rule", "x1": x, "x2": x, "y1": "2", "y2": _px(base)})
        _text(svg, x, _px(base + 16), brief(tick) + ("%" if unit == "%" else ""))
    _add(svg, "line", {"class": "axis", "x1": "0", "x2": "100%", "y1": _px(base), "y2": _px(base)})
    for dot, middle, stack, level in placed:
        place = stack * _STEP if stacks[stack] > _LEANING else middle
        _dot(svg, dot, place, base - 7 - rise * level, along)
    return _written(svg)


def _along(along: Axis, value: float) -> float:
    """Percent of the width; a margin is left at both ends for dots and letters."""
    return 4 + 92 * along.place(value)


def _dot(svg: Element, dot: Dot, middle: float, y: float, along: Axis) -> None:
    classes = " ".join(
        [
            "dot",
            *(["bound"] if dot.bound else []),
            *(["worse"] if dot.worse else []),
            *([] if dot.href else ["loose"]),
        ]
    )
    around = {"href": dot.href, "aria-label": clean(dot.title)} if dot.href else {}
    group = _add(svg, "a" if dot.href else "g", {"class": classes, **around})
    _add(group, "title", {}).text = clean(dot.title)
    if dot.low != dot.high:
        ends = {"x1": _percent(_along(along, dot.low)), "x2": _percent(_along(along, dot.high))}
        _add(group, "line", {**ends, "y1": _px(y), "y2": _px(y)})
    if (
        dot.worse
    ):  # a shape of its own, so that nothing rests on colour: a svg within holds pixels at a percentage
        inner = _add(group, "svg", {"x": _percent(middle), "y": _px(y), "overflow": "visible"})
        _add(inner, "path", {"d": "M-4.2 -3.4H4.2L0 4.2Z"})
    else:
        _add(group, "circle", {"cx": _percent(middle), "cy": _px(y), "r": "3.5"})


def _svg(height: str, name: str, label: str, role: str = "img") -> Element:
    shown = {"class": name, "width": "100%", "height": height, "role": role, "aria-label": clean(label)}
    return Element("svg", shown)


def _add(parent: Element, tag: str, attributes: dict[str, str]) -> Element:
    return SubElement(parent, tag, attributes)


def _text(parent: Element, x: str, y: str, text: str, anchor: str = "middle") -> None:
    _add(parent, "text", {"x": x, "y": y, "text-anchor": anchor}).text = clean(text)


def _percent(value: float) -> str:
    return f"{round(value, 2):g}%"


def _px(value: float) -> str:
    return f"{round(value, 1):g}"


def _written(svg: Element) -> Markup:
    return Markup(tostring(svg, encoding="unicode"))  # the writer has escaped all text
