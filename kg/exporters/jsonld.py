"""JSON-LD 1.1 with its context inside: a JSON object a resource, the same triples as Turtle, nothing fetched.

https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.exporters.jsontext import json_text
from kg.exporters.plugin import Contents, Exporter
from kg.exporters.rdf import INTEGER, IRI, PREFIXES, TEXT, TYPE, Subject, Value, resources
from kg.files import atomic_text

__all__ = ["CONTEXT", "EXPORTER", "write"]

CONTEXT = {"@version": 1.1, **PREFIXES}


def write(contents: Contents, path: Path) -> None:
    """Writes the file resource by resource."""
    with atomic_text(path) as file:
        file.write(f'{{"@context": {json_text(CONTEXT)},\n"@graph": [')
        for number, subject in enumerate(resources(contents.graph)):
            file.write((",\n" if number else "\n") + json_text(_object(subject)))
        file.write("\n]}\n")


def _object(subject: Subject) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": subject.iri}
    for term, value in subject.statements:
        name, shown = ("@type", value.text) if term == TYPE else (term, _value(value))
        if name not in found:
            found[name] = shown
        elif isinstance(found[name], list):
            found[name].append(shown)
        else:
            found[name] = [found[name], shown]
    return found


def _value(value: Value) -> Any:
    """Numbers with a point keep their digits as text: processors write their own numbers in other digits."""
    if value.type == IRI:
        return {"@id": value.text}
    if value.type == INTEGER:
        return int(value.text)
    return value.text if value.type == TEXT else {"@value": value.text, "@type": value.type}


EXPORTER = Exporter(
    name="jsonld", filename="graph.jsonld", about="linked data: schema.org, SKOS, CiTO, PROV", write=write
)
