"""Ray clusters of several nodes on this machine: the same bytes, whoever is killed. `make test-ray`."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.engine import Engine, compute
from kg.errors import EngineError, PipelineError
from kg.extract import extraction_key
from kg.nlp import pipeline_fingerprint
from kg.processes import import_path
from kg.shards import Shard, extract_shard, shards_of
from kg.types import Paper

pytest.importorskip("ray")
pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("default")]  # Ray has warnings of its own

_SIZE = 8  # texts of a shard
_SMALL = {"object_store_memory": 80 * 2**20}


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """The processes of a cluster speak with each other over this machine's own address."""


def _texts(count: int) -> dict[str, Paper]:
    fingerprint = pipeline_fingerprint("fast")
    data, machines = ("ImageNet", "GLUE", "CIFAR-10"), ("GPUs", "a V100 GPU", "FPGAs", "CPUs")
    papers = [
        Paper(
            title=f"Model{n}Net: Learning on {machines[n % 4]}",
            abstract=f"We propose Model{n}Net. It outperforms BERT by {n % 40}.{n % 9}% on {data[n % 3]}. "
            f"Experiments with ResNet-{n} show a {n % 7 + 2}x speedup on {machines[n % 4]}. " * 3,
        )
        for n in range(count)
    ]
    return {extraction_key(paper, fingerprint): paper for paper in papers}


@pytest.fixture(scope="module")
def shards() -> list[Shard]:
    return list(shards_of(_texts(320), pipeline="fast", size=_SIZE))


@pytest.fixture(scope="module")
def expected(shards: list[Shard]) -> dict[str, bytes]:
    return {shard.name: extract_shard(shard) for shard in shards}


@pytest.fixture(scope="module")
def surroundings() -> Iterator[pytest.MonkeyPatch]:
    """Environment variables for all tests here, which machines of a cluster take over when they start."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def object_store(surroundings: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server that speaks S3, which the machines have the keys of; None if it is not installed."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        yield None
        return
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (("ACCESS_KEY_ID", "k"), ("SECRET_ACCESS_KEY", "s"), ("DEFAULT_REGION", "us-east-1")):
        surroundings.setenv(f"AWS_{name}", value)
    surroundings.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def cluster(surroundings: pytest.MonkeyPatch, object_store: Any) -> Iterator[Any]:
    """A head without cores, and two machines of one."""
    from ray.cluster_utils import Cluster

    folder = tempfile.mkdtemp(prefix="kg-t-")
    surroundings.setenv("RAY_TMPDIR", folder)
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False, **_SMALL})
    try:
        for _ in range(2):
            made.add_node(num_cpus=1, **_SMALL)
        yield made
    finally:
        made.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _on(
    cluster: Any, shards: Iterable[Shard], *, folder: str | None = None, workers: int | None = None
) -> Iterator[tuple[Shard, bytes]]:
    from kg.ray_engine import on_ray

    engine = Engine(name="ray", address=cluster.address, shards=folder, workers=workers)
    return on_ray(iter(shards), engine)


def _names(found: Iterator[tuple[Shard, bytes]]) -> dict[str, bytes]:
    return {shard.name: content for shard, content in found}


def _workers(cluster: Any) -> dict[int, int]:
    """The processes at work on a shard, with the raylet that each belongs to."""
    raylets = {
        node.all_processes["raylet"][0].process.pid: node
        for node in cluster.list_all_nodes()
        if node.all_processes.get("raylet")
    }
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            parent = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent in raylets and (place / "cmdline").read_bytes().startswith(b"ray::_there"):
                found[int(place.name)] = parent
    return found


def _some(cluster: Any) -> int:
    """A process that is at work on a shard."""
    for _ in range(600):
        if found := sorted(_workers(cluster)):
            return found[0]
        time.sleep(0.05)
    raise AssertionError("nobody works")


def test_a_cluster_gives_the_same_bytes_and_survives_the_death_of_its_workers(
    cluster: Any, shards: list[Shard], expected: Mapping[str, bytes]
) -> None:
    running = _on(cluster, shards)
    found = _names(next(running) for _ in range(3))
    for _ in range(3):
        os.kill(_some(cluster), signal.SIGKILL)
        found |= _names(next(running) for _ in range(4))
    assert found | _names(running) == expected


def test_a_machine_dies_in_mid_run_and_another_does_its_work(
    cluster: Any, shards: list[Shard], expected: Mapping[str, bytes]
) -> None:
    third = cluster.add_node(num_cpus=1, **_SMALL)
    running = _on(cluster, shards)
    found = _names(next(running) for _ in range(5))
    for _ in range(600):
        if third.all_processes["raylet"][0].process.pid in _workers(cluster).values():
            break
        time.sleep(0.05)
    cluster.remove_node(third, allow_graceful=False)
    assert found | _names(running) == expected


def test_what_lies_in_the_folder_of_shards_is_not_computed_and_what_is_damaged_there_is(
    cluster: Any, shards: list[Shard], expected: Mapping[str, bytes], tmp_path: Path
) -> None:
    shards = shards[:12]
    wanted = {shard.name: expected[shard.name] for shard in shards}
    assert _names(_on(cluster, shards[:8], folder=str(tmp_path))) == dict(list(wanted.items())[:8])

    files = {path.name: path for path in tmp_path.rglob("*.parquet")}
    assert {name: path.read_bytes() for name, path in files.items()} == dict(list(wanted.items())[:8])
    damaged, cut, lost, *whole = (files[shard.name] for shard in shards[:8])
    damaged.write_bytes(b"\0" * 100)
    cut.write_bytes(cut.read_bytes()[:-20])
    lost.unlink()
    litter = lost.with_name(f".{lost.name}.killed.tmp")
    litter.write_bytes(b"half of")
    before = {path: path.stat().st_mtime_ns for path in whole}

    assert _names(_on(cluster, shards, folder=tmp_path.as_uri())) == wanted
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.parquet")} == wanted
    assert {path: path.stat().st_mtime_ns for path in whole} == before
    assert not litter.exists()


def test_shards_are_kept_in_an_object_store(
    cluster: Any, object_store: Any, shards: list[Shard], expected: Mapping[str, bytes]
) -> None:
    if object_store is None:
        pytest.skip("moto[server] is not installed")
    s3fs = pytest.importorskip("s3fs")
    with pytest.raises(EngineError, match="s3://none"):
        list(_on(cluster, shards[:1], folder="s3://none/kg"))

    system = s3fs.S3FileSystem(use_listings_cache=False)
    system.mkdir("shelf")
    wanted = {shard.name: expected[shard.name] for shard in shards[:6]}
    assert _names(_on(cluster, shards[:6], folder="s3://shelf/kg/")) == wanted
    paths = sorted(system.find("shelf"))
    assert [path.split("/")[-1] for path in paths] == sorted(wanted)

    system.pipe_file(paths[0], b"damaged")
    system.rm_file(paths[1])
    assert _names(_on(cluster, shards[:6], folder="s3://shelf/kg")) == wanted
    assert {path.split("/")[-1]: system.cat_file(path) for path in paths} == wanted


def test_an_error_of_a_shard_is_raised_here_as_it_was_there(cluster: Any, shards: list[Shard]) -> None:
    with pytest.raises(PipelineError, match="another version") as caught:
        list(_on(cluster, [replace(shards[0], fingerprint="of somebody else")]))
    assert caught.value.hint == "install the same version of kg on every machine"


def test_no_more_shards_are_taken_than_the_cluster_will_soon_do(cluster: Any, shards: list[Shard]) -> None:
    taken = []

    def given() -> Iterator[Shard]:
        for shard in shards:
            taken.append(shard)
            yield shard

    running = _on(cluster, given(), workers=1)
    for done in range(1, 4):
        next(running)
        assert len(taken) <= done + 1
    running.close()  # type: ignore[attr-defined]


def test_nothing_to_do_needs_no_cluster() -> None:
    assert list(compute({}, pipeline="fast", engine=Engine(name="ray"))) == []


def test_an_address_where_nothing_is() -> None:
    with pytest.raises(EngineError, match=r"127\.0\.0\.1:9: no Ray cluster"):
        list(compute(_texts(1), pipeline="fast", engine=Engine(name="ray", address="127.0.0.1:9")))


_LOCAL = """
    import signal
    import sys
    from kg.ray_engine import on_ray
    from kg.engine import Engine
    from kg.shards import shards_of
    from kg.types import Paper

    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it would be ignored
    abstract = "It outperforms BERT on GLUE. " * 40
    texts = {f"{n:064d}": Paper(title=f"Net{n}", abstract=abstract) for n in range(int(sys.argv[1]))}
    shards = shards_of(texts, pipeline="fast", size=8)
    for shard, content in on_ray(shards, Engine(name="ray", workers=1)):
        print(len(content), flush=True)
    print("done", flush=True)
"""


@pytest.mark.parametrize("end", [None, signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_cluster_that_was_started_here_leaves_nothing_however_it_ends(
    tmp_path: Path, end: signal.Signals | None
) -> None:
    program = tmp_path / "program.py"
    program.write_text(textwrap.dedent(_LOCAL), encoding="utf-8")
    place = Path(tempfile.mkdtemp(prefix="kg-t-"))
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("RAY_")}
    try:
        driver = subprocess.Popen(
            [sys.executable, str(program), "24" if end is None else "2000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**surroundings, "TMPDIR": str(place), "PYTHONPATH": import_path()},
        )
        assert driver.stdout is not None
        if not driver.stdout.readline().strip().isdigit():
            raise AssertionError(driver.communicate()[1])
        assert len(_using(place)) > 3
        if end is None:
            assert driver.stdout.read().split()[-1] == "done"
        else:
            driver.send_signal(end)
        driver.communicate(timeout=60)
        assert driver.returncode in {None: (0,), signal.SIGINT: (-2, 1, 130)}.get(end, (-(end or 0),))
        if end in (None, signal.SIGINT):
            assert not list(place.iterdir())
        for _ in range(200):
            if not _using(place) and not list(place.iterdir()):
                return
            time.sleep(0.1)
        raise AssertionError(f"left: {_using(place)}, {list(place.iterdir())}")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _using(folder: Path) -> set[int]:
    """Processes that have a file in the folder open."""
    found = set()
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if str(link.readlink()).startswith(str(folder)):
                found.add(int(link.parts[2]))
    return found
