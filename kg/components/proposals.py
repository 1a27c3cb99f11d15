"""Finds the names that a paper gives to what it proposes: patterns over the text, typed by the head noun.

Where a name is expected: before the colon of the title; after ``we propose``, ``called``, ``named``,
``dubbed``; before ``, a novel ...``; in the brackets behind what is proposed. What it is follows from the
noun that describes it (``X, a compiler for`` -> tool); with no such noun it is a method.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.components.forms import lowered, strong_case

__all__ = ["HEAD_TYPES", "Proposal", "head_type", "proposals"]

HEAD_TYPES: dict[str, str] = {
    **dict.fromkeys(
        [
            "accelerator",
            "accelerators",
            "chip",
            "processor",
            "processors",
            "coprocessor",
            "macro",
            "soc",
            "asic",
            "npu",
            "tpu",
            "cpu",
            "gpu",
            "core",
            "microarchitecture",
            "chiplet",
            "cgra",
            "fpga",
            "memory",
            "cache",
            "crossbar",
            "adc",
            "isa",
        ],
        "hardware",
    ),
    **dict.fromkeys(
        [
            "dataset",
            "datasets",
            "benchmark",
            "benchmarks",
            "corpus",
            "corpora",
            "suite",
            "collection",
            "testbed",
            "challenge",
            "leaderboard",
        ],
        "dataset",
    ),
    **dict.fromkeys(
        [
            "simulator",
            "library",
            "toolkit",
            "language",
            "compiler",
            "generator",
            "toolchain",
            "package",
            "software",
            "emulator",
            "tool",
            "profiler",
            "dsl",
            "api",
            "plugin",
            "debugger",
            "runtime",
            "sdk",
            "database",
            "transpiler",
        ],
        "tool",
    ),
    **dict.fromkeys(
        [
            "framework",
            "method",
            "methodology",
            "algorithm",
            "approach",
            "technique",
            "scheme",
            "mechanism",
            "strategy",
            "pipeline",
            "paradigm",
            "system",
            "agent",
            "policy",
            "optimizer",
            "module",
            "solution",
            "protocol",
            "scheduler",
            "attack",
            "defense",
            "procedure",
            "loss",
            "layer",
            "flow",
            "workflow",
            "recipe",
            "design",
            "codesign",
            "architecture",
        ],
        "method",
    ),
    **dict.fromkeys(
        [
            "model",
            "models",
            "network",
            "networks",
            "llm",
            "llms",
            "transformer",
            "transformers",
            "vlm",
            "mllm",
            "gan",
            "autoencoder",
            "cnn",
            "rnn",
            "gnn",
            "encoder",
            "classifier",
            "predictor",
        ],
        "model",
    ),
    "metric": "metric",
    "score": "metric",
}
"""The last noun of a description -> the type of what it describes. Nothing known: probably a method."""

_NAME = (
    r"(?:[A-Za-z]\w{0,30}[-/+])?(?=\w*[A-Z])(?=\w*[A-Za-z]{2}|[A-Z]\d)[A-Za-zα-ωµ]\w{1,30}"
    r"(?:[-/][\w.]{1,20}){0,3}(?:\+{1,2}|\*)?"
)
_WRAP = r"(?:\\(?:text|emph|math)\w*\{|\\(?:em|bf|it)\s|[\"“'`*{]{1,2}){0,2}"
_VERB = (
    r"(?:propos|present|introduc|develop|design|describ|releas|implement|build|built|devis|creat|"
    r"unveil|contribut|"
    r"construct|establish|formulat|offer|publish|advocat|explor)(?:e|es|ed|ing|t|s)?"
)
_CALLED = (
    r"(?:called|named|dubbed|termed|coined|denoted(?:\s+as|\s+by)?|namely|nicknamed|referred\s+to\s+as|"
    r"which\s+we\s+call|we\s+call(?:\s+it)?|known\s+as|entitled|codenamed|christened)"
)
_TITLE = re.compile(
    rf"\s*(?P<name>{_NAME}(?:\s(?:[A-Z0-9]\S{{0,20}})){{0,2}})\s*(?::|[–—]|\s-\s)\s*(?P<rest>[^.?!:]{{0,120}})"
)
_PROPOSE = re.compile(
    rf"(?i:{_VERB})\s+{_WRAP}(?P<name>{_NAME})(?P<tail>(?:\s?\}}?\s?[,(:–—]|\s+(?:to|for|that|which|as|and|is|with|by|in|on|through|via|using)\b|[.}}\"”'])[^.]{{0,90}})"
)
_PROPOSING = re.compile(rf"{_VERB}(?=\s)")
_NAMING = re.compile(rf"\s(?=\(?{_CALLED})")
_HEAD = re.compile(r"[\w\-]{2,30}\s?,?\s+\Z")
_HEAD_REACH = 64
_NAMED = re.compile(
    rf"(?P<head>[\w\-]{{2,30}})\s?,?\s+\(?(?i:{_CALLED})\s*,?\s*(?i:(?:as|the|a)\s+)?{_WRAP}(?P<name>{_NAME})"
)
_APPOSITION = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})\}}?\s?[,:–—]\s?(?P<rest>(?:a|an|our|the\s+first|the)\s[^.,;:]{{3,120}})"
)
_IS = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})\}}?\s+is\s+(?P<rest>(?:a|an|our|the\s+first)\s[^.,;:]{{3,120}})"
)
_BRACKET = re.compile(
    rf"(?i:{_VERB})\s(?P<long>(?:(?!\b(?:but|while|which|that|although|because|where)\b)[^.;:()]){{3,140}}?)\s?\(\s?{_WRAP}(?:(?i:{_CALLED}|or)\s+)?(?P<name>{_NAME})\}}?\s?[),;]"
)
_LONG_TITLE_STOP = {
    "the",
    "a",
    "an",
    "towards",
    "on",
    "toward",
    "how",
    "what",
    "why",
    "when",
    "is",
    "beyond",
    "from",
}
_NOUN_END = re.compile(
    r"\s(?:for|that|which|to|of|with|by|on|in|based|using|designed|built|capable|aimed|"
    r"where|and|from|via|as|tailored|leveraging|it|we|able|at|whose)\b"
)
_COLLECTIVE = re.compile(
    r"(?i)^.{0,40}?\b(?:family|families|set|class|series|suite|variant|version)\s+of\s+(?=\w)"
)
# What these nouns name shows in the words before them: "a PIM architecture", "a software architecture".
_BY_CONTEXT = frozenset(["architecture", "architectures", "hardware", "design", "system"])
_HARDWARE_BY_CONTEXT = frozenset(["engine", "unit", "platform"])
_HARDWARE = re.compile(
    r"\b(?:processor|accelerator|hardware|memory|chip|chiplet|fpga|cgra|asic|soc|npu|microarchitecture|pim|cim|ndp"
    r"|e?dram|sram|hbm|re?ram|rram|simd|systolic|neuromorphic|photonic|risc)\b"
)
_EVIDENCE = {"title": 0.8, "propose": 0.85, "named": 0.8, "apposition": 0.7, "is": 0.6, "bracket": 0.8}
_UNTYPED = 0.5
_CAPITAL_NEXT = re.compile(r"\s[A-Z]")
_NOT_NAMES = frozenset(
    [
        "We",
        "This",
        "The",
        "In",
        "Our",
        "It",
        "AI",
        "ML",
        "DL",
        "LLM",
        "LLMs",
        "DNN",
        "CNN",
        "GPU",
        "CPU",
        "Section",
        "Figure",
        "Table",
        "Abstract",
        "Recent",
        "However",
        "Specifically",
        "Experiments",
        "Motivated",
        "Using",
        "Based",
        "These",
        "They",
        "Inspired",
        "To",
        "First",
        "Second",
        "As",
        "With",
        "PDF",
        "HTML",
    ]
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new name: offsets, type, and which pattern saw it."""

    start: int
    end: int
    type: str
    pattern: str
    score: float

    @property
    def typed(self) -> bool:
        """Whether the text says what kind of thing it is ("X, a compiler")."""
        return self.score > _UNTYPED


def head_type(description: str) -> str | None:
    """The type that a description's head noun gives; None if it has no telling noun.

    >>> head_type("a novel compiler for graphs"), head_type("a large benchmark"), head_type("a way to go")
    ('tool', 'dataset', None)
    """
    description = _COLLECTIVE.sub("", description)
    cut = _NOUN_END.search(description)
    phrase = description[: cut.start()] if cut else description
    words = re.findall(r"[^\W_]+", phrase.lower())
    if not words:
        return None
    if words[-1] in _BY_CONTEXT:
        return "hardware" if _HARDWARE.search(" ".join(words)) else "method"
    if words[-1] in _HARDWARE_BY_CONTEXT:
        return "hardware" if _HARDWARE.search(" ".join(words)) else None
    if words[-1] in ("extension", "extensions"):
        return "hardware" if {"isa", "vector", "core", "instruction", "processor"} & set(words) else None
    return HEAD_TYPES.get(words[-1])


def proposals(text: str, title_end: int = 0) -> list[Proposal]:
    """Every place where a name is given, in the order of the text; one name may come more than once.

    >>> text = "We present HeatMapX, a simulator for chips. A macro, named CAP-RAM, is shown."
    >>> [(text[p.start : p.end], p.type) for p in proposals(text)]
    [('HeatMapX', 'tool'), ('HeatMapX', 'tool'), ('CAP-RAM', 'hardware')]
    """
    found = list(_find(text, title_end))
    told = {text[new.start : new.end] for new in found if new.typed}
    kept = [new for new in found if new.typed or text[new.start : new.end] not in told]
    return sorted(kept, key=lambda new: (new.start, new.end, new.pattern))


def _find(text: str, title_end: int) -> Iterator[Proposal]:
    if title_end and (match := _TITLE.match(text, 0, title_end)) and _names_a_thing(match["name"]):
        last = match["name"].rsplit(" ", 1)[-1].lower()
        kind = HEAD_TYPES.get(last) if " " in match["name"] else None
        rest = head_type(match["rest"].split(",")[0])
        yield _proposal(match, kind or (rest if rest != "model" else None), "title")
    low = lowered(text)
    verbs = [verb.start() for verb in _PROPOSING.finditer(low, title_end)]
    for match in _matches_at(verbs, _PROPOSE, text):
        tail = re.sub(r"^\W+(?:is|as)?\s*", "", match["tail"])
        article = tail.split(" ", 1)[0].lower() in ("a", "an", "our", "the")
        yield from _checked(match, head_type(tail.split(",")[0]) if article else None, "propose")
    for match in _matches_at(_named_heads(text, low, title_end), _NAMED, text):
        if not _CAPITAL_NEXT.match(text, match.end()):
            yield from _checked(match, head_type(match["head"]), "named")
    for pattern, regex in (("apposition", _APPOSITION), ("is", _IS)):
        for match in regex.finditer(text, title_end):
            if strong_case(match["name"]) and (kind := head_type(match["rest"])):
                yield from _checked(match, kind, pattern)
    for match in _matches_at(verbs, _BRACKET, text):
        yield from _checked(match, head_type(match["long"].rsplit(",", 1)[-1]), "bracket")


def _matches_at(places: Iterable[int], regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``regex.finditer`` gives where a match can begin only at ``places`` (rising)."""
    end = 0
    for place in places:
        if place >= end and (match := regex.match(text, place)):
            end = match.end()
            yield match


def _named_heads(text: str, low: str, begin: int) -> Iterator[int]:
    """Where the words before ``called``, ``named`` and the like begin."""
    for naming in _NAMING.finditer(low, begin):
        if head := _HEAD.search(text, max(begin, naming.start() - _HEAD_REACH), naming.end()):
            yield head.start()


def _names_a_thing(name: str) -> bool:
    """Whether the words before a title's colon look like a name and not like a phrase."""
    words = name.split()
    if len(words) == 1:
        return words[0].lower() not in _LONG_TITLE_STOP
    return strong_case(words[0]) or words[-1].lower() in HEAD_TYPES


def _checked(match: re.Match[str], kind: str | None, pattern: str) -> Iterator[Proposal]:
    """The proposal, unless the name is a common word or a general acronym."""
    if match["name"] not in _NOT_NAMES:
        yield _proposal(match, kind, pattern)


def _proposal(match: re.Match[str], kind: str | None, pattern: str) -> Proposal:
    start, end = match.span("name")
    score = _EVIDENCE[pattern] if kind else _UNTYPED
    return Proposal(start, end, kind or "method", pattern, score)
