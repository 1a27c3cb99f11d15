"""The features of a concept, read off small texts; and the second look at what the first one decided."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.components.abbreviations import Abbreviations
from kg.components.annotations import MENTIONS
from kg.components.reading import Reading, read
from kg.components.role_context import context_features
from kg.components.role_features import role_features, shape
from kg.components.sentences import Sentences
from kg.components.tokenizer import make_tokenizer
from kg.text import whole_word_spans
from kg.types import ROLES

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer()(NLP)
TITLE = "QuickPack: Fast Batching for GPUs"
ABSTRACT = (
    "Batching is slow. We propose QuickPack, a scheduler. Experiments on ImageNet, CIFAR-10 and GLUE show "
    "that QuickPack outperforms DeepSpeed."
)
NAMES = {
    "QuickPack": "method",
    "Batching": "task",
    "GPUs": "hardware",
    "ImageNet": "dataset",
    "CIFAR-10": "dataset",
    "GLUE": "dataset",
    "DeepSpeed": "tool",
}


def reading_of(text: str, names: dict[str, str], title_end: int = 0) -> Reading:
    doc: Doc = NLP.make_doc(text)
    doc._.title_end = title_end
    doc = Abbreviations()(Sentences()(doc))
    doc.spans[MENTIONS] = sorted(
        (
            doc.char_span(start, end, label=kind)
            for name, kind in names.items()
            for start, end in whole_word_spans(text, name)
        ),
        key=lambda span: span.start,
    )
    return read(doc)


@pytest.fixture
def reading() -> Reading:
    return reading_of(f"{TITLE}\n\n{ABSTRACT}", NAMES, len(TITLE))


def features(reading: Reading, name: str) -> set[str]:
    concept = next(concept for concept in reading.concepts if name in concept.forms)
    return set(role_features(reading, concept))


def test_a_name_before_the_colon_of_the_title(reading: Reading) -> None:
    found = features(reading, "QuickPack")
    assert {"title-name", "title-name|method", "title-left=^", "title-right=:", "title|method"} <= found
    assert "title-only" not in found and "before-colon" not in found
    after = features(reading, "GPUs")
    assert {"after-colon|hardware", "title-only", "title-left=for", "title-right=$"} <= after
    assert "title-after=for|hardware" in after and "title-name" not in after


def test_part_of_what_stands_before_the_colon() -> None:
    title = "The QuickPack Way: A Story"
    found = features(reading_of(f"{title}\n\nText.", {"QuickPack": "tool"}, len(title)), "QuickPack")
    assert "before-colon|tool" in found and "title-name" not in found


def test_words_around_and_cues(reading: Reading) -> None:
    found = features(reading, "DeepSpeed")
    assert {"l1=outperforms", "r1=.", "around=outperforms_.", "l2=quickpack outperforms"} <= found
    assert "cue-left=outperforms|near" in found
    assert "left=quickpack" in found and "left=we" not in found, "no word of another sentence"
    quick = features(reading, "QuickPack")
    assert {"l1=propose|method", "first:l1=propose|method", "r1=,"} <= quick
    assert "first:l1=that|method" not in quick


def test_counts_and_places(reading: Reading) -> None:
    found = features(reading, "QuickPack")
    assert {"count=3", "count=3|method|title=1", "sentences=2"} <= found
    assert {"zone=anchor", "zone=results", "zones=anchor+results|title=True"} <= found
    batching = features(reading, "Batching")
    assert {"zone=before-last", "first-in=1", "span=1-1"} <= batching
    assert "zones=results|title=False" in features(reading, "GLUE")


def test_zones_before_and_after_what_is_proposed() -> None:
    text = "X1 is old. X2 is slow. We propose X3. X4 is a part. Results show X5. X6 is future."
    found = reading_of(text, {f"X{n}": "method" for n in range(1, 7)})
    zones = [
        [name for name in features(found, f"X{n}") if name.startswith("zone=") and "|" not in name]
        for n in range(1, 7)
    ]
    assert zones == [
        [f"zone={zone}"] for zone in ("before", "before-last", "anchor", "after", "results", "results")
    ]


def test_members_of_a_list_share_the_word_before_it(reading: Reading) -> None:
    assert "list-lead=on" in features(reading, "CIFAR-10")
    assert "list-lead=on|dataset|results" in features(reading, "GLUE")
    assert not any(name.startswith("list-lead") for name in features(reading, "DeepSpeed"))


def test_several_forms_and_their_shapes() -> None:
    found = features(
        reading_of(
            "Graph Networks (GNs) and graph networks", {"Graph Networks": "model", "graph networks": "model"}
        ),
        "graph networks",
    )
    assert {"several-forms", "shape=title", "shape=lower", "head=networks", "length=2"} <= found
    assert "suffix=rks|model" in found


@pytest.mark.parametrize(
    ("form", "expected"),
    [("GPU", "acronym"), ("G", "capital"), ("Halide", "capital"), ("PyTorch", "camel"), ("A100", "camel"),
     ("pruning", "lower"), ("Weight Pruning of Nets", "title"), ("training of GPUs", "mixed"),
     ("k NN", "mixed"), ("weight pruning", "lower"), ("4-bit", "lower")],
)  # fmt: skip
def test_shapes(form: str, expected: str) -> None:
    assert shape(form) == expected


def _chances(reading: Reading, roles: dict[str, str]) -> np.ndarray:
    rows = np.full((len(reading.concepts), len(ROLES)), 0.05)
    for concept in reading.concepts:
        role = next((roles[form] for form in concept.forms if form in roles), "mentioned")
        rows[concept.index, ROLES.index(role)] = 1 - 0.05 * (len(ROLES) - 1)
    return rows


def test_the_second_look_sees_what_the_first_decided_around(reading: Reading) -> None:
    roles = {
        "QuickPack": "proposed",
        "ImageNet": "evaluated_on",
        "CIFAR-10": "evaluated_on",
        "DeepSpeed": "baseline",
    }
    rows = context_features(reading, _chances(reading, roles))
    of = {form: set(rows[concept.index]) for concept in reading.concepts for form in concept.forms}
    assert {"own=P|method", "rank=0|P", "others=P0|P", "others=E2|P", "others=B1|P"} <= of["QuickPack"]
    assert {"own=B|tool", "before=P|B", "before=P|outperforms", "others=B0|B"} <= of["DeepSpeed"]
    assert "before=P|outperforms|tool=method" in of["DeepSpeed"]
    assert {"before=E|E", "before=E|,", "after=E|,"} & of["CIFAR-10"] == {"before=E|E", "before=E|,"}
    assert "after=N|and" in of["CIFAR-10"]
    assert "after=N|N" in of["Batching"] and "after=P|N" not in of["Batching"], "another sentence"
    assert not any(name.startswith("after=") for name in of["DeepSpeed"]), "the last of its sentence"
    assert all(row == sorted(set(row)) for row in rows)


def test_names_that_share_words_tell_of_each_other() -> None:
    text = "We propose structured weight pruning. Weight pruning beats channel pruning."
    names = {"structured weight pruning": "method", "Weight pruning": "method", "channel pruning": "method"}
    found = reading_of(text, names)
    chances = _chances(found, {"structured weight pruning": "proposed", "channel pruning": "baseline"})
    long, short, other = (set(row) for row in context_features(found, chances))
    assert {"contains=N|P", "same-head=N|P", "same-head=B|P"} <= long
    assert {"within=P|N", "same-head=P|N"} <= short
    assert "same-head=P|B" in other and "contains=P|B" not in other and "within=P|B" not in other


def test_one_concept_alone_has_no_rival() -> None:
    found = reading_of("We use Halide.", {"Halide": "tool"})
    (row,) = context_features(found, _chances(found, {"Halide": "used"}))
    assert {"top=0|U|tool", "rank=0|U", "U=5"} <= set(row)
