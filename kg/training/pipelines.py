"""The pipeline that a training starts from, and the folder of the one that it makes.

What a component keeps in its own folder (the network, the votes) is the new pipeline's own; what components
name in their settings (gazetteers, classifiers) is read from where the base reads it.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.util import load_config

from kg.components.mentions import VOTES
from kg.errors import PipelineError, TrainingError
from kg.nlp import pipeline_path
from kg.training.card import card
from kg.training.windows import TAGS
from kg.types import ROLES

__all__ = ["NETWORK", "RECORD", "WORK", "Base", "check_output", "finish", "made_before", "prepare"]

NETWORK = "network.onnx"
WORK = "training"  # folder of what is not finished; no part of a pipeline's fingerprint
RECORD = "kg_train"  # key of meta.json
_WHOLE_PIPELINE = ("tokenizer", "vocab")
_KEPT = ("lang", "version", "spacy_version", "license")  # of the base's meta.json


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A pipeline with a recogniser. ``recognizer``, ``mentions``: the names of those two components."""

    name: str
    folder: Path
    components: tuple[str, ...]
    recognizer: str
    mentions: str
    compounds: bool

    @classmethod
    def of(cls, name: str) -> Base:
        """The pipeline of this name or path; a PipelineError where there is nothing to fine-tune."""
        folder = pipeline_path(name)
        config = load_config(folder / "config.cfg")
        names = tuple(config["nlp"]["pipeline"])
        factories = {config["components"][component]["factory"]: component for component in names}
        recognizer, mentions = factories.get("kg_recognizer"), factories.get("kg_mentions")
        if not recognizer or not mentions or not (folder / recognizer / NETWORK).is_file():
            raise PipelineError(
                f"{folder}: no trained recogniser in this pipeline",
                hint="--base en_research, or a pipeline that kg train wrote",
            )
        labels = json.loads((folder / recognizer / "labels.json").read_text(encoding="utf-8"))
        if (tuple(labels["tags"]), tuple(labels["roles"])) != (TAGS, ROLES):
            raise PipelineError(
                f"{folder}: its recogniser has other labels", hint="take one of this version of kg"
            )
        compounds = bool(config["components"][recognizer].get("compounds", False))
        return cls(
            name=name,
            folder=folder,
            components=names,
            recognizer=recognizer,
            mentions=mentions,
            compounds=compounds,
        )

    @property
    def network(self) -> Path:
        """The file of the int8 network."""
        return self.folder / self.recognizer / NETWORK

    @property
    def vocabulary(self) -> Path:
        """The word pieces of the network."""
        return self.folder / self.recognizer / "wordpiece.txt"


def made_before(output: Path, identity: dict[str, Any]) -> dict[str, Any] | None:
    """The record of a finished training of the same identity in this folder, if that is what it holds."""
    try:
        record = json.loads((output / "meta.json").read_text(encoding="utf-8")).get(RECORD)
    except (OSError, ValueError, AttributeError):
        return None
    finished = isinstance(record, dict) and (output / "config.cfg").is_file()
    return record if finished and record.get("identity") == identity else None


def check_output(output: Path) -> None:
    """A TrainingError where the folder holds something else than an unfinished training."""
    others = sorted(path.name for path in output.iterdir() if path.name != WORK) if output.is_dir() else []
    if others or (output.exists() and not output.is_dir()):
        what = f"holds {others[0]} already" if others else "is a file"
        raise TrainingError(f"{output}: {what}", hint="name another folder, or remove this one")


def prepare(base: Base, folder: Path, network: Path) -> None:
    """A copy of the base with another network, to be loaded by spaCy; its votes are still the base's."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in (*_WHOLE_PIPELINE, *base.components):
        if (base.folder / name).is_dir():
            shutil.copytree(base.folder / name, folder / name)
    for name in ("config.cfg", "meta.json"):
        shutil.copyfile(base.folder / name, folder / name)
    shutil.copyfile(network, folder / base.recognizer / NETWORK)


def finish(folder: Path, output: Path, *, base: Base, votes: str, record: dict[str, Any]) -> None:
    """Gives the prepared folder its votes, meta.json and README.md, and moves it to its place.

    config.cfg, which makes the folder a pipeline, comes last.
    """
    (folder / base.mentions).mkdir(exist_ok=True)
    (folder / base.mentions / VOTES).write_text(votes, encoding="utf-8")
    trained = record["examples"]["train"]
    before = json.loads((base.folder / "meta.json").read_text(encoding="utf-8"))
    meta = {
        **{key: before[key] for key in _KEPT if key in before},
        "name": output.resolve().name,
        "description": f"{base.folder.name}, fine-tuned by kg train on {trained} examples",
        RECORD: record,
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(card(meta, record), encoding="utf-8")
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == "config.cfg", path.name)):
        path.replace(output / path.name)
    shutil.rmtree(output / WORK)
