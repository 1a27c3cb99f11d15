"""What a build is made of: sources, exclusions and options, as the manifest keeps them.

Sources are named from one folder, the base: where the build was started. The manifest says where that lies,
seen from the output, so a collection may move together with its sources, and its bytes name no machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.decisions import NO_DECISIONS, Decisions, decisions_path, read_decisions
from kg.errors import TablesError
from kg.nlp import pipeline_path

__all__ = ["STDIN", "Recipe", "is_below"]

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Sources and exclusions are names as they are given, relative to ``base`` or absolute."""

    sources: tuple[str, ...]
    base: Path
    excluded: tuple[str, ...] = ()
    pipeline: str = "en_research"
    formats: tuple[str, ...] = ("graphml", "html", "gexf")
    min_confidence: float = 0.0
    full_text: bool = False
    decisions: str | None = None

    def __post_init__(self) -> None:
        """In whatever order sources are given, they are one recipe."""
        object.__setattr__(self, "sources", tuple(sorted(set(self.sources))))

    @classmethod
    def here(
        cls,
        sources: Sequence[str],
        *,
        excluded: Sequence[str] = (),
        decisions: str | None = None,
        **options: Any,
    ) -> Recipe:
        """Named from the folder that one is in."""
        here = Path.cwd()
        return cls(
            sources=tuple(map(_plain, sources)),
            base=here,
            excluded=tuple(sorted({_cleaned(name) for name in excluded})),
            decisions=None if decisions is None else _plain(decisions),
            **options,
        )

    def record(self, output: Path) -> dict[str, Any]:
        """For the manifest of ``output``: plain values without an absolute path."""
        base = _from(output, self.base) if any(map(_is_relative, self._names())) else None
        return {
            "base": base,
            "sources": [self._named(name, output) for name in self.sources],
            "excluded": [
                {"given": name} if _is_relative(name) else self._named(name, output) for name in self.excluded
            ],
            "pipeline": self._pipeline(output),
            "formats": list(self.formats),
            "min_confidence": self.min_confidence,
            "full_text": self.full_text,
            "decisions": None if self.decisions is None else self._named(self.decisions, output),
        }

    def _pipeline(self, output: Path) -> dict[str, str]:
        """One that ships by its name, somebody's own by its place."""
        own, found = self.base / self.pipeline, pipeline_path(self.pipeline)
        if own.is_dir() and own.samefile(found):
            return {"place": _from(output, own)}
        return {"given": self.pipeline}

    def _named(self, name: str, output: Path) -> dict[str, str]:
        """As given, and the place seen from the output; of an absolute name the place is all."""
        if name == STDIN:
            return {"given": name}
        place = _from(output, self.base / name)
        return {"given": name, "place": place} if _is_relative(name) else {"place": place}

    @classmethod
    def of_record(cls, record: Mapping[str, Any], output: Path) -> Recipe:
        """What ``record`` wrote; a TablesError where it is damaged."""
        try:
            folder = Path(os.path.realpath(output))
            base = Path.cwd() if record["base"] is None else Path(os.path.normpath(folder / record["base"]))

            def name(entry: Mapping[str, str]) -> str:
                return entry.get("given") or os.path.normpath(folder / entry["place"])

            return cls(
                sources=tuple(map(name, record["sources"])),
                base=base,
                excluded=tuple(sorted(map(name, record["excluded"]))),
                pipeline=name(record["pipeline"]),
                formats=tuple(map(str, record["formats"])),
                min_confidence=float(record["min_confidence"]),
                full_text=bool(record["full_text"]),
                decisions=name(record["decisions"]) if record.get("decisions") else None,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise TablesError(
                f"{output}: its manifest does not say what it was made of",
                hint=f"run `kg build SOURCES -o {output}` once; what is known is not read again",
            ) from error

    def renamed(self, name: str) -> str:
        """A name given here and now, as it is seen from the base."""
        plain = _plain(name)
        if plain == STDIN or not _is_relative(plain) or Path.cwd() == self.base:
            return plain
        return _from(self.base, Path(plain))

    def places(self) -> tuple[str, ...]:
        """The sources as they are opened from here."""
        if Path.cwd() == self.base:
            return self.sources
        return tuple(name if name == STDIN else str(self.base / name) for name in self.sources)

    def decisions_file(self) -> Path | None:
        """Where decisions about entities stand: the file that was named, else ``decisions.toml`` beside the
        sources; None where there is no such place. The file need not be there."""
        if self.decisions is not None:
            return self._opened(self.decisions)
        return decisions_path(self.places())

    def read_decisions(self) -> Decisions:
        """What was decided; a DecisionsError if the file that was named is not there, or is none."""
        path = self.decisions_file()
        if path is None or (self.decisions is None and not path.exists()):
            return NO_DECISIONS
        return read_decisions(path)

    def own_files(self) -> set[Path]:
        """Files that are no documents, should they lie among the sources."""
        return set() if self.decisions is None else {self._opened(self.decisions)}

    def _opened(self, name: str) -> Path:
        return Path(name) if Path.cwd() == self.base else self.base / name

    def with_options(self, options: Mapping[str, Any]) -> Recipe:
        """With those options that are not None."""
        return replace(self, **{name: value for name, value in options.items() if value is not None})

    def excludes(self, path: str, file: Path) -> bool:
        """Whether a document, shown by ``path`` and lying in or at ``file``, is left out."""
        names = tuple(self._names_of(path, file)) if self.excluded else ()
        return any(is_below(name, excluded) for excluded in self.excluded for name in names)

    def _names_of(self, path: str, file: Path) -> Iterator[str]:
        """What a document may be called: as it is shown, and by the place of its file."""
        yield path
        place, inside, member = str(file), *path.partition("!/")[1:]
        name = os.path.relpath(place, self.base) if file.is_absolute() else os.path.normpath(place)
        yield f"{name}{inside}{member}"
        yield f"{os.path.normpath(self.base / place)}{inside}{member}"

    def _names(self) -> Iterator[str]:
        yield from (name for name in self.sources if name != STDIN)
        yield from self.excluded
        if self.decisions is not None:
            yield self.decisions


def is_below(name: str, other: str) -> bool:
    """Whether a name is another one, or of something inside it.

    >>> is_below("a/b.zip!/c", "a/b.zip"), is_below("ab", "a")
    (True, False)
    """
    return name == other or name.startswith((f"{other}/", f"{other}!/"))


def _is_relative(name: str) -> bool:
    return not Path(name).is_absolute()


def _plain(name: str) -> str:
    """As given; an absolute name in its plain form, so that it can be told from its place."""
    return name if _is_relative(name) else os.path.normpath(name).replace("//", "/")


def _cleaned(name: str) -> str:
    return os.path.normpath(name).replace(os.sep, "/").replace("//", "/")


def _from(folder: Path, path: Path) -> str:
    """A path seen from a folder; the path itself on another drive, from where there is none."""
    try:
        return Path(os.path.relpath(path, os.path.realpath(folder))).as_posix()
    except ValueError:
        return path.as_posix()
