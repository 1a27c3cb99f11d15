"""Mutated documents for every reader: none may crash it, hang it or raise anything but a ReadError.

    python benchmarks/fuzz_readers.py [--count 100000] [--reader NAME] [--seed 0] [EXAMPLES ...]

EXAMPLES are files or folders of valid documents (those of the tests, where none are given). Each is given to
the reader that it suits; its mutations go to the same reader whatever they score. Every input follows from
the name of the reader, the seed and its number, so a process that dies is told with its input and fuzzing
goes on behind it. What was found is written into ``output/fuzz_findings/`` and the exit status is 1.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import signal
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from kg.errors import ReadError
from kg.readers import Loaded, Raw, Reader, choose_reader, find_sources, load, make_raw
from kg.readers.clean import clean_paper

TESTS = Path(__file__).parents[1] / "tests" / "readers"
EXAMPLES = (TESTS / "examples", TESTS / "data", TESTS / "xml")
LARGEST = 2**20
LARGEST_EXAMPLE = 8_000  # larger ones only take longer
SLOW_SECONDS = 2.0  # of computing, for an input of at most LARGEST bytes
HANG_SECONDS = 20.0  # of computing
STUCK_SECONDS = 300.0  # on the clock, where a library beneath Python hears no signal
TOKENS = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *"<>&\"'{}[]()\\$%@#=,;:|/-_*~^\n\r\t\0 \u202e\u200b\ufeff\u2028\x85é知𝔸\ud83d",
        *("&#0;", "&#xFFFFFFFF;", "&lol;", "<![CDATA[", "]]>", "<!--", "-->", "</", "/>", "<p>", "<td>"),
        *("null", "NaN", "1e999", "-1", "9" * 400, "\\u0000", "\\ud800", "[[[[", "{{{{", "}}}}"),
        *("@string{", "@article{", "crossref = {", "ER  - ", "TY  - ", "\n\n\n", "and and", ", , ,"),
        *("et al.", "$$", "\\begin{", "\\end{", "\\def\\a{\\a}", "\\input{a}", "%PDF-", "stream\n"),
        *("/Kids [2 0 R]", "/Count 999999999", "=?utf-8?q?=", "\n--", "Abstract", "\nAbstract\n", "\n# "),
        *("http://", "javascript:", "10.1/", "arXiv:", "A" * 3000, "a." * 1500, "X, " * 1000),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A reader and the documents that are mutated for it."""

    reader: Reader
    examples: tuple[Raw, ...]
    seed: int
    large: float = 0.002

    def make(self, number: int) -> Raw | None:
        """The input of that number; None where decoding refuses it already."""
        dice = random.Random(f"{self.reader.name} {self.seed} {number}")
        example = dice.choice(self.examples)
        change: Callable[..., bytes] = blow_up
        if dice.random() >= self.large:
            change = partial(mutate, others=[other.data for other in self.examples])
        if example.media_type == "application/zip" and dice.random() < 0.8:
            data = _with_one_member(example.data, dice, change)
        else:
            data = change(example.data, dice=dice)
        if example.media_type != "text/plain":
            return replace(example, data=data)
        try:
            return make_raw(Loaded(path=example.path, data=data))[0]
        except ReadError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an input cost, in seconds of computing, and what went wrong with it."""

    number: int
    size: int
    seconds: float
    problem: str = ""


def mutate(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """One to six changes: bits, slices cut, doubled or blown up, tokens put in, two documents joined."""
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + int(dice.paretovariate(0.6)))
        kind = dice.randrange(8)
        if kind == 0 and data:
            at = min(start, len(data) - 1)
            data = data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]
        elif kind == 1:
            data = data[:start] + data[end:]
        elif kind == 2:
            data = data[:end] + data[start:end] + data[end:]
        elif kind == 3:
            piece = data[start : min(end, start + 40)]
            data = data[:end] + piece * dice.choice((10, 100, 1000)) + data[end:]
        elif kind == 4:
            data = data[:start] + dice.choice(TOKENS) + data[start:]
        elif kind == 5:
            data = data[:start] + dice.choice(TOKENS) + data[end:]
        elif kind == 6:
            other = dice.choice(others)
            data = data[:start] + other[dice.randrange(len(other) + 1) :]
        else:
            data = data[:start]
    return data[:LARGEST]


def blow_up(data: bytes, dice: random.Random) -> bytes:
    """The document with a piece of it, or a token, repeated up to LARGEST bytes: for what grows faster than
    its input."""
    start = dice.randrange(len(data) + 1)
    size = dice.choice((1, 2, 3, 5, 10, 40, 200))
    piece = (data[start : start + size] if dice.random() < 0.6 else dice.choice(TOKENS)) or b"\n"
    piece += dice.choice((b"", b"", b"\n", b" ", b","))
    return data[:start] + piece * ((LARGEST - len(data)) // len(piece)) + data[start:]


def _with_one_member(data: bytes, dice: random.Random, change: Callable[..., bytes]) -> bytes:
    """The zip with one member changed, so that what is inside is reached behind the checksums."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    at = dice.randrange(len(members))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number, (name, content) in enumerate(members):
            archive.writestr(name, change(content, dice=dice) if number == at else content)
    return file.getvalue()


def check(reader: Reader, raw: Raw) -> None:
    """Scores and reads; an AssertionError where a value is not what every stage relies on."""
    score = reader.score(raw)
    assert 0 <= score <= 1, f"score {score}"
    try:
        parsed = reader.read(raw)
    except ReadError:
        return
    text = raw.text if parsed.text is None else parsed.text
    for paper in map(clean_paper, parsed.papers):
        for start, end in ((paper.title_start, paper.title_end), (paper.abstract_start, paper.abstract_end)):
            assert (start is None) == (end is None), "half a span"
            assert start is None or end is None or 0 <= start <= end <= len(text), f"span {start}-{end}"
        for value in (paper.title, paper.abstract, paper.venue, *(author.name for author in paper.authors)):
            assert value is None or (value.strip() and value.encode()), f"field {value!r}"
        assert paper.year is None or 1000 <= paper.year <= 2200, f"year {paper.year}"


def fuzz(corpus: Corpus, numbers: range) -> Iterator[Told]:
    """What each input of these numbers costs and what is wrong with it; those that are refused before a
    reader sees them cost nothing."""
    signal.signal(signal.SIGPROF, _late)
    for number in numbers:
        raw = corpus.make(number)
        if raw is None:
            yield Told(number=number, size=0, seconds=0.0)
            continue
        problem = ""
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, HANG_SECONDS)
        try:
            check(corpus.reader, raw)
        except Exception as error:
            problem = f"{type(error).__name__} at {_place(error)}: {error}"[:300]
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        seconds = time.process_time() - started
        if not problem and seconds > SLOW_SECONDS:
            problem = f"slow: {seconds:.1f} s for {len(raw.data):,} bytes"
        yield Told(number=number, size=len(raw.data), seconds=seconds, problem=problem)


def _place(error: Exception) -> str:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"


def _serve(corpus: Corpus, numbers: range, answers: Connection) -> None:
    """The work of a process: what is of interest is sent, and where it is every hundred inputs."""
    slowest = 0.0
    for told in fuzz(corpus, numbers):
        if told.problem or told.seconds > slowest or told.number % 100 == 99:
            slowest = max(slowest, told.seconds)
            answers.send(told)


def fuzz_apart(corpus: Corpus, count: int) -> list[Told]:
    """The same in a process of its own, that is started again behind an input that it dies of.

    One problem of each place is kept; a line of the table is printed.
    """
    found: dict[str, Told] = {}
    slowest = Told(number=0, size=0, seconds=0.0)
    done, began = 0, time.monotonic()
    while done < count:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        numbers = range(done, count)
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(corpus, numbers, theirs))
        process.start()
        theirs.close()
        try:
            while ours.poll(STUCK_SECONDS):
                told: Told = ours.recv()
                done = told.number + 1
                slowest = max(slowest, told, key=lambda one: one.seconds)
                if told.problem:
                    found.setdefault(told.problem.partition(": ")[0], told)
        except EOFError:
            pass
        process.kill()
        process.join()
        if process.exitcode == 0:
            break
        dead = _search_death(corpus, range(done, count))
        found.setdefault(f"died {dead.number}", dead)
        done = dead.number + 1
    cost = f"{time.monotonic() - began:>8.0f} s  slowest {slowest.seconds:>5.2f} s, {slowest.size:,} bytes"
    which = f"number {slowest.number:,}"
    print(f"{corpus.reader.name:<12} {count:>8,} inputs {cost}, {which}  {len(found)} findings", flush=True)
    return list(found.values())


def _search_death(corpus: Corpus, numbers: range) -> Told:
    """The input that the process died of: each in a process of its own, from the last that was survived."""
    for number in numbers:
        process = multiprocessing.get_context("fork").Process(
            target=list, args=(fuzz(corpus, range(number, number + 1)),)
        )
        process.start()
        process.join(STUCK_SECONDS)
        process.kill()
        process.join()
        if process.exitcode:
            what = f"died: status {process.exitcode}"
            return Told(number=number, size=0, seconds=0.0, problem=what)
    return Told(number=numbers[-1], size=0, seconds=0.0, problem="died, but not of one input alone")


def _late(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError("hangs")


def collect(paths: Sequence[str | Path], seed: int, large: float = 0.002) -> dict[str, Corpus]:
    """The examples by the reader that each suits best."""
    examples: dict[str, list[Raw]] = defaultdict(list)
    readers: dict[str, Reader] = {}
    for source in find_sources([str(path) for path in paths]):
        for loaded in load(source):
            try:
                raw, _ = make_raw(loaded)
                reader = choose_reader(raw)
            except ReadError:
                continue
            if len(raw.data) > LARGEST_EXAMPLE:
                continue
            readers[reader.name] = reader
            examples[reader.name].append(raw)
    return {
        name: Corpus(reader=readers[name], examples=tuple(raws), seed=seed, large=large)
        for name, raws in sorted(examples.items())
    }


def main() -> None:
    """Fuzzes the wanted readers and writes what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("examples", nargs="*", default=EXAMPLES)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--reader", action="append")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--large", type=float, default=0.002, help="share of inputs blown up to 1 MiB")
    parser.add_argument("--findings", type=Path, default=Path("output/fuzz_findings"))
    given = parser.parse_args()
    problems = 0
    for name, corpus in collect(given.examples, given.seed, given.large).items():
        if given.reader and name not in given.reader:
            continue
        for told in fuzz_apart(corpus, given.count):
            given.findings.mkdir(parents=True, exist_ok=True)
            raw = corpus.make(told.number)
            (given.findings / f"{name}-{told.number}").write_bytes(raw.data if raw else b"")
            print(f"  {name}-{told.number}: {told.problem}", flush=True)
            problems += 1
    sys.exit(problems > 0)


if __name__ == "__main__":
    main()
