"""What the extractors say about one form of a text, and how sure that makes us: a logistic model of votes.

The weights (``votes.json``) are fitted by training/fit_votes.py on annotated abstracts that none of the
extractors was trained on, so the probability is calibrated for the company the extractors keep.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.components.forms import strong_case
from kg.errors import PipelineError

__all__ = ["Form", "Surroundings", "VoteModel", "vote_features"]

_TOLD = 0.7
_PRESENTED = ("method", "model", "dataset", "hardware", "tool")
_FURTHEST = 0.002  # scores are kept this far from 0 and 1 before their log-odds are taken
_LONG_WORDS = 4


@dataclass(slots=True)
class Form:
    """For each type, the best score of each extractor."""

    votes: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(self, kind: str, extractor: str, score: float) -> None:
        """Count a vote; of one extractor's votes for a type the best stays."""
        scores = self.votes.setdefault(kind, {})
        scores[extractor] = max(score, scores.get(extractor, 0.0))

    def choose(self) -> tuple[str, float, tuple[str, ...]]:
        """(type, score, extractors) without a model: what the paper says it proposes, else the highest score.

        The score of a type is the chance that not all its extractors err, were they independent.

        >>> form = Form()
        >>> form.add("model", "gazetteer", 0.6), form.add("model", "phrase", 0.5)
        (None, None)
        >>> form.add("tool", "phrase", 0.7)
        >>> form.choose()
        ('model', 0.8, ('gazetteer', 'phrase'))
        """
        told = {
            kind
            for kind, scores in self.votes.items()
            if any(name.endswith("pattern") and score >= _TOLD for name, score in scores.items())
        }
        kind = min(
            self.votes, key=lambda kind: (kind not in told, -_noisy_or(self.votes[kind].values()), kind)
        )
        return kind, round(_noisy_or(self.votes[kind].values()), 6), tuple(sorted(self.votes[kind]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """How the occurrences of a form stand to the spans of the recogniser, as shares of the occurrences:
    equal to one, within a longer one, or crossing or holding another."""

    occurrences: int
    same: float
    within: float
    crossing: float

    @classmethod
    def of(cls, places: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> Surroundings:
        """From the (start, end) of the occurrences and of the recogniser's spans."""
        if not spans:
            return cls(occurrences=len(places), same=0.0, within=0.0, crossing=0.0)
        counts = [0, 0, 0]
        for start, end in places:
            near = [(a, b) for a, b in spans if a < end and start < b]
            equal = (start, end) in near
            within = any(a <= start and end <= b for a, b in near if (a, b) != (start, end))
            crossing = any(not (a <= start and end <= b) for a, b in near)
            for place, holds in enumerate((equal, within, crossing)):
                counts[place] += holds
        total = max(len(places), 1)
        same, inside, across = (count / total for count in counts)
        return cls(occurrences=len(places), same=same, within=inside, crossing=across)


def vote_features(
    text: str, form: Form, kind: str, extractors: Sequence[str], around: Surroundings
) -> dict[str, float]:
    """Named numbers that speak for or against ``text`` being an entity of type ``kind``."""
    features = {"bias": 1.0, f"type {kind}": 1.0}
    own = form.votes[kind]
    others = [scores for other, scores in form.votes.items() if other != kind]
    for extractor in extractors:
        if extractor in own:
            features[extractor] = 1.0
            features[f"{extractor} score"] = _log_odds(own[extractor])
        if rivals := [scores[extractor] for scores in others if extractor in scores]:
            features[f"{extractor} elsewhere"] = 1.0
            features[f"{extractor} elsewhere score"] = _log_odds(max(rivals))
    words = text.split()
    features |= {
        "same": around.same,
        "within": around.within,
        "always within": float(around.within == 1),
        "crossing": around.crossing,
        "occurrences": math.log(max(around.occurrences, 1)),
        "one word": float(len(words) == 1),
        "long": float(len(words) >= _LONG_WORDS),
        "capitals": float(any(char.isupper() for char in text[1:])),
    }
    return features


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteModel:
    """Weights by feature name, and the extractors that were voting when they were fitted.

    ``floors`` are the measured precisions of patterns that tell the type of a name outright ("X, a
    compiler"): what a paper says of a coined name holds, however odd the name looks to everybody else.
    """

    extractors: tuple[str, ...]
    weights: Mapping[str, float]
    floors: Mapping[str, float] = field(default_factory=dict)

    def probability(self, features: Mapping[str, float]) -> float:
        """How often a form with such votes is an entity of that type."""
        total = sum([self.weights.get(name, 0.0) * value for name, value in features.items()])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def choose(
        self, text: str, form: Form, around: Surroundings, *, named: bool = False
    ) -> tuple[str, float, tuple[str, ...]]:
        """(type, probability, extractors that voted for it) of the most probable type.

        ``named``: the text is known to name something that the paper presents, and only the type is open; its
        probability then is at least its share among the types that such a thing can have.
        """
        coined = " " not in text and strong_case(text)
        chances = {}
        for kind, scores in form.votes.items():
            chance = self.probability(vote_features(text, form, kind, self.extractors, around))
            floors = (self.floors.get(extractor, 0.0) for extractor in scores)
            chances[kind] = max(chance, *floors) if coined else chance
        if named:
            things = {kind: chance for kind, chance in chances.items() if kind in _PRESENTED}
            total = sum(things.values())
            chances = {kind: max(chance, chance / total) for kind, chance in things.items()} or chances
        kind = min(chances, key=lambda kind: (-chances[kind], kind))
        return kind, chances[kind], tuple(sorted(form.votes[kind]))

    @classmethod
    def read(cls, path: Path) -> VoteModel:
        """From ``votes.json``."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                extractors=tuple(data["extractors"]), weights=data["weights"], floors=data.get("floors", {})
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PipelineError(
                f"{path}: no usable weights of votes ({error})", hint="reinstall kg-builder"
            ) from error

    def as_json(self) -> str:
        """The text of ``votes.json``."""
        data = {
            "extractors": list(self.extractors),
            "floors": dict(sorted(self.floors.items())),
            "weights": dict(sorted(self.weights.items())),
        }
        return json.dumps(data, indent=1) + "\n"

    def write(self, path: Path) -> None:
        """As ``votes.json``."""
        path.write_text(self.as_json(), encoding="utf-8")


def _noisy_or(scores: Iterable[float]) -> float:
    wrong = 1.0
    for score in scores:
        wrong *= 1.0 - score
    return 1.0 - wrong


def _log_odds(score: float) -> float:
    inside = min(max(score, _FURTHEST), 1 - _FURTHEST)
    return math.log(inside / (1 - inside))
