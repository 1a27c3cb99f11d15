"""Votes on one form: the best of each extractor, the surroundings, and weights that come from a file."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.components.votes import Form, Surroundings, VoteModel, vote_features
from kg.errors import PipelineError

KINDS = ("method", "model", "tool")
EXTRACTORS = ("gazetteer", "phrase", "propose pattern")
SCORES = st.floats(0, 1, allow_nan=False)
VOTES = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(EXTRACTORS), SCORES), min_size=1, max_size=12
)
ALONE = Surroundings(occurrences=1, same=0.0, within=0.0, crossing=0.0)


def form(*votes: tuple[str, str, float]) -> Form:
    made = Form()
    for vote in votes:
        made.add(*vote)
    return made


def test_of_one_extractor_the_best_vote_for_a_type_counts_once() -> None:
    voted = form(("tool", "phrase", 0.4), ("tool", "phrase", 0.7), ("tool", "phrase", 0.6))
    assert voted.choose() == ("tool", 0.7, ("phrase",))


def test_two_extractors_outvote_a_surer_one() -> None:
    voted = form(("tool", "phrase", 0.7), ("model", "gazetteer", 0.6), ("model", "phrase", 0.5))
    assert voted.choose() == ("model", 0.8, ("gazetteer", "phrase"))


def test_what_the_paper_tells_outright_comes_first_if_it_is_sure_enough() -> None:
    sure = form(("tool", "gazetteer", 0.99), ("hardware", "is pattern", 0.7))
    unsure = form(("tool", "gazetteer", 0.99), ("hardware", "is pattern", 0.5))
    assert sure.choose()[0] == "hardware"
    assert unsure.choose()[0] == "tool"


def test_a_tie_is_settled_by_name() -> None:
    for votes in ((("tool", "x", 0.5), ("model", "x", 0.5)), (("model", "x", 0.5), ("tool", "x", 0.5))):
        assert form(*votes).choose()[0] == "model"


@given(VOTES, st.randoms())
def test_the_order_of_votes_has_no_say_and_confidence_is_a_share(
    votes: list[tuple[str, str, float]], random: object
) -> None:
    kind, confidence, extractors = form(*votes).choose()
    shuffled = sorted(votes, key=lambda _: random.random())  # type: ignore[attr-defined]
    again = form(*shuffled).choose()
    assert (again[0], again[2]) == (kind, extractors)
    assert again[1] == pytest.approx(confidence, abs=1e-5)
    assert 0 <= confidence <= 1
    assert confidence >= max(score for k, _, score in votes if k == kind) - 1e-6


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], (0.0, 0.0, 0.0)),
        ([(10, 15)], (0.5, 0.0, 0.0)),
        ([(10, 20)], (0.0, 0.5, 0.0)),
        ([(12, 14)], (0.0, 0.0, 0.5)),
        ([(8, 12)], (0.0, 0.0, 0.5)),
        ([(13, 25)], (0.0, 0.0, 0.5)),
        ([(0, 10), (15, 30)], (0.0, 0.0, 0.0)),
        ([(10, 15), (40, 50)], (0.5, 0.5, 0.0)),
        ([(0, 60)], (0.0, 1.0, 0.0)),
    ],
)
def test_surroundings_are_shares_of_the_occurrences(
    spans: list[tuple[int, int]], expected: tuple[float, ...]
) -> None:
    around = Surroundings.of([(10, 15), (40, 45)], spans)
    assert (around.same, around.within, around.crossing) == expected
    assert around.occurrences == 2


def test_without_occurrences_nothing_is_divided_by_zero() -> None:
    assert Surroundings.of([], [(0, 3)]) == Surroundings(occurrences=0, same=0, within=0, crossing=0)


def test_features_tell_own_votes_from_those_for_other_types() -> None:
    voted = form(("model", "gazetteer", 0.9), ("tool", "gazetteer", 0.2), ("tool", "phrase", 0.5))
    features = vote_features("ResNet", voted, "model", EXTRACTORS, ALONE)
    assert features["type model"] == features["gazetteer"] == features["gazetteer elsewhere"] == 1
    assert features["gazetteer score"] == pytest.approx(math.log(9))
    assert features["gazetteer elsewhere score"] == pytest.approx(math.log(0.25))
    assert "phrase" not in features and features["phrase elsewhere score"] == 0
    assert "propose pattern" not in features and "propose pattern elsewhere" not in features


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pruning", (1, 0, 0)),
        ("PyTorch", (1, 0, 1)),
        ("Torch", (1, 0, 0)),
        ("deep graph neural network", (0, 1, 0)),
        ("deep neural network", (0, 0, 0)),
    ],
)
def test_features_tell_how_a_form_is_written(text: str, told: tuple[int, int, int]) -> None:
    features = vote_features(text, form(("tool", "x", 0.5)), "tool", ("x",), ALONE)
    assert (features["one word"], features["long"], features["capitals"]) == told


def test_a_score_of_one_or_nought_is_no_infinity() -> None:
    for score in (0.0, 1.0):
        features = vote_features("a", form(("tool", "x", score)), "tool", ("x",), ALONE)
        assert math.isfinite(features["x score"]) and abs(features["x score"]) > 5


def test_always_within_is_all_or_nothing() -> None:
    voted = form(("tool", "x", 0.5))
    half = Surroundings(occurrences=4, same=0.5, within=0.5, crossing=0.0)
    whole = Surroundings(occurrences=4, same=0.0, within=1.0, crossing=0.0)
    found = [vote_features("a", voted, "tool", ("x",), around) for around in (half, whole)]
    assert [features["always within"] for features in found] == [0.0, 1.0]
    assert [features["within"] for features in found] == [0.5, 1.0]
    assert found[0]["occurrences"] == pytest.approx(math.log(4))


def test_the_model_chooses_the_most_probable_type() -> None:
    model = VoteModel(extractors=EXTRACTORS, weights={"type tool": 2.0, "gazetteer": 0.5})
    kind, chance, extractors = model.choose(
        "x y", form(("tool", "phrase", 0.1), ("model", "gazetteer", 0.9)), ALONE
    )
    assert (kind, extractors) == ("tool", ("phrase",))
    assert chance == pytest.approx(1 / (1 + math.exp(-2)))


@pytest.mark.parametrize(("text", "floored"), [("QuickPack", True), ("quick", False), ("QuickPack X", False)])
def test_a_coined_name_has_the_precision_of_the_pattern_at_least(text: str, floored: bool) -> None:
    model = VoteModel(extractors=(), weights={"bias": -5.0}, floors={"is pattern": 0.8})
    chance = model.choose(text, form(("tool", "is pattern", 0.7)), ALONE)[1]
    assert (chance == 0.8) is floored
    sure = VoteModel(extractors=(), weights={"bias": 5.0}, floors={"is pattern": 0.8})
    assert sure.choose(text, form(("tool", "is pattern", 0.7)), ALONE)[1] > 0.99


@given(st.dictionaries(st.sampled_from(("bias", "a")), st.floats(-1e300, 1e300)))
def test_no_weight_is_too_large_for_a_probability(weights: dict[str, float]) -> None:
    chance = VoteModel(extractors=(), weights=weights).probability({"bias": 1.0, "a": 2.0})
    assert 0 <= chance <= 1


def test_weights_are_written_and_read_back(tmp_path: Path) -> None:
    model = VoteModel(extractors=("b", "a"), weights={"z": 1.5, "bias": -2.0}, floors={"is pattern": 0.8})
    model.write(tmp_path / "votes.json")
    assert VoteModel.read(tmp_path / "votes.json") == model
    assert list(json.loads((tmp_path / "votes.json").read_text())["weights"]) == ["bias", "z"]


@pytest.mark.parametrize("text", [None, "{", '{"extractors": []}', "[]", '{"extractors": 3, "weights": {}}'])
def test_a_file_without_usable_weights_is_told(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "votes.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(PipelineError, match=r"votes\.json: no usable weights") as caught:
        VoteModel.read(path)
    assert caught.value.hint
