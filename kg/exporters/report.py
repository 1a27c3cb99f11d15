"""The collection at a glance: one page to read and to print, with charts but without any script.

Counts, papers over time, what is named most, what goes with what, numeric claims by metric with their
sentences, venues and the most connected papers. The page may load and run nothing (its content security
policy says so). Each chart has its numbers beside it or in a table to open; what is cut is said.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kg.exporters.charts import Column, Dot, axis, bar, columns, spark, strip
from kg.exporters.clean import one_line
from kg.exporters.display import KINDS, look
from kg.exporters.glance import (
    Grid,
    Measured,
    Periods,
    Ranking,
    Trend,
    by_metric,
    connected,
    grid,
    periods,
    top_things,
    trends,
    venues,
)
from kg.exporters.plugin import Contents, Exporter
from kg.exporters.survey import Claim, Survey, survey
from kg.files import atomic_text
from kg.text import whole_words

__all__ = ["EXPORTER", "write"]

_THINGS, _VENUES, _PAPERS, _TRENDS, _PLOTS = 10, 12, 10, 8, 12  # how many are shown of each
_ROWS, _OTHER_ROWS = 40, 80  # claims in the table below a plot, and in the one of the metrics without a plot
_DOTS = 600  # in one plot; of more, evenly chosen
_NAMED = 4  # papers in a hover text
_BESIDE = ("paper", "author", "venue")


def write(contents: Contents, path: Path) -> None:
    """Writes the page; equal contents give equal bytes."""
    found = survey(contents.rows, contents.papers_outside)
    page = _environment().get_template("report.html").render(_values(found, one_line(contents.heading, 200)))
    with atomic_text(path) as file:
        file.write(page)


def _environment() -> Environment:
    css = _read("report.css") + _colours()
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    environment = Environment(
        loader=DictLoader({"report.html": _read("report.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        css=Markup(css),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'",
        bar=bar,
        plural=plural,
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment


def _read(name: str) -> str:
    return files("kg.exporters").joinpath("templates", name).read_text(encoding="utf-8")


def _colours() -> str:
    """The colours of the kinds, as in the other formats, on light and dark ground."""
    light = "".join(f".k-{kind} {{ --k: {KINDS[kind].light}; }}\n" for kind in KINDS)
    dark = "".join(f".k-{kind} {{ --k: {KINDS[kind].dark}; }}\n" for kind in KINDS)
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def plural(count: int, noun: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "paper"), plural(1200, "paper"), plural(2, "is", "are")
    ('1 paper', '1,200 papers', '2 are')
    """
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def _values(found: Survey, heading: str) -> Mapping[str, Any]:
    """What the template shows."""
    time = periods(tuple(found.works.values()))
    ranked, without_venue = venues(found, _VENUES)
    measured = by_metric(found.claims)
    return {
        "heading": heading,
        "span": _span(time),
        "headlines": _headlines(found),
        "time": time,
        "time_chart": _time_chart(time),
        "tops": [_Top.of(found, kind) for kind in _kinds(found)],
        "grids": [
            _Heat.of(kind, noun, grid(found, ("method", "model"), (kind,)))
            for kind, noun in (
                ("dataset", ("dataset", "datasets")),
                ("hardware", ("piece of hardware", "pieces of hardware")),
            )
        ],
        "trends": _trend_rows(trends(found, "hardware", time, _TRENDS), time),
        "claims": len(found.claims),
        "plots": [_Plot.of(one, number) for number, one in enumerate(_plotted(measured), start=1)],
        "others": _others(measured),
        "venues": ranked,
        "without_venue": without_venue,
        "works": len(found.works),
        "connected": connected(found, _PAPERS),
    }


def _span(time: Periods) -> str:
    """First and last period that has a paper: there are none without at the ends."""
    ends = (time.labels[0], time.labels[-1]) if time.labels else ()
    return "–".join(dict.fromkeys(part for label in ends for part in label.split("–")[:1]))


def _headlines(found: Survey) -> list[tuple[str, int]]:
    def noun(count: int, one: str, many: str) -> tuple[str, int]:
        return (one if count == 1 else many), count

    return [
        noun(len(found.works), "paper", "papers"),
        noun(found.kinds.get("author", 0), "author", "authors"),
        noun(found.kinds.get("venue", 0), "venue", "venues"),
        noun(len(found.things), "entity", "entities"),
        noun(found.edges, "link", "links"),
        noun(len(found.claims), "numeric claim", "numeric claims"),
    ]


def _kinds(found: Survey) -> list[str]:
    """The kinds of things there are, known ones first."""
    return [kind for kind in KINDS if kind in found.kinds and kind not in _BESIDE] + [
        kind for kind in found.kinds if kind not in KINDS
    ]


def _shade(kind: str) -> str:
    """The class that colours a kind; names of kinds that are not known never become one."""
    return f"k-{kind}" if kind in KINDS else "k-other"


# -- time


def _time_chart(time: Periods) -> Markup:
    shown = [
        Column(label=label, value=count, title=f"{label}: {plural(count, 'paper')}")
        for label, count in zip(time.labels, time.counts, strict=True)
    ]
    return columns(shown, label=f"Papers by {time.unit}; the numbers stand in the table below")


@dataclass(frozen=True, slots=True, kw_only=True)
class _TrendRow:
    trend: Trend
    total: int
    chart: Markup


def _trend_rows(ranked: Ranking[Trend], time: Periods) -> Ranking[_TrendRow]:
    most = max((count for trend in ranked.shown for count in trend.counts), default=0)

    def row(trend: Trend) -> _TrendRow:
        titles = [
            f"{trend.thing.name}, {label}: {count:,} of {plural(papers, 'paper')}"
            for label, count, papers in zip(time.labels, trend.counts, time.counts, strict=True)
        ]
        chart = spark(trend.counts, most, titles, label=f"Papers with {trend.thing.name} by {time.unit}")
        return _TrendRow(trend=trend, total=sum(trend.counts), chart=chart)

    return Ranking(shown=tuple(map(row, ranked.shown)), left=ranked.left)


# -- things


@dataclass(frozen=True, slots=True, kw_only=True)
class _Top:
    """The things of one kind that most papers name."""

    plural: str
    shade: str
    all: int
    rows: tuple[tuple[str, int, int], ...]
    left: int

    @classmethod
    def of(cls, found: Survey, kind: str) -> _Top:
        ranked = top_things(found, kind, _THINGS)
        return cls(
            plural=one_line(look(kind).plural, 60),
            shade=_shade(kind),
            all=len(ranked.shown) + ranked.left,
            rows=tuple((thing.name, thing.papers, thing.mentions) for thing in ranked.shown),
            left=ranked.left,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A cell of a heat map: how many papers, which of five shades, what is said on hover."""

    papers: int
    level: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heat:
    """A table whose cells are shaded by their number."""

    id: str
    title: str
    to: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[_Cell | None, ...]], ...]
    left: str

    @classmethod
    def of(cls, kind: str, noun: tuple[str, str], found: Grid) -> _Heat:
        most = max(map(len, found.papers.values()), default=0)

        def cell(row: int, column: int) -> _Cell | None:
            papers = found.papers.get((row, column))
            if not papers:
                return None
            pair = f"{found.rows[row].name} and {found.columns[column].name}"
            level = 1 + 4 * (len(papers) - 1) // max(most - 1, 1)
            return _Cell(papers=len(papers), level=level, title=f"{pair} in {_named(papers)}")

        left = [
            plural(found.left_rows, "method or model", "methods and models") if found.left_rows else "",
            plural(found.left_columns, *noun) if found.left_columns else "",
        ]
        return cls(
            id=kind,
            title=f"Methods and models on {look(kind).plural}",
            to=look(kind).plural,
            columns=tuple(thing.name for thing in found.columns),
            rows=tuple(
                (
                    thing.name,
                    _shade(thing.kind),
                    tuple(cell(row, column) for column in range(len(found.columns))),
                )
                for row, thing in enumerate(found.rows)
            ),
            left=" and ".join(filter(None, left)),
        )


def _named(papers: Sequence[str]) -> str:
    more = f"; and {len(papers) - _NAMED:,} more" if len(papers) > _NAMED else ""
    return f"{plural(len(papers), 'paper')}: {'; '.join(papers[:_NAMED])}{more}"


# -- results


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A claim in a table; the quote in three parts, the value in the middle where it stands in it."""

    id: str
    claim: Claim
    quote: tuple[str, str, str]

    @classmethod
    def of(cls, claim: Claim, anchor: str) -> _Row:
        place = next(whole_words(claim.quote, claim.value), None)
        start, end = place or (len(claim.quote), len(claim.quote))
        parts = (claim.quote[:start], claim.quote[start:end], claim.quote[end:])
        return cls(id=anchor, claim=claim, quote=parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """A metric in one unit: its values on an axis and its claims as a table."""

    metric: str
    unit: str
    all: int
    chart: Markup
    note: str
    rows: tuple[_Row, ...]
    hardware: bool

    @classmethod
    def of(cls, measured: Measured, number: int) -> _Plot:
        tabled = _surest(measured.claims, _ROWS)
        anchor = {claim.id: f"c{number}-{index}" for index, claim in enumerate(tabled, start=1)}
        drawn = [claim for claim in measured.claims if claim.middle is not None]
        values = [end for claim in drawn for end in (claim.low, claim.high) if end is not None]
        along = axis(values, logarithmic=False if measured.unit == "%" else None)
        step = -(-len(drawn) // _DOTS)
        dots = [_as_dot(claim, anchor.get(claim.id)) for claim in drawn[::step]]
        notes = [
            "log scale" if along.logarithmic else "",
            f"{len(dots):,} drawn" if step > 1 else "",
            f"{len(measured.claims) - len(drawn):,} without a number"
            if len(measured.claims) > len(drawn)
            else "",
        ]
        label = f"{plural(len(dots), 'value')} of {measured.metric}, from the lowest to the highest"
        return cls(
            metric=measured.metric,
            unit=measured.unit,
            all=len(measured.claims),
            chart=strip(dots, along, measured.unit, label=label),
            note=", ".join(filter(None, notes)),
            rows=tuple(_Row.of(claim, anchor[claim.id]) for claim in tabled),
            hardware=any(claim.hardware for claim in tabled),
        )


def _plotted(measured: Iterable[Measured]) -> list[Measured]:
    """Those that are worth a plot: at least two values."""
    worth = [one for one in measured if one.metric and sum(c.middle is not None for c in one.claims) > 1]
    return worth[:_PLOTS]


def _others(measured: Iterable[Measured]) -> dict[str, Any]:
    """The claims of the metrics without a plot, as one table."""
    plotted = {id(one) for one in _plotted(measured)}
    rest = [one for one in measured if id(one) not in plotted]
    claims = [claim for one in rest for claim in one.claims]
    kept = {claim.id for claim in _surest(claims, _OTHER_ROWS)}
    rows = [claim for claim in claims if claim.id in kept]
    return {
        "metrics": len(rest),
        "all": len(claims),
        "rows": tuple(_Row.of(claim, f"o-{index}") for index, claim in enumerate(rows, start=1)),
        "hardware": any(claim.hardware for claim in rows),
    }


def _surest(claims: Sequence[Claim], most: int) -> list[Claim]:
    """The claims of highest confidence, in the order given."""
    kept = {claim.id for claim in sorted(claims, key=lambda claim: (-claim.confidence, claim.id))[:most]}
    return [claim for claim in claims if claim.id in kept]


def _as_dot(claim: Claim, anchor: str | None) -> Dot:
    ends = [end for end in (claim.low, claim.high) if end is not None]
    parts = [
        f"{claim.value}: {claim.subject or 'the paper'} {claim.kind} {claim.metric}",
        f"against {claim.baseline}" if claim.baseline else "",
        f"on {claim.dataset}" if claim.dataset else "",
        f"on {claim.hardware}" if claim.hardware else "",
        f"({claim.paper.name})" if claim.paper else "",
    ]
    return Dot(
        low=min(ends),
        high=max(ends),
        title=" ".join(filter(None, parts)),
        href=f"#{anchor}" if anchor else None,
        bound=claim.bound not in ("", "exact", "range", "approx"),
        worse=claim.polarity == "negative",
    )


EXPORTER = Exporter(
    name="report",
    filename="report.html",
    about="the collection at a glance: one page with charts, to read and to print",
    write=write,
)
