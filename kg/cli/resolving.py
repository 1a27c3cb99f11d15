"""``kg resolve``: look at what is in doubt among the entities, and write decisions that later builds obey."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.folders import read_tables
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.doubts import Doubt
    from kg.tables import Tables

__all__ = ["resolve"]

_DIR = click.Path(exists=True, file_okay=False, path_type=Path)
_KINDS = ("weak merge", "alike", "ambiguous")

_decisions = click.option(
    "--decisions",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of decisions; the one that the build reads unless given.",
)
_type = click.option(
    "--type", "kind", type=click.Choice(ENTITY_TYPES), help="Of several things of a name, which."
)


@click.group()
def resolve() -> None:
    """Check and decide which names are one thing.

    A decision is an entry of a text file: decisions.toml beside the sources, or the one that was named with
    `kg build --decisions FILE`. Every later build obeys it; deleting the entry takes it back.

    \b
    Examples:
      kg resolve review output/
      kg resolve merge output/ "large language model" "LLM brain"
    """


@resolve.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.option("--top", default=20, show_default=True, type=click.IntRange(min=1), help="How many to show.")
@click.option("--kind", "wanted", type=click.Choice(_KINDS), help="Only proposals of this kind.")
@click.option("--type", "kind", type=click.Choice(ENTITY_TYPES), help="Only things of this type.")
@click.option("--json", "as_json", is_flag=True, help="Print all proposals as JSON.")
def review(folder: Path, top: int, wanted: str | None, kind: str | None, as_json: bool) -> None:
    """Show what is in doubt, the most doubtful first.

    Weak merges were made by a rule that is sometimes wrong; names that are alike were not merged, since
    spelling alone proves nothing; ambiguous short forms are kept apart by what the papers say.

    \b
    Examples:
      kg resolve review output/
      kg resolve review output/ --kind alike --type model --top 50
      kg resolve review output/ --json | jq '.[] | select(.kind == "weak merge")'
    """
    from dataclasses import asdict  # noqa: PLC0415

    from kg.doubts import doubts  # noqa: PLC0415 - loads pyarrow

    found = [
        each
        for each in doubts(read_tables(folder))
        if wanted in (None, each.kind) and kind in (None, each.type)
    ]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=2, ensure_ascii=False))
    else:
        click.echo(_review_text(found, top=top))


def _review_text(found: Sequence[Doubt], *, top: int) -> str:
    from kg.cli.layout import terminal_width, wrap  # noqa: PLC0415

    width = terminal_width()
    counts = {kind: sum(each.kind == kind for each in found) for kind in _KINDS}
    lines = [", ".join(f"{kind}: {count}" for kind, count in counts.items())]
    for each in found[:top]:
        names = " | ".join(f"{name} ({papers})" for name, papers in zip(each.names, each.papers, strict=True))
        rule = f", by {each.rule}" if each.rule else ""
        lines += ["", wrap(f"{each.doubt:.2f}  {each.kind}, {each.type}{rule}: {names}", width=width)]
        lines += [wrap(f"“{example.sentence}”", width=width, indent="      ") for example in each.examples]
    if len(found) > top:
        lines += ["", f"and {len(found) - top} more: --top N or --json shows them"]
    return "\n".join(lines)


@resolve.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.argument("into")
@click.argument("names", nargs=-1, required=True)
@_type
@_decisions
def merge(folder: Path, into: str, names: tuple[str, ...], kind: str | None, decisions: Path | None) -> None:
    """Decide that INTO and all NAMES are one thing, called as INTO is.

    \b
    Examples:
      kg resolve merge output/ ResNet-50 "residual network of 50 layers"
    """
    tables = read_tables(folder)
    main = _entity(tables, into, kind)
    others = [_entity(tables, name, kind) for name in names]
    same = [
        name for name, other in zip(names, others, strict=True) if other["entity_id"] == main["entity_id"]
    ]
    if same:
        raise click.UsageError(f"{same[0]!r} and {into!r} are one thing already")
    values: dict[str, Any] = {"into": main["name"], "forms": [other["name"] for other in others]}
    _write(folder, decisions, "merge", _typed(values, kind))


@resolve.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.argument("name")
@click.argument("form")
@click.option("--paper", "papers", multiple=True, help="Only in this paper (title or id); may be repeated.")
@_type
@_decisions
def split(
    folder: Path, name: str, form: str, papers: tuple[str, ...], kind: str | None, decisions: Path | None
) -> None:
    """Decide that FORM is not what the entity NAME is, and stands for a thing of its own.

    \b
    Examples:
      kg resolve split output/ "inter-operator scheduler" IOS --paper "A router study"
    """
    from kg.errors import DecisionsError  # noqa: PLC0415
    from kg.resolution.forms import form_of  # noqa: PLC0415

    entity = _entity(read_tables(folder), name, kind)
    if form_of(form).key not in {form_of(alias).key for alias in entity["aliases"]}:
        known = ", ".join(repr(alias) for alias in entity["aliases"][:12])
        raise DecisionsError(f"{entity['name']!r} has no form {form!r}", hint=f"its forms are {known}")
    values: dict[str, Any] = {"form": form, "from": entity["name"]}
    if papers:
        values["papers"] = list(papers)
    _write(folder, decisions, "split", _typed(values, kind))


@resolve.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.argument("name")
@click.argument("new")
@_type
@_decisions
def rename(folder: Path, name: str, new: str, kind: str | None, decisions: Path | None) -> None:
    """Decide that the entity NAME is called NEW.

    \b
    Examples:
      kg resolve rename output/ LLM "large language model"
    """
    entity = _entity(read_tables(folder), name, kind)
    _write(folder, decisions, "rename", _typed({"from": entity["name"], "to": new}, kind))


@resolve.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.argument("name")
@_type
@_decisions
def ignore(folder: Path, name: str, kind: str | None, decisions: Path | None) -> None:
    """Decide that the entity NAME is no thing at all: later builds leave it out.

    \b
    Examples:
      kg resolve ignore output/ "the approach"
    """
    entity = _entity(read_tables(folder), name, kind)
    _write(folder, decisions, "ignore", _typed({"form": entity["name"]}, kind))


def _typed(values: dict[str, Any], kind: str | None) -> dict[str, Any]:
    return {**values, "type": kind} if kind else values


def _entity(tables: Tables, name: str, kind: str | None) -> dict[str, Any]:
    """The one entity of a name; a DecisionsError where there is none or there are several."""
    from kg.doubts import named  # noqa: PLC0415
    from kg.errors import DecisionsError  # noqa: PLC0415

    found = named(tables, name, kind)
    if not found:
        raise DecisionsError(
            f"no entity is called {name!r}", hint="`kg show DIR NAME` finds names and parts of names"
        )
    if len(found) > 1:
        which = "; ".join(f"{row['type']} {row['name']} ({row['papers']} papers)" for row in found[:8])
        raise DecisionsError(
            f"{name!r} names {len(found)} things: {which}", hint="add --type, or take a longer name"
        )
    return dict(found[0])


def _write(folder: Path, decisions: Path | None, kind: str, values: dict[str, Any]) -> None:
    from kg.decisions import add_decision  # noqa: PLC0415

    path = decisions or _of_build(folder)
    entry = add_decision(path, kind, values)
    click.echo(entry, nl=False)
    click.echo(f"written to {path}; the next build obeys it, and deleting the entry takes it back", err=True)


def _of_build(folder: Path) -> Path:
    """The file of decisions that the build reads: its own, or the one beside its sources."""
    from kg.collection import read_recipe  # noqa: PLC0415
    from kg.errors import DecisionsError, TablesError  # noqa: PLC0415

    hint = "say where with --decisions FILE, and give the same file to `kg build`"
    try:
        recipe = read_recipe(folder)
    except TablesError as error:
        raise DecisionsError(f"{folder} does not say what it was built of", hint=hint) from error
    path = recipe.decisions_file()
    if path is None:
        raise DecisionsError(f"{folder} was built of no folder and no file", hint=hint)
    return path
