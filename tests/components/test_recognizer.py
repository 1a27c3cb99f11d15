"""Scores of the network become spans; the network itself is played by a stand-in."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.components.annotations import register
from kg.components.recognizer import (
    Recognizer,
    bio_constraints,
    bio_spans,
    log_softmax,
    longest_run,
    units,
    viterbi,
)
from kg.components.tokenizer import make_tokenizer
from kg.types import ROLES

LABELS = ["O", "B-tool", "I-tool", "B-task", "I-task"]
VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    ".",
    "a",
    "spacy",
    "fast",
    "##er",
    "parsing",
    "of",
    "text",
    "-",
    "##a",
]
PLAYED = {"spacy": "B-tool", "fast": "B-task", "parsing": "I-task"}  # what the stand-in finds

ENGLISH = spacy.blank("en")
Floats = NDArray[np.float32]
finite = st.floats(-50, 50, width=32)


@st.composite
def score_tables(draw: st.DrawFn, labels: int = len(LABELS), most: int = 4) -> Floats:
    rows = draw(st.lists(st.lists(finite, min_size=labels, max_size=labels), min_size=1, max_size=most))
    return np.array(rows, np.float32)


def path_score(scores: Floats, path: Sequence[int]) -> float:
    moves, first = bio_constraints(LABELS)
    inside = sum(float(row[label]) for row, label in zip(scores, path, strict=True))
    return inside + float(first[path[0]]) + sum(float(moves[pair]) for pair in itertools.pairwise(path))


@given(score_tables())
def test_viterbi_finds_the_best_of_all_paths(scores: Floats) -> None:
    path = viterbi(scores, *bio_constraints(LABELS))
    best = max(
        path_score(scores, other) for other in itertools.product(range(len(LABELS)), repeat=len(scores))
    )
    assert path_score(scores, path) == pytest.approx(best, abs=1e-2)


@given(score_tables(most=12))
def test_best_path_is_a_legal_sequence(scores: Floats) -> None:
    tags = ["O", *(LABELS[label] for label in viterbi(scores, *bio_constraints(LABELS)))]
    assert len(tags) == len(scores) + 1
    for before, tag in itertools.pairwise(tags):
        if tag.startswith("I-"):
            assert before[2:] == tag[2:]


def test_a_lone_inside_tag_gives_way_to_the_next_best() -> None:
    scores = np.zeros((2, 5), np.float32)
    scores[0, 2], scores[0, 1] = 9, 8  # I-tool first, B-tool hardly less
    scores[1, 2] = 9
    assert [LABELS[label] for label in viterbi(scores, *bio_constraints(LABELS))] == ["B-tool", "I-tool"]


def test_type_changes_only_at_a_beginning() -> None:
    scores = np.full((2, 5), -5, np.float32)
    scores[0, 1], scores[1, 4], scores[1, 3] = 5, 5, 4  # B-tool, then I-task before B-task
    assert [LABELS[label] for label in viterbi(scores, *bio_constraints(LABELS))] == ["B-tool", "B-task"]


def test_constraints_allow_exactly_what_bio_allows() -> None:
    moves, first = bio_constraints(LABELS)
    allowed = {
        (before, tag)
        for (row, before), (column, tag) in itertools.product(enumerate(LABELS), repeat=2)
        if moves[row, column] == 0
    }
    inside = {("B-tool", "I-tool"), ("I-tool", "I-tool"), ("B-task", "I-task"), ("I-task", "I-task")}
    assert allowed == inside | {(b, t) for b in LABELS for t in LABELS if not t.startswith("I-")}
    assert [label for label, score in zip(LABELS, first, strict=True) if score == 0] == [
        "O",
        "B-tool",
        "B-task",
    ]


@given(score_tables(labels=4))
def test_log_softmax_gives_probabilities_and_keeps_differences(scores: Floats) -> None:
    result = log_softmax(scores)
    assert np.exp(result).sum(axis=-1) == pytest.approx(1, abs=1e-5)
    assert np.diff(result, axis=-1) == pytest.approx(np.diff(scores, axis=-1), abs=1e-4)


def test_log_softmax_withstands_large_scores() -> None:
    result = log_softmax(np.array([[1000.0, 1000.0], [-1000.0, 1000.0]], np.float32))
    assert np.isfinite(result).all()
    assert result[0] == pytest.approx(np.log(0.5))
    assert result[1] == pytest.approx([-2000, 0])


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(["tool", "task"])), max_size=5)
)
def test_spans_survive_the_way_through_tags(layout: list[tuple[int, int, str]]) -> None:
    """Layout: units outside, then a span of so many units and this type."""
    tags: list[str] = []
    spans = []
    for gap, length, kind in layout:
        tags += ["O"] * gap
        spans.append((len(tags), len(tags) + length, kind))
        tags += [f"B-{kind}"] + [f"I-{kind}"] * (length - 1)
    assert list(bio_spans(tags)) == spans


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([], []),
        (["O", "O"], []),
        (["B-tool"], [(0, 1, "tool")]),
        (["B-tool", "B-tool"], [(0, 1, "tool"), (1, 2, "tool")]),
        (["O", "B-tool", "I-tool"], [(1, 3, "tool")]),
        (["B-task", "I-task", "O", "O", "B-tool"], [(0, 2, "task"), (4, 5, "tool")]),
    ],
)
def test_spans_of_tags(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert list(bio_spans(tags)) == spans


def unit_texts(doc: Doc, *, compounds: bool) -> list[str]:
    return [doc[start:end].text for start, end in units(doc, compounds=compounds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a low-rank method", ["a", "low-rank", "method"]),
        ("state-of-the-art results", ["state-of-the-art", "results"]),
        ("the encoder–decoder model", ["the", "encoder–decoder", "model"]),
        ("pre- and post-training", ["pre-", "and", "post-training"]),
        ("A - B", ["A", "-", "B"]),
        ("(low-rank)", ["(", "low-rank", ")"]),
    ],
)
def test_hyphen_compounds_are_one_unit_where_asked(text: str, expected: list[str]) -> None:
    assert unit_texts(ENGLISH(text), compounds=True) == expected


def test_tokens_are_units_otherwise() -> None:
    assert unit_texts(ENGLISH("a low-rank method"), compounds=False) == ["a", "low", "-", "rank", "method"]


def test_blanks_are_no_units() -> None:
    assert unit_texts(ENGLISH("Title\n\na  text "), compounds=False) == ["Title", "a", "text"]


@given(st.text(alphabet="ab1-– \n.", max_size=30), st.booleans())
def test_units_hold_every_token_once_in_order(text: str, compounds: bool) -> None:
    doc = ENGLISH(text)
    found = list(units(doc, compounds=compounds))
    covered = [place for start, end in found for place in range(start, end)]
    assert [place for place in covered if not doc[place].is_space] == [
        token.i for token in doc if not token.is_space
    ]
    assert all(not doc[start].is_space for start, _ in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


class StandIn:
    """Scores the pieces of PLAYED as what they are there, others as nothing; keeps what it was given."""

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def run(self, names: list[str], feeds: dict[str, NDArray[np.int64]]) -> list[Floats]:
        assert names == ["tags", "roles"]
        (ids,) = feeds["ids"]
        pieces = [VOCABULARY[number] for number in ids]
        self.seen.append(pieces)
        tags = np.zeros((1, len(pieces), len(LABELS)), np.float32)
        roles = np.zeros((1, len(pieces), len(ROLES)), np.float32)
        for place, piece in enumerate(pieces):
            tags[0, place, LABELS.index(PLAYED.get(piece, "O"))] = 6
            roles[0, place, ROLES.index("used" if piece == "spacy" else "target")] = 3
        return [tags, roles]


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    network = StandIn()
    monkeypatch.setattr("onnxruntime.InferenceSession", lambda *_, **__: network)
    return network


def recognizer(window: int = 512) -> Recognizer:
    register()
    return Recognizer(key="model", window=window).load(
        labels=LABELS, roles=list(ROLES), vocabulary=VOCABULARY, onnx=b"network"
    )


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans["model"]]


def split_at_stops(doc: Doc) -> Doc:
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
    return doc


def test_spans_have_type_score_and_roles(network: StandIn) -> None:
    doc = recognizer()(ENGLISH("spaCy of faster parsing"))
    group = doc.spans["model"]
    assert [(span.text, span.label_) for span in group] == [("spaCy", "tool"), ("faster parsing", "task")]
    chance = float(np.exp(6) / (np.exp(6) + len(LABELS) - 1))
    assert group.attrs["scores"] == pytest.approx([chance, chance], abs=1e-5)
    assert [ROLES[int(np.argmax(roles))] for roles in group.attrs["roles"]] == ["used", "target"]
    assert np.exp(group.attrs["roles"]).sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert network.seen == [["[CLS]", "spacy", "of", "fast", "##er", "parsing", "[SEP]"]]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_empty_text_is_not_run(network: StandIn, text: str) -> None:
    assert len(recognizer()(ENGLISH(text)).spans["model"]) == 0
    assert network.seen == []


def test_title_ends_with_a_full_stop_as_in_training(network: StandIn) -> None:
    register()
    doc = ENGLISH("fast text\n\nspaCy")
    doc._.title_end = len("fast text")
    recognizer()(doc)
    assert network.seen == [["[CLS]", "fast", "text", ".", "spacy", "[SEP]"]]
    assert [span.text for span in doc.spans["model"]] == ["fast", "spaCy"]


def test_title_with_its_own_full_stop_gets_no_second(network: StandIn) -> None:
    doc = ENGLISH("fast text.\n\nspaCy")
    doc._.title_end = len("fast text.")
    recognizer()(doc)
    assert network.seen == [["[CLS]", "fast", "text", ".", "spacy", "[SEP]"]]


def test_windows_are_cut_at_sentence_starts(network: StandIn) -> None:
    doc = split_at_stops(ENGLISH("a text . of spaCy . fast parsing ."))
    recognizer(window=8)(doc)
    assert network.seen == [
        ["[CLS]", "a", "text", ".", "of", "spacy", ".", "[SEP]"],
        ["[CLS]", "fast", "parsing", ".", "[SEP]"],
    ]
    assert [span.text for span in doc.spans["model"]] == ["spaCy", "fast parsing"]


def test_sentence_longer_than_a_window_is_cut_inside(network: StandIn) -> None:
    recognizer(window=6)(ENGLISH("of a text of a text of"))
    assert [seen[1:-1] for seen in network.seen] == [["of", "a", "text", "of"], ["a", "text", "of"]]


@given(
    st.lists(st.sampled_from([".", "of", "aaaaaa", "text-text"]), min_size=1, max_size=20),
    st.integers(8, 9),
)
def test_no_window_is_too_long_and_nothing_is_left_out(tokens: list[str], window: int) -> None:
    network = StandIn()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onnxruntime.InferenceSession", lambda *_, **__: network)
        doc = split_at_stops(ENGLISH(" ".join(tokens)))
        recognizer(window=window)(doc)
    assert max(len(seen) for seen in network.seen) <= window
    pieces = {"aaaaaa": ["a", *["##a"] * 5], "text-text": ["text", "-", "text"]}
    expected = [piece for token in tokens for piece in pieces.get(token, [token])]
    assert [piece for seen in network.seen for piece in seen[1:-1]] == expected


def test_short_first_sentence_does_not_lengthen_the_next_window(network: StandIn) -> None:
    """A long sentence behind a short one, and a unit of several pieces where the window is full."""
    doc = split_at_stops(ENGLISH(". of of of of of of aaaaaa of"))
    recognizer(window=9)(doc)
    assert [len(seen) for seen in network.seen] == [3, 8, 9]


def test_inputs_are_what_the_network_is_given(network: StandIn) -> None:
    doc = split_at_stops(ENGLISH("a text . of spaCy . fast parsing ."))
    component = recognizer(window=8)
    given = [[VOCABULARY[number] for number in ids[0]] for ids in component.inputs(doc)]
    assert network.seen == []
    component(doc)
    assert given == network.seen


@given(score_tables(most=30))
def test_pieces_give_the_best_path_of_the_whole(scores: Floats) -> None:
    path = viterbi(scores, *bio_constraints(LABELS))
    assert path_score(scores, path) == pytest.approx(best_score(scores), abs=1e-2)


def best_score(scores: Floats) -> float:
    """The score of the best path, by the recursion over the whole table."""
    moves, first = bio_constraints(LABELS)
    best = scores[0].astype(float) + first
    for row in scores[1:]:
        best = (best[:, None] + moves).max(axis=0) + row
    return float(best.max())


def test_neighbours_do_not_change_a_document(network: StandIn) -> None:
    texts = ["spaCy of text", "fast parsing", "of"]
    alone = [found(recognizer()(ENGLISH(text))) for text in texts]
    for order in itertools.permutations(range(3)):
        one = recognizer()
        together = {place: found(one(ENGLISH(texts[place]))) for place in order}
        assert [together[place] for place in range(3)] == alone


def test_what_is_written_is_what_is_read(network: StandIn, tmp_path: Path) -> None:
    written = recognizer()
    written.to_disk(tmp_path)
    read = Recognizer().from_disk(tmp_path)
    assert (tmp_path / "network.onnx").read_bytes() == b"network"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "labels.json",
        "network.onnx",
        "wordpiece.txt",
    ]
    first, second = written(ENGLISH("spaCy of text")), read(ENGLISH("spaCy of text"))
    assert (
        [span.text for span in first.spans["model"]]
        == [span.text for span in second.spans["model"]]
        == ["spaCy"]
    )
    assert first.spans["model"].attrs == second.spans["model"].attrs


def test_loading_another_network_replaces_the_first(network: StandIn) -> None:
    component = recognizer()
    component(ENGLISH("spaCy"))
    component.load(labels=LABELS, roles=list(ROLES), vocabulary=[*VOCABULARY[:6], "parsing"], onnx=b"other")
    component(ENGLISH("parsing"))
    assert network.seen[-1][1] == "spacy"  # the id that "parsing" has in the other vocabulary


def test_font_commands_are_not_read_and_not_part_of_a_span(network: StandIn) -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer()(nlp)
    plain = recognizer().inputs(split_at_stops(nlp.make_doc("We use fast SAIL here.")))
    marked = nlp.make_doc(r"We use \textbf{fast SAIL} here.")
    assert [ids.tolist() for ids in recognizer().inputs(split_at_stops(marked))] == [
        ids.tolist() for ids in plain
    ]


@pytest.mark.parametrize(
    ("markup", "kept"), [((), (2, 8)), ((5,), (2, 5)), ((3,), (4, 8)), ((2, 7), (3, 7)), ((3, 6), (4, 6))]
)
def test_of_a_span_around_markup_the_longest_run_stays(
    markup: tuple[int, ...], kept: tuple[int, int]
) -> None:
    assert longest_run(2, 8, frozenset(markup)) == kept
