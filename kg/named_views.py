"""Views over the tables that speak in names instead of ids: what questions are asked of, by kg and by hand.

``publications`` is what the graph shows as papers, one row a work; ``claims``, ``statements`` and ``roles``
say who says what, each with its paper, its confidence and where the sentence stands in ``papers.text``.
"""

from __future__ import annotations

from kg.types import ROLE_EDGES

__all__ = ["NAME_LIKE", "VIEWS", "VIEW_MEANINGS"]

#: What looks like a name, not like a description ("ResNet-50", "IOS").
NAME_LIKE = r"[A-Z].*[A-Z]|[a-z][A-Z]|[A-Za-z]-?\d"

_LABEL_WORDS = 8
_ROLE_RANK = "CASE m.role " + " ".join(
    f"WHEN '{role}' THEN {rank}" for rank, role in enumerate(ROLE_EDGES)
) + " END"  # fmt: skip

# A work without a title goes by what it proposes or by its first words, as in the graph (kg.table_nodes).
_PUBLICATIONS = rf"""
WITH bylines AS (
    SELECT paper_id, list(name ORDER BY position) AS authors FROM authorships GROUP BY paper_id
), records AS (
    SELECT p.work_id, min(p.paper_id) AS paper_id,
        string_agg(DISTINCT d.path, '; ' ORDER BY d.path) AS documents
    FROM papers p LEFT JOIN (
        SELECT document_id, min(path) AS path FROM documents GROUP BY document_id
    ) d USING (document_id) GROUP BY p.work_id
), untitled AS (
    SELECT r.work_id, p.paper_id, p.text FROM records r JOIN papers p USING (paper_id)
    JOIN works w ON w.work_id = r.work_id WHERE coalesce(w.title, '') = ''
), proposed AS (
    SELECT m.paper_id, e.name, count(*) AS times, min(m.start) AS first
    FROM mentions m JOIN links l USING (mention_id) JOIN entities e USING (entity_id)
    WHERE m.paper_id IN (SELECT paper_id FROM untitled)
    GROUP BY m.paper_id, e.entity_id, e.name HAVING bool_or(m.role = 'proposed')
), named AS (
    SELECT paper_id, first(name ORDER BY NOT regexp_matches(name, '{NAME_LIKE}'), -times, first, name) AS name
    FROM proposed GROUP BY paper_id
), shown AS (
    SELECT u.work_id, CASE WHEN n.name IS NOT NULL THEN n.name || ' (untitled)'
        WHEN regexp_matches(u.text, '\S') THEN
            array_to_string(string_split_regex(trim(u.text, E' \t\r\n'), '\s+')[1:{_LABEL_WORDS}], ' ')
            || '… (untitled)'
        ELSE 'untitled' END AS name
    FROM untitled u LEFT JOIN named n USING (paper_id)
)
SELECT w.work_id, coalesce(s.name, trim(regexp_replace(w.title, '[\s\p{{Z}}]+', ' ', 'g'))) AS paper, w.title,
    b.authors, w.year, w.date, w.venue, w.doi, w.arxiv_id, w.url, a.abstract, r.documents
FROM works w JOIN records r USING (work_id) LEFT JOIN shown s USING (work_id)
LEFT JOIN bylines b ON b.paper_id = w.authors_from LEFT JOIN papers a ON a.paper_id = w.abstract_from
"""

_CLAIMS = """
SELECT s.name AS subject, s.type AS subject_type, r.predicate, coalesce(m.name, r.metric) AS metric,
    r.value, r.low, r.high, r.unit, r.bound, r.polarity, b.name AS baseline, d.name AS dataset,
    d.type AS dataset_type, h.name AS hardware, w.paper, w.year, w.venue, r.confidence,
    substr(p.text, r.start + 1, r."end" - r.start) AS quote, r.start, r."end", r.result_id, r.paper_id,
    p.work_id, r.subject_id, r.metric_id, r.baseline_id, r.dataset_id, r.hardware_id
FROM results r JOIN papers p USING (paper_id) JOIN publications w USING (work_id)
LEFT JOIN entities s ON s.entity_id = r.subject_id LEFT JOIN entities m ON m.entity_id = r.metric_id
LEFT JOIN entities b ON b.entity_id = r.baseline_id LEFT JOIN entities d ON d.entity_id = r.dataset_id
LEFT JOIN entities h ON h.entity_id = r.hardware_id
"""

_STATEMENTS = """
SELECT h.name AS head, h.type AS head_type, r.kind, t.name AS tail, t.type AS tail_type, w.paper, w.year,
    w.venue, r.confidence, substr(p.text, r.start + 1, r."end" - r.start) AS quote, r.start, r."end",
    r.relation_id, r.paper_id, p.work_id, r.head_id, r.tail_id
FROM relations r JOIN papers p USING (paper_id) JOIN publications w USING (work_id)
JOIN entities h ON h.entity_id = r.head_id JOIN entities t ON t.entity_id = r.tail_id
"""

# The strongest role of a thing in a work; the abstract says more about it than the title does.
_ROLES = f"""
WITH said AS (
    SELECT m.*, l.entity_id, p.work_id, row_number() OVER (
        PARTITION BY p.work_id, l.entity_id
        ORDER BY {_ROLE_RANK}, m.start < length(coalesce(p.title, '')), -m.confidence, m.paper_id, m.start
    ) AS place
    FROM mentions m JOIN links l USING (mention_id) JOIN papers p USING (paper_id)
)
SELECT w.paper, s.role, e.name AS entity, e.type, s.text AS printed, w.year, w.venue, s.confidence, s.start,
    s."end", s.paper_id, s.work_id, s.entity_id
FROM said s JOIN publications w USING (work_id) JOIN entities e USING (entity_id) WHERE s.place = 1
"""

VIEWS = {"publications": _PUBLICATIONS, "claims": _CLAIMS, "statements": _STATEMENTS, "roles": _ROLES}

VIEW_MEANINGS = {
    "publications": "papers as the graph shows them: one row a work, whatever the number of its records",
    "claims": "results with names for ids, the paper and the sentence",
    "statements": "relations with names for ids, the paper and the sentence",
    "roles": "what a work has to do with a thing: its strongest role there, and the mention that says so",
}
