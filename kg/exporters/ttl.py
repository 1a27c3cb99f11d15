"""Turtle 1.1, a subject a block; equal graphs give equal bytes. https://www.w3.org/TR/turtle/

No blank nodes, no relative addresses: every resource has a name that another file can refer to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kg.exporters.plugin import Contents, Exporter
from kg.exporters.rdf import INTEGER, IRI, PREFIXES, TEXT, TYPE, Subject, Value, resources
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_SPECIAL = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def write(contents: Contents, path: Path) -> None:
    """Writes the file block by block."""
    with atomic_text(path) as file:
        file.writelines(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
        for subject in resources(contents.graph):
            file.write(_block(subject))


def _block(subject: Subject) -> str:
    lines = ";\n    ".join(
        f"{'a' if term == TYPE else term} {', '.join(_object(value) for _, value in group)} "
        for term, group in _by_term(subject)
    )
    return f"\n{_iri(subject.iri)} {lines}.\n"


def _by_term(subject: Subject) -> Iterator[tuple[str, list[tuple[str, Value]]]]:
    for term, group in groupby(subject.statements, key=lambda statement: statement[0]):
        yield term, list(group)


def _object(value: Value) -> str:
    if value.type == IRI:
        return _iri(value.text)
    if value.type == INTEGER:
        return value.text
    text = f'"{_SPECIAL.sub(_escaped, value.text)}"'
    return text if value.type == TEXT else f"{text}^^{value.type}"


def _escaped(match: re.Match[str]) -> str:
    """A sign that ends a string, cannot be seen or reorders a line, as an escape."""
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _iri(text: str) -> str:
    return text if text.partition(":")[0] in PREFIXES else f"<{text}>"


EXPORTER = Exporter(name="ttl", filename="graph.ttl", about="RDF stores, as Turtle", write=write)
