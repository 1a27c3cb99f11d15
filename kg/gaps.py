"""What was never tried: methods that no paper evaluates on a dataset, though their neighbours are.

Evaluated on D is a method of which a sentence says so (relation evaluated_on), that has a number there, or
that is proposed by a paper which evaluates on D. Its neighbours are the methods that a sentence compares
with it, and those that a sentence uses for the same task (but for tasks of so many methods that this says
nothing). What one or two
papers name, and not by a name ("the full-precision model"), is no method that
somebody else could try.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.answers import Gap
from kg.database import Database
from kg.errors import KGError
from kg.filters import Filters
from kg.named_views import NAME_LIKE
from kg.sentences import sentence_around, sentence_starts
from kg.text import fold
from kg.things import Names

__all__ = ["gaps"]

_COMMON_TASK = 30  # methods: a task of more ("image classification") makes no neighbours
_EVALUATED = """
WITH found AS (
    SELECT head_id AS entity_id, paper_id, start, "end", confidence, FALSE AS mention FROM relations
    WHERE kind = 'evaluated_on' AND tail_id = $dataset
    UNION ALL
    SELECT subject_id, paper_id, start, "end", confidence, FALSE FROM results
    WHERE dataset_id = $dataset AND subject_id IS NOT NULL
    UNION ALL
    SELECT own.entity_id, there.paper_id, there.start, there."end", own.confidence * there.confidence, TRUE
    FROM (
        SELECT paper_id, entity_id, max(confidence) AS confidence FROM mentions JOIN links USING (mention_id)
        WHERE role = 'proposed' GROUP BY ALL
    ) own JOIN (
        SELECT m.* FROM mentions m JOIN links USING (mention_id)
        WHERE entity_id = $dataset AND role IN ('evaluated_on', 'used')
    ) there USING (paper_id)
)
SELECT f.*, e.name, p.work_id, p.text, p.title FROM found f
JOIN entities e USING (entity_id) JOIN papers p USING (paper_id)
WHERE e.type IN ('method', 'model') ORDER BY f.confidence DESC, p.work_id, f.start, f.entity_id
"""
_NEIGHBOURS = f"""
WITH tasks AS (
    SELECT r.*, t.name, count(DISTINCT head_id) OVER (PARTITION BY tail_id) AS methods FROM relations r
    JOIN entities h ON h.entity_id = r.head_id JOIN entities t ON t.entity_id = r.tail_id
    WHERE kind = 'used_for' AND h.type IN ('method', 'model') AND t.type = 'task'
), said AS (
    SELECT head_id AS one, tail_id AS other, confidence, paper_id, start, "end" FROM relations
    WHERE kind = 'compared_with'
    UNION ALL
    SELECT subject_id, baseline_id, confidence, paper_id, start, "end" FROM results
    WHERE subject_id IS NOT NULL AND baseline_id IS NOT NULL
), ties AS (
    SELECT *, 'compared_with' AS because FROM said
    UNION ALL
    SELECT other, one, confidence, paper_id, start, "end", 'compared_with' FROM said
    UNION ALL
    SELECT a.head_id, b.head_id, a.confidence * b.confidence, a.paper_id, a.start, a."end",
        'both used_for ' || a.name
    FROM tasks a JOIN tasks b USING (tail_id) WHERE a.head_id <> b.head_id AND a.methods <= {_COMMON_TASK}
)
SELECT t.*, e.name, e.type, p.work_id, w.paper, w.year, w.venue,
    substr(p.text, t.start + 1, t."end" - t.start) AS quote
FROM ties t JOIN entities e ON e.entity_id = t.one JOIN papers p USING (paper_id)
JOIN publications w USING (work_id)
WHERE t.other IN (SELECT unnest(?::VARCHAR[])) AND t.one NOT IN (SELECT unnest(?::VARCHAR[]))
    AND e.type IN ('method', 'model')
    AND (e.papers > 2 OR regexp_matches(e.name, '{NAME_LIKE}'))
"""


def gaps(database: Database, names: Names, name: str, filters: Filters) -> list[Gap]:
    """One row a method, with its surest neighbour; ``support``: papers that make it a neighbour of any."""
    meant = names.thing(name, "dataset", kinds=False)
    if meant.type != "dataset":
        raise KGError(f"{meant.name!r} is a {meant.type}, not a dataset", hint="kg query DIR gaps DATASET")
    (dataset,) = meant.ids
    evaluated: dict[str, dict[str, Any]] = {}
    for row in database.rows(_EVALUATED, {"dataset": dataset}):
        evaluated.setdefault(row["entity_id"], row)
    if not evaluated:
        raise KGError(
            f"no paper evaluates a method on {meant.name!r}",
            hint="`kg query DIR uses NAME` says who names it",
        )
    of_papers, values = filters.of_papers("w")
    known = sorted(evaluated)
    rows = database.rows(
        f"{_NEIGHBOURS} AND {of_papers} ORDER BY t.confidence DESC, p.work_id, t.start, t.one, t.other",
        [known, known, *values],
    )
    ties: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if filters.allows(row["type"]):
            ties[row["one"]].append(row)
    known_as = {
        work: (paper, year)
        for work, paper, year in database.tuples("SELECT work_id, paper, year FROM publications")
    }
    found = [_gap(meant.name, said, evaluated, known_as) for said in ties.values()]
    found.sort(key=lambda one: (-one.confidence, -one.support, fold(one.method), one.paper_id))
    return found


def _gap(
    dataset: str,
    said: list[dict[str, Any]],
    evaluated: dict[str, dict[str, Any]],
    works: dict[str, tuple[str, int | None]],
) -> Gap:
    best = max(said, key=lambda row: row["confidence"] * evaluated[row["other"]]["confidence"])
    there = evaluated[best["other"]]
    paper, year = works[there["work_id"]]
    return Gap(
        method=best["name"],
        type=best["type"],
        dataset=dataset,
        neighbour=there["name"],
        because=best["because"],
        evaluated=_sentence(there),
        evaluated_in=paper,
        evaluated_year=year,
        confidence=round(best["confidence"] * there["confidence"], 4),
        support=len({row["work_id"] for row in said}),
        **{name: best[name] for name in ("paper", "year", "venue", "quote", "paper_id", "start", "end")},
    )


def _sentence(there: dict[str, Any]) -> str:
    """The sentence that says that something was evaluated; of a mention, the one it stands in."""
    text, start, end = there["text"], there["start"], there["end"]
    if there["mention"]:
        start, end = sentence_around(text, list(sentence_starts(text, len(there["title"] or ""))), start, end)
    return str(text[start:end])
