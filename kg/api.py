"""``kg.open("output/")``: a build to be asked from Python, by the verbs of the command line.

    collection = kg.open("output/")
    collection.query("runs-on", "GPU", min_confidence=0.5)

Rows are frozen dataclasses (kg.answers) in tuples; what is asked for is read from the tables when it is asked
for. A name that is not there, or may mean several things, is a KGError with what is close.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from kg.answers import Claim, Dispute, EntityRow, PaperRow, Place, Statement, Step
from kg.contradictions import contradictions
from kg.database import Database, ask
from kg.filters import Filters
from kg.folders import tables_folder
from kg.leaderboard import as_claim, claim_rows, leaderboard
from kg.paths import Paths
from kg.query import answer, relations
from kg.things import Names

if TYPE_CHECKING:
    import networkx as nx

    from kg.explain import Explainer, Explanation
    from kg.lookup import Candidate

__all__ = ["Chosen", "Collection"]


class Chosen(TypedDict, total=False):
    """Which papers and rows: ``type`` one or several entity types; ``year`` one, or (first, last) of which
    either may be None; ``venue`` words of its name; the least confidence and support; how many rows."""

    type: str | tuple[str, ...]
    year: int | tuple[int | None, int | None]
    venue: str
    min_confidence: float
    min_support: int
    limit: int


class Collection:
    """A build. Nothing in it can be changed from here."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._database = Database(self.folder)
        self._names = Names(self._database)

    def __repr__(self) -> str:
        return f"kg.open({str(self.folder)!r})"

    def papers(self, **chosen: Unpack[Chosen]) -> tuple[PaperRow, ...]:
        """The works of the build, by year (undated ones last), then name."""
        filters = _filters(chosen)
        of_papers, values = filters.of_papers("w")
        rows = self._database.rows(
            f"""SELECT work_id, paper, coalesce(authors, []) AS authors, year, venue, doi, arxiv_id, url,
            documents, abstract FROM publications w WHERE {of_papers} ORDER BY year NULLS LAST, lower(paper),
            work_id LIMIT ?""",
            [*values, filters.limit],
        )
        return tuple(PaperRow(**row | {"authors": tuple(row["authors"])}) for row in rows)

    def entities(self, **chosen: Unpack[Chosen]) -> tuple[EntityRow, ...]:
        """The things that are named, those of most papers first; ``min_support`` counts papers."""
        filters = _filters(chosen)
        of_papers, values = filters.of_papers("r")
        rows = self._database.rows(
            f"""SELECT e.entity_id, e.name, e.type, e.aliases, count(*) AS papers, e.mentions,
            max(r.confidence) AS confidence FROM roles r JOIN entities e USING (entity_id) WHERE {of_papers}
            GROUP BY ALL ORDER BY papers DESC, e.mentions DESC, e.name, e.entity_id""",
            values,
        )
        found = [
            EntityRow(**row | {"aliases": tuple(row["aliases"] or ())})
            for row in rows
            if filters.allows(row["type"])
            and row["papers"] >= filters.min_support
            and row["confidence"] >= filters.min_confidence
        ]
        return tuple(found[: filters.limit])

    def results(self, **chosen: Unpack[Chosen]) -> tuple[Claim, ...]:
        """Every number that is claimed, the surest first."""
        filters = _filters(chosen)
        rows = claim_rows(self._database, "true", [], filters)
        rows.sort(key=lambda row: (-row["confidence"], row["paper_id"], row["start"], row["result_id"]))
        return tuple(filters.kept([as_claim(row) for row in rows]))

    def relations(self, kind: str | None = None, **chosen: Unpack[Chosen]) -> tuple[Statement, ...]:
        """What is said of two things (used_for, runs_on, ...), the surest first; ``type``: of the first."""
        return tuple(relations(self._database, kind, _filters(chosen)))

    def find(self, name: str) -> tuple[Candidate, ...]:
        """The things, papers, people and venues that a name may mean."""
        return tuple(self._names.find(name))

    def explain(self, name: str) -> Explanation:
        """Everything about what a name means, as `kg show` prints it."""
        return self._explainer.explain(self._names.node(name).node)

    def query(
        self, question: str, name: str | None = None, *, metric: str | None = None, **chosen: Unpack[Chosen]
    ) -> tuple[Any, ...]:
        """The answer to a ready question: ``kg.query.QUESTIONS`` says which there are and what they take."""
        return tuple(answer(self._database, self._names, question, name, metric, _filters(chosen)))

    def path(self, one: str, other: str, *, ways: int = 3, **chosen: Unpack[Chosen]) -> tuple[Step, ...]:
        """Up to so many ways between two things, step by step."""
        return tuple(Paths(self._database, self._names, _filters(chosen)).between(one, other, ways))

    def leaderboard(
        self, dataset: str | None = None, metric: str | None = None, **chosen: Unpack[Chosen]
    ) -> tuple[Place, ...]:
        """Claims on the same dataset, metric and unit, ranked."""
        filters = _filters(chosen)
        return tuple(
            leaderboard(self._database, self._names, dataset=dataset, metric=metric, filters=filters)
        )

    def contradictions(self, name: str | None = None, **chosen: Unpack[Chosen]) -> tuple[Dispute, ...]:
        """Pairs of claims that cannot both be true, of one thing if a name is given."""
        return tuple(contradictions(self._database, self._names, name, _filters(chosen)))

    def sql(self, text: str) -> list[dict[str, Any]]:
        """The rows of a SELECT over the tables and views, as dictionaries. Anything else is a QueryError."""
        answered = ask(self.folder, text)
        return [dict(zip(answered.columns, row, strict=True)) for row in answered.rows]

    def graph(self) -> nx.MultiDiGraph[str]:
        """The whole graph, as the exports hold it."""
        from kg.graph import build_graph  # noqa: PLC0415 - loads pyarrow and networkx
        from kg.tables import Tables  # noqa: PLC0415

        return build_graph(Tables.read(tables_folder(self.folder)))

    @cached_property
    def _explainer(self) -> Explainer:
        from kg.explain import Explainer  # noqa: PLC0415

        return Explainer(self._database)


def _filters(chosen: Chosen) -> Filters:
    type_, year = chosen.get("type", ()), chosen.get("year")
    return Filters(
        types=(type_,) if isinstance(type_, str) else tuple(type_),
        years=(year, year) if isinstance(year, int) else year,
        venue=chosen.get("venue"),
        min_confidence=chosen.get("min_confidence", 0.0),
        min_support=chosen.get("min_support", 1),
        limit=chosen.get("limit"),
    )
