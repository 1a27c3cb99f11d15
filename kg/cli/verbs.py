"""The verbs by name, with what they do in a line: a verb's module is imported when the verb is used.

So ``kg --help`` and each verb load the code of no other. A test holds the lines against the helps.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

__all__ = ["SUMMARIES", "Verbs"]

# In the order in which they are used, not alphabetically.
_MODULES = {
    "building": {"build": "Build the graph of some documents."},
    "collecting": {
        "add": "Take further sources into a build.",
        "remove": "Take sources or documents out of a build.",
        "update": "Read what has changed in the sources of a build.",
        "watch": "Keep a build up to date until Ctrl-C.",
    },
    "comparing": {"diff": "Say what one build says otherwise than another."},
    "inspecting": {
        "readers": "List the formats that can be read.",
        "inspect": "Show what is recognised in documents.",
    },
    "looking": {
        "show": "Show a node with its edges, numbers and sentences.",
        "explain": "Explain what ties two things, sentence by sentence.",
        "stats": "Count what a build holds.",
    },
    "querying": {
        "query": "Ask a ready question of a build.",
        "path": "Show how two things hang together.",
        "leaderboard": "Rank claims on the same dataset, metric and unit.",
        "contradictions": "List claims that cannot both be true.",
        "sql": "Ask a SELECT of the tables (DuckDB, read-only).",
    },
    "resolving": {"resolve": "Check and decide which names are one thing."},
    "exporting": {"export": "Write a build, or a part of it, in other formats."},
    "checking": {
        "verify": "Check that a build is true to its documents.",
        "evaluate": "Score extraction against annotated papers.",
    },
    "training": {"train": "Fine-tune a pipeline on examples of your own field."},
}
_MODULE = {verb: module for module, verbs in _MODULES.items() for verb in verbs}
SUMMARIES = {verb: summary for verbs in _MODULES.values() for verb, summary in verbs.items()}


class Verbs(MutableMapping[str, click.Command]):
    """The commands by name, as click wants them; each imported when it is first asked for."""

    def __init__(self) -> None:
        self._known: dict[str, click.Command | None] = dict.fromkeys(SUMMARIES)

    def __getitem__(self, name: str) -> click.Command:
        command = self._known[name]
        if command is None:
            command = getattr(import_module(f"kg.cli.{_MODULE[name]}"), name)
            self._known[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
