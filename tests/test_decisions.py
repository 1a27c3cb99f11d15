from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import Decision, Decisions, add_decision, decisions_path, read_decisions
from kg.errors import DecisionsError
from kg.resolution.aliases import NO_ALIASES
from kg.resolve import Resolution, resolve, without_mentions
from kg.types import Evidence, Extraction, Mention, Relation, Result

WRITTEN = """# by hand
[[merge]]
into = "large language model"
forms = ["LLM brain", "giant model"]
note = "they say so"

[[split]]
form = "IOS"
from = "inter-operator scheduler"
papers = ["A router study"]

[[rename]]
from = "gpt-4o"
to = "GPT-4o"
type = "model"

[[ignore]]
form = "the approach"
"""


def _mention(paper: str, text: str, kind: str, place: int) -> Mention:
    return Mention(paper_id=paper, start=place, end=place + len(text), text=text, type=kind)


def _paper(name: str, *texts: str, kind: str = "method") -> Extraction:
    return Extraction(
        paper_id=name,
        mentions=tuple(_mention(name, text, kind, 100 * place) for place, text in enumerate(texts)),
    )


def _decide(papers: list[Extraction], *entries: Decision, titles: dict[str, str] | None = None) -> Resolution:
    return resolve(papers, decisions=Decisions(entries=entries), titles=titles, aliases=NO_ALIASES)


def _aliases(resolution: Resolution) -> list[tuple[str, ...]]:
    return sorted(entity.aliases for entity in resolution.entities)


def test_a_file_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    assert read_decisions(path).entries == (
        Decision(
            kind="merge", name="large language model", where=f"{path}:2", forms=("LLM brain", "giant model")
        ),
        Decision(
            kind="split",
            name="IOS",
            where=f"{path}:7",
            of="inter-operator scheduler",
            papers=("A router study",),
        ),
        Decision(kind="rename", name="gpt-4o", where=f"{path}:12", to="GPT-4o", type="model"),
        Decision(kind="ignore", name="the approach", where=f"{path}:17"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[merge]]\ninto = \n", ":2: not TOML"),
        ("\n[[joins]]\na = 1\n", ":2: no kind of decision is called 'joins'"),
        ("[merge]\ninto = 'a'\n", ":1: no kind of decision is called 'merge'"),
        ("# x\n[[merge]]\ninto = 'a'\n", ":2: [[merge]] lacks forms"),
        ("[[merge]]\ninto = 'a'\nforms = 'b'\n", ":1: forms of [[merge]] must be a list of texts"),
        ("[[rename]]\nfrom = 'a'\nto = 3\n", ":1: to of [[rename]] must be a text"),
        ("[[ignore]]\nform = 'a'\n[[ignore]]\nform = 'b'\nwhy = 'c'\n", ":3: [[ignore]] has no 'why'"),
        ("[[ignore]]\nform = 'a'\ntype = 'thing'\n", ":1: no type 'thing'"),
        ("[[split]]\nform = 'a'\n", ":1: [[split]] needs from or papers"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionsError) as error:
        read_decisions(path)
    assert f"{path}{message}" in error.value.message


def test_a_missing_file_and_one_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match="no such file"):
        read_decisions(tmp_path / "decisions.toml")
    (tmp_path / "decisions.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DecisionsError, match="not UTF-8"):
        read_decisions(tmp_path / "decisions.toml")


def test_a_decision_is_added_and_all_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    entry = add_decision(path, "merge", {"into": 'a "b"', "forms": ["c\\d", "é\t"]})
    text = path.read_text(encoding="utf-8")
    assert text.startswith(WRITTEN)
    assert text.endswith(entry)
    assert read_decisions(path).entries[-1].forms == ("c\\d", "é\t")
    add_decision(path, "merge", {"into": 'a "b"', "forms": ["c\\d", "é\t"]})
    assert path.read_text(encoding="utf-8") == text


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "decisions.toml"
    add_decision(path, "ignore", {"form": "x"})
    assert path.read_text(encoding="utf-8").startswith("# What was decided by hand")
    assert len(read_decisions(path).entries) == 1


def test_a_damaged_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text("[[merge]\n", encoding="utf-8")
    with pytest.raises(DecisionsError):
        add_decision(path, "ignore", {"form": "x"})
    assert path.read_text(encoding="utf-8") == "[[merge]\n"


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=3))
def test_any_name_survives_being_written(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    if any(0xD800 <= ord(char) <= 0xDFFF for name in names for char in name):
        return
    path = tmp_path_factory.mktemp("d") / "decisions.toml"
    add_decision(path, "merge", {"into": names[0], "forms": names})
    (entry,) = read_decisions(path).entries
    assert (entry.name, entry.forms) == (names[0], tuple(names))


def test_decisions_stand_beside_the_sources(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "a.bib").touch()
    assert decisions_path(["-", "a.bib", "papers"], tmp_path) == tmp_path / "papers" / "decisions.toml"
    assert decisions_path(["a.bib"], tmp_path) == tmp_path / "decisions.toml"
    assert decisions_path(["-", "*.pdf"], tmp_path) is None


PAPERS = [_paper("a", "big model", "Giant Model"), _paper("b", "giant models", "IOS"), _paper("c", "IOS")]


def test_a_merge_joins_things_and_without_it_they_part_again() -> None:
    decision = Decision(kind="merge", name="giant model", where="d:1", forms=("big models",))
    resolution = _decide(PAPERS, decision)
    assert _aliases(resolution) == [("Giant Model", "big model", "giant models"), ("IOS",)]
    assert {(merge.form, merge.rule) for merge in resolution.merges} == {("big model", "decision")}
    assert _aliases(_decide(PAPERS)) == [("Giant Model", "giant models"), ("IOS",), ("big model",)]


def test_a_merge_into_a_name_that_nobody_prints() -> None:
    decision = Decision(kind="merge", name="LLM", where="d:1", forms=("big model", "giant model"))
    (entity,) = [e for e in _decide(PAPERS, decision).entities if "big model" in e.aliases]
    assert entity.name == "LLM"
    assert entity.mentions == 3


def test_a_form_is_split_off_in_some_papers() -> None:
    by_title = Decision(kind="split", name="IOS", where="d:1", papers=("a router study",))
    resolution = _decide(PAPERS, by_title, titles={"c": "A Router Study", "b": "Other"})
    assert [entity.papers for entity in resolution.entities if entity.name == "IOS"] == [1, 1]
    whole = Decision(kind="split", name="big model", where="d:1", of="giant model")
    merged = Decision(kind="merge", name="giant model", where="d:2", forms=("big model",))
    assert len(_decide(PAPERS, whole).entities) == 3
    assert _decide(PAPERS, whole).notes == ("d:1: 'big model' stands nowhere where it could be split off",)
    assert len(_decide(PAPERS, merged).entities) == 2


def test_a_new_name() -> None:
    decision = Decision(kind="rename", name="ios", where="d:1", to="Inter-Operator Scheduler")
    (entity,) = [e for e in _decide(PAPERS, decision).entities if "IOS" in e.aliases]
    (before,) = [e for e in _decide(PAPERS).entities if "IOS" in e.aliases]
    assert entity.name == "Inter-Operator Scheduler"
    assert entity.aliases == ("IOS", "Inter-Operator Scheduler")
    assert entity.entity_id == before.entity_id


def test_what_is_ignored_leaves_relations_and_results_too() -> None:
    one, other = _mention("a", "the approach", "method", 0), _mention("a", "pruning", "method", 50)
    evidence = Evidence(paper_id="a", start=0, end=60, quote="x" * 60)
    result = Result(
        subject=one,
        predicate="improves",
        metric="speed",
        metric_mention=None,
        value="2x",
        low=2,
        high=2,
        unit="x",
        bound="exact",
        baseline=other,
        dataset=None,
        hardware=None,
        polarity="positive",
        evidence=evidence,
    )
    paper = Extraction(
        paper_id="a",
        mentions=(one, other),
        relations=(Relation(head=one, kind="is_a", tail=other, evidence=evidence),),
        results=(result,),
    )
    resolution = _decide([paper], Decision(kind="ignore", name="The approach", where="d:1"))
    assert [entity.name for entity in resolution.entities] == ["pruning"]
    assert resolution.ignored == {("a", "the approach", "method")}
    left = without_mentions(paper, resolution.ignored)
    assert left.mentions == (other,)
    assert left.relations == ()
    assert (left.results[0].subject, left.results[0].baseline) == (None, other)
    assert without_mentions(paper, frozenset()) == paper
    elsewhere = frozenset({("b", "the approach", "method"), ("a", "the approach", "task")})
    assert without_mentions(paper, elsewhere) == paper


def test_a_type_tells_things_of_one_name_apart() -> None:
    papers = [_paper("a", "IOS", kind="tool"), _paper("b", "IOS", kind="method")]
    decision = Decision(kind="rename", name="IOS", where="d:1", to="Cisco IOS", type="tool")
    names = {(entity.type, entity.name) for entity in _decide(papers, decision).entities}
    assert names == {("tool", "Cisco IOS"), ("method", "IOS")}
    either = Decision(kind="rename", name="IOS", where="d:1", to="Cisco IOS")
    assert _decide(papers, either).notes == ("d:1: 'IOS' names 2 things; the one of most papers was taken",)


def test_a_decision_on_nothing_is_noted() -> None:
    decision = Decision(kind="ignore", name="nothing", where="d:4", type="tool")
    assert _decide(PAPERS, decision).notes == ("d:4: nothing of type tool is called 'nothing'",)
