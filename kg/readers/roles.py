"""What an element of a page says about its content by its class, id or microdata: a title, authors, a venue.

The words that page authors give to their elements are the same on most sites ("paper-title", "authors",
``itemprop="datePublished"``); the last word of a name counts, and words that speak of the page itself
("site-title", "author-bio") count against it.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["role_of"]

_NAMED = re.compile(
    r"(?<![\w-])(?:class|itemprop|property|id|rel|"
    r"data-testid)\s*=\s*(?:\"([^\"]{1,300})\"|'([^']{1,300})'|([^\s\"'>]{1,100}))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_FILLING = frozenset(
    [
        "text", "name", "names", "list", "line", "block", "content", "full", "field", "item", "items", "str",
        "string", "value", "display", "row", "col", "wrapper", "wrap", "container", "info", "meta", "data",
        "body", "inner", "mathjax",
        "div", "span", "box", "section", "group", "main", "area", "en",
    ]
)  # fmt: skip
_ROLES = {
    "title": "title", "titles": "title", "headline": "title", "ptitle": "title", "pubtitle": "title",
    "papertitle": "title", "articletitle": "title", "talktitle": "title", "titel": "title",
    "author": "authors", "authors": "authors", "pubauthors": "authors", "paperauthors": "authors",
    "authorlist": "authors", "creator": "authors", "creators": "authors", "autoren": "authors",
    "loa": "authors", "speakers": "authors", "contributors": "authors", "contributor": "authors",
    "abstract": "abstract", "abstracts": "abstract", "paperabstract": "abstract",
    "venue": "venue", "journal": "venue", "conference": "venue", "booktitle": "venue", "periodical": "venue",
    "proceedings": "venue", "ispartof": "venue", "publicationtitle": "venue", "journaltitle": "venue",
    "datepublished": "year",
    "year": "year", "date": "year", "published": "year", "pubyear": "year",
    "performers": "authors",
    "aff": "affiliation", "affil": "affiliation", "organisation": "affiliation",
    "organization": "affiliation", "organisations": "affiliation", "organizations": "affiliation",
    "affiliation": "affiliation", "affiliations": "affiliation", "institution": "affiliation",
    "institutions": "affiliation",
    "keywords": "keywords", "keyword": "keywords",
    "doi": "other", "pages": "other", "pagination": "other", "editor": "other", "editors": "other",
    "chair": "other", "reviewer": "other", "reviewers": "other", "bibtex": "other",
    "badge": "other",
}  # fmt: skip
_NOT_OF_PAPERS = frozenset(
    [
        "page", "site", "widget", "nav", "menu", "sidebar", "sub", "tab", "toc", "header", "footer", "brand",
        "entry", "post", "blog", "vcard", "bio", "box", "search", "filter", "sort", "form", "modal", "popup",
        "button", "btn", "toggle", "link", "links", "label", "icon", "count", "select", "input", "check",
        "index",
        "logo", "image", "img", "photo", "avatar", "hide", "banner", "dropdown", "tooltip", "corresponding",
        "no", "hidden", "session", "section", "track", "group", "category", "heading", "issue", "volume",
        "series", "update", "updated", "modified", "card", "note", "notes", "contact", "about", "submit",
        "guidelines", "instructions", "for", "window", "main",
    ]
)  # fmt: skip


def role_of(attributes: str) -> str:
    """``title``, ``authors``, ``abstract``, ``venue``, ``year``, ``affiliation``, ``keywords``, ``other`` or
    "".

    >>> role_of(' class="list-title mathjax"'), role_of(' itemprop="author"'), role_of(' id="site-title"')
    ('title', 'authors', '')
    """
    return _role(attributes) if "=" in attributes and len(attributes) < 2000 else ""


@lru_cache(maxsize=4096)
def _role(attributes: str) -> str:
    found = ""
    for match in _NAMED.finditer(attributes):
        value = match.group(1) or match.group(2) or match.group(3)
        for token in value.split()[:12]:
            found = found or _role_of_token(token)
    return found


def _role_of_token(token: str) -> str:
    words = [word.lower() for word in _WORD.findall(token)]
    if len(words) > 1 and words[-1] in {"link", "anchor", "url"} and words[-2] == "title":
        words.pop()
    role = ""
    while words:
        role = _ROLES.get("".join(words), "") or _ROLES.get(words[-1], "")
        role = role or (_ROLES.get("".join(words[-2:]), "") if len(words) > 1 else "")
        if role or words[-1] not in _FILLING:
            break
        words.pop()
    if not role or (role != "other" and any(word in _NOT_OF_PAPERS for word in words[:-1])):
        return ""
    if words[-1] == "date" and len(words) == 1:
        return "year"
    return role
