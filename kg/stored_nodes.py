"""The nodes of a build, by name and by id, as the graph has them: read from the tables as far as is asked.

Names are first narrowed down by DuckDB to those that hold a word of what is looked for, whatever its case;
what is left is read as ``kg.lookup`` reads names, so that a large build answers as a small one does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from kg.database import Database
from kg.derived_names import derived_name, proposed_names
from kg.errors import KGError
from kg.ids import make_id
from kg.lookup import Candidate, find_among
from kg.text import collapse, fold, normal_form, venue_key, venue_label

__all__ = ["StoredNodes"]

Row = dict[str, Any]

_ID = re.compile(r"[aewv]:[0-9a-f]{16}")
_WORD = re.compile(r"[a-z0-9]+")
# Letters with diacritics stay themselves when names are compared; other characters may become ASCII letters.
_HOLDS = "(contains(lower({0}), $word) OR regexp_matches({0}, '[^\\x00-\\x7FÀ-ÖØ-Þà-öø-ÿĀ-įĴ-ľŁ-ňŊ-ž]'))"


class StoredNodes:
    """The works, authors, venues and entities of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, name: str) -> list[Candidate]:
        """The nodes that a name may mean (see ``kg.lookup.find_nodes``), or a KGError with close names."""
        if _ID.fullmatch(name) and (node := self.node(name)):
            return [_candidate(name, node)]
        word = max(_WORD.findall(_stem(name)), key=len, default="")
        nodes, names = self._holding(word)
        try:
            return find_among(nodes, name, names)
        except KGError:
            if not word:
                raise
        nodes, names = self._holding("")  # for the suggestion
        return find_among(nodes, name, names)

    def node(self, node: str) -> Row | None:
        """The attributes of a node as the graph has them; None if there is no such node."""
        if node.startswith("w:"):
            return next(iter(self.works([node]).values()), None)
        if node.startswith("v:"):
            return next((row for found, row in self._venues.items() if found == node), None)
        table, key = ("authors", "author_id") if node.startswith("a:") else ("entities", "entity_id")
        row = next(iter(self._database.where(table, key, [node])), None)
        if row is None:
            return None
        aliases = [alias for alias in row["aliases"] or () if alias != row["name"]]
        found = {"name": row["name"]} | ({"aliases": aliases} if aliases else {})
        if table == "entities":
            return found | {"kind": row["type"], "papers": row["papers"], "mentions": row["mentions"]}
        counted = "SELECT count(DISTINCT work_id) FROM papers SEMI JOIN (SELECT paper_id FROM authorships "
        ((papers,),) = self._database.tuples(f"{counted} WHERE author_id = ?) USING (paper_id)", [node])
        return (
            found | {"kind": "author", "papers": papers} | ({"orcid": row["orcid"]} if row["orcid"] else {})
        )

    def named(self, nodes: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The kind and name of each of some nodes."""
        wanted: defaultdict[str, list[str]] = defaultdict(list)
        for node in dict.fromkeys(nodes):
            wanted[node[:1]].append(node)
        found: dict[str, tuple[str, str]] = {}
        rows = self._database.where("entities", "entity_id", wanted["e"], ("entity_id", "type", "name"))
        found |= {row["entity_id"]: (row["type"], row["name"]) for row in rows}
        rows = self._database.where("authors", "author_id", wanted["a"], ("author_id", "name"))
        found |= {row["author_id"]: ("author", row["name"]) for row in rows}
        found |= {node: ("venue", self._venues[node]["name"]) for node in wanted["v"]}
        rows = self._database.where("works", "work_id", wanted["w"], ("work_id", "title"))
        return found | {node: ("paper", name) for node, name in self._names_of(rows).items()}

    def works(self, ids: Iterable[str]) -> dict[str, Row]:
        """The attributes of works."""
        merged = {row["work_id"]: row for row in self._database.where("works", "work_id", ids)}
        names = self._names_of(merged.values())
        records = self._database.where("papers", "work_id", merged, ("work_id", "paper_id", "document_id"))
        paths = self.paths(row["document_id"] for row in records)
        bylines: defaultdict[str, list[str]] = defaultdict(list)
        wanted = [row["authors_from"] for row in merged.values() if row["authors_from"]]
        for row in self._database.where("authorships", "paper_id", wanted, ("paper_id", "position", "name")):
            bylines[row["paper_id"]].append(row["name"])
        wanted = [row["abstract_from"] for row in merged.values() if row["abstract_from"]]
        abstracts = {
            row["paper_id"]: row["abstract"]
            for row in self._database.where("papers", "paper_id", wanted, ("paper_id", "abstract"))
        }
        found = {}
        for work, row in merged.items():
            documents = {paths[record["document_id"]] for record in records if record["work_id"] == work}
            given = {name: row[name] for name in ("year", "date", "venue", "doi", "arxiv_id", "url")} | {
                "kind": "paper",
                "name": names[work],
                "derived_name": True if row["title"] is None else None,
                "authors": bylines.get(row["authors_from"]),
                "abstract": abstracts.get(row["abstract_from"]),
                "document": "; ".join(sorted(documents)),
            }
            found[work] = {name: value for name, value in given.items() if value is not None}
        return found

    def paths(self, documents: Iterable[str]) -> dict[str, str]:
        """The path of each document: of those that are read once, the first."""
        rows = self._database.where("documents", "document_id", documents, ("document_id", "path"))
        return {row["document_id"]: row["path"] for row in reversed(rows)}

    @cached_property
    def _venues(self) -> dict[str, Row]:
        works: defaultdict[str, set[str]] = defaultdict(set)
        spelt: defaultdict[str, set[str]] = defaultdict(set)
        ids: dict[str, str] = {}
        said = "SELECT DISTINCT venue, work_id FROM papers WHERE venue IS NOT NULL AND venue <> ''"
        for venue, work in self._database.tuples(said):
            if venue not in ids:
                ids[venue] = make_id("v", venue_key(venue))
                spelt[ids[venue]].add(venue)
            works[ids[venue]].add(work)
        return {
            node: {"kind": "venue", "name": venue_label(spelt[node]), "papers": len(works[node]),
                   "spelt": sorted(spelt[node])}
            for node in sorted(spelt)
        }  # fmt: skip

    def spellings(self, venue: str) -> list[str]:
        """The names under which a venue is printed."""
        return list(self._venues[venue]["spelt"])

    def work_names(self) -> dict[str, str]:
        """The names of all works."""
        return self._names_of(self._database.rows("SELECT work_id, title FROM works"))

    def counts(self) -> dict[str, int]:
        """How many authors, venues and entities of each type there are."""
        found = dict(self._database.tuples("SELECT type, count(*) FROM entities GROUP BY type"))
        ((authors,),) = self._database.tuples("SELECT count(*) FROM authors")
        return found | {"author": authors, "venue": len(self._venues)}

    def most_frequent(self, names: int) -> dict[str, tuple[str, ...]]:
        """The names of authors, venues and entities of each type that most papers hold, at most so many."""
        ranked: defaultdict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
        for kind, papers, node, name in self._database.tuples(
            """SELECT type, papers, entity_id, name FROM entities
            QUALIFY rank() OVER (PARTITION BY type ORDER BY papers DESC) <= $1
            UNION ALL SELECT 'author', works, author_id, name FROM (
                SELECT author_id, count(DISTINCT work_id) AS works
                FROM authorships JOIN papers USING (paper_id) GROUP BY author_id
                QUALIFY rank() OVER (ORDER BY works DESC) <= $1
            ) JOIN authors USING (author_id)""",
            [names],
        ):
            ranked[kind].append((-papers, fold(name), node, name))
        for node, row in self._venues.items():
            ranked["venue"].append((-row["papers"], fold(row["name"]), node, row["name"]))
        return {kind: tuple(row[-1] for row in sorted(found)[:names]) for kind, found in ranked.items()}

    def _names_of(self, works: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """The names of works, from rows with ids and titles."""
        rows = list(works)
        found = {row["work_id"]: collapse(row["title"]) for row in rows if row["title"]}
        untitled = [row["work_id"] for row in rows if not row["title"]]
        if untitled:
            first: dict[str, Row] = {}
            for row in self._database.where("papers", "work_id", untitled, ("work_id", "paper_id", "text")):
                first[row["work_id"]] = min(first.get(row["work_id"], row), row, key=lambda r: r["paper_id"])
            proposed = self._proposed([row["paper_id"] for row in first.values()])
            for work, row in first.items():
                found[work] = derived_name(row["text"], proposed.get(row["paper_id"]))
        return found

    def _proposed(self, papers: list[str]) -> dict[str, str]:
        columns = ("mention_id", "paper_id", "start", "role")
        mentions = self._database.where("mentions", "paper_id", papers, columns)
        links = self._database.where("links", "mention_id", [row["mention_id"] for row in mentions])
        entities = {link["entity_id"] for link in links}
        names = self._database.where("entities", "entity_id", sorted(entities), ("entity_id", "name"))
        return proposed_names(mentions, links, {row["entity_id"]: row["name"] for row in names})

    def _holding(self, word: str) -> tuple[dict[str, Row], dict[str, tuple[str, ...]]]:
        """The nodes whose names may hold a word (all for ""), and their names and aliases."""
        nodes: dict[str, Row] = {}
        names: dict[str, tuple[str, ...]] = {}
        for node, kind, name, papers, aliases in self._rows_holding(word):
            nodes[node] = {"kind": kind, "name": name, "papers": papers}
            names[node] = tuple(dict.fromkeys((name, *aliases)))
        return nodes, names

    def _rows_holding(self, word: str) -> Iterator[tuple[str, str, str, int, list[str]]]:
        given = {"word": word} if word else {}

        def holds(*columns: str) -> str:
            return " OR ".join(map(_HOLDS.format, columns)) if word else "true"

        forms = holds("name", "array_to_string(aliases, chr(10))")
        for row in self._database.rows(
            f"SELECT entity_id, type, name, papers, aliases FROM entities WHERE {forms}", given
        ):
            yield row["entity_id"], row["type"], row["name"], row["papers"], row["aliases"] or []
        works = self._database.rows(
            f"SELECT work_id, title FROM works WHERE coalesce(title, '') = '' OR {holds('title')}", given
        )
        for work, name in self._names_of(works).items():
            yield work, "paper", name, 1, []
        people = f"""SELECT author_id, name, aliases, papers FROM (FROM authors WHERE {forms}) JOIN (
            SELECT author_id, count(DISTINCT work_id) AS papers FROM authorships JOIN papers USING (paper_id)
            SEMI JOIN (FROM authors WHERE {forms}) USING (author_id) GROUP BY author_id) USING (author_id)"""
        for row in self._database.rows(people, given):
            yield row["author_id"], "author", row["name"], row["papers"], row["aliases"] or []
        for node, venue in self._venues.items():
            yield node, "venue", venue["name"], venue["papers"], []


def _stem(name: str) -> str:
    """What the readings of a name have in common: the plural may be a singular, the hyphens blanks.

    >>> _stem("Deep Neural-Networks"), _stem("case studies")
    ('deep neural network', 'case stud')
    """
    return normal_form(name).removesuffix("y")


def _candidate(node: str, data: Mapping[str, Any]) -> Candidate:
    papers = 1 if data["kind"] == "paper" else data.get("papers", 0)
    return Candidate(node=node, kind=data["kind"], name=data["name"], papers=papers)
