"""The bar: what it shows, and that the time left counts down instead of jumping."""

from __future__ import annotations

import itertools

import pytest

from kg.cli.progress import Bar, Pace, duration


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _left_while(rates: list[float], *, portion: int = 64, total: int = 30_000) -> list[float]:
    """The seconds left as they are shown each second, when things go on at these rates (one a second)."""
    clock = Clock()
    pace = Pace(clock)
    done, portions, shown = 0.0, 0, []
    for rate in rates:
        clock.now += 1
        done += rate
        if int(done // portion) > portions:
            portions = int(done // portion)
            pace.note(portions * portion, total)
        left = pace.left()
        if left is not None:
            shown.append(left)
    return shown


def test_a_steady_rate_is_counted_down() -> None:
    shown = _left_while([100.0] * 250)
    assert shown[-1] == pytest.approx(50, abs=5)
    steps = [before - after for before, after in itertools.pairwise(shown[30:])]
    assert all(0 < step < 3 for step in steps), "a second takes about a second off"


def test_what_comes_in_portions_does_not_jump() -> None:
    shown = _left_while([9.0] * 600, total=30_000)  # a shard about each seven seconds
    jumps = [abs(after / before - 1) for before, after in itertools.pairwise(shown[30:])]
    assert max(jumps) < 0.03


def test_another_rate_is_taken_up_slowly_and_surely() -> None:
    shown = _left_while([100.0] * 60 + [50.0] * 90)
    jumps = [abs(after / before - 1) for before, after in itertools.pairwise(shown[30:])]
    assert max(jumps) < 0.05
    assert shown[-1] == pytest.approx((30_000 - 6000 - 4500) / 50, rel=0.05)


def test_the_start_up_has_no_say() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.note(0, 1000)
    clock.now += 60
    pace.note(100, 1000)
    assert (pace.rate(), pace.left()) == (None, None)
    clock.now += 1
    pace.note(110, 1000)
    assert pace.rate() is None, "too early to say"
    clock.now += 9
    pace.note(200, 1000)
    assert pace.rate() == pytest.approx(10)
    assert pace.left() == pytest.approx(80)


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    clock = Clock()
    pace = Pace(clock)
    for second in range(200):
        clock.now += 1
        pace.note(second * 10 if second < 100 else 1000 + (second - 100) * 2, 10_000)
    assert pace.rate() == pytest.approx(2, rel=0.05)
    assert len(pace._seen) < 40


def test_what_the_bar_shows(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    clock = Clock()
    bar = Bar(clock)
    bar.tell("extracting", 0, 2000)
    assert bar.line() == f"extracting       [{'.' * 30}] 0/2,000"
    for _ in range(10):
        clock.now += 2
        bar.tell("extracting", bar._done + 100, 2000)
    assert bar.line() == f"extracting       [{'#' * 15}{'.' * 15}] 1,000/2,000  50 texts/s  20 s left"
    bar.tell("resolving", 0, 0)
    assert bar.line() == "resolving"
    clock.now += 75
    assert bar.line() == "resolving        since 75 s"
    bar.clear()
    bar.tick()
    assert capsys.readouterr().err.endswith("\r\x1b[K"), "a bar that was taken away does not come back"


def test_the_bar_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    bar = Bar(Clock())
    bar.tell("extracting", 12_345_678, 123_456_789)
    assert len(bar.line()) < 40


def test_what_is_told_often_is_drawn_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    bar = Bar(clock)
    for number in range(1000):
        clock.now += 0.001
        bar.tell("reading", number, 1000)
    assert 5 < capsys.readouterr().err.count("\r") < 20
    bar.tell("reading", 1000, 1000)
    assert "1,000/1,000" in capsys.readouterr().err


def test_a_duration_is_whole() -> None:
    assert [duration(seconds) for seconds in (0, 59.2, 119, 121, 5999, 6001)] == [
        "1 s", "60 s", "119 s", "3 min", "1 h 40 min", "1 h 41 min",
    ]  # fmt: skip
