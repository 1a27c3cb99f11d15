"""The scores of hand-made predictions: perfect, shifted, missing, extra, doubled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import GoldError
from kg.evaluate import Evaluation, Prediction, evaluate, match_papers
from kg.gold import GoldForm, GoldPaper, GoldResult
from kg.predictions import papers_of_gold, predictions_of_tables
from kg.scores import Counts, Ratio
from kg.tables import Tables
from kg.types import Mention


def form(text: str, kind: str, role: str = "used", main: str | None = None) -> GoldForm:
    return GoldForm(text=text, type=kind, role=role, main=main or text)


def said(text: str, kind: str, role: str = "used", *, start: int = 0, confidence: float = 0.9) -> Mention:
    return Mention(
        paper_id="p", start=start, end=start + 1, text=text, type=kind, role=role, confidence=confidence
    )


GOLD = GoldPaper(
    where="gold:1",
    title="A  Paper",
    authors=("Ann One", "Bo Two"),
    forms=(
        form("RandBET", "method", "proposed"),
        form("random bit error training", "method", "proposed", "RandBET"),
        form("GPU", "hardware", "evaluated_on"),
        form("accuracy", "metric", "measured"),
    ),
    results=(
        GoldResult(subject="RandBET", low=20, high=20),
        GoldResult(subject="RandBET", low=20, high=20),
        GoldResult(subject="RandBET", low=1.1, high=1.5),
    ),
    relations=(("RandBET", "runs_on", "GPU"),),
    source="page.txt",
    venue="MLSys",
    year=2021,
    text_start="We train",
    text_end="on a GPU.",
)
PERFECT = Prediction(
    path="folder/page.txt",
    title="a paper",
    authors=("Ann One", "Bo Two"),
    venue="mlsys",
    year=2021,
    abstract="We train\nmany nets on a GPU.",
    mentions=(
        said("RandBET", "method", "proposed"),
        said("Random  bit error training", "method", "proposed", start=10),
        said("GPU", "hardware", "evaluated_on", start=50),
        said("accuracy", "metric", "measured", start=60),
    ),
    relations=((("random bit error training",), "runs_on", ("GPU",)),),
    results=((20.0, 20.0, ("RandBET",)), (20, 20, ("RandBET",)), (1.1, 1.5, ("x", "RANDBET"))),
)


def score(*predictions: Prediction, gold: tuple[GoldPaper, ...] = (GOLD,)) -> Evaluation:
    return evaluate(gold, predictions)


def test_a_perfect_prediction_scores_one_everywhere() -> None:
    scores = score(PERFECT)
    for part in (scores.forms, scores.forms_any_type, scores.numbers, scores.numbers_with_subject):
        assert part.counts.f1 == 1.0
        assert part.interval == (1.0, 1.0)
    assert scores.relations is not None
    assert scores.relations.counts.f1 == 1.0
    assert scores.entities == Ratio(3, 3)
    assert scores.proposed == Ratio(1, 1)
    assert scores.roles == Ratio(4, 4)
    assert scores.papers == Ratio(1, 1)
    assert scores.structure is not None
    structure = scores.structure
    assert structure.extra == ()
    assert structure.authors.f1 == 1.0
    ratios = (structure.author_lists, structure.venues, structure.years, structure.abstracts)
    assert all(ratio == Ratio(1, 1) for ratio in ratios)
    assert scores.calibration.error == pytest.approx(0.1)


def test_a_shifted_type_costs_the_type_and_not_the_form() -> None:
    mentions = (replace(PERFECT.mentions[0], type="model"), *PERFECT.mentions[1:])
    scores = score(replace(PERFECT, mentions=mentions))
    assert scores.forms.counts == Counts(3, 4, 4)
    assert scores.forms_any_type.counts == Counts(4, 4, 4)
    assert scores.forms_by_type["method"] == Counts(1, 1, 2)
    assert scores.forms_by_type["model"] == Counts(0, 1, 0)
    assert scores.roles == Ratio(4, 4)
    assert scores.proposed == Ratio(1, 1)  # found by its long form


def test_missing_and_extra_forms() -> None:
    scores = score(replace(PERFECT, mentions=(*PERFECT.mentions[2:], said("CPU", "hardware", start=90))))
    assert scores.forms.counts == Counts(2, 3, 4)
    assert scores.entities == Ratio(2, 3)
    assert scores.proposed == Ratio(0, 1)


def test_a_form_counts_once_however_often_it_occurs() -> None:
    repeated = tuple(replace(PERFECT.mentions[2], start=start) for start in range(100, 105))
    assert score(replace(PERFECT, mentions=PERFECT.mentions + repeated)).forms.counts == Counts(4, 4, 4)


def test_roles_are_counted_over_the_forms_found() -> None:
    wrong = replace(PERFECT.mentions[2], role="used")
    scores = score(replace(PERFECT, mentions=(PERFECT.mentions[0], wrong, said("CPU", "hardware"))))
    assert scores.roles == Ratio(1, 2)
    assert scores.roles_by_role["used"] == Counts(0, 1, 0)
    assert scores.roles_by_role["evaluated_on"] == Counts(0, 0, 1)
    assert scores.roles_by_role["proposed"] == Counts(1, 1, 1)


def test_a_form_has_the_role_of_its_first_mention_and_may_have_several_annotated_ones() -> None:
    late, early = said("GPU", "hardware", "used", start=90), said("gpu", "hardware", "evaluated_on", start=5)
    assert score(replace(PERFECT, mentions=(late, early))).roles == Ratio(1, 1)
    twice = replace(GOLD, forms=(*GOLD.forms, form("GPU", "hardware", "target")))
    for role, hits in (("target", 1), ("evaluated_on", 1), ("used", 0)):
        mentions = (said("GPU", "hardware", role),)
        assert score(replace(PERFECT, mentions=mentions), gold=(twice,)).roles == Ratio(hits, 1)


def test_an_entity_is_found_by_any_of_its_forms_of_the_right_type() -> None:
    long = said("random bit error training", "method", "proposed")
    found = score(replace(PERFECT, mentions=(long,)))
    assert (found.entities, found.proposed) == (Ratio(1, 3), Ratio(1, 1))
    wrong = score(replace(PERFECT, mentions=(replace(long, type="task"),)))
    assert (wrong.entities, wrong.proposed) == (Ratio(0, 3), Ratio(0, 1))


def test_numbers_are_a_multiset_of_low_and_high() -> None:
    def numbers(*results: tuple[float, float, tuple[str, ...]]) -> Evaluation:
        return score(replace(PERFECT, results=results))

    once = numbers((20, 20, ("RandBET",)))
    assert once.numbers.counts == Counts(1, 1, 3)
    thrice = numbers(*[(20.0, 20.0, ("RandBET",))] * 3)
    assert thrice.numbers.counts == Counts(2, 3, 3)
    nearly = numbers((1.1, 1.1 + 0.4, ("RandBET",)), (1.1, 1.51, ("RandBET",)))
    assert nearly.numbers.counts == Counts(1, 2, 3)
    other = numbers((20, 20, ("GPU",)), (20, 20, ()), (1.1, 1.5, ("random bit error training",)))
    assert other.numbers.counts == Counts(3, 3, 3)
    assert other.numbers_with_subject.counts == Counts(1, 3, 3)


def test_a_subject_that_is_no_annotated_entity_is_known_by_its_name() -> None:
    gold = replace(GOLD, results=(GoldResult(subject="Alignment Logic", low=8, high=8),))
    scores = score(replace(PERFECT, results=((8, 8, ("alignment logic",)),)), gold=(gold,))
    assert scores.numbers_with_subject.counts == Counts(1, 1, 1)


def test_relations_are_mapped_to_the_main_name_and_counted_once() -> None:
    relations = (
        (("RandBET",), "runs_on", ("GPU",)),
        (("random bit error training", "RandBET"), "runs_on", ("gpu",)),
        (("GPU",), "runs_on", ("RandBET",)),
        (("RandBET",), "used_for", ("something",)),
    )
    scores = score(replace(PERFECT, relations=relations))
    assert scores.relations is not None
    assert scores.relations.counts == Counts(1, 3, 1)
    assert scores.relations_by_kind["runs_on"] == Counts(1, 2, 1)
    assert scores.relations_by_kind["used_for"] == Counts(0, 1, 0)


def test_where_no_relations_are_annotated_none_are_scored() -> None:
    assert score(PERFECT, gold=(replace(GOLD, relations=None),)).relations is None


def test_a_missing_paper_counts_as_read_without_content() -> None:
    scores = score()
    assert scores.missing == ("A  Paper",)
    assert scores.papers == Ratio(0, 1)
    assert scores.forms.counts == Counts(0, 0, 4)
    assert scores.numbers.counts == Counts(0, 0, 3)
    assert scores.structure is not None
    assert scores.structure.authors == Counts(0, 0, 2)
    assert scores.structure.years == Ratio(0, 0)


def test_structure_sees_extra_papers_of_the_same_document_only() -> None:
    menu = Prediction(path="folder/page.txt", title="Skip to main content")
    other = Prediction(path="folder/other_page.txt", title="Another Paper")
    untitled = Prediction(path="page.txt", abstract="Chat is not available.")
    scores = score(other, menu, PERFECT, untitled)
    assert scores.structure is not None
    assert scores.structure.extra == ("Skip to main content", "(untitled) Chat is not available....")


def test_structure_is_exact() -> None:
    wrong = replace(
        PERFECT, authors=("Bo Two", "Ann One"), venue=None, year=None, abstract="Intro. We train on a GPU."
    )
    structure = score(wrong).structure
    assert structure is not None
    assert structure.authors.f1 == 1.0
    ratios = (structure.author_lists, structure.venues, structure.years, structure.abstracts)
    assert all(ratio == Ratio(0, 1) for ratio in ratios)
    structure = score(replace(PERFECT, authors=("Ann One", "Ann One"), abstract="We train on a")).structure
    assert structure is not None
    assert structure.authors == Counts(1, 2, 2)
    assert structure.abstracts == Ratio(0, 1)


def test_papers_without_a_title_are_known_by_their_beginning() -> None:
    gold = replace(GOLD, title=None)
    other = replace(PERFECT, title=None, abstract="We do not train on a GPU.")
    mine = replace(PERFECT, title=None)
    assert match_papers([gold], [other, mine]) == [mine]
    assert match_papers([gold, gold], [mine]) == [mine, None]


def test_of_equal_titles_the_one_from_the_annotated_document_is_taken() -> None:
    copy = replace(PERFECT, path="other.txt", mentions=())
    assert match_papers([GOLD], [copy, PERFECT]) == [PERFECT]
    assert match_papers([GOLD, GOLD], [copy, PERFECT]) == [PERFECT, copy]


def test_predictions_of_tables(toy_tables: Tables) -> None:
    one, two = predictions_of_tables(toy_tables)
    assert one.title == "IOS: Inter-Operator Scheduler for CNN Acceleration"
    assert one.path == "listing.txt"
    assert one.authors == ("Yaoyao Ding", "Song Han")
    assert [mention.text for mention in one.mentions] == [
        "IOS",
        "Inter-Operator Scheduler",
        "TensorRT",
        "GPUs",
    ]
    low, high, names = one.results[0]
    assert (low, high) == (1.1, 1.5)
    assert {"IOS", "Inter-Operator Scheduler"} <= set(names)
    assert ("compared_with", "TensorRT") in [(kind, tail[0]) for _, kind, tail in one.relations]
    assert two.results == ()


def test_a_relation_is_named_by_the_forms_of_its_own_paper(toy_tables: Tables) -> None:
    one = predictions_of_tables(toy_tables)[0]
    tails = [tail for _, kind, tail in one.relations if kind == "runs_on"]
    assert tails[0][0] == "GPUs"  # as in this paper, where the entity is called GPU


def test_tables_against_themselves(toy_tables: Tables) -> None:
    (one, _) = predictions_of_tables(toy_tables)
    gold = GoldPaper(
        where="gold:1",
        title=one.title,
        authors=one.authors,
        forms=tuple(
            form(m.text, m.type, m.role, "IOS" if m.type == "method" else None) for m in one.mentions
        ),
        results=(GoldResult(subject="IOS", low=1.1, high=1.5),),
        relations=(("IOS", "compared_with", "TensorRT"), ("IOS", "runs_on", "GPUs")),
        abstract=one.abstract,
    )
    scores = score(*predictions_of_tables(toy_tables), gold=(gold,))
    assert scores.forms.counts.f1 == scores.numbers_with_subject.counts.f1 == 1.0
    assert scores.relations is not None
    assert scores.relations.counts.f1 == 1.0
    assert scores.structure is None


def test_annotated_abstracts_become_papers() -> None:
    gold = replace(GOLD, title="T", abstract="We train.", source=None)
    (paper,) = papers_of_gold([gold])
    assert paper.text == "T\n\nWe train."
    assert [author.name for author in paper.authors] == ["Ann One", "Bo Two"]
    with pytest.raises(GoldError, match="holds no text") as caught:
        papers_of_gold([GOLD])
    assert "--tables" in (caught.value.hint or "")


def test_equal_annotated_papers_stay_apart() -> None:
    gold = replace(GOLD, abstract="We train.")
    one, two = papers_of_gold([gold, gold])
    assert one.paper_id != two.paper_id
