"""What a person decided, applied to the groups that the rules made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.decisions import Decision, Decisions
from kg.resolution.forms import form_of
from kg.resolution.groups import Group, Groups, Named, preferred_name, surfaces_of, type_of
from kg.text import fold
from kg.types import Mention

__all__ = ["Decided", "apply_decisions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The groups as decided, the names given by hand, the forms to drop, and what fits nothing."""

    groups: Groups
    names: Mapping[Group, str]
    ignored: tuple[Mention, ...] = ()
    notes: tuple[str, ...] = ()


def apply_decisions(groups: Groups, decisions: Decisions, titles: Mapping[str, str]) -> Decided:
    """Splits first, then merges, names and what is to be ignored, each in the order of the file."""
    if not decisions.entries:
        return Decided(groups=groups, names={})
    work = _Work(groups, titles)
    for kind, act in (
        ("split", work.split), ("merge", work.merge), ("rename", work.rename), ("ignore", work.ignore),
    ):  # fmt: skip
        for decision in decisions.of_kind(kind):
            act(decision)
    return Decided(groups=work.groups, names=work.names, ignored=tuple(work.ignored), notes=tuple(work.notes))


class _Work:
    """The groups while decisions change them."""

    def __init__(self, groups: Groups, titles: Mapping[str, str]) -> None:
        self.groups = {group: list(named) for group, named in groups.items()}
        self.names: dict[Group, str] = {}
        self.ignored: list[Mention] = []
        self.notes: list[str] = []
        self._titles = {paper: fold(title) for paper, title in titles.items() if title}
        self._called: dict[str, set[Group]] = {}
        self._has: dict[str, set[Group]] = {}
        for group in self.groups:
            self._index(group)

    def split(self, decision: Decision) -> None:
        """Mentions of a form leave their group and are a group of their own."""
        form, papers = form_of(decision.name).key, {fold(paper) for paper in decision.papers}
        if decision.of is not None:
            found = self._one(decision, decision.of)
            sources = [found] if found else []
        else:
            sources = sorted(self._has.get(form, ()))
        moved: list[Named] = []
        for group in sources:
            out = [
                named
                for named in self.groups[group]
                if form_of(named.mention.text).key == form
                and (decision.type is None or named.mention.type == decision.type)
                and (not papers or self._is_one_of(named.mention.paper_id, papers))
            ]
            if len(out) < len(self.groups[group]) or papers:
                chosen = {(named.mention.paper_id, named.mention.start, named.mention.end) for named in out}
                self.groups[group] = [
                    named
                    for named in self.groups[group]
                    if (named.mention.paper_id, named.mention.start, named.mention.end) not in chosen
                ]
                moved += out
                self._drop_empty(group)
        if moved:
            new = (form, "\0".join(("split", decision.of or "", decision.type or "", *sorted(papers))))
            self._add(new, [named._replace(rule="decision") for named in moved])
        elif decision.of is None or sources:
            self.notes.append(
                f"{decision.where}: {decision.name!r} stands nowhere where it could be split off"
            )

    def merge(self, decision: Decision) -> None:
        """Whole groups join another, which keeps its identity and takes the decided name's spelling."""
        target = self._find(decision.name, decision)
        if target is None:
            target = (form_of(decision.name).key, "")
        for form in decision.forms:
            group = self._one(decision, form)
            if group is not None and group != target:
                self._add(target, [named._replace(rule="decision") for named in self.groups.pop(group)])
        if target in self.groups and self._find(decision.name, decision) != target:
            self.names[target] = decision.name
            self._index(target)

    def rename(self, decision: Decision) -> None:
        """A group gets the name as decided."""
        group = self._one(decision, decision.name)
        if group is not None and decision.to:
            self.names[group] = decision.to
            self._index(group)

    def ignore(self, decision: Decision) -> None:
        """A group is dropped with all its mentions."""
        group = self._one(decision, decision.name)
        if group is not None:
            self.ignored += [named.mention for named in self.groups.pop(group)]

    def _one(self, decision: Decision, name: str) -> Group | None:
        """The group of a name; a note where there is none."""
        found = self._find(name, decision)
        if found is None:
            kind = f" of type {decision.type}" if decision.type else ""
            self.notes.append(f"{decision.where}: nothing{kind} is called {name!r}")
        return found

    def _find(self, name: str, decision: Decision) -> Group | None:
        """The group that is called so, else one that has the name as a form: of several the largest."""
        key = form_of(name).key
        for index in (self._called, self._has):
            fits = [
                group
                for group in index.get(key, ())
                if group in self.groups and decision.type in (None, type_of(self.groups[group]))
            ]
            if fits:
                ranked = sorted(fits, key=lambda group: (-_papers(self.groups[group]), group))
                if len(ranked) > 1 and decision.type is None:
                    what = f"{name!r} names {len(ranked)} things; the one of most papers was taken"
                    self.notes.append(f"{decision.where}: {what}")
                return ranked[0]
        return None

    def _is_one_of(self, paper: str, wanted: set[str]) -> bool:
        return fold(paper) in wanted or self._titles.get(paper) in wanted

    def _add(self, group: Group, named: Iterable[Named]) -> None:
        self.groups.setdefault(group, []).extend(named)
        self._index(group)

    def _drop_empty(self, group: Group) -> None:
        if not self.groups[group]:
            del self.groups[group]

    def _index(self, group: Group) -> None:
        surfaces = surfaces_of(self.groups[group])
        name = self.names.get(group) or preferred_name(surfaces)
        self._called.setdefault(form_of(name).key, set()).add(group)
        for text in surfaces:
            self._has.setdefault(form_of(text).key, set()).add(group)


def _papers(named: Iterable[Named]) -> int:
    return len({each.mention.paper_id for each in named})
