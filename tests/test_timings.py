"""Stages: what lasted how long, told, logged, and passed on."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from kg.timings import Stages, peak_memory


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_a_stage_lasts_until_another_one_is_told() -> None:
    clock, heard = Clock(), []
    stages = Stages(lambda *told: heard.append(told), clock=clock)
    for wait, told in ((2, ("reading",)), (3, ("reading", 1, 2)), (4, ("reading", 2, 2)), (5, ("writing",))):
        clock.now += wait
        stages.tell(*told)  # type: ignore[arg-type]
    clock.now += 1
    ended = stages.end()
    assert [(stage.name, stage.seconds, stage.done) for stage in ended] == [
        ("reading", 12, 2),
        ("writing", 1, 0),
    ]
    assert heard == [("reading", 0, 0), ("reading", 1, 2), ("reading", 2, 2), ("writing", 0, 0)]
    assert stages.end() == ended


def test_computing_of_this_process_and_of_ended_children_counts() -> None:
    stages = Stages()
    stages.tell("here")
    while sum(range(1000)) and stages.end.__self__._since[1] + 0.05 > _cpu():  # type: ignore[attr-defined]
        pass
    stages.tell("there")
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
    here, there = stages.end()
    assert 0.03 < here.cpu < 2
    assert there.cpu > 0.02
    assert here.memory == pytest.approx(peak_memory(), rel=0.5)
    assert peak_memory(children=True) > 2**20


def _cpu() -> float:
    import os

    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def test_progress_is_logged_every_ten_seconds(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    stages = Stages(clock=clock)
    with caplog.at_level(logging.INFO, "kg.build"):
        for number in range(26):
            stages.tell("extracting", number, 25)
            clock.now += 1
        stages.end()
    assert [record.getMessage().partition(" (")[0] for record in caplog.records] == [
        "extracting begun",
        "extracting: 10 of 25",
        "extracting: 20 of 25",
        "extracting ended after 26.0 s",
    ]
