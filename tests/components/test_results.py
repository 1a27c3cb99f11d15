"""Results of real sentences: with the mentions given by hand, the shipped weights decide the rest."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import MENTIONS, ResultAnnotation
from kg.components.claim_context import ClaimContext
from kg.components.claims import direction_features, possible_predicates
from kg.components.form_index import FormIndex, Place
from kg.components.linear import choose, load_result_model, logistic, softmax
from kg.components.metric_words import fits_unit
from kg.components.metrics import metric_candidates
from kg.components.quantities import find_quantities
from kg.components.results import ResultReader, polarity_of, select_claims
from kg.components.slots import gap_size, pair_features
from kg.errors import PipelineError
from kg.text import whole_word_spans

Mentions = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="module")
def reader() -> ResultReader:
    return ResultReader(load_result_model("en_research/results.json"))


def make_doc(nlp: Language, text: str, mentions: Mentions) -> Doc:
    doc = nlp(text)
    spans = []
    for form, (label, role) in mentions.items():
        for start, end in whole_word_spans(text, form):
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
            span._.role = role
            spans.append(span)
    doc.spans[MENTIONS] = sorted(spans, key=lambda span: span.start)
    doc._.title_end = max(0, text.find("\n\n"))
    return doc


def names(results: list[ResultAnnotation]) -> list[tuple[str | None, str, float, str | None]]:
    return [
        (r.subject.text if r.subject else None, r.predicate, r.low, r.baseline.text if r.baseline else None)
        for r in results
    ]


SIDCO = (
    "SIDCo: gradient compression\n\nWe propose SIDCo, a compressor for distributed training. "
    "Our extensive evaluation shows that SIDCo speeds up training by up to ~41.7X, 7.6X, and 1.9X compared "
    "to the no-compression baseline, Topk, and DGC compressors, respectively."
)
SIDCO_MENTIONS = {
    "SIDCo": ("method", "proposed"),
    "distributed training": ("task", "target"),
    "no-compression baseline": ("method", "baseline"),
    "Topk": ("method", "baseline"),
    "DGC": ("method", "baseline"),
}
RANDBET = (
    "Bit Error Robustness for Energy-Efficient DNN Accelerators\n\nWe show that random bit error training "
    "(RandBET) improves robustness against bit errors. Without losing more than 1% in accuracy compared to a "
    "normally trained 8-bit DNN, we can reduce energy consumption on CIFAR-10 by 20%. Higher energy "
    "savings of, e.g., 30%, "
    "are possible at the cost of 2.5% accuracy, even for 4-bit DNNs."
)
RANDBET_MENTIONS = {
    "RandBET": ("method", "proposed"),
    "accuracy": ("metric", "measured"),
    "energy consumption": ("metric", "measured"),
    "CIFAR-10": ("dataset", "evaluated_on"),
    "DNNs": ("model", "target"),
}


def test_a_list_is_paired_with_its_baselines(nlp: Language, reader: ResultReader) -> None:
    doc = reader(make_doc(nlp, SIDCO, SIDCO_MENTIONS))
    assert names(doc._.results) == [
        ("SIDCo", "improves", 41.7, "no-compression baseline"),
        ("SIDCo", "improves", 7.6, "Topk"),
        ("SIDCo", "improves", 1.9, "DGC"),
    ]
    assert [r.bound for r in doc._.results] == ["up_to", "exact", "exact"]
    assert doc._.results[0].value == "up to ~41.7X"


def test_we_is_what_the_paper_proposes_and_losses_are_costs(nlp: Language, reader: ResultReader) -> None:
    doc = reader(make_doc(nlp, RANDBET, RANDBET_MENTIONS))
    results = doc._.results
    assert [(r.low, r.unit) for r in results] == [(1.0, "%"), (20.0, "%"), (30.0, "%"), (2.5, "%")]
    assert [results[at].predicate for at in (0, 1, 3)] == ["costs", "reduces", "costs"]
    assert {r.subject.text for r in results} == {"RandBET"}
    assert results[0].value == "Without losing more than 1%"
    assert results[0].bound == "less_than"
    assert [r.metric for r in results[:2]] == ["accuracy", "energy consumption"]
    assert results[1].dataset is not None
    assert results[1].dataset.text == "CIFAR-10"


def test_evidence_is_the_sentence_and_slots_are_mentions(nlp: Language, reader: ResultReader) -> None:
    doc = reader(make_doc(nlp, RANDBET, RANDBET_MENTIONS))
    mentions = {(span.start, span.end) for span in doc.spans[MENTIONS]}
    sentences = {(span.start, span.end) for span in doc.sents}
    for result in doc._.results:
        assert (result.evidence.start, result.evidence.end) in sentences
        assert result.value in result.evidence.text
        for span in (result.subject, result.baseline, result.dataset, result.hardware, result.metric_span):
            assert span is None or (span.start, span.end) in mentions
        assert 0 < result.confidence <= 1


def test_settings_and_background_are_no_results(nlp: Language, reader: ResultReader) -> None:
    text = (
        "Training at scale\n\nIn 2021, data centers drew 200 TWh. We train a 7B model on 8 GPUs with a batch "
        "size of 256 for 3 epochs in 65 nm technology, and we release 12,000 annotated images in 4 languages."
    )
    assert reader(make_doc(nlp, text, {"GPUs": ("hardware", "used")}))._.results == []


def test_a_change_gives_its_final_level(nlp: Language, reader: ResultReader) -> None:
    text = "DetX: detection\n\nWe propose DetX. DetX improves mAP from 71.2 to 73.4 on COCO."
    mentions = {
        "DetX": ("model", "proposed"),
        "mAP": ("metric", "measured"),
        "COCO": ("dataset", "evaluated_on"),
    }
    (result,) = reader(make_doc(nlp, text, mentions))._.results
    assert (result.low, result.high, result.metric) == (73.4, 73.4, "mAP")


@pytest.mark.parametrize("text", ["", "No number here.", "\n\n", "5", "1.5x"])
def test_poor_texts_do_no_harm(nlp: Language, reader: ResultReader, text: str) -> None:
    doc = reader(make_doc(nlp, text, {}))
    assert all(result.subject is None for result in doc._.results)


def test_without_mentions_the_numbers_are_still_read(nlp: Language, reader: ResultReader) -> None:
    results = reader(make_doc(nlp, SIDCO, {}))._.results
    assert [r.low for r in results] == [41.7, 7.6, 1.9]
    assert {r.subject for r in results} == {None}


def test_the_factory_gives_the_shipped_weights(nlp: Language, reader: ResultReader) -> None:
    piped = spacy.blank("en")
    piped.add_pipe("sentencizer")
    piped.add_pipe("kg_results")
    found = [r.low for r in piped(SIDCO)._.results]
    assert found == [41.7, 7.6, 1.9]
    assert pickle.loads(pickle.dumps(reader)).model.threshold == reader.model.threshold


def test_area_that_is_consumed_is_a_cost(nlp: Language, reader: ResultReader) -> None:
    text = (
        "Non-Blocking Simultaneous Multithreading\n\nWe propose SySMT, a multithreaded systolic array. "
        "Compared with a conventional systolic array, a 2-threaded SySMT consumes 1.4x the area and delivers "
        "2x speedup with 33% energy savings and less than 1% accuracy degradation of 40%-pruned ResNet-18."
    )
    mentions = {
        "SySMT": ("hardware", "proposed"),
        "area": ("metric", "measured"),
        "speedup": ("metric", "measured"),
        "accuracy degradation": ("metric", "measured"),
        "ResNet-18": ("model", "evaluated_on"),
    }
    results = reader(make_doc(nlp, text, mentions))._.results
    assert [(r.predicate, r.low) for r in results] == [
        ("costs", 1.4),
        ("improves", 2.0),
        ("reduces", 33.0),
        ("costs", 1.0),
    ]


@pytest.mark.parametrize(
    ("sentence", "possible"),
    [
        ("X consumes 1.4x the area of Y.", ["costs"]),
        ("X requires only 29.2% of the memory and saves 3 J.", ["costs"]),
        ("It is 1.20x faster than Y with less than 20% extra resources.", ["costs"]),
        ("The listeners made fewer (at least 9.15%) transcription errors.", ["reduces"]),
        ("The checks detect 39% more defective servers than native checks.", ["improves"]),
        ("The chip draws on 0.94 W of power.", ["achieves", "costs"]),
    ],
)
def test_words_beside_a_number_tell_its_predicate(nlp: Language, sentence: str, possible: list[str]) -> None:
    context = ClaimContext.of(make_doc(nlp, sentence, {}))
    found = [possible_predicates(context, quantity) for quantity in context.quantities]
    assert tuple(possible) in found


@pytest.mark.parametrize(
    ("sentence", "limits"),
    [
        ("X improves power by 1.4x and consumes energy.", False),
        ("Models reach 40% on Z.", False),
        ("Models reach merely 40% on Z.", True),
    ],
)
def test_only_words_of_limits_allow_limits(nlp: Language, sentence: str, limits: bool) -> None:
    context = ClaimContext.of(make_doc(nlp, sentence, {}))
    possible = possible_predicates(context, context.quantities[0])
    assert (possible == () or "limits" in possible) is limits


def test_directions_stop_at_the_clause_and_at_numbers(nlp: Language) -> None:
    text = "Higher savings of, e.g., 30%, are possible at the cost of 2.5% accuracy."
    context = ClaimContext.of(make_doc(nlp, text, {}))
    first, second = (direction_features(context, quantity) for quantity in context.quantities)
    assert first[:2] == ["dl=save", "dr=none"]
    assert second[:2] == ["dl=spend", "dr=none"]


def test_long_units_have_their_metrics(nlp: Language, reader: ResultReader) -> None:
    text = (
        "CAP-RAM\n\nA macro named CAP-RAM is presented. A prototype achieves an inference accuracy of 98.8% "
        "on MNIST with 573.4-giga operations per second (GOPS) peak throughput and 49.4-tera operations per "
        "second (TOPS)/W energy efficiency."
    )
    mentions = {
        "CAP-RAM": ("hardware", "proposed"),
        "inference accuracy": ("metric", "measured"),
        "peak throughput": ("metric", "measured"),
        "energy efficiency": ("metric", "measured"),
        "MNIST": ("dataset", "evaluated_on"),
    }
    results = reader(make_doc(nlp, text, mentions))._.results
    assert [(r.unit, r.metric) for r in results] == [
        ("%", "inference accuracy"),
        ("GOPS", "peak throughput"),
        ("TOPS/W", "energy efficiency"),
    ]


def test_nobody_named_is_no_baseline(nlp: Language, reader: ResultReader) -> None:
    text = (
        "Nimble\n\nWe present Nimble, a compiler for dynamic neural networks. Nimble outperforms existing "
        "solutions for dynamic neural networks by up to 20x on Intel CPUs."
    )
    mentions = {
        "Nimble": ("tool", "proposed"),
        "dynamic neural networks": ("model", "target"),
        "Intel CPUs": ("hardware", "evaluated_on"),
    }
    assert names(reader(make_doc(nlp, text, mentions))._.results) == [("Nimble", "improves", 20.0, None)]


def test_subject_and_baseline_are_different_concepts(nlp: Language, reader: ResultReader) -> None:
    text = (
        "Reversible training\n\nWe propose a Reversible Spiking Network (RSN). The RSN node shows a 58.65x "
        "reduction in memory usage compared to the current reversible spiking networks."
    )
    mentions = {
        "Reversible Spiking Network": ("model", "proposed"),
        "RSN": ("model", "proposed"),
        "reversible spiking networks": ("model", "baseline"),
        "memory usage": ("metric", "measured"),
    }
    doc = make_doc(nlp, text, mentions)
    spans = {span.text: span for span in doc.spans[MENTIONS]}
    doc._.abbreviations = [(spans["RSN"], spans["Reversible Spiking Network"])]
    (result,) = reader(doc)._.results
    assert result.subject is not None
    assert result.baseline is None


def test_what_governs_a_name(nlp: Language) -> None:
    text = "X is 2x faster than the best Ada, compared to existing Bob, over systems for Cam and on Dan here."
    forms = ("Ada", "Bob", "Cam", "Dan")
    context = ClaimContext.of(make_doc(nlp, text, dict.fromkeys(forms, ("method", "used"))))
    index = FormIndex(context)
    place = Place.of(context, context.quantities[0], context.quantities)
    found = {form: pair_features(index, place, form) for form in forms}
    assert "than=than other=best" in found["Ada"]
    assert "than=compared other=existing" in found["Bob"]
    assert all("than=none free" in found[form] for form in ("Cam", "Dan"))


def test_heads_between_names_do_not_end_a_list(nlp: Language) -> None:
    mentions = {**SIDCO_MENTIONS, "no-compression": ("method", "baseline")}
    del mentions["no-compression baseline"]
    context = ClaimContext.of(make_doc(nlp, SIDCO, mentions))
    index = FormIndex(context)
    place = Place.of(context, context.quantities[0], context.quantities)
    ranks = [index.list_place(place.sentence, index.forms[n][0]) for n in ("no-compression", "Topk", "DGC")]
    assert ranks == [(0, 3), (1, 3), (2, 3)]


def test_overlapping_readings_are_decided_by_probability() -> None:
    found = find_quantities("from 71.2 to 73.4 on COCO")
    assert select_claims(found, [0.5, 0.2, 0.9], 0.45) == [2]
    assert select_claims(found, [0.9, 0.5, 0.6], 0.45) == [0]
    assert select_claims(found, [0.1, 0.1, 0.1], 0.45) == []


def test_places_in_lists(nlp: Language) -> None:
    context = ClaimContext.of(make_doc(nlp, SIDCO, SIDCO_MENTIONS))
    index = FormIndex(context)
    places = [Place.of(context, quantity, context.quantities) for quantity in context.quantities]
    assert [(place.rank, place.listed) for place in places] == [(0, 3), (1, 3), (2, 3)]
    topk = index.forms["Topk"][0]
    assert index.list_place(places[0].sentence, topk) == (1, 3)
    assert [gap_size(["w"] * n) for n in (0, 1, 2, 3, 6, 20)] == ["0", "1", "2", "<6", "<14", "far"]


@pytest.mark.parametrize(
    ("sentence", "metric"),
    [
        ("X achieves 69% energy saving over Y.", "energy"),
        ("X is 2.5x faster than Y.", "speedup"),
        ("X shows a 27.0% reduction in memory usage.", "memory usage"),
        ("X outperforms Y by 20x on Z.", "performance"),
        ("X reduces flickering by 80% in tests.", "flickering"),
        ("It is 1.90x more energy-efficient than the Jetson AGX Orin.", "energy efficiency"),
        ("It enhances performance, achieving up to 3.2x improvement across models.", "performance"),
        ("The circuit draws 111 mW at 1.2 V.", "power"),
        ("X runs at 223 FPS on a GPU.", "frame rate"),
        ("X reaches 4.3 TOPS/W.", "energy efficiency"),
    ],
)
def test_metric_words_beside_the_number(nlp: Language, sentence: str, metric: str) -> None:
    context = ClaimContext.of(make_doc(nlp, sentence, {}))
    place = Place.of(context, context.quantities[0], context.quantities)
    assert metric in [candidate.text for candidate in metric_candidates(context, place)]


@pytest.mark.parametrize(
    ("sentence", "metrics"),
    [
        ("With speedup, X takes 9.21 ms per sample.", {"latency"}),
        ("At high accuracy X needs 111 mW of total power.", {"power", "total power"}),
        ("Its throughput comes within 6 mm^2 of core area.", {"area", "core area"}),
    ],
)
def test_units_rule_metrics_out(nlp: Language, sentence: str, metrics: set[str]) -> None:
    known = dict.fromkeys(
        ("speedup", "accuracy", "throughput", "total power", "core area"), ("metric", "measured")
    )
    context = ClaimContext.of(make_doc(nlp, sentence, known))
    place = Place.of(context, context.quantities[0], context.quantities)
    found = {candidate.text for candidate in metric_candidates(context, place)}
    assert metrics <= found
    assert not found & {"speedup", "accuracy", "throughput"}


@pytest.mark.parametrize(
    ("metric", "unit", "fits"),
    [
        ("speedup", "ms", False),
        ("time speedup", "ms", True),
        ("inference latency", "ms", True),
        ("throughput", "GOPS", True),
        ("TDP", "W", True),
        ("accuracy", "mW", False),
        ("chip", "mm^2", False),
    ],
)
def test_which_units_fit_a_metric(metric: str, unit: str, fits: bool) -> None:
    assert fits_unit(metric, unit) is fits


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("R2E-Gym is an environment consisting of more than 8.7K tasks.", "consisting"),
        ("The leakage is clamped below 1 MB/hr.", "clamped"),
        ("It came with a tool showing 25% performance.", "showing"),
    ],
)
def test_verbs_and_comparatives_are_no_metrics(nlp: Language, sentence: str, phrase: str) -> None:
    context = ClaimContext.of(make_doc(nlp, sentence, {}))
    place = Place.of(context, context.quantities[0], context.quantities)
    candidates = metric_candidates(context, place)
    assert not any(phrase in (candidate.text.split() or [""])[-1] for candidate in candidates)
    assert candidates[-1].text == ""


def test_a_number_that_measures_nothing_named_has_no_metric(nlp: Language, reader: ResultReader) -> None:
    text = (
        "BountyBench: agents\n\nWe propose BountyBench. The best agents are OpenAI Codex CLI (5% on Detect, "
        "90% on Patch) and Claude Code (5% on Detect, 87.5% on Patch)."
    )
    mentions = {
        "BountyBench": ("dataset", "proposed"),
        "OpenAI Codex CLI": ("tool", "evaluated_on"),
        "Claude Code": ("tool", "evaluated_on"),
    }
    results = reader(make_doc(nlp, text, mentions))._.results
    assert {r.metric for r in results} == {""}


def test_without_a_proposal_an_unsure_subject_is_left_out(nlp: Language, reader: ResultReader) -> None:
    text = (
        "Cells\n\nA classifier, a detector, a tracker, a reader and a parser are joined. "
        "Our pipeline agrees with experts, achieving a kappa of 0.71."
    )
    forms = ("classifier", "detector", "tracker", "reader", "parser")
    (result,) = reader(make_doc(nlp, text, dict.fromkeys(forms, ("method", "used"))))._.results
    assert (result.low, result.subject) == (0.71, None)


def test_a_simulator_is_no_data_set(nlp: Language) -> None:
    text = "A cycle-level simulator and ImageNet show 1.89x."
    forms = {"cycle-level simulator": ("tool", "used"), "ImageNet": ("dataset", "evaluated_on")}
    index = FormIndex(ClaimContext.of(make_doc(nlp, text, forms)))
    assert index.candidates("dataset") == ["ImageNet"]
    assert index.candidates("subject") == ["cycle-level simulator", "ImageNet"]


def test_the_main_proposal_is_named_before_the_colon(nlp: Language) -> None:
    text = (
        "R2E-Gym: environments\n\nWe present R2E-Gym. Hybrid verifiers help. Hybrid verifiers win. "
        "Hybrid verifiers reach 51%."
    )
    forms = {"R2E-Gym": ("dataset", "proposed"), "Hybrid verifiers": ("method", "proposed")}
    assert FormIndex(ClaimContext.of(make_doc(nlp, text, forms))).main_proposed == "R2E-Gym"


@pytest.mark.parametrize(
    ("predicate", "metric", "unit", "bound", "role", "words", "polarity"),
    [
        ("improves", "throughput", "x", "exact", "proposed", [], "positive"),
        ("reduces", "latency", "%", "exact", "proposed", [], "positive"),
        ("reduces", "accuracy", "%", "exact", "proposed", [], "negative"),
        ("costs", "area", "%", "exact", "proposed", [], "negative"),
        ("costs", "area", "%", "less_than", "proposed", [], "neutral"),
        ("costs", "power", "mW", "exact", "proposed", [], "neutral"),
        ("achieves", "accuracy", "%", "exact", "proposed", [], "positive"),
        ("achieves", "accuracy", "%", "exact", "evaluated_on", ["achieves", "only"], "negative"),
        ("limits", "accuracy", "", "exact", "proposed", [], "negative"),
        ("achieves", "F-1", "%", "exact", "evaluated_on", ["outperforms", "the", "baseline"], "positive"),
        ("achieves", "F-1", "%", "exact", "evaluated_on", ["with"], "neutral"),
        ("reduces", "accuracy drop", "%", "exact", "proposed", [], "positive"),
        ("reduces", "energy efficiency", "%", "exact", "proposed", [], "negative"),
    ],
)
def test_polarity(
    predicate: str, metric: str, unit: str, bound: str, role: str, words: list[str], polarity: str
) -> None:
    assert polarity_of(predicate, metric, unit, bound, role, words) == polarity


def test_confidence_is_read_from_a_rising_table(reader: ResultReader) -> None:
    values = [reader.model.confidence(step / 20) for step in range(21)]
    assert values == sorted(values)
    assert 0 < values[0] < values[-1] <= 1


def test_linear_models() -> None:
    weights = {"a": 2.0, "b": -1.0}
    assert logistic([], weights) == 0.5
    assert logistic(["a"], weights) > 0.8 > logistic(["b", "unknown"], weights)
    assert choose([["b"], ["a"], ["a"]], weights) == 1
    assert sum(softmax([1.0, 2.0, 700.0])) == pytest.approx(1)


def test_broken_weights_name_the_file(tmp_path: Path) -> None:
    broken = tmp_path / "weights.json"
    broken.write_text(json.dumps({"claim": {}}), encoding="utf-8")
    with pytest.raises(PipelineError, match=r"weights\.json"):
        load_result_model(str(broken))
    with pytest.raises(PipelineError, match="missing"):
        load_result_model(str(tmp_path / "missing.json"))
