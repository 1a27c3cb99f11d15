"""JSON-LD and Turtle: other people's parser finds the same triples in both, whatever the texts are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exporters import Contents, export
from kg.exporters.rdf import resources
from kg.ids import make_id

rdflib = pytest.importorskip("rdflib")
# its own reader of JSON-LD uses a class of its that it deprecates
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
Graph = nx.MultiDiGraph

KG, SCHEMA = "urn:kg:terms:", "https://schema.org/"
OA, SKOS = "http://www.w3.org/ns/oa#", "http://www.w3.org/2004/02/skos/core#"
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
HOSTILE = [
    '"""',
    "\\",
    "a\\u0041",
    "<b>&\n\r\t\x00\x0b\x7f\x85",
    "\u202eabc\u2028",
    "\ud800",
    "نظام",
    "'''@en .",
]


def both(graph: Graph, folder: Path) -> tuple[Any, Any]:
    """The triples of both files."""
    files = [export(graph, name, folder) for name in ("ttl", "jsonld")]
    return rdflib.Graph().parse(files[0], format="turtle"), rdflib.Graph().parse(files[1], format="json-ld")


def value(triples: Any, subject: Any, predicate: str) -> Any:
    (found,) = triples.objects(subject, rdflib.URIRef(predicate))
    return found


def node(graph: Graph, name: str) -> str:
    return next(node for node, data in graph.nodes(data=True) if data["name"] == name)


def test_both_files_say_the_same(toy: Graph, tmp_path: Path) -> None:
    turtle, linked = both(toy, tmp_path)
    assert set(turtle) == set(linked)
    said = sum(len(subject.statements) for subject in resources(toy))
    assert len(turtle) == said > 300


def test_a_paper_is_a_schema_org_article_with_its_authors(toy: Graph, tmp_path: Path) -> None:
    turtle, _ = both(toy, tmp_path)
    paper = rdflib.URIRef("https://doi.org/10.1109/hpca.2025.1")
    assert value(turtle, paper, f"{SCHEMA}name").startswith("PADE: A Predictor-Free")
    assert str(value(turtle, paper, f"{SCHEMA}datePublished")) == "2025"
    authors = {
        str(value(turtle, each, f"{SCHEMA}name"))
        for each in turtle.objects(paper, rdflib.URIRef(f"{SCHEMA}author"))
    }
    assert authors == {"Huizheng Wang", "Yang Wang"}
    assert not list(turtle.objects(paper, rdflib.URIRef(f"{SCHEMA}url"))), "javascript: is no address"


def test_a_title_that_nobody_gave_is_no_name(toy: Graph, tmp_path: Path) -> None:
    turtle, _ = both(toy, tmp_path)
    paper = rdflib.URIRef(f"urn:kg:{node(toy, 'Hydraulis (untitled)')}")
    assert not list(turtle.objects(paper, rdflib.URIRef(f"{SCHEMA}name")))
    assert str(value(turtle, paper, f"{KG}derivedName")) == "Hydraulis (untitled)"


def test_a_concept_has_its_labels_and_its_claims(toy: Graph, tmp_path: Path) -> None:
    turtle, _ = both(toy, tmp_path)
    attention = rdflib.URIRef(f"urn:kg:{node(toy, 'dynamic sparse attention')}")
    assert str(value(turtle, attention, f"{SKOS}prefLabel")) == "dynamic sparse attention"
    labels = {str(label) for label in turtle.objects(attention, rdflib.URIRef(f"{SKOS}altLabel"))}
    assert labels == {"DSA", "sparse attention"}
    pade = rdflib.URIRef(f"urn:kg:{node(toy, 'PADE')}")
    assert (pade, rdflib.URIRef(f"{KG}usedFor"), attention) in turtle
    parent = value(turtle, rdflib.URIRef(f"{KG}usedFor"), str(rdflib.RDFS.subPropertyOf))
    assert str(parent) == f"{SKOS}related"


def test_a_result_carries_its_numbers_and_the_sentence_it_was_read_from(toy: Graph, tmp_path: Path) -> None:
    turtle, _ = both(toy, tmp_path)
    key, data = next(
        (key, data) for _, _, key, data in toy.edges(keys=True, data=True) if data["kind"] == "reduces"
    )
    claim = rdflib.URIRef(f"urn:kg:{key}")
    assert value(turtle, claim, f"{SCHEMA}minValue").value == 5.1
    assert str(value(turtle, claim, f"{SCHEMA}value")) == "up to 5.1x"
    place = value(turtle, claim, "http://www.w3.org/ns/prov#wasDerivedFrom")
    assert str(value(turtle, place, f"{OA}hasSource")) == "https://doi.org/10.1109/hpca.2025.1"
    selectors = list(turtle.objects(place, rdflib.URIRef(f"{OA}hasSelector")))
    said = {
        str(each.fragment or each): turtle.value(one, each)
        for one in selectors
        for each in turtle.predicates(one)
    }
    assert (str(said["exact"]), said["start"].value, said["end"].value) == (
        data["quote"],
        data["start"],
        data["end"],
    )


def test_every_term_of_ours_is_declared(toy: Graph, tmp_path: Path) -> None:
    turtle, _ = both(toy, tmp_path)
    used = {
        str(name)
        for name in (*turtle.predicates(), *turtle.objects(None, rdflib.RDF.type))
        if str(name).startswith(KG)
    }
    declared = {str(name) for name in turtle.subjects() if str(name).startswith(KG)}
    literal = {str(name) for _, name, found in turtle if isinstance(found, rdflib.Literal)}
    assert used - literal <= declared


def test_people_and_preprints_go_by_their_public_names_and_each_only_once(tmp_path: Path) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("a:1", kind="author", name="A", orcid="0000-0002-1825-0097")
    graph.add_node("w:1", kind="paper", name="One", title="One", arxiv_id="2101.00001", doi="nonsense")
    graph.add_node("w:2", kind="paper", name="Two", title="Two", arxiv_id="2101.00001")
    found = {subject.iri for subject in resources(graph)}
    assert {
        "https://orcid.org/0000-0002-1825-0097",
        "https://arxiv.org/abs/2101.00001",
        "urn:kg:w:2",
    } <= found


@settings(max_examples=15)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_is_the_same_in_both(name: str, text: str) -> None:
    check_hostile(name, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(text: str) -> None:
    check_hostile(text, text)


def check_hostile(name: str, text: str) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind=text, name=name, aliases=[text, name])
    graph.add_node("w:1", kind="paper", name=name, title=name, doi=f"10.1000/{text}", url=f"https://a.b/{text}",
                   abstract=text, date=text)  # fmt: skip
    graph.add_edge("w:1", "e:1", key="em:1", kind=text, quote=text, paper="w:1", start=0, end=1)
    with tempfile.TemporaryDirectory() as folder:
        turtle, linked = both(graph, Path(folder))
    assert {tuple(map(repr, triple)) for triple in turtle} == {tuple(map(repr, triple)) for triple in linked}
    if text:
        plain = "".join("\ufffd" if c in "\x00\ufffe\uffff" or "\ud800" <= c <= "\udfff" else c for c in text)
        assert [str(found) for found in turtle.objects(None, rdflib.URIRef(f"{OA}exact"))] == [plain]


def test_nothing_is_fetched_and_equal_graphs_are_equal_bytes(
    make_random: Callable[[int], Graph], tmp_path: Path
) -> None:
    for name in ("ttl", "jsonld"):
        one, two = (
            export(Contents(graph=make_random(60)), name, tmp_path / str(n)).read_bytes() for n in (1, 2)
        )
        assert one == two
    context = json.loads((tmp_path / "1" / "graph.jsonld").read_text(encoding="utf-8"))["@context"]
    assert isinstance(context, dict) and all(isinstance(found, str | float) for found in context.values())


def test_evidence_of_two_claims_is_one_resource(tmp_path: Path) -> None:
    graph: Graph = nx.MultiDiGraph()
    for number in range(2):
        graph.add_node(f"e:{number}", kind="task", name=str(number))
        graph.add_edge(
            "e:0", f"e:{number}", key=f"er:{number}", kind="is_a", quote="q", paper="w:9", start=1, end=2
        )
    place = "urn:kg:" + make_id("quote", "w:9", 1, 2, None, "q")
    assert [subject.iri for subject in resources(graph)].count(place) == 1
