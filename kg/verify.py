"""Checks that a build is true to its documents: offsets, ids, counts, and every file against the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg import __version__
from kg.manifest import MANIFEST, read_manifest
from kg.output import STATE, settle
from kg.problems import Found, Problem
from kg.rows import TableRows
from kg.tables import Tables
from kg.verify_evidence import (
    verify_citations,
    verify_mentions,
    verify_merges,
    verify_papers,
    verify_relations,
    verify_results,
    verify_sentences,
)
from kg.verify_files import named_files, verify_files, verify_manifest, verify_order, verify_schemas
from kg.verify_ids import verify_document_ids, verify_ids
from kg.verify_readings import read_witness, verify_extractions, verify_readings
from kg.verify_tables import (
    REFERENCES,
    SHARES,
    VALUES,
    cells,
    verify_authors,
    verify_documents,
    verify_entities,
    verify_families,
    verify_links,
    verify_references,
    verify_values,
)
from kg.verify_works import verify_linkage, verify_works

__all__ = ["Problem", "VerifyReport", "verify", "verify_tables"]

_OUR_SENTENCES = ("en_research", "fast")  # pipelines that part sentences as kg.sentences does
_BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was checked, with how many cases, and every problem found."""

    checked: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def verify(folder: Path) -> VerifyReport:
    """Checks the build in ``folder``: its tables, its manifest and every export that the manifest names.

    Exports are compared only where the tables agree with each other: else every difference would be told
    twice. A folder without readable tables or manifest is a TablesError.
    """
    from kg.verify_exports import verify_exports  # noqa: PLC0415 - loads numpy, scipy and networkx

    settle(folder)
    manifest = read_manifest(folder)
    tables = Tables.read(folder / "tables")
    witness = read_witness(folder / STATE / "store")
    sentences = manifest.get("pipeline") in _OUR_SENTENCES
    report = verify_tables(tables, sentences=sentences, known=witness.texts_of(tables))
    graph = None if report.problems else TableRows(tables).counts()
    names = [name for name in named_files(manifest) if not name.startswith("tables/")]
    exports = [name for name in names if (folder / name).is_file()]
    checked = [
        ("columns of the tables", len(tables.counts())),
        ("files as the manifest says", len(named_files(manifest)) + len(tables.counts())),
    ]
    problems = [
        *_checked(MANIFEST, lambda: verify_files(folder, manifest)),
        *_checked(MANIFEST, lambda: verify_manifest(manifest, tables, graph)),
        *verify_schemas(folder / "tables"),
    ]
    fingerprint = str(manifest.get("pipeline_fingerprint"))
    same_code = manifest.get("kg_version") == __version__
    known = {
        "documents and papers as they were read": len(witness.readings),
        "texts as they were extracted": len(witness.extractions),
    }
    checked += known.items()
    problems += [
        *_checked("store", lambda: verify_readings(tables, witness)),
        *_checked("store", lambda: verify_extractions(tables, witness, fingerprint)),
        *(_checked("store", lambda: verify_linkage(tables, witness)) if same_code else ()),
    ]
    if graph is not None:
        problems += _checked("exports", lambda: verify_exports(folder, exports, tables))
        checked += [(f"{name}: nodes and edges", sum(graph)) for name in exports]
    problems = [*report.problems, *problems]
    if problems and not same_code:
        what = f"says {manifest.get('kg_version')}, this is {__version__}: what follows may come of that"
        problems.insert(0, Problem(table=MANIFEST, identifier="kg_version", what=what))
    return VerifyReport(checked=(*report.checked, *checked), problems=tuple(problems))


def verify_tables(
    tables: Tables, *, sentences: bool = True, known: frozenset[str] = frozenset()
) -> VerifyReport:
    """Checks the tables against each other and against the stored texts.

    ``sentences``: evidence must be whole sentences as kg.sentences parts them. ``known``: documents that are
    known to have been read with their text.
    """
    rows = sum(tables.counts().values())
    claims = len(tables.relations) + len(tables.results)
    ids = len(tables.papers) + len(tables.mentions) + claims
    checks: list[tuple[str, int, Callable[[Tables], Found]]] = [
        ("rows in order, ids unique", rows, verify_order),
        ("ids as derived from what they name", ids, verify_ids),
        ("references to rows that exist", cells(tables, REFERENCES), verify_references),
        ("types, roles, kinds and confidences", cells(tables, (*VALUES, *SHARES)), verify_values),
        ("documents: status and number of papers", len(tables.documents), verify_documents),
        (
            "documents: the bytes they were read from",
            len(tables.documents),
            partial(verify_document_ids, known=known),
        ),
        ("papers: text, title and abstract in their documents", len(tables.papers), verify_papers),
        ("works: as their records give them", len(tables.works), verify_works),
        ("bylines and authors", len(tables.authorships) + len(tables.authors), verify_authors),
        ("mentions: offsets", len(tables.mentions), verify_mentions),
        ("mentions: one link each", len(tables.mentions), verify_links),
        ("entities: counts and aliases", len(tables.entities), verify_entities),
        ("entities: why their forms are one", len(tables.entities), verify_merges),
        ("entities: versions and families", len(tables.families), verify_families),
        ("relations: evidence", len(tables.relations), verify_relations),
        ("citations: place in the document", len(tables.citations), verify_citations),
        ("results: evidence and numbers", len(tables.results), verify_results),
    ]
    if sentences:
        checks.append(("relations and results: whole sentences", claims, verify_sentences))
    problems = [problem for name, _, check in checks for problem in _checked(name, lambda: check(tables))]  # noqa: B023
    return VerifyReport(checked=tuple((name, count) for name, count, _ in checks), problems=tuple(problems))


def _checked(name: str, check: Callable[[], Found]) -> list[Problem]:
    """The problems that a check finds; a check that breaks on what it reads has found one."""
    found: list[Problem] = []
    try:
        found.extend(check())
    except _BROKEN as error:
        what = f"cannot be checked ({type(error).__name__}: {error})"
        found.append(Problem(table=name, identifier="", what=what))
    return found
