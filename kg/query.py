"""The ready questions: what runs on X, who works on Z, what was never tried on D, ...

Each is a function of the database, the names and the filters, and answers with rows that end at a sentence
(kg.answers). Rows are sorted by a total order: the surest and best supported first, then by name and id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.answers import Answer, Claim, Gap, Place, Statement, Trend, Usage, Worker
from kg.database import Database
from kg.errors import KGError
from kg.filters import Filters
from kg.gaps import gaps
from kg.leaderboard import as_claim, claim_rows, leaderboard
from kg.role_sentences import with_sentences
from kg.support import supported
from kg.text import fold
from kg.things import Names
from kg.trends import trends
from kg.types import ROLE_EDGES

__all__ = ["QUESTIONS", "Question", "answer", "relations"]

_SAID = """SELECT head_id, head AS subject, head_type AS subject_type, kind, tail_id, tail AS object,
    tail_type AS object_type, NULL AS detail, confidence, paper, year, venue, quote, paper_id, work_id,
    start, "end" FROM statements s"""
_EVIDENCE = ("paper", "year", "venue", "quote", "paper_id", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: what it is called, what its name stands for (None: it takes none), what it answers."""

    name: str
    argument: str | None
    about: str
    kind: type[Answer]


def answer(
    database: Database, names: Names, question: str, name: str | None, metric: str | None, filters: Filters
) -> list[Any]:
    """The answer to one of ``QUESTIONS``; a question that is none, or lacks its name, is a KGError."""
    asked = QUESTIONS.get(question)
    if asked is None:
        raise KGError(f"no question is called {question!r}", hint=f"there are {', '.join(QUESTIONS)}")
    if asked.argument is not None and not name:
        raise KGError(
            f"{question} needs a name", hint=f"kg query DIR {question} {asked.argument}: {asked.about}"
        )
    if asked.argument is None and name:
        raise KGError(f"{question} takes no name", hint=f"kg query DIR {question}: {asked.about}")
    if metric is not None and question != "best":
        raise KGError(f"--metric is not for {question}", hint="it narrows `best` and `kg leaderboard`")
    if question == "trends":
        return filters.kept(trends(database, filters))
    assert name is not None
    if question == "best":
        return _best(database, names, name, metric, filters)
    return filters.kept(_ASK[question](database, names, name, filters))


def _runs_on(database: Database, names: Names, name: str, filters: Filters) -> list[Statement]:
    """What runs on a piece of hardware or its kinds; for anything else, what it runs on."""
    meant = names.thing(name, "hardware")
    rows = _said(
        database, "(s.kind = 'runs_on' AND (s.tail_id IN {ids} OR s.head_id IN {ids}))", meant.ids, filters
    )
    measured = claim_rows(
        database,
        "c.subject_id IS NOT NULL AND (list_contains(?, c.hardware_id) OR "
        "(c.hardware_id IS NOT NULL AND list_contains(?, c.subject_id)))",
        [list(meant.ids), list(meant.ids)],
        filters,
    )
    rows += [
        _measured(row, "measured_on", row["hardware_id"], row["hardware"], "hardware") for row in measured
    ]
    return _merged(rows)


def _compares_with(database: Database, names: Names, name: str, filters: Filters) -> list[Statement]:
    """What is compared with a thing, with the number where there is one."""
    meant = names.thing(name, kinds=False)
    rows = _said(
        database,
        "(s.kind = 'compared_with' AND (s.tail_id IN {ids} OR s.head_id IN {ids}))",
        meant.ids,
        filters,
    )
    measured = claim_rows(
        database,
        "c.subject_id IS NOT NULL AND c.baseline_id IS NOT NULL "
        "AND (list_contains(?, c.baseline_id) OR list_contains(?, c.subject_id))",
        [list(meant.ids), list(meant.ids)],
        filters,
    )
    rows += [_measured(row, row["predicate"], row["baseline_id"], row["baseline"], "") for row in measured]
    return _merged(rows)


def _said(database: Database, condition: str, ids: Iterable[str], filters: Filters) -> list[dict[str, Any]]:
    of_papers, values = filters.of_papers("s")
    wanted = list(ids)
    marks = condition.count("{ids}")
    text = condition.format(ids="(SELECT unnest(?::VARCHAR[]))")
    return [
        row
        for row in database.rows(
            f"{_SAID} WHERE {text} AND {of_papers} AND head_id <> tail_id", [*([wanted] * marks), *values]
        )
        if filters.allows(row["subject_type"])
    ]


def _measured(row: Mapping[str, Any], kind: str, tail: str, name: str, type_: str) -> dict[str, Any]:
    """A claim as a statement of its subject and one of its slots."""
    detail = f"{row['metric']} {row['value']}".strip()
    return {
        **{
            column: row[column] for column in (*_EVIDENCE, "work_id", "confidence", "subject", "subject_type")
        },
        "head_id": row["subject_id"],
        "kind": kind,
        "tail_id": tail,
        "object": name,
        "object_type": type_,
        "detail": detail,
    }


def _merged(rows: Iterable[Mapping[str, Any]]) -> list[Statement]:
    """One row for each statement, with the evidence of the surest paper and the support of all."""
    groups: defaultdict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["head_id"], row["kind"], row["tail_id"], row["detail"]].append(row)
    found = []
    for said in groups.values():
        best = min(said, key=lambda row: (-row["confidence"], row["work_id"], row["start"]))
        support = len({row["work_id"] for row in said})
        found.append(
            Statement(
                **{
                    column: best[column]
                    for column in (*_EVIDENCE, "subject", "subject_type", "kind", "object")
                },
                object_type=best["object_type"],
                detail=best["detail"],
                confidence=supported(best["confidence"], support),
                support=support,
            )
        )
    return sorted(
        found, key=lambda one: (-one.confidence, -one.support, fold(one.subject), fold(one.object), one.start)
    )


def _roles(
    database: Database, ids: Iterable[str], filters: Filters, condition: str = "true"
) -> list[dict[str, Any]]:
    """What works have to do with some things, the surest first."""
    of_papers, values = filters.of_papers("r")
    return database.rows(
        f"""SELECT * FROM roles r WHERE entity_id IN (SELECT unnest(?::VARCHAR[])) AND {condition}
            AND {of_papers} ORDER BY confidence DESC, work_id, start""",
        [list(ids), *values],
    )


def relations(database: Database, kind: str | None, filters: Filters) -> list[Statement]:
    """All that is said of two things, or what is said in one way; ``types`` are those of the first thing."""
    of_papers, values = filters.of_papers("s")
    rows = database.rows(
        f"{_SAID} WHERE (?::VARCHAR IS NULL OR kind = ?) AND {of_papers}", [kind, kind, *values]
    )
    return filters.kept(_merged([row for row in rows if filters.allows(row["subject_type"])]))


def _uses(database: Database, names: Names, name: str, filters: Filters) -> list[Usage]:
    """The papers that use, evaluate on or compare with a thing."""
    meant = names.thing(name)
    rows = _roles(database, meant.ids, filters, "role NOT IN ('proposed', 'mentioned')")
    found = [
        Usage(
            entity=row["entity"],
            type=row["type"],
            kind=ROLE_EDGES[row["role"]],
            confidence=row["confidence"],
            support=1,
            quote="",
            **{column: row[column] for column in _EVIDENCE if column != "quote"},
        )
        for row in rows
        if filters.allows(row["type"])
    ]
    return with_sentences(database, filters.kept(found))


def _who_works_on(database: Database, names: Names, name: str, filters: Filters) -> list[Worker]:
    """The authors of papers that do more than mention a thing, those of most papers first."""
    meant = names.thing(name)
    rows = [
        row
        for row in _roles(database, meant.ids, filters, "role <> 'mentioned'")
        if filters.allows(row["type"])
    ]
    bylines = database.tuples(
        """SELECT DISTINCT p.work_id, s.author_id, a.name FROM authorships s JOIN papers p USING (paper_id)
        JOIN authors a USING (author_id) WHERE p.work_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL""",
        [sorted({row["work_id"] for row in rows})],
    )
    people: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for work, author, person in bylines:
        people[work].append((author, person))
    works: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        for author in people[row["work_id"]]:
            works[author].append(row)
    found = [_worker(author, person, said) for (author, person), said in works.items()]
    ranked = sorted(found, key=lambda one: (-one[1].support, -one[1].confidence, fold(one[1].author), one[0]))
    return with_sentences(database, filters.kept([worker for _, worker in ranked]))


def _worker(author: str, person: str, said: list[dict[str, Any]]) -> tuple[str, Worker]:
    support = len({row["work_id"] for row in said})
    years = [row["year"] for row in said if row["year"] is not None]
    return author, Worker(
        author=person,
        entities=tuple(dict.fromkeys(row["entity"] for row in said)),
        last_year=max(years, default=None),
        confidence=supported(said[0]["confidence"], support),
        support=support,
        quote="",
        **{column: said[0][column] for column in _EVIDENCE if column != "quote"},
    )


def _results_of(database: Database, names: Names, name: str, filters: Filters) -> list[Claim]:
    """Every number that is claimed of a thing, or in a paper."""
    try:
        ids = list(names.thing(name, kinds=False).ids)
    except KGError:
        ids = [names.node(name).node]
    rows = claim_rows(
        database, "list_contains(?, c.subject_id) OR list_contains(?, c.work_id)", [ids, ids], filters
    )
    rows.sort(key=lambda row: (-row["confidence"], row["paper_id"], row["start"], row["result_id"]))
    return list(map(as_claim, rows))


def _best(database: Database, names: Names, name: str, metric: str | None, filters: Filters) -> list[Place]:
    """The first of each board."""
    whole = replace(filters, limit=None)
    found = [
        place
        for place in leaderboard(database, names, dataset=name, metric=metric, filters=whole)
        if place.rank == 1
    ]
    return filters.kept(found)


_ASK: dict[str, Callable[[Database, Names, str, Filters], list[Any]]] = {
    "runs-on": _runs_on,
    "compares-with": _compares_with,
    "uses": _uses,
    "who-works-on": _who_works_on,
    "results-of": _results_of,
    "gaps": gaps,
}

QUESTIONS = {
    name: Question(name=name, argument=argument, about=about, kind=kind)
    for name, argument, about, kind in (
        ("runs-on", "HARDWARE", "what runs on it, or on a kind of it", Statement),
        ("best", "DATASET", "the best number of each metric on it; --metric narrows", Place),
        ("compares-with", "NAME", "what is compared with it, and by what number", Statement),
        ("who-works-on", "NAME", "whose papers deal with it", Worker),
        ("uses", "NAME", "which papers use it, or evaluate on it", Usage),
        ("results-of", "NAME", "every number that is claimed of it, or in that paper", Claim),
        ("trends", None, "what is named more often than before, and what less often", Trend),
        ("gaps", "DATASET", "methods never evaluated on it, though others like them are", Gap),
    )
}
