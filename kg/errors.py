"""The errors that kg raises on purpose.

    KGError
    ├── SourceError      a source on the command line is missing or cannot be read
    ├── ReadError        a document cannot be decoded or understood (costs that document only)
    ├── PipelineError    a pipeline cannot be loaded, or lacks a component
    ├── EngineError      the machines or processes that were to do the work cannot
    ├── TablesError      a folder holds no tables, or tables of another schema version
    ├── TrainingError    a training cannot start or go on
    ├── DecisionsError   decisions.toml cannot be read, or names nothing
    ├── GoldError        an annotated file does not have the form that ``kg evaluate`` and ``kg train`` read
    ├── ExportError      a graph cannot be written in the wanted format
    └── OutputError      a folder cannot be built into

Every message says where (file, line or record) and what; ``hint`` says what to do next.
"""

from __future__ import annotations

__all__ = [
    "DecisionsError",
    "EngineError",
    "ExportError",
    "GoldError",
    "KGError",
    "OutputError",
    "PipelineError",
    "ReadError",
    "SourceError",
    "TablesError",
    "TrainingError",
]


class KGError(Exception):
    """Something that the user can do something about.

    >>> str(KGError("library.bib:41: entry has no title", hint="add a title"))
    'library.bib:41: entry has no title'
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(KGError):
    """A source is missing or cannot be read."""


class ReadError(KGError):
    """A document cannot be decoded or understood."""


class PipelineError(KGError):
    """A pipeline cannot be loaded, or lacks a component."""


class EngineError(KGError):
    """The processes or machines that were to do the work cannot do it."""


class TablesError(KGError):
    """A folder holds no tables, or tables of another schema version."""


class TrainingError(KGError):
    """A training cannot start or go on."""


class DecisionsError(KGError):
    """``decisions.toml`` cannot be read, or what it is asked to decide on is not there."""


class GoldError(KGError):
    """An annotated file does not have the form that ``kg evaluate`` and ``kg train`` read."""


class ExportError(KGError):
    """A graph cannot be written in the wanted format."""


class OutputError(KGError):
    """A folder cannot be built into: another builder works there, or it cannot be written."""
