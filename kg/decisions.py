"""decisions.toml: what a person decided about entities, obeyed by every later build.

One decision is one table entry; deleting it takes the decision back::

    [[merge]]
    into = "large language model"
    forms = ["LLM brain"]

    [[split]]
    form = "IOS"
    from = "inter-operator scheduler"
    papers = ["A router study"]          # ids or titles; without them wherever the form stands

    [[rename]]
    from = "gpt-4o"
    to = "GPT-4o"

    [[ignore]]
    form = "the approach"

Every entry may carry ``type = "model"``, where a name stands for things of several types, and ``note``. Names
are compared as resolution compares forms: case, hyphens and plural do not matter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DecisionsError
from kg.files import atomic_text
from kg.types import ENTITY_TYPES

__all__ = ["NO_DECISIONS", "Decision", "Decisions", "add_decision", "decisions_path", "read_decisions"]

FILE_NAME = "decisions.toml"

_KINDS = ("merge", "split", "rename", "ignore")
_REQUIRED = {"merge": ("into", "forms"), "split": ("form",), "rename": ("from", "to"), "ignore": ("form",)}
_OPTIONAL = {"split": ("from", "papers"), "merge": (), "rename": (), "ignore": ()}
_COMMON = ("type", "note")
_LISTS = ("forms", "papers")
_HEADER = re.compile(r"\s*\[\[\s*([\w\"'-]+)\s*\]\]")
_BARE_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry. ``name`` is what it speaks of (the merged-into, split, renamed or ignored form); ``where``
    is file and line."""

    kind: str
    name: str
    where: str
    forms: tuple[str, ...] = ()
    of: str | None = None
    to: str | None = None
    papers: tuple[str, ...] = ()
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """All entries of a file, in its order."""

    entries: tuple[Decision, ...] = ()

    def of_kind(self, kind: str) -> list[Decision]:
        """The entries of one kind."""
        return [entry for entry in self.entries if entry.kind == kind]


NO_DECISIONS = Decisions()


def decisions_path(sources: Sequence[str], base: Path = Path()) -> Path | None:
    """Where the decisions about some sources stand: ``decisions.toml`` in the first folder among them, else
    beside the first file; None where there is neither (standard input, a pattern). Names are relative to
    ``base``."""
    paths = [base / source for source in sources if source != "-"]
    folder = next((path for path in paths if path.is_dir()), None)
    if folder is None:
        folder = next((path.parent for path in paths if path.exists()), None)
    return folder / FILE_NAME if folder else None


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file. What is wrong with it is a DecisionsError that names file and line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DecisionsError(
            f"{path}: no such file", hint="`kg resolve merge DIR A B --decisions FILE` starts one"
        ) from error
    except UnicodeDecodeError as error:
        raise DecisionsError(f"{path}: not UTF-8 text ({error})", hint="save it as UTF-8") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        place = f"{path}:{line[1]}" if line else str(path)
        raise DecisionsError(
            f"{place}: not TOML: {error}", hint="text stands in quotes, lists in [brackets]"
        ) from error
    lines = _entry_lines(text)
    for kind, entries in data.items():
        if kind not in _KINDS or not isinstance(entries, list):
            line_number = _line_of(text, kind)
            raise DecisionsError(
                f"{path}:{line_number}: no kind of decision is called {kind!r}",
                hint="entries begin with " + ", ".join(f"[[{name}]]" for name in _KINDS),
            )
    found = []
    for number, kind, place_in_kind in lines:
        if kind in data and place_in_kind < len(data[kind]):
            found.append(_decision(kind, data[kind][place_in_kind], f"{path}:{number}"))
    return Decisions(entries=tuple(found))


def _entry_lines(text: str) -> list[tuple[int, str, int]]:
    """Line, kind and place within its kind of every entry, in the order of the file."""
    found: list[tuple[int, str, int]] = []
    count: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEADER.match(line):
            kind = match[1].strip("\"'")
            found.append((number, kind, count.get(kind, 0)))
            count[kind] = count.get(kind, 0) + 1
    return found


def _line_of(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        match = re.match(r"\s*\[{0,2}\s*[\"']?([\w-]+)", line)
        if match and match[1] == key:
            return number
    return 1


def _decision(kind: str, entry: Any, where: str) -> Decision:
    if not isinstance(entry, dict):
        raise DecisionsError(f"{where}: a decision is an entry [[{kind}]] with lines below it")
    allowed = (*_REQUIRED[kind], *_OPTIONAL[kind], *_COMMON)
    for name, value in entry.items():
        if name not in allowed:
            raise DecisionsError(
                f"{where}: [[{kind}]] has no {name!r}", hint=f"it may have {', '.join(allowed)}"
            )
        fits = _texts(value) if name in _LISTS else isinstance(value, str) and value.strip()
        if not fits:
            what = "a list of texts" if name in _LISTS else "a text"
            raise DecisionsError(f"{where}: {name} of [[{kind}]] must be {what}")
    missing = [name for name in _REQUIRED[kind] if name not in entry]
    if missing:
        raise DecisionsError(
            f"{where}: [[{kind}]] lacks {missing[0]}", hint=f"it needs {', '.join(_REQUIRED[kind])}"
        )
    if kind == "split" and not {"from", "papers"} & entry.keys():
        raise DecisionsError(f"{where}: [[split]] needs from or papers")
    if "type" in entry and entry["type"] not in ENTITY_TYPES:
        raise DecisionsError(
            f"{where}: no type {entry['type']!r}", hint=f"the types are {', '.join(ENTITY_TYPES)}"
        )
    names = {"merge": "into", "split": "form", "rename": "from", "ignore": "form"}
    return Decision(
        kind=kind,
        name=entry[names[kind]],
        where=where,
        forms=tuple(entry.get("forms", ())),
        of=entry.get("from") if kind == "split" else None,
        to=entry.get("to"),
        papers=tuple(entry.get("papers", ())),
        type=entry.get("type"),
    )


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)


def add_decision(path: Path, kind: str, values: dict[str, str | list[str]]) -> str:
    """Appends one entry to the file (made where it is missing) and gives the text that was written.

    What stands there stays as it is, comments and order too; a file that cannot be read is a DecisionsError
    and stays untouched. The same entry is not written twice.
    """
    entry = f"[[{kind}]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in values.items())
    _decision(kind, tomllib.loads(entry)[kind][0], str(path))
    before = ""
    if path.exists():
        read_decisions(path)
        before = path.read_text(encoding="utf-8-sig")
        if any(old == values for old in tomllib.loads(before).get(kind, ())):
            return entry
    gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
    with atomic_text(path) as file:
        file.write(f"{before or _START}{gap if before else ''}{entry}")
    return entry


_START = (
    "# What was decided by hand about the entities of these sources; every build obeys it.\n"
    "# Delete an entry to take it back.\n\n"
)


def _toml(value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(
            char, f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char
        )
        for char in value
    )
    return f'"{escaped}"'
