"""The people of a record: names from parts, inverted names, lists of all forms -> Authorships in display
order.

A display name is "Given particle Family Suffix". Editors, translators and other helpers, "et al." and
placeholders are no authors; a group ("The ATLAS Collaboration") is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.readers.fields import ORCID
from kg.readers.institutions import is_affiliation
from kg.readers.latex_text import latex_to_text
from kg.readers.name_lists import inverted_names
from kg.readers.names import names_at
from kg.readers.record_text import as_text, as_texts, plain
from kg.text import collapse
from kg.types import Authorship

__all__ = ["authorship", "authorships", "display_name", "find_orcid", "joined_name", "medline_name"]

_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV|Ph\.?\s?D\.?|M\.?\s?D\.?|Esq\.?", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:collaboration|consortium|team|group|network|committee|association|society|council|"
    r"initiative|project|investigators|working|foundation|organi[sz]ation|ministry|agency)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    (
        "", "anonymous", "anonymous author", "anonymous authors", "anonymous author(s",
        "anonymous submission", "anon", "et al", "et. al", "others", "and others", "n/a", "na", "none",
        "null", "nan", "unknown", "unknown author", "no author", "no authors listed",
        "no author name available", "various", "various authors", "tba", "tbd", "undefined", "等", "他",
        "作者不详",
    )
)  # fmt: skip
_ET_AL = re.compile(r"[\s,;]+(?:et\.?\s{0,3}al\b\.?|and\s{1,3}others|等)\s*\Z", re.IGNORECASE)
_HOMONYM = re.compile(r"\s\d{4}\Z")
_MEDLINE = re.compile(
    r"(?P<family>[^\W\d_].{0,60}?)\s(?P<initials>[A-Z]{1,4})(?:\s(?P<suffix>Jr|Sr|2nd|3rd|II|III))?"
)
_VANCOUVER = re.compile(
    r"[^\W\d_][\w'’. -]{0,40}?\s[A-Z]{1,3}(?:,\s*[^\W\d_][\w'’. -]{0,40}?\s[A-Z]{1,3}){1,500}\.?"
)
_PLACE = re.compile(r"\s*\([^()]{2,200}\)\s*\Z")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_EDGES = " .,;:()[]{}<>*-–—…'\"+&"
_LONGEST_NAME = 400
_LONGEST_LIST = 400_000
_QUOTED_NAME = re.compile(
    r"['\"]name['\"]\s{0,3}:\s{0,3}(?:'((?:[^'\\]|\\.){1,200})'|\"((?:[^\"\\]|\\.){1,200})\")"
)
_HELPERS = frozenset(
    [
        "editor", "editors", "translator", "translators", "reviewer", "reviewedauthor", "serieseditor",
        "bookauthor", "contributor", "inventor", "chair", "compiler", "illustrator", "datacollector",
        "datacurator", "datamanager", "hostinginstitution", "projectleader", "projectmanager",
        "rightsholder", "sponsor", "supervisor", "researchgroup", "distributor", "contactperson", "ed",
        "edt", "trl", "advisor", "thesisadvisor", "commenter", "recipient", "interviewer", "castmember",
        "containerauthor", "collectioneditor", "assignee", "agent", "publisher", "attorneyagent",
        "scriptwriter", "producer", "counsel", "cosponsor",
    ]
)  # fmt: skip
_NAME = (
    "name", "fullname", "full_name", "fullName", "display_name", "displayName", "authname",
    "preferredName", "preferred_name", "collectiveName", "literal", "author_name", "authorName",
    "creatorName", "creator", "raw_author_name", "text", "#text", "$", "full", "value", "author", "label",
    "Name", "given_name_family_name", "ce:indexed-name",
)  # fmt: skip
_GIVEN = (
    "given", "givenName", "given_name", "first", "firstName", "first_name", "firstname", "forename",
    "foreName", "given-name", "given-names", "ce:given-name", "First", "initials",
)  # fmt: skip
_FAMILY = (
    "family", "familyName", "family_name", "last", "lastName", "last_name", "lastname", "surname", "sn",
    "Last", "ce:surname",
)  # fmt: skip
_PLACES = (
    "affiliation", "affiliations", "institution", "institutions", "affil", "aff", "organization",
    "organisation", "raw_affiliation_strings", "affiliation_name", "orgs", "org",
    "authorAffiliationDetailsList", "authorAffiliation", "worksFor",
)  # fmt: skip
_PLACE_KEYS = ("institution", "affiliation", "authorAffiliation", "organization", "affilname", "label")
_ID_KEYS = (
    "orcid", "ORCID", "orcid_id", "orcidId", "orcidid", "@id", "identifier", "identifiers", "sameAs",
    "nameIdentifiers", "ids", "authorId", "pid", "id", "Orcid", "@orcid", "url",
)  # fmt: skip


def authorships(value: Any, level: int = 0) -> tuple[Authorship, ...]:
    """Authors from a list of names or of objects, or from one text that lists them.

    >>> [author.name for author in authorships([{"name": "Ada Lovelace", "affiliation": "L."}, "T, Al"])]
    ['Ada Lovelace', 'Al T']
    >>> [author.name for author in authorships("Smith, J. and van der Berg, Ann and others")]
    ['J. Smith', 'Ann van der Berg']
    """
    if isinstance(value, str):
        return _listed(value)
    if isinstance(value, Mapping):
        inner = next(
            (value[key] for key in ("author", "authors", "list", "creator") if _holds_people(value, key)),
            None,
        )
        if inner is not None and level < 3:
            return authorships(inner, level + 1)
        author = authorship(value)
        return (author,) if author else ()
    if not isinstance(value, list):
        return ()
    if len(value) == 1 and isinstance(value[0], str) and re.search(r";|\band\b|,.*,", value[0][:8000]):
        return _listed(value[0])
    return tuple(author for person in value if (author := authorship(person)))


def _holds_people(value: Mapping[str, Any], key: str) -> bool:
    return isinstance(value.get(key), list | Mapping) and not any(
        name in value for name in (*_FAMILY, "author_position")
    )


def authorship(person: Any) -> Authorship | None:
    """The author that a name, a list (family, given, suffix) or an object is; None for helpers and nobody."""
    if isinstance(person, str):
        return _named(display_name(person))
    if isinstance(person, list):
        if not person:
            return None
        family, given, suffix = ([as_text(part) or "" for part in person[:3]] + ["", ""])[:3]
        name = (
            joined_name(given=given, family=family, suffix=suffix)
            if len(person) > 1
            else display_name(family)
        )
        return _named(name, affiliation="; ".join(as_texts(person[3:])))
    if not isinstance(person, Mapping) or _is_helper(person):
        return None
    inner = person.get("author") or person.get("person")
    if isinstance(inner, Mapping):
        person = {**inner, **{key: value for key, value in person.items() if value}}
    return _named(
        _object_name(person),
        affiliation="; ".join(dict.fromkeys(_places(person))),
        orcid=find_orcid([person[key] for key in _ID_KEYS if person.get(key)]),
    )


def _is_helper(person: Mapping[str, Any]) -> bool:
    keys = (
        "creatorType",
        "role",
        "roles",
        "contributorType",
        "inspire_roles",
        "authtype",
        "contributor_role",
    )
    given = [text for key in keys if key in person for text in as_texts(person[key])]
    return bool(given) and all(re.sub(r"[\W_]", "", text).lower() in _HELPERS for text in given)


def _object_name(person: Mapping[str, Any]) -> str:
    family = _part(person, _FAMILY)
    given = _part(person, _GIVEN)
    if family and given:
        middle = " ".join(
            as_texts(person.get("middle") or person.get("middleName") or person.get("middle_name"))
        )
        if middle and middle in given:
            middle = ""
        return joined_name(
            given=f"{given} {middle}",
            family=family,
            particle=" ".join(
                text
                for key in ("dropping-particle", "non-dropping-particle", "prefix")
                for text in as_texts(person.get(key))
            ),
            suffix=as_text(person.get("suffix")) or "",
        )
    name = next(
        (
            text
            for key in _NAME
            if key in person and not isinstance(person[key], list) and (text := _inner_name(person[key]))
        ),
        "",
    )
    return display_name(name) if name else display_name(family or "")


def _inner_name(value: Any) -> str:
    if isinstance(value, Mapping) and any(key in value for key in _FAMILY):
        return _object_name(value)
    return as_text(value) or ""


def _part(person: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if key in person and (text := as_text(person[key]))), "")


def _places(person: Mapping[str, Any]) -> list[str]:
    """Affiliations, whatever holds them."""
    found = next((person[key] for key in _PLACES if person.get(key)), None)
    if found is None:
        return []
    places: list[str] = []
    pending = [found]
    while pending and len(places) < 50:
        item = pending.pop(0)
        if isinstance(item, list):
            pending[:0] = item[:50]
        elif isinstance(item, Mapping):
            inner = next((item[key] for key in _PLACE_KEYS if item.get(key)), None)
            if inner is not None:
                pending.insert(0, inner)
            else:
                places += as_texts(dict(item))[:1]
        else:
            places += as_texts(item)
    return [text for place in places if (text := collapse(plain(place)))]


def find_orcid(value: Any) -> str | None:
    """The first ORCID in a value of any form.

    >>> find_orcid([{"schema": "ORCID", "value": "https://orcid.org/0000-0002-1825-0097"}])
    '0000-0002-1825-0097'
    """
    pending, looked = [value], 0
    while pending and looked < 200:
        looked += 1
        item = pending.pop(0)
        if isinstance(item, str):
            match = ORCID.search(item) if "-" in item and len(item) < 200 else None
            if match:
                return match.group().upper()
        elif isinstance(item, list):
            pending += item[:50]
        elif isinstance(item, Mapping):
            pending += list(item.values())[:50]
    return None


def _named(name: str, *, affiliation: str = "", orcid: str | None = None) -> Authorship | None:
    if not name or name.strip(_EDGES).lower() in _NOBODY or not any(map(str.isalpha, name)):
        return None
    return Authorship(name=name, affiliation=affiliation or None, orcid=orcid)


def joined_name(*, given: str, family: str, particle: str = "", suffix: str = "") -> str:
    """A name from its parts, in the order in which it is spoken; Chinese and Japanese names keep theirs.

    >>> joined_name(given="Ludwig", family="Beethoven", particle="van")
    'Ludwig van Beethoven'
    >>> joined_name(given="象一", family="時実")
    '時実 象一'
    """
    parts = [given, particle, family, suffix]
    if re.match(r"[\u3040-\u30ff\u3400-\u9fff]", family) and re.match(r"[\u3040-\u30ff\u3400-\u9fff]", given):
        parts = [family, given]
    name = collapse(" ".join(part.strip() for part in parts if part.strip()))
    if particle.strip().endswith(("'", "’")):
        name = name.replace(f"{particle.strip()} ", particle.strip(), 1)
    return _plain_name(name)


def display_name(name: str) -> str:
    """One name as it is spoken: "Family, Given" turned round, footnote marks and numbers of homonyms cut.

    >>> display_name("Lovelace, Ada"), display_name("King, Martin Luther, Jr."), display_name("Wei Wang 0001")
    ('Ada Lovelace', 'Martin Luther King Jr.', 'Wei Wang')
    >>> display_name("Institute of Physics, Beijing")
    'Institute of Physics, Beijing'
    """
    name = _plain_name(name)
    if "," not in name:
        return name
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if not parts or len(parts) > 3 or _GROUP.search(name) or is_affiliation(name):
        return name
    if len(parts) == 2:
        return f"{parts[0]} {parts[1]}" if _SUFFIX.fullmatch(parts[1]) else f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and (_SUFFIX.fullmatch(parts[1]) or _SUFFIX.fullmatch(parts[2])):
        suffix, given = (parts[1], parts[2]) if _SUFFIX.fullmatch(parts[1]) else (parts[2], parts[1])
        return f"{given} {parts[0]} {suffix}"
    return name if len(parts) > 1 else parts[0]


def medline_name(name: str) -> str:
    """A name as MEDLINE shortens it, initials first; any other name as it is.

    >>> medline_name("van der Berg JA"), medline_name("King ML Jr"), medline_name("Ada Lovelace")
    ('JA van der Berg', 'ML King Jr', 'Ada Lovelace')
    """
    match = _MEDLINE.fullmatch(name.strip())
    if match is None or len(name) > 90:
        return _plain_name(name)
    return _plain_name(
        " ".join(part for part in (match["initials"], match["family"], match["suffix"]) if part)
    )


def _plain_name(name: str) -> str:
    if len(name) > _LONGEST_NAME:  # no name, but nothing that a reader may lose
        return collapse(name)
    if "<" in name or "&" in name or "\\" in name or "{" in name or "$" in name or "~" in name:
        name = plain(name)
    name = " ".join(name.split())
    if name[-1:].isdigit():
        name = _HOMONYM.sub("", name)
    if name.endswith(("al", "al.", "others", "Others", "等")):
        name = _ET_AL.sub("", f" {name}").strip()
    return name.strip(" ,;*†‡§¶∗⋆✉")


def _listed(text: str) -> tuple[Authorship, ...]:
    """The names of a text that lists them, in any of the usual ways."""
    if len(text) > _LONGEST_LIST:
        return ()
    text = re.sub(r"[^\S\n]+", " ", text.strip())
    if text[:1] == "[" and text[-1:] == "]":
        quoted = [one or two for one, two in _QUOTED_NAME.findall(text) or _QUOTED.findall(text)]
        if quoted:
            return tuple(author for name in quoted if (author := authorship(name)))
    text = latex_to_text(plain(text))
    people = [_named(name) for name in _split(text)]
    return tuple(person for person in people if person)


def _split(text: str) -> list[str]:
    if ";" in text or "；" in text or "\n" in text or "|" in text:
        inverted = inverted_names(text) if len(text) < 8000 else None
        parts = [author.name for author in inverted.authors] if inverted else re.split(r"[;；\n|]", text)
        parts = [re.sub(r"\A\s*(?:and|&)\s+", "", part) for part in parts]
        return [display_name(part) for part in parts]
    if re.search(r",[^,]*\s(?:and|AND)\s", text) is None and " and " in text:
        return [display_name(_PLACE.sub("", part)) for part in re.split(r"\s+and\s+", text)]
    anded = re.split(r"\s+and\s+", text)
    if len(anded) > 1 and all(part.count(",") == 1 for part in anded[:-1]) and anded[-1].count(",") <= 1:
        inner = [part.split(",") for part in anded]
        if all(len(family.split()) <= 3 and len(rest[0].split()) <= 3 for family, *rest in inner if rest):
            return [display_name(part) for part in anded]
    pieces = [part.strip() for part in text.split(",")]
    if len(pieces) == 2 and _inverted(pieces):
        return [display_name(text)]
    if (
        len(pieces) >= 2
        and len(pieces) % 2 == 0
        and all(_INITIALS.fullmatch(piece.strip()) for piece in pieces[1::2])
    ):
        return [
            display_name(f"{family}, {given}")
            for family, given in zip(pieces[::2], pieces[1::2], strict=True)
        ]
    if len(text) < 20_000 and _VANCOUVER.fullmatch(text):
        return [medline_name(piece) for piece in text.rstrip(".").split(",")]
    found = names_at(text, 0)
    if found and not text[found.end :].strip(" .,;"):
        return [author.name for author in found.authors]
    return [_plain_name(part) for part in re.split(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+", text)]


def _inverted(pieces: list[str]) -> bool:
    """Whether "Lovelace, Ada" is one person and not two, of whom a single word is known."""
    return bool(pieces[0]) and bool(pieces[1]) and (" " not in pieces[0] or pieces[0].split()[0].islower())
