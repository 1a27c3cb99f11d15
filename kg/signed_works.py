"""Papers -> works with one byline each: the records of a work name the same people, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.author_evidence import Signed
from kg.person_names import PersonName, parse_name, relation
from kg.types import Paper

__all__ = ["SignedWorks", "sign_works"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedWorks:
    """The works, and for each (paper_id, position) its (number of the work, place in it), name as printed."""

    works: tuple[Signed, ...]
    places: Mapping[tuple[str, int], tuple[tuple[int, int], str]]


def sign_works(papers: Sequence[Paper], works: Mapping[str, str]) -> SignedWorks:
    """In the order of their ids. ``works`` maps paper_id to work_id; a paper without one is its own work."""
    records: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        records[works.get(paper.paper_id, paper.paper_id)].append(paper)
    signed = []
    places = {}
    for number, work in enumerate(sorted(records)):
        byline = _Byline()
        # The fullest byline first: the others are read against it.
        for record in sorted(records[work], key=lambda each: (-_letters(each), each.paper_id)):
            for position, place in enumerate(byline.read(record)):
                name = record.authors[position].name
                places[record.paper_id, position] = ((number, place), name)
        years = [record.year for record in records[work] if record.year]
        signed.append(
            Signed(
                work=work,
                year=min(years) if years else None,
                names=tuple(byline.names),
                affiliations=tuple(byline.affiliations),
                orcids=tuple(byline.orcids),
                records=tuple(records[work]),
            )
        )
    return SignedWorks(works=tuple(signed), places=places)


def _letters(paper: Paper) -> int:
    return sum(len(author.name) for author in paper.authors)


class _Byline:
    """The people of one work while its records are read."""

    def __init__(self) -> None:
        self.names: list[PersonName] = []
        self.affiliations: list[str | None] = []
        self.orcids: list[str | None] = []

    def read(self, record: Paper) -> list[int]:
        """The place of each name of the record; a name that fits nobody is somebody new."""
        parsed = [parse_name(author.name) for author in record.authors]
        if not self.names:  # the first record, which nearly always is the only one
            self.names = parsed
            self.affiliations = [author.affiliation for author in record.authors]
            self.orcids = [author.orcid for author in record.authors]
            return list(range(len(parsed)))
        taken: set[int] = set()
        found: list[int] = []
        for position, (name, author) in enumerate(zip(parsed, record.authors, strict=True)):
            place = self._place(name, position, taken, of=len(parsed))
            if place is not None and author.orcid and self.orcids[place] not in (None, author.orcid):
                place = None
            if place is None:
                place = len(self.names)
                self.names.append(name)
                self.affiliations.append(None)
                self.orcids.append(None)
            taken.add(place)
            found.append(place)
            self.affiliations[place] = self.affiliations[place] or author.affiliation
            self.orcids[place] = self.orcids[place] or author.orcid
        return found

    def _place(self, name: PersonName, position: int, taken: set[int], *, of: int) -> int | None:
        free = [place for place in range(len(self.names)) if place not in taken]
        same = [place for place in free if self.names[place].key == name.key]
        if same:
            return same[0]
        alike = [place for place in free if relation(self.names[place], name) is not None]
        if position in alike:
            return position
        if len(alike) == 1:
            return alike[0]
        # One place in lists of one length, in two scripts: 陈天奇 and Tianqi Chen.
        scripts = position in free and bool(self.names[position].given) != bool(name.given)
        return position if scripts and of == len(self.names) else None
