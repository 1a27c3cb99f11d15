"""Graph -> RDF, as subjects with their statements; ``jsonld`` and ``ttl`` write the same of it.

Words of others go first: schema.org (works, people, observations), CiTO (citations), SKOS (concepts), PROV
and Web Annotation (where a claim was read). The ``kg:`` terms stand where these have none, each declared as
the sub-property or sub-class of what it narrows. Papers are called by DOI, else arXiv id, authors by ORCID,
all else by the content hash that is its node id: ``urn:kg:e:3f9c0a1d5e7b2c48``.

Every edge is a plain triple and a resource of its own (``kg:Claim``, an ``rdf:Statement``) that carries
support, confidence and evidence: an ``oa:SpecificResource`` of the paper with a TextQuoteSelector and, where
offsets are known, a TextPositionSelector (code points, into what ``kg:offsetsIn`` says).
https://www.w3.org/TR/annotation-model/, https://www.w3.org/TR/prov-o/, https://www.w3.org/TR/skos-reference/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import networkx as nx

from kg.exporters.clean import one_line
from kg.exporters.links import arxiv_url, doi_url, orcid_url, web_url
from kg.ids import make_id

__all__ = ["INTEGER", "IRI", "PREFIXES", "TEXT", "TYPE", "Subject", "Value", "resources"]

PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "kg": "urn:kg:terms:",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TYPE = "rdf:type"
IRI, TEXT = "iri", "xsd:string"
INTEGER, _DOUBLE, _BOOLEAN = "xsd:integer", "xsd:double", "xsd:boolean"

_CLASSES = {
    "paper": ("schema:ScholarlyArticle",),
    "author": ("schema:Person",),
    "venue": ("schema:CreativeWorkSeries",),
    "dataset": ("skos:Concept", "kg:Dataset", "schema:Dataset"),
    "tool": ("skos:Concept", "kg:Tool", "schema:SoftwareApplication"),
}
# edge kind -> property, what it narrows, whether source and target change places
_FROM_PAPER = {
    "proposes": ("kg:proposes", "schema:about", False),
    "targets": ("kg:targets", "schema:about", False),
    "uses": ("kg:uses", "schema:mentions", False),
    "compares_with": ("kg:comparesWith", "schema:mentions", False),
    "evaluated_on": ("kg:evaluatedOn", "schema:mentions", False),
    "measures": ("kg:measures", "schema:mentions", False),
    "mentions": ("schema:mentions", "", False),
    "published_in": ("schema:isPartOf", "", False),
    "cites": ("cito:cites", "", False),
}
_BETWEEN = {
    "authored": ("schema:author", "", True),
    "is_a": ("skos:broader", "", False),
    "part_of": ("kg:partOf", "schema:isPartOf", False),
    "used_for": ("kg:usedFor", "skos:related", False),
    "runs_on": ("kg:runsOn", "skos:related", False),
    "evaluated_on": ("kg:testedOn", "skos:related", False),
    "compared_with": ("kg:comparedWith", "skos:related", False),
    "same_as": ("skos:exactMatch", "", False),
}
# attribute of an edge -> property of its claim and the type of the value
_CLAIM = (
    ("support", "kg:support", INTEGER),
    ("confidence", "kg:confidence", _DOUBLE),
    ("derived", "kg:derived", _BOOLEAN),
    ("position", "schema:position", INTEGER),
    ("metric", "kg:metric", TEXT),
    ("value", "schema:value", TEXT),
    ("low", "schema:minValue", _DOUBLE),
    ("high", "schema:maxValue", _DOUBLE),
    ("unit", "schema:unitText", TEXT),
    ("bound", "kg:bound", TEXT),
    ("polarity", "kg:polarity", TEXT),
    ("baseline", "kg:baseline", TEXT),
    ("dataset", "kg:dataset", TEXT),
    ("hardware", "kg:hardware", TEXT),
    ("weight", "kg:weight", _DOUBLE),
)


@dataclass(frozen=True, slots=True)
class Value:
    """An object of a statement: a text with its type, one of ``IRI`` (prefixed or whole) and ``xsd:``."""

    text: str
    type: str = TEXT


@dataclass(frozen=True, slots=True)
class Subject:
    """A resource and what is said of it, in a fixed order; no statement twice."""

    iri: str
    statements: tuple[tuple[str, Value], ...]


def resources(graph: nx.MultiDiGraph[str]) -> Iterator[Subject]:
    """The terms of ours that the graph needs, its nodes, its claims and its evidence, each in order of id."""
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])
    iris = _names(graph)
    kinds = {node: str(data.get("kind", "other")) for node, data in graph.nodes(data=True)}
    properties = [_property(data, kinds[source]) for source, _, _, data in edges]
    yield from _vocabulary(set(kinds.values()), properties)
    outgoing: dict[str, list[tuple[str, Value]]] = {}
    for (source, target, _, _), (name, _, turned) in zip(edges, properties, strict=True):
        one, other = (target, source) if turned else (source, target)
        outgoing.setdefault(one, []).append((name, Value(iris[other], IRI)))
    for node in sorted(graph.nodes):
        own = _node(kinds[node], graph.nodes[node])
        yield _subject(iris[node], [*own, *sorted(outgoing.get(node, []), key=_order)])
    evidence: dict[str, Mapping[str, Any]] = {}
    for (source, target, key, data), (name, parent, turned) in zip(edges, properties, strict=True):
        ends = (iris[target], iris[source]) if turned else (iris[source], iris[target])
        place = _evidence_id(data)
        if place:
            evidence.setdefault(place, data)
        yield _subject(_urn(key), _claim(data, name, ends, place, measured=parent == "kg:result"))
    for place in sorted(evidence):
        yield from _evidence(place, evidence[place], iris)


def _order(statement: tuple[str, Value]) -> tuple[str, str]:
    return statement[0], statement[1].text


def _subject(iri: str, statements: list[tuple[str, Value]]) -> Subject:
    return Subject(iri, tuple(dict.fromkeys(statements)))


def _urn(node: str) -> str:
    return "urn:kg:" + quote(node, safe=":", errors="replace")


def _names(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """The IRI of each node; a public one goes to the first node that claims it."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for node in sorted(graph.nodes):
        data = graph.nodes[node]
        public = (doi_url(data.get("doi")), arxiv_url(data.get("arxiv_id")), orcid_url(data.get("orcid")))
        found[node] = next((iri for iri in public if iri and iri not in taken), None) or _urn(node)
        taken.add(found[node])
    return found


def _property(data: Mapping[str, Any], source_kind: str) -> tuple[str, str, bool]:
    """The property of an edge, what it narrows ("" if it is not ours), whether it points the other way."""
    kind = str(data.get("kind", "related"))
    known = (_FROM_PAPER.get(kind) if source_kind == "paper" else None) or _BETWEEN.get(kind)
    if known:
        return known
    result = "value" in data or "metric" in data
    return f"kg:{_camel(kind)}", "kg:result" if result else "skos:related", False


def _camel(kind: str) -> str:
    first, *rest = [re.sub(r"[^A-Za-z0-9]", "", word) for word in kind.split("_")]
    return (first + "".join(word.capitalize() for word in rest)) or "related"


def _class(kind: str) -> tuple[str, ...]:
    return _CLASSES.get(kind) or ("skos:Concept", f"kg:{_camel(kind)[:1].upper()}{_camel(kind)[1:]}")


def _vocabulary(kinds: set[str], properties: list[tuple[str, str, bool]]) -> Iterator[Subject]:
    """The classes and properties of ours that are used, with what they narrow."""
    classes = {(name, "skos:Concept") for kind in kinds for name in _class(kind) if name.startswith("kg:")}
    classes.add(("kg:Claim", "rdf:Statement"))
    parents = {(name, parent) for name, parent, _ in properties if parent}
    if any(parent == "kg:result" for _, parent in parents):
        classes.add(("kg:Result", "kg:Claim"))
        classes.add(("kg:Result", "schema:Observation"))
        parents.add(("kg:result", "skos:related"))
    for what, relation, found in (
        ("rdfs:Class", "rdfs:subClassOf", classes),
        ("rdf:Property", "rdfs:subPropertyOf", parents),
    ):
        for name in sorted({name for name, _ in found}):
            wider = sorted(parent for each, parent in found if each == name)
            yield _subject(name, [(TYPE, Value(what, IRI)), *((relation, Value(w, IRI)) for w in wider)])


def _node(kind: str, data: Mapping[str, Any]) -> list[tuple[str, Value]]:
    found = [(TYPE, Value(name, IRI)) for name in _class(kind)]
    if kind in ("paper", "author", "venue"):
        name = _text(data.get("name"))
        found += (
            [("kg:derivedName" if data.get("derived_name") else "schema:name", Value(name))] if name else []
        )
        found += [("schema:alternateName", Value(text)) for text in _texts(data.get("aliases"))]
    else:
        name = _text(data.get("name"))
        found += [("skos:prefLabel", Value(name))] if name else []
        aliases = [text for text in _texts(data.get("aliases")) if text != name]
        found += [("skos:altLabel", Value(text)) for text in aliases]
    found += _paper(data) if kind == "paper" else []
    counts = (("papers", "kg:papers"), ("mentions", "kg:mentionCount"))
    found += [value for name, term in counts for value in _literal(data, name, term, INTEGER)]
    return found


def _paper(data: Mapping[str, Any]) -> list[tuple[str, Value]]:
    found: list[tuple[str, Value]] = []
    for name, prefix in (("doi", "doi:"), ("arxiv_id", "arXiv:")):
        if text := _text(data.get(name)):
            found.append(("schema:identifier", Value(prefix + text)))
    date, year = _text(data.get("date")), data.get("year")
    if date and re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        found.append(("schema:datePublished", Value(date, "xsd:date")))
    elif date or isinstance(year, int):
        found.append(("schema:datePublished", Value(date or f"{year:04d}")))
    found += (
        [("schema:creditText", Value("; ".join(names)))] if (names := _texts(data.get("authors"))) else []
    )
    links = (doi_url(data.get("doi")), arxiv_url(data.get("arxiv_id")))
    found += [("schema:sameAs", Value(link, IRI)) for link in links if link]
    if link := web_url(data.get("url")):
        found.append(("schema:url", Value(link, IRI)))
    if abstract := _faithful(data.get("abstract")):
        found.append(("schema:abstract", Value(abstract)))
    if document := _text(data.get("document")):
        found.append(("kg:document", Value(document)))
    return found


def _claim(
    data: Mapping[str, Any], name: str, ends: tuple[str, str], place: str | None, *, measured: bool
) -> list[tuple[str, Value]]:
    found = [(TYPE, Value("kg:Claim", IRI))]
    found += [(TYPE, Value("kg:Result", IRI)), (TYPE, Value("schema:Observation", IRI))] if measured else []
    found += [
        ("rdf:subject", Value(ends[0], IRI)),
        ("rdf:predicate", Value(name, IRI)),
        ("rdf:object", Value(ends[1], IRI)),
    ]
    for attribute, term, kind in _CLAIM:
        found += _literal(data, attribute, term, kind)
    if place:
        found.append(("prov:wasDerivedFrom", Value(_urn(place), IRI)))
    return found


def _evidence_id(data: Mapping[str, Any]) -> str | None:
    if not data.get("quote"):
        return None
    return make_id(
        "quote", data.get("paper"), data.get("start"), data.get("end"), data.get("offsets_in"), data["quote"]
    )


def _evidence(place: str, data: Mapping[str, Any], iris: Mapping[str, str]) -> Iterator[Subject]:
    """The place that a claim was read from, then its selectors."""
    paper, start, end = data.get("paper"), data.get("start"), data.get("end")
    source = [iris.get(str(paper)) or _urn(str(paper))] if paper else []
    positioned = isinstance(start, int) and isinstance(end, int)
    selectors = [_urn(f"{place}:quote"), *([_urn(f"{place}:position")] if positioned else [])]
    yield _subject(
        _urn(place),
        [
            (TYPE, Value("oa:SpecificResource", IRI)),
            (TYPE, Value("prov:Entity", IRI)),
            *(("oa:hasSource", Value(iri, IRI)) for iri in source),
            *(("oa:hasSelector", Value(iri, IRI)) for iri in selectors),
        ],
    )
    exact = ("oa:exact", Value(_faithful(data["quote"])))
    yield _subject(selectors[0], [(TYPE, Value("oa:TextQuoteSelector", IRI)), exact])
    if positioned:
        inside = _text(data.get("offsets_in"))
        yield _subject(
            selectors[1],
            [
                (TYPE, Value("oa:TextPositionSelector", IRI)),
                ("oa:start", Value(str(start), INTEGER)),
                ("oa:end", Value(str(end), INTEGER)),
                *([("kg:offsetsIn", Value(inside))] if inside else []),
            ],
        )


def _literal(data: Mapping[str, Any], attribute: str, term: str, kind: str) -> list[tuple[str, Value]]:
    value = data.get(attribute)
    if kind == _BOOLEAN and isinstance(value, bool):
        return [(term, Value("true" if value else "false", kind))]
    if kind == INTEGER and isinstance(value, int) and not isinstance(value, bool):
        return [(term, Value(str(value), kind))]
    if kind == _DOUBLE and isinstance(value, int | float) and abs(value) < float("inf"):
        return [(term, Value(repr(float(value)), kind))]
    return [(term, Value(text))] if kind == TEXT and (text := _text(value)) else []


def _text(value: Any) -> str:
    return one_line(str(value)) if value is not None else ""


def _texts(value: Any) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_text, value)))) if isinstance(value, list | tuple) else []


def _faithful(value: Any) -> str:
    """A quotation as it stands: offsets count its characters. Only what no RDF text may hold is replaced."""
    return re.sub("[\x00\ud800-\udfff\ufffe\uffff]", "\ufffd", str(value)) if value else ""
