"""The trained recogniser: a small fine-tuned encoder (int8 ONNX) that reads a whole abstract at once.

A window of text is one run of the network, alone and on one thread: dynamic int8 quantisation scales over
the whole input, so batch neighbours would change a document's entities. Tags are decoded with the Viterbi
algorithm under the constraints of the BIO scheme (Ramshaw and Marcus 1995).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.components.annotations import RECOGNIZER, register
from kg.components.wordpiece import WordPiece

if TYPE_CHECKING:
    import onnxruntime

__all__ = ["Recognizer", "make_recognizer"]

register()

_Floats = NDArray[np.float32]
_Unit = tuple[int, int, tuple[int, ...]]  # first token, token after the last, ids of its word pieces
_IMPOSSIBLE = -1e4


@Language.factory(
    "kg_recognizer",
    assigns=["doc.spans"],
    requires=["doc.sents"],
    default_config={"key": RECOGNIZER, "window": 512, "compounds": False},
)
def make_recognizer(nlp: Language, name: str, key: str, window: int, compounds: bool) -> Recognizer:
    """``key``: where the spans go; ``window``: word pieces a run, cut at sentence starts; ``compounds``:
    whether the network was trained on hyphen compounds as one unit."""
    return Recognizer(key=key, window=window, compounds=compounds)


class Recognizer:
    """Writes typed spans to ``doc.spans[key]``; ``attrs`` of the group hold ``scores`` and ``roles``.

    A score is the network's own probability of the span: raw material for the calibration in
    ``kg_mentions``, not a confidence to show. ``roles`` are the logarithms of the probabilities of the roles,
    in the order of kg.types.ROLES.
    """

    def __init__(self, *, key: str = RECOGNIZER, window: int = 512, compounds: bool = False) -> None:
        self.key = key
        self.window = window
        self.compounds = compounds
        self._labels: list[str] = []
        self._roles: list[str] = []
        self._vocabulary: list[str] = []
        self._onnx = b""

    def __call__(self, doc: Doc) -> Doc:
        found: list[tuple[Span, float, list[float]]] = []
        for window in self._windows(doc):
            tags, roles = self._run([pieces for _, _, pieces in window])
            found.extend(self._spans(doc, window, tags, roles))
        attributes = {
            "scores": [score for _, score, _ in found],
            "extractors": [self.key] * len(found),
            "roles": [roles for _, _, roles in found],
        }
        spans = [span for span, _, _ in found]
        doc.spans[self.key] = SpanGroup(doc, name=self.key, attrs=attributes, spans=spans)
        return doc

    @functools.cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        """Built when first needed, so that each worker process builds its own."""
        import onnxruntime  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(self._onnx, options, providers=["CPUExecutionProvider"])

    @functools.cached_property
    def _pieces(self) -> WordPiece:
        return WordPiece(self._vocabulary)

    @functools.cached_property
    def _transitions(self) -> tuple[_Floats, _Floats]:
        return bio_constraints(self._labels)

    def _windows(self, doc: Doc) -> Iterator[list[_Unit]]:
        """The units of a Doc, at most ``window`` pieces at a time, cut at a sentence start if possible."""
        room = self.window - 2
        current: list[_Unit] = []
        used = 0
        cut = 0  # how many of the current units stand before its last sentence start
        for unit in self._units(doc):
            if doc[unit[0]].is_sent_start:
                cut = len(current)
            while used + len(unit[2]) > room and current:
                keep = cut or len(current)
                yield current[:keep]
                current = current[keep:]
                used, cut = sum(len(pieces) for _, _, pieces in current), 0
            current.append(unit)
            used += len(unit[2])
        if current:
            yield current

    def _units(self, doc: Doc) -> Iterator[_Unit]:
        """The units with their pieces; the title's last one gets a full stop, as in the training texts."""
        title_end = doc._.title_end
        for start, end in units(doc, compounds=self.compounds):
            pieces = self._pieces(doc[start:end].text)
            if doc[start].idx < title_end <= doc[end - 1].idx + len(doc[end - 1]) and title_end < len(
                doc.text
            ):
                pieces += self._pieces(".") if doc[end - 1].text not in ".?!" else ()
            yield start, end, pieces

    def _run(self, words: Sequence[tuple[int, ...]]) -> tuple[_Floats, _Floats]:
        """Logarithms of the probabilities of tags and of roles at the first piece of each word."""
        ids = [self._pieces.start, *(piece for word in words for piece in word), self._pieces.end]
        first = 1 + np.cumsum([0, *(len(word) for word in words[:-1])])
        tags, roles = self._session.run(["tags", "roles"], {"ids": np.array([ids], dtype=np.int64)})
        return log_softmax(tags[0][first]), log_softmax(roles[0][first])

    def _spans(
        self, doc: Doc, window: Sequence[_Unit], tags: _Floats, roles: _Floats
    ) -> Iterator[tuple[Span, float, list[float]]]:
        path = viterbi(tags, *self._transitions)
        for first, last, kind in bio_spans([self._labels[tag] for tag in path]):
            span = Span(doc, window[first][0], window[last - 1][1], label=kind)
            score = float(np.exp(np.mean([tags[row, path[row]] for row in range(first, last)])))
            yield span, round(score, 6), [round(float(x), 4) for x in roles[first:last].mean(axis=0)]

    def load(self, *, labels: list[str], roles: list[str], vocabulary: list[str], onnx: bytes) -> Recognizer:
        """Puts a trained network into the component."""
        self._labels, self._roles, self._vocabulary, self._onnx = labels, roles, vocabulary, onnx
        for name in ("_session", "_pieces", "_transitions"):
            self.__dict__.pop(name, None)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes the network, its labels and its vocabulary into the folder ``path``."""
        writers: dict[str, Callable[[Path], Any]] = {
            "labels.json": lambda file: srsly.write_json(file, {"tags": self._labels, "roles": self._roles}),
            "wordpiece.txt": lambda file: file.write_text("\n".join(self._vocabulary), encoding="utf-8"),
            "network.onnx": lambda file: file.write_bytes(self._onnx),
        }
        util.to_disk(path, writers, exclude)

    def from_disk(self, path: str | Path, **_: object) -> Recognizer:
        """Reads what ``to_disk`` wrote."""
        folder = Path(path)
        labels = srsly.read_json(folder / "labels.json")
        return self.load(
            labels=labels["tags"],
            roles=labels["roles"],
            vocabulary=(folder / "wordpiece.txt").read_text(encoding="utf-8").split("\n"),
            onnx=(folder / "network.onnx").read_bytes(),
        )


def units(doc: Doc, *, compounds: bool) -> Iterator[tuple[int, int]]:
    """What the network decides on, as (start, end) of tokens; blanks are left out.

    A unit is a token, or with ``compounds`` a hyphen compound, so that "low-rank" is decided as one word.
    """
    start = 0
    while start < len(doc):
        end = start + 1
        while compounds and end < len(doc) and not doc[end - 1].whitespace_ and _joined(doc, start, end):
            end += 1
        if not doc[start].is_space:
            yield start, end
        start = end


def _joined(doc: Doc, start: int, end: int) -> bool:
    before, here = doc[end - 1].text, doc[end].text
    if here in "-–":
        followed = end + 1 < len(doc) and not doc[end].whitespace_ and doc[end + 1].text[0].isalnum()
        return followed and before[-1].isalnum()
    return before in "-–" and end - 1 > start and here[0].isalnum()


def log_softmax(scores: _Floats) -> _Floats:
    """Logarithms of probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: _Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def bio_constraints(labels: Sequence[str]) -> tuple[_Floats, _Floats]:
    """Scores (from, to) of transitions and of first tags: 0 where BIO allows it, -10,000 where not."""
    moves = np.zeros((len(labels), len(labels)), np.float32)
    first = np.zeros(len(labels), np.float32)
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            first[column] = _IMPOSSIBLE
            for row, before in enumerate(labels):
                if before[2:] != label[2:]:
                    moves[row, column] = _IMPOSSIBLE
    return moves, first


def viterbi(scores: _Floats, moves: _Floats, first: _Floats) -> list[int]:
    """The best path through ``scores`` of shape (words, labels); Viterbi 1967."""
    best = scores[0] + first
    back = []
    for row in scores[1:]:
        options = best[:, None] + moves
        back.append(options.argmax(axis=0))
        best = options.max(axis=0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def bio_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, type) of each span.

    >>> list(bio_spans(["B-tool", "I-tool", "O", "B-task"]))
    [(0, 2, 'tool'), (3, 4, 'task')]
    """
    start = 0
    for place, tag in enumerate([*tags, "O"]):
        if start < place and not tag.startswith("I-") and tags[place - 1] != "O":
            yield start, place, tags[place - 1][2:]
        if not tag.startswith("I-"):
            start = place
