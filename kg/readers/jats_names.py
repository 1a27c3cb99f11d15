"""The byline of a JATS article: who is an author, under which name, and where they work."""

from __future__ import annotations

import re

from kg.readers.xmlpapers import author, person
from kg.readers.xmltext import line
from kg.readers.xmltree import Element, attribute, child, children, descend, text_of
from kg.types import Authorship

__all__ = ["authors_of", "name_of"]

_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NO_AUTHORS = ("edit", "review", "translat", "comment", "illustrat", "compil", "section", "respondent")


def authors_of(meta: Element, article: Element) -> tuple[Authorship, ...]:
    """The authors of an ``article-meta``, in their order. ``article`` holds affiliations that stand apart."""
    places = _affiliations(article)
    tongue = attribute(article, "lang")[:2]
    found: list[Authorship] = []
    for group in children(meta, "contrib-group"):
        if attribute(group, "content-type").lower().startswith(_NO_AUTHORS):
            continue
        own = [_place(one) for one in children(group, "aff")]
        for contributor in children(group, "contrib"):
            if _is_author(contributor):
                found += _authors(contributor, places, own if len(own) == 1 else [], tongue)
        if not children(group, "contrib"):
            found += [
                one
                for inner in children(group, "name", "collab", "string-name")
                if (one := author(name_of(inner, tongue)))
            ]
    if len(found) == 1 and next(descend(meta, "collab"), None) is not None:
        found += _members(meta, places)
    return tuple(found)


def _members(meta: Element, places: dict[str, str]) -> list[Authorship]:
    """Who stands behind a collaboration that is the only author: the byline names them after it."""
    found: list[Authorship] = []
    for group in children(meta, "contrib-group"):
        for collaboration in descend(group, "collab"):
            for inner in descend(collaboration, "contrib"):
                if attribute(inner, "contrib-type").lower() == "author":
                    found += _authors(inner, places, [])
    return found


def name_of(element: Element | None, tongue: str = "") -> str:
    """The name in ``name``, ``string-name``, ``collab`` or ``name-alternatives``, in display order; of
    several forms the one in the language of the article (``tongue``), as its title is."""
    if element is None:
        return ""
    if element.tag in {"name-alternatives", "collab-alternatives"}:
        forms = children(element)
        own = [one for one in forms if tongue and attribute(one, "lang")[:2] == tongue]
        first = [one for one in forms if attribute(one, "specific-use") == "primary"]
        english = [one for one in forms if attribute(one, "lang")[:2] == "en"]
        return name_of(next(iter([*own, *first, *english, *forms]), None))
    if element.tag == "collab":
        return _collaboration(element)
    family, given = line(child(element, "surname")), line(child(element, "given-names"))
    if not family and not given:
        return line(element)
    if attribute(element, "name-style") == "eastern" and _IDEOGRAPHS.match(family):
        return f"{family}{given}"
    return person(given, family, suffix=line(child(element, "suffix")))


def _collaboration(element: Element) -> str:
    """The name of a group, without the members that may be listed within it."""
    named = (
        child(element, "institution")
        if child(element, "institution") is not None
        else child(element, "named-content")
    )
    if named is not None and not (element.text or "").strip():
        return line(named)
    parts = [element.text or ""]
    for inner in element:
        if inner.tag not in {"contrib-group", "xref", "fn", "address", "email", "aff"}:
            parts.append(text_of(inner))
        parts.append(inner.tail or "")
    return " ".join("".join(parts).split()).strip(" ,;:")


def _is_author(contributor: Element) -> bool:
    kind = attribute(contributor, "contrib-type").lower()
    if kind:
        return kind in {
            "author",
            "group",
            "collab",
            "corporate",
            "authors",
            "person",
            "guest-author",
            "first-author",
        }
    role = line(child(contributor, "role")).lower()
    return not role.startswith(_NO_AUTHORS)


def _authors(
    contributor: Element, places: dict[str, str], common: list[str], tongue: str = ""
) -> list[Authorship]:
    own = [_place(one) for one in children(contributor, "aff")]
    marks = [
        mark
        for one in children(contributor, "xref")
        if attribute(one, "ref-type") in {"aff", ""}
        for mark in attribute(one, "rid").split()
    ]
    orcids = [text_of(one) for one in children(contributor, "contrib-id", "uri", "ext-link")]
    orcids += [attribute(one, "href") for one in children(contributor, "ext-link", "uri")]
    orcid = next((text for text in orcids if "0000-" in text), "")
    listed = [*own, *(places[mark] for mark in marks if mark in places)] or common
    found: list[Authorship] = []
    for inner in contributor:
        if inner.tag in {"name", "string-name", "collab", "name-alternatives", "collab-alternatives"}:
            one = author(name_of(inner, tongue), places=listed, orcid=orcid)
            found += [one] if one else []
        if inner.tag in {"name", "string-name", "name-alternatives"} and found:
            break
    return found


def _affiliations(article: Element) -> dict[str, str]:
    """Affiliations by their ids."""
    front = child(article, "front") if child(article, "front") is not None else article
    return {
        identity: _place(one)
        for one in descend(front, "aff", "aff-alternatives")
        if (identity := attribute(one, "id"))
    }


def _place(element: Element) -> str:
    """An affiliation as printed, without its mark and identifiers."""
    if element.tag == "aff-alternatives":
        return next((_place(one) for one in children(element, "aff")), "")
    parts: list[str] = [element.text or ""]
    structured = (
        not any((inner.tail or "").strip(" ,;\n\t") for inner in element) and not (element.text or "").strip()
    )
    for inner in element:
        if inner.tag in {"label", "sup", "institution-id", "email", "fn", "xref", "ext-link", "uri"}:
            parts.append(inner.tail or "")
            continue
        text = ""
        if inner.tag == "institution-wrap":
            text = ", ".join(text_of(one) for one in children(inner, "institution"))
        else:
            text = text_of(inner)
        parts += [text, ", " if structured else inner.tail or ""]
    return " ".join("".join(parts).split()).strip(" ,;")
