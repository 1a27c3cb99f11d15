"""The trained recogniser: a small fine-tuned encoder (int8 ONNX) that reads a whole abstract at once.

A window of text is one run of the network, alone and on one thread: dynamic int8 quantisation scales over
the whole input, so batch neighbours would change a document's entities. Tags are decoded with the Viterbi
algorithm under the constraints of the BIO scheme (Ramshaw and Marcus 1995).
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.components.annotations import RECOGNIZER, register
from kg.components.doctext import Tokens, text_of, tokens_of
from kg.components.markup import font_markup
from kg.components.wordpiece import WordPiece

if TYPE_CHECKING:
    import onnxruntime

__all__ = ["Recognizer", "longest_run", "make_recognizer"]

register()

_Floats = NDArray[np.float32]
_Unit = tuple[int, int, tuple[int, ...]]  # first token, token after the last, ids of its word pieces
_Place = tuple[int, int, str]
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
        spans: list[Span] = []
        scores: list[float] = []
        roles: list[list[float]] = []
        markup = font_markup(doc)
        for window in self._windows(doc, markup):
            places, chances, opinions = self._decode(window)
            spans += [Span(doc, *longest_run(start, end, markup), label=kind) for start, end, kind in places]
            scores += chances
            roles += opinions
        attributes = {"scores": scores, "extractors": [self.key] * len(spans), "roles": roles}
        doc.spans[self.key] = SpanGroup(doc, name=self.key, attrs=attributes, spans=spans)
        return doc

    @property
    def onnx(self) -> bytes:
        """The network in ONNX form."""
        return self._onnx

    def inputs(self, doc: Doc) -> list[NDArray[np.int64]]:
        """What the network is given for a Doc: the ids of each window, shape (1, pieces)."""
        return [self._ids(window) for window in self._windows(doc, font_markup(doc))]

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

    def _windows(self, doc: Doc, markup: frozenset[int]) -> Iterator[list[_Unit]]:
        """The units of a Doc, at most ``window`` pieces at a time, cut at a sentence start if possible."""
        room = self.window - 2
        tokens = tokens_of(doc)
        opens = tokens.opens
        current: list[_Unit] = []
        used = 0
        cut = 0  # how many of the current units stand before its last sentence start
        for unit in self._units(doc, tokens, markup):
            start, _, pieces = unit
            if opens[start]:
                cut = len(current)
            while used + len(pieces) > room and current:
                keep = cut or len(current)
                yield current[:keep]
                current = current[keep:]
                used, cut = sum(len(pieces) for _, _, pieces in current), 0
            current.append(unit)
            used += len(pieces)
        if current:
            yield current

    def _units(self, doc: Doc, tokens: Tokens, markup: frozenset[int]) -> Iterator[_Unit]:
        """The units but for ``markup``, with their pieces; the title's last one gets a full stop, as in the
        training texts."""
        texts, offsets = tokens.texts, tokens.offsets
        title_end = doc._.title_end
        last_of_title = title_end if title_end < len(text_of(doc)) else 0
        for start, end in _bounds(tokens) if self.compounds else _words(tokens):
            if start in markup:
                continue
            word = texts[start] if end == start + 1 else "".join(texts[start:end])
            pieces = self._pieces(word)
            offset = offsets[start]
            if offset < last_of_title <= offset + len(word) and texts[end - 1] not in ".?!":
                pieces += self._pieces(".")
            yield start, end, pieces

    def _ids(self, window: Sequence[_Unit]) -> NDArray[np.int64]:
        ids = [self._pieces.start, *(piece for _, _, pieces in window for piece in pieces), self._pieces.end]
        return np.array([ids], dtype=np.int64)

    def _decode(self, window: Sequence[_Unit]) -> tuple[list[_Place], list[float], list[list[float]]]:
        """The spans of a window as (first token, token after the last, type), their scores and roles."""
        tags, roles = self._run(window)
        path = viterbi(tags, *self._transitions)
        chosen = tags[np.arange(len(path)), path]
        found = list(bio_spans([self._labels[tag] for tag in path]))
        # sum by number is what numpy's mean does, at a third of its time for a few numbers
        means = [np.add.reduce(chosen[first:last]) / (last - first) for first, last, _ in found]
        opinions = [np.add.reduce(roles[first:last], axis=0) / (last - first) for first, last, _ in found]
        return (
            [(window[first][0], window[last - 1][1], kind) for first, last, kind in found],
            [round(score, 6) for score in np.exp(np.array(means, np.float32)).tolist()],
            [[round(x, 4) for x in opinion.tolist()] for opinion in opinions],
        )

    def _run(self, window: Sequence[_Unit]) -> tuple[_Floats, _Floats]:
        """Logarithms of the probabilities of tags and of roles at the first piece of each unit."""
        tags, roles = self._session.run(["tags", "roles"], {"ids": self._ids(window)})
        first = np.cumsum([1, *(len(pieces) for _, _, pieces in window[:-1])])
        return log_softmax(tags[0][first]), log_softmax(roles[0][first])

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


def longest_run(start: int, end: int, markup: frozenset[int]) -> tuple[int, int]:
    """Of the runs of tokens between markup the longest, the first of equals."""
    cuts = [start - 1, *(place for place in range(start, end) if place in markup), end]
    runs = [(one + 1, two) for one, two in pairwise(cuts)]
    return max(runs, key=lambda run: run[1] - run[0])


def units(doc: Doc, *, compounds: bool) -> Iterator[tuple[int, int]]:
    """What the network decides on, as (start, end) of tokens; blanks are left out.

    A unit is a token, or with ``compounds`` a hyphen compound, so that "low-rank" is decided as one word.
    """
    tokens = tokens_of(doc)
    return _bounds(tokens) if compounds else _words(tokens)


def _words(tokens: Tokens) -> Iterator[tuple[int, int]]:
    return ((place, place + 1) for place, blank in enumerate(tokens.blank) if not blank)


def _bounds(tokens: Tokens) -> Iterator[tuple[int, int]]:
    spaced, count = tokens.spaced, len(tokens.texts)
    start = 0
    while start < count:
        end = start + 1
        while end < count and not spaced[end - 1] and _joined(tokens, start, end):
            end += 1
        if not tokens.blank[start]:
            yield start, end
        start = end


def _joined(tokens: Tokens, start: int, end: int) -> bool:
    texts = tokens.texts
    before, here = texts[end - 1], texts[end]
    if here in "-–":
        followed = end + 1 < len(texts) and not tokens.spaced[end] and texts[end + 1][0].isalnum()
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
    """The best path through ``scores`` of shape (words, labels); Viterbi 1967.

    The likeliest labels mostly are a legal path but for a few places. A row whose likeliest label may follow
    any other begins a piece; only pieces with a break are searched, longer by the piece before as long as the
    best path begins with a label that may not follow any other. Best paths of pieces then are the best whole.
    """
    path: list[int] = scores.argmax(axis=1).tolist()
    free = (moves == 0).all(axis=0) & (first == 0)
    begins = [row for row, label in enumerate(path) if free[label] or row == 0]
    broken = [row for row in range(1, len(path)) if moves[path[row - 1], path[row]]]
    if first[path[0]]:
        broken.insert(0, 0)
    done = 0
    for row in broken:
        if row < done:
            continue
        place = bisect_right(begins, row)
        done = begins[place] if place < len(begins) else len(path)
        while True:
            place -= 1
            start = begins[place]
            best = _best_path(scores[start:done], moves, first if start == 0 else np.zeros_like(first))
            if start == 0 or free[best[0]]:
                break
        path[start:done] = best
    return path


def _best_path(scores: _Floats, moves: _Floats, first: _Floats) -> list[int]:
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
