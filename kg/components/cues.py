"""Cue words of scientific English: what a verb or a phrase says about the names around it."""

from __future__ import annotations

__all__ = ["CUES", "OPENERS", "cue_of"]

_VERBS = {
    "propose": "propose introduce present develop describe design devise unveil release contribute call name "
    "dub term build create construct formulate",
    "use": "use utilize utilise employ leverage adopt apply exploit incorporate integrate combine couple "
    "harness build base rely follow extend borrow",
    "evaluate": "evaluate test validate assess benchmark experiment verify simulate measure deploy prototype "
    "implement synthesize synthesise train",
    "compare": "outperform surpass exceed beat rival match compare contrast baseline improve",
    "achieve": "achieve reach attain yield obtain report deliver demonstrate reduce increase decrease "
    "lower cut save boost accelerate speed",
    "enable": "enable support allow facilitate address tackle solve target optimize optimise handle mitigate "
    "overcome automate",
    "suffer": "suffer fail lack struggle limit require demand remain incur ignore overlook face",
    "consist": "comprise consist contain include feature embed consolidate unify encompass",
    "generalise": "generalize generalise is are as namely kind type family class variant such like",
}

_PHRASES = {
    "compare": "over than versus vs relative against unlike baselines baseline",
    "use": "via using through with by based",
    "evaluate": "experiments experiment experimental evaluation evaluations results benchmarks benchmark "
    "datasets dataset",
    "purpose": "for toward towards",
    "existing": "existing traditional conventional prior previous current standard classical typical common "
    "recent popular widely",
    "own": "our new novel proposed ours first",
}

OPENERS = {
    "we": "self",
    "our": "self",
    "this": "this",
    "these": "this",
    "in": "in",
    "to": "to",
    "however": "contrast",
    "while": "contrast",
    "although": "contrast",
    "despite": "contrast",
    "unlike": "contrast",
    "existing": "existing",
    "traditional": "existing",
    "conventional": "existing",
    "current": "existing",
    "recent": "existing",
    "experiments": "results",
    "experimental": "results",
    "extensive": "results",
    "results": "results",
    "evaluation": "results",
    "evaluations": "results",
    "empirical": "results",
    "compared": "results",
    "on": "on",
    "across": "on",
    "evaluated": "results",
    "code": "code",
    "by": "by",
    "through": "by",
    "it": "it",
    "its": "it",
    "specifically": "detail",
    "additionally": "detail",
    "furthermore": "detail",
    "moreover": "detail",
    "finally": "detail",
    "first": "detail",
    "second": "detail",
}


def _forms(verb: str) -> list[str]:
    """A regular verb's forms: base, -s, -ed, -ing; irregular ones stand in the lexicon by hand."""
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if verb.endswith("y"):
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    plural = f"{verb}es" if verb.endswith(("s", "ch", "sh", "x")) else f"{verb}s"
    return [verb, plural, f"{verb}ed", f"{verb}ing"]


def _lexicon() -> dict[str, str]:
    lexicon = {form: cue for cue, verbs in _VERBS.items() for verb in verbs.split() for form in _forms(verb)}
    lexicon |= {word: cue for cue, words in _PHRASES.items() for word in words.split()}
    return lexicon | {"built": "use", "cutting": "achieve", "beating": "compare", "embedding": "consist"}


#: Lower-case word -> cue class.
CUES = _lexicon()


def cue_of(word: str) -> str:
    """The cue class of a lower-case word, empty if it is none."""
    return CUES.get(word, "")
