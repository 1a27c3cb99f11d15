"""What a name in a question means: things, papers, people, by the readings of ``kg show``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.database import Database
from kg.errors import KGError
from kg.ids import make_id
from kg.lookup import Candidate, find_among
from kg.text import fold, normal_form, venue_key, venue_label
from kg.types import ENTITY_TYPES

__all__ = ["Meant", "Names"]

_SURE_KIND = 0.5  # how sure an is_a must be before a question about the family takes the member along
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The nodes that a name means, and the name that they go by."""

    ids: tuple[str, ...]
    name: str
    type: str


class Names:
    """The names of a build, read when they are first asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def _entities(self) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[str, ...]]]:
        rows = self._database.tuples(
            "SELECT entity_id, type, name, papers, aliases FROM entities ORDER BY entity_id"
        )
        nodes = {row[0]: {"kind": row[1], "name": row[2], "papers": row[3]} for row in rows}
        return nodes, {row[0]: tuple(dict.fromkeys((row[2], *(row[4] or ())))) for row in rows}

    @cached_property
    def _all(self) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[str, ...]]]:
        """All nodes of the graph: things, works, people, venues."""
        nodes, names = dict(self._entities[0]), dict(self._entities[1])
        for work, paper in self._database.tuples("SELECT work_id, paper FROM publications ORDER BY work_id"):
            nodes[work], names[work] = {"kind": "paper", "name": paper}, (paper,)
        authors = """SELECT a.author_id, a.name, a.aliases, count(DISTINCT p.work_id) FROM authors a
            JOIN authorships s USING (author_id) JOIN papers p USING (paper_id) GROUP BY ALL ORDER BY 1"""
        for author, name, aliases, papers in self._database.tuples(authors):
            nodes[author] = {"kind": "author", "name": name, "papers": papers}
            names[author] = tuple(dict.fromkeys((name, *(aliases or ()))))
        venues: dict[str, tuple[set[str], set[str]]] = {}
        for venue, work in self._database.tuples(
            "SELECT DISTINCT venue, work_id FROM papers WHERE venue IS NOT NULL"
        ):
            spelt, works = venues.setdefault(make_id("v", venue_key(venue)), (set(), set()))
            spelt.add(venue)
            works.add(work)
        for node, (spelt, works) in sorted(venues.items()):
            name = venue_label(spelt)
            nodes[node] = {"kind": "venue", "name": name, "papers": len(works)}
            names[node] = tuple(dict.fromkeys((name, *sorted(spelt))))
        return nodes, names

    def find(self, name: str) -> list[Candidate]:
        """Every node that a name may mean; KGError with names that are close where there is none."""
        nodes, names = self._all
        return find_among(nodes, name, names)

    def node(self, name: str) -> Candidate:
        """The one node that a name means; several are a KGError that names them."""
        found = self.find(name)
        if len(found) > 1 and fold(found[0].name) != fold(name):
            raise _ambiguous(name, found)
        return found[0]

    def name_of(self, node: str) -> tuple[str, str]:
        """The name and kind of a node."""
        data = self._all[0][node]
        return data["name"], data["kind"]

    def thing(self, name: str, *types: str, kinds: bool = True) -> Meant:
        """The things that a name means, those of ``types`` before others, and with them kinds of them.

        A kind of X is what a sentence calls one (is_a), and what is named so: "T4 GPU" is a GPU. Several
        things with names that only begin with or hold the given one are a KGError that names them.
        """
        nodes, names = self._entities
        found = find_among(nodes, name, names)
        best = [candidate for candidate in found if candidate.kind in (types or ENTITY_TYPES)] or found
        exact = [one for one in best if normal_form(name) in map(normal_form, names[one.node])]
        if name not in nodes and not exact and len(best) > 1:
            raise _ambiguous(name, best)
        chosen = (exact or best)[:1] if types else (exact or best)
        ids = [candidate.node for candidate in chosen]
        if kinds:
            ids += self._kinds_of(ids, {candidate.kind for candidate in chosen})
        return Meant(ids=tuple(dict.fromkeys(ids)), name=chosen[0].name, type=chosen[0].kind)

    def _kinds_of(self, ids: Sequence[str], types: Collection[str]) -> list[str]:
        nodes, names = self._entities
        members: defaultdict[str, list[str]] = defaultdict(list)
        said = """SELECT head_id, tail_id FROM relations WHERE kind = 'is_a' AND confidence >= ?
            UNION SELECT head_id, tail_id FROM families WHERE kind = 'is_a' ORDER BY ALL"""
        for head, tail in self._database.tuples(said, [_SURE_KIND]):
            members[tail].append(head)
        forms = {fold(name) for node in ids for name in names[node]}
        endings = tuple(f" {form.removesuffix('s')}" for form in sorted(forms) if form)
        found = [
            node
            for node, data in nodes.items()
            if data["kind"] in types and fold(data["name"]).removesuffix("s").endswith(endings)
        ]
        waiting, seen = [*ids, *found], {*ids, *found}
        while waiting:
            for member in members[waiting.pop()]:
                if member not in seen and nodes[member]["kind"] in types:
                    seen.add(member)
                    found.append(member)
                    waiting.append(member)
        return found


def _ambiguous(name: str, found: Sequence[Candidate]) -> KGError:
    shown = ", ".join(f"{one.name!r} ({one.kind})" for one in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return KGError(
        f"{name!r} may mean {shown}{more}", hint="give a whole name, or an id as `kg show` prints it"
    )
