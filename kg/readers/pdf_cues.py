"""The words and forms by which a line of a paper tells what it is: heading, label, caption, banner, address.

Lines are short texts as printed; every function looks at one line.
"""

from __future__ import annotations

import re

from kg.readers.institutions import is_affiliation

__all__ = [
    "CONTENTS",
    "HEADING",
    "INTRODUCTION",
    "REFERENCES",
    "abstract_label",
    "is_acknowledgement",
    "is_address",
    "is_banner",
    "is_caption",
    "is_heading",
    "is_notice",
    "is_place",
    "keywords_label",
    "unspaced",
]

_NUMBER = (
    r"(?:(?:§\s*)?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}"
    r"|[A-H])(?:\.|\)|:)?\s+|第?[一二三四五六七八九\d]{1,2}[章、.]\s*)?"
)
INTRODUCTION = re.compile(
    _NUMBER + r"(?:introductions?|introducción|introduccion|einleitung|einführung|introdução|introduzione|"
    r"введение|wprowadzenie|giriş|引言|绪论|前言|はじめに|序論|서론)\s*[:.]?",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    _NUMBER + r"(?:references?(?: and (?:notes|further reading))?|references cited|literature cited|"
    r"bibliograph(?:y|ie|ía)|works cited|literatur(?:verzeichnis)?|literature|"
    r"références(?: bibliographiques)?|"
    r"referencias(?: bibliográficas)?|referências(?: bibliográficas)?|riferimenti(?: bibliografici)?|"
    r"список (?:использованной )?литературы|литература|"
    r"参考文献|參考文獻|文献|参照文献|참고\s?문헌|kaynak(?:ça|lar))"
    r"\s*[:.]?",
    re.IGNORECASE,
)
CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|sumário|目录|目次",
    re.IGNORECASE,
)
_ABSTRACT_WORDS = (
    r"(?:extended abstract|graphical abstract|abstract|summary|executive summary|synopsis|resumen|"
    r"résumé|resumo|"
    r"riassunto|sommario|zusammenfassung|kurzfassung|аннотация|реферат|摘\s*要|要旨|概要|抄録|초\s*록|요\s*약|ملخص|"
    r"özet|öz|abstrakt|streszczenie|samenvatting|sammanfattning)"
)
_ABSTRACT_ALONE = re.compile(rf"{_NUMBER}{_ABSTRACT_WORDS}\s*[:.—–-]*", re.IGNORECASE)
_ABSTRACT_RUN_IN = re.compile(
    rf"\W{{0,3}}{_ABSTRACT_WORDS}\s*(?:[:.：][\s—–-]*|[—–]+\s*|\s-{{1,3}}\s*|-{{1,3}}(?=[A-Z])|】\s*)",
    re.IGNORECASE,
)
_ABSTRACT_BOLD = re.compile(rf"{_ABSTRACT_WORDS}\s+(?=\S)", re.IGNORECASE)
_KEYWORDS = re.compile(
    r"\W{0,2}(?:(?:author )?key\s?-?\s?words?(?: and phrases)?|index terms|additional key words and phrases|"
    r"schlüsselwörter|schlagwörter|palabras clave|palavras-chave|mots[- ]clés?|parole chiave|"
    r"ключевые слова|关键词|关键字|關鍵詞|キーワード|키워드|anahtar kelimeler|topics)"
    r"\s*(?:[:：.—–/】-]+\s*|(?=\s)|\Z)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\W{0,2}(?:ccs concepts?|categories and subject|general terms|acm reference|acm classification|"
    r"acm subject|pvldb reference|pvldb artifact|reference format|cite (?:this|as)|how to cite|citation[:.]|"
    r"recommended citation|"
    r"copyright|©|\(c\) \d{4}|permission to|pacs\b|msc(?:\s?\d{4})?\b|mathematics subject|subject class|"
    r"2\d{3} mathematics|jel\b|article (?:info|history)|received\b|accepted\b|revised\b|available online|"
    r"published(?: online| by| as|:)|doi[:\s]|https?://|digital object|manuscript (?:received|created)|"
    r"corresponding author|\*?\s?correspond|e-?mail\b|this work (?:is|was) (?:supported|licensed|funded)|"
    r"this is an open access|all rights reserved|preprint\b|under review|peer review|equal contribution|"
    r"these authors contributed|contents?\Z|table of contents\Z|highlights\Z|nomenclature\Z|"
    r"plain language summary|significance statement|availability\b|code availability)",
    re.IGNORECASE,
)
_ACKNOWLEDGEMENT = re.compile(
    _NUMBER + r"(?:acknowledge?ments?|acknowledge?ments? and disclosure of funding|agradecimientos|"
    r"danksagung|remerciements|funding|author contributions?|authors['’] contributions?|"
    r"conflicts? of interest|competing interests?|declaration of (?:competing|conflicting) interests?|"
    r"ethics (?:statement|approval)|data availability(?: statement)?|credit author.{0,40}|致谢|謝辞|"
    r"감사의 글)\s*[:.—–]*",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|algorithm|listing|scheme|chart|plate|图|表|圖|abb\.|abbildung|tabelle|"
    r"figura|tabla|рис\.|таблица)\s*(?:S|A|B)?\.?(?:\d{1,3}|[IVX]{1,5})\b(?:[a-z])?\s*(?:[:.|—–(]|\s(?=[A-Z])|\Z)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"(?:introduction|background|related works?|motivation|conclusions?(?: and .{3,40})?|summary|methods?|"
    r"methodology|materials and methods|results(?: and discussions?)?|discussions?|evaluation|experiments?|"
    r"experimental (?:results|setup|evaluation)|limitations?|future works?|appendix(?: [A-Z])?|overview|"
    r"preliminaries|problem (?:statement|formulation|definition)|implementation|analysis|design|"
    r"literature review|theory|approach|case study|threats to validity)\s*[:.]?",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-H]|chapter \d+|"
    r"appendix [A-Z\d])[.:)]?\s+)(?=[^\W\d_]).{2,110}",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\b(?:journal|transactions|proceedings|letters|magazine|annals|bulletin|review of|volume|vol\.|"
    r"issn|isbn|"
    r"contents lists|sciencedirect|elsevier|springer|wiley|mdpi|plos|doi|open access|access|"
    r"research (?:article|paper)|"
    r"original (?:article|paper|research)|review article|article info|arxiv|published|accepted|received|"
    r"technical report|preprint|copyright|available online|homepage|conference on|symposium on|workshop on|"
    r"ieee|acm|usenix|ph\.?d\.? thesis|master'?s? thesis|dissertation|doctoral thesis|bachelor'?s? thesis|"
    r"university|universität|université|universidad|department of|faculty of|institute of|school of|"
    r"lecture notes|submitted (?:to|in)|in partial fulfil|long paper|short paper|poster|demo paper)\b|www\.|https?://|©",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:USA|U\.S\.A|UK|U\.K|United (?:States|Kingdom)|China|P\.? ?R\.? China|Germany|France|Italy|"
    r"Spain|Israel|"
    r"India|Japan|Korea|Canada|Australia|Switzerland|Netherlands|Sweden|Norway|Denmark|Finland|Austria|Belgium|"
    r"Brazil|Mexico|Singapore|Taiwan|Hong Kong|Iran|Iraq|Turkey|Türkiye|Greece|Portugal|Poland|Russia|"
    r"Ukraine|"
    r"Egypt|Saudi Arabia|UAE|Emirates|Qatar|Pakistan|Bangladesh|Vietnam|Thailand|Malaysia|Indonesia|"
    r"Philippines|"
    r"Ireland|Scotland|Czech(?:ia| Republic)|Hungary|Romania|Serbia|Croatia|Slovenia|Slovakia|Bulgaria|"
    r"Estonia|"
    r"Latvia|Lithuania|Argentina|Chile|Colombia|Peru|South Africa|Nigeria|Kenya|Morocco|Tunisia|Algeria|"
    r"Luxembourg|Iceland|New Zealand|Sri Lanka|Nepal|Kazakhstan|Cyprus|Deutschland|España|Italia|Brasil|"
    r"California|Massachusetts|Texas|Washington|Illinois|Pennsylvania|New York|Michigan|Georgia, |Ohio|"
    r"Beijing|Shanghai|Shenzhen|Hangzhou|London|Paris|Berlin|Munich|Zurich|Zürich|Tokyo|Seoul|Toronto|"
    r"Montreal|Boston|Seattle|San Francisco|Los Angeles|Haifa|Tel Aviv|Bangalore|Mumbai|Delhi|Sydney|"
    r"Melbourne|"
    r"Amsterdam|Stockholm|Moscow|Madrid|Barcelona|Rome|Milan|Vienna|Delft|Eindhoven|Lausanne|Cambridge)\b"
    r"|,\s*(?:[A-Z]{2}|[A-Z]{2}\s+\d{5})\Z",
)
_ADDRESS = re.compile(
    r"@|https?://|www\.|\b\d{4,6}\b|\b(?:street|st\.|road|avenue|blvd|p\.?o\.? box|building|campus|"
    r"floor|room|division|group of|"
    r"engineering|sciences?\b|informatics|mathematics|physics|computing|systems group|division|"
    r"email|e-mail|tel|fax|orcid|supervis|advis[oe]r|professor|student|contributed|equal|correspond|"
    r"author for|work done|intern|fellow|member|editors?|society|association|council|agency|committee|"
    r"consortium|national|federal|"
    r"observatory|company|group|clinic|synchrotron|centro|istituto|dipartimento|departamento|facultad|escuela)\b",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?:\S\s){3,}\S")


def unspaced(text: str) -> str:
    """Letters printed apart as one word.

    >>> unspaced("A B S T R A C T"), unspaced("A B test")
    ('ABSTRACT', 'A B test')
    """
    return text.replace(" ", "") if _SPACED.fullmatch(text) else text


def abstract_label(text: str, *, bold_first: bool = False) -> int | None:
    """Where the abstract begins in a line that opens with its label: the line's length where the label
    stands alone, None where there is no label. ``bold_first``: the first word is bolder than the second.

    >>> abstract_label("Abstract—We show"), abstract_label("A B S T R A C T"), abstract_label("Abstract art")
    (9, 15, None)
    """
    if _ABSTRACT_ALONE.fullmatch(unspaced(text)):
        return len(text)
    match = _ABSTRACT_RUN_IN.match(text) or (_ABSTRACT_BOLD.match(text) if bold_first else None)
    if match is None or text[match.end() : match.end() + 1] in {".", ","} or text.lstrip()[:1].islower():
        return None
    return match.end()


def keywords_label(text: str) -> int | None:
    """Where the keywords begin in a line that opens with their label."""
    match = (
        _KEYWORDS.match(unspaced(text))
        if len(text) < 40 and unspaced(text) != text
        else _KEYWORDS.match(text)
    )
    return min(match.end(), len(text)) if match else None


def is_notice(text: str) -> bool:
    """Whether a line opens what stands between abstract and text: rights, dates, classifications."""
    return _NOTICE.match(unspaced(text)) is not None


def is_acknowledgement(text: str) -> bool:
    return _ACKNOWLEDGEMENT.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line opens the caption of a figure or table."""
    return _CAPTION.match(text) is not None


def is_heading(text: str, *, stands_out: bool) -> bool:
    """Whether a line is the heading of a section; ``stands_out``: it is bolder or larger than the text."""
    if len(text) > 120 or text.endswith((",", ";")):
        return False
    if _KNOWN.fullmatch(text) or INTRODUCTION.fullmatch(text) or is_acknowledgement(text):
        return True
    if HEADING.fullmatch(text):
        return stands_out or text.isupper()
    letters = [c for c in text if c.isalpha()]
    return stands_out and len(letters) > 3 and text[0].isupper() and not text.endswith(".")


def is_banner(text: str) -> bool:
    """Whether a line is the publisher's and not the paper's: journal, volume, address, kind of thesis."""
    return _BANNER.search(text) is not None or not any(c.isalpha() for c in text)


def is_place(text: str) -> bool:
    """Whether a short text is the name of a country or a large city."""
    return len(text.split()) < 4 and _PLACES.search(text) is not None


def is_address(text: str) -> bool:
    """Whether a line of the block below a title is no name: institution, place, e-mail, remark."""
    return is_affiliation(text) or bool(_PLACES.search(text)) or bool(_ADDRESS.search(text))
