"""Known aliases and generic words: ``the CIFAR-10 dataset`` and ``NVIDIA A100 GPU`` say no more than
``CIFAR-10`` and ``A100``.

A generic word is dropped behind a name of the type that the word fits. Behind other phrases only the word
"task", and words such as "technique" behind what the collection itself calls a method, and the form that
remains must occur on its own: it is joined to that form and to nothing further.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.resolution.aliases import Aliases
from kg.resolution.forms import is_name, solid

__all__ = ["Names"]

_BEHIND: Mapping[str, frozenset[str]] = {
    "model": frozenset({"model", "architecture", "network", "backbone", "family", "series", "checkpoint"}),
    "dataset": frozenset({"dataset", "benchmark", "corpus", "corpora", "suite", "database"}),
    "tool": frozenset(
        [
            "compiler",
            "dataset",
            "framework",
            "language",
            "library",
            "package",
            "platform",
            "programming",
            "simulator",
            "software",
            "tool",
            "toolkit",
            "toolbox",
            "toolchain",
        ]
    ),
    "method": frozenset({"algorithm", "approach", "framework", "method", "optimizer", "scheme", "technique"}),
    "metric": frozenset({"metric", "score"}),
    "task": frozenset({"task"}),
    "hardware": frozenset(
        {
            "accelerator",
            "board",
            "card",
            "chip",
            "cpu",
            "device",
            "fpga",
            "gpu",
            "platform",
            "processor",
            "soc",
        }
    ),
}
_VENDORS = frozenset(
    [
        "amd",
        "altera",
        "apple",
        "arm",
        "aws",
        "broadcom",
        "cerebras",
        "google",
        "graphcore",
        "huawei",
        "ibm",
        "intel",
        "micron",
        "nvidia",
        "qualcomm",
        "samsung",
        "xilinx",
        "geforce",
    ]
)
_MAKERS = frozenset({"alibaba", "anthropic", "google", "meta", "microsoft", "openai"})
# Names of so few characters stand for too much before a generic word: "3D model", "RGB network".
_SHORT_NAME = 3
_METHOD_NOUN = re.compile(r"(?:ing|[st]ion|ment|ance|ence|sis|ic|ive|ed|aware|free|shot)\Z")
_METHOD_WORDS = frozenset(
    {"algorithm", "approach", "framework", "mechanism", "method", "paradigm", "technique"}
)


class Names:
    """``known`` counts for each key the papers that name it, by type; ``lower`` are the keys of what is also
    printed without any capital, ``short_keys`` those of short forms."""

    def __init__(
        self,
        aliases: Aliases,
        known: Mapping[str, Mapping[str, int]],
        *,
        lower: frozenset[str],
        short_keys: frozenset[str],
    ) -> None:
        self._aliases, self._known = aliases, known
        self._lower, self._short_keys = lower, short_keys

    def canonical(self, words: Sequence[str], text: str, kind: str) -> tuple[str, str | None]:
        """The key that stands for a form of a type, and the rule that led there (None: its own)."""
        key = solid(tuple(words))
        known = self._aliases.canonical(key, kind)
        if known != key:
            return known, "known alias"
        core = self._core(list(words), text, kind)
        if core and core != key:
            return self._aliases.canonical(core, kind), "generic word"
        return key, None

    def _core(self, words: list[str], text: str, kind: str) -> str | None:
        """The key of a form without vendor and generic words behind it."""
        if len(words) < 2:
            return None
        if kind == "hardware":
            return self._chip(words)
        behind = _BEHIND.get(kind, frozenset())
        kept = list(words)
        if kind == "model" and words[0] in _MAKERS and any(char.isdigit() for char in words[-1]):
            return solid(tuple(words[1:]))
        while len(kept) > 1 and kept[-1] in behind:
            kept.pop()
        if len(kept) < len(words):
            key = solid(tuple(kept))
            if len(key) > 1 and self._names_it(key, text, kept, kind):
                return key
        if kind in ("task", "method") and len(words) > 2:
            key = solid(tuple(words[:-1]))
            fits = words[-1] == "task" if kind == "task" else words[-1] in _METHOD_WORDS
            if fits and _METHOD_NOUN.search(words[-2]) and self._known.get(key, {}).get(kind, 0) > 1:
                return key
        return None

    def _names_it(self, key: str, text: str, kept: list[str], kind: str) -> bool:
        """Whether what remains is a name, and not the acronym of a common noun ("RL framework")."""
        if key in self._short_keys and kind not in ("dataset", "metric"):
            return False
        head = _PIECE.findall(text)[: len(kept)]
        kinds = self._known.get(key, {})
        if kind == "metric":  # the "CLIP score" is none of the model's names
            usual = max(kinds.values(), default=0)
            return bool(head) and is_name(head[-1]) and kinds.get("metric", 0) >= usual
        if kinds and kind not in kinds and "".join(head).isupper():
            return False
        if not head or any(word.islower() for word in head) or key in self._lower:
            return False
        known = kinds.get(kind, 0)
        if is_name(head[-1]):
            return len(head[-1]) > _SHORT_NAME and (kind in ("dataset", "model") or known > 0)
        return known > 1 and kind in ("dataset", "model", "tool")

    @staticmethod
    def _chip(words: list[str]) -> str | None:
        """``NVIDIA GeForce RTX 4090 GPU`` -> ``RTX 4090``; a name of a chip has a number."""
        start, stop = 0, len(words)
        while start < stop - 1 and words[start] in _VENDORS:
            start += 1
        while stop - 1 > start and words[stop - 1] in _BEHIND["hardware"]:
            stop -= 1
        kept = words[start:stop]
        chip = any(char.isdigit() for char in "".join(kept)) and any(char.isalpha() for char in "".join(kept))
        plain = not any(word[0].isdigit() and not word.isdigit() for word in kept[:1])  # "8-bit MCU", "3D"
        return solid(tuple(kept)) if chip and plain and len(kept) < len(words) else None


_PIECE = re.compile(r"[^\s\-‐‑‒–_~]+")
