"""Names -> nodes of a graph, as people type them: behind ``kg show NAME`` and ``--around NAME``."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import KGError
from kg.text import fold, normal_form

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Candidate", "candidate", "find_among", "find_nodes", "names_of"]

_SUGGESTIONS, _ALIKE = 5, 0.6
_MANY = 2000  # names; of more only the most alike are compared at leisure


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A node that a name may mean."""

    node: str
    kind: str
    name: str
    papers: int


def names_of(graph: nx.MultiDiGraph[str]) -> dict[str, tuple[str, ...]]:
    """The name and aliases of each node."""
    return {
        node: tuple(dict.fromkeys((data["name"], *data.get("aliases", ()))))
        for node, data in graph.nodes(data=True)
    }


def find_nodes(
    graph: nx.MultiDiGraph[str], name: str, names: Mapping[str, tuple[str, ...]] | None = None
) -> list[Candidate]:
    """The nodes that a name may mean, by the strictest reading that fits any; ``names`` as of ``names_of``.

    Tried in turn: the node's id; a name or alias as printed, then whatever its case, then whatever its
    hyphens and plural; its beginning; words of it. A name that fits nothing is a KGError with names that
    are close.
    """
    names = names_of(graph) if names is None else names
    return find_among(graph.nodes, name, names)


def find_among(
    nodes: Mapping[str, Mapping[str, Any]], name: str, names: Mapping[str, tuple[str, ...]]
) -> list[Candidate]:
    """The same among nodes that need not stand in a graph: attributes by id, names and aliases by id."""
    wanted, normal = fold(name), normal_form(name)
    readings: tuple[Callable[[str], bool], ...] = (
        lambda other: other == name,
        lambda other: fold(other) == wanted,
        lambda other: normal_form(other) == normal,
        lambda other: fold(other).startswith(wanted),
        lambda other: f" {wanted} " in f" {fold(other)} ",
    )
    if name in names:
        return [_candidate(name, nodes[name])]
    if wanted:
        for reading in readings:
            meant = [node for node, known in names.items() if any(map(reading, known))]
            if meant:
                found = (_candidate(node, nodes[node]) for node in meant)
                return sorted(found, key=lambda c: (-c.papers, c.name, c.node))
    raise KGError(f"nothing is called {name!r}", hint=_suggestion(wanted, names.values()))


def candidate(graph: nx.MultiDiGraph[str], node: str) -> Candidate:
    """A node with what tells it from others of its name."""
    return _candidate(node, graph.nodes[node])


def _candidate(node: str, data: Mapping[str, Any]) -> Candidate:
    papers = 1 if data["kind"] == "paper" else data.get("papers", 0)
    return Candidate(node=node, kind=data["kind"], name=data["name"], papers=papers)


def _suggestion(wanted: str, names: Iterable[tuple[str, ...]]) -> str:
    printed = {fold(name): name for known in names for name in reversed(known)}
    choices = sorted(printed)
    if len(choices) > _MANY:
        from rapidfuzz import process  # noqa: PLC0415 - only a large build needs it
        from rapidfuzz.distance import Indel  # noqa: PLC0415

        alike = process.extract(
            wanted, choices, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE, limit=_MANY // 10
        )
        choices = [name for name, *_ in alike]
    close = difflib.get_close_matches(wanted, choices, n=_SUGGESTIONS, cutoff=_ALIKE)
    if close:
        return f"did you mean {', '.join(repr(printed[name]) for name in close)}?"
    return "`kg show DIR` gives an overview of what there is"
