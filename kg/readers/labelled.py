"""Lines of "Label: value": which field a label means, in the languages that pages come in, and where a value
ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.institutions import is_affiliation
from kg.readers.name_lists import inverted_names
from kg.readers.names import names_at
from kg.readers.plain_words import PLAIN_WORDS
from kg.text import collapse

__all__ = [
    "BARE_AUTHOR_LABEL",
    "BARE_LABEL",
    "LABEL",
    "REMARK",
    "Field",
    "author_end",
    "field_of",
    "read_fields",
    "venue_end",
]

_FORMS: dict[str, str] = {
    "authors": r"authors?|author\(s\)|written by|by|autor(?:es|as|en|in|i)?|autor[/*:]?innen|"
    r"autore|auteurs?|"
    r"verfasser|作者(?:姓名)?|著者名?|저자명?|авторы?(?: научной работы| статьи)?|"
    r"المؤلف(?:ون|ين)?|اسم الباحث|"
    r"نویسنده(?:گان)?|نویسندگان|پدیدآور(?:ان|نده)?|συγγραφείς|"
    r"الكاتب|الباحث(?:ون)?|published by|publicado por|publié par|pubblicato da|veröffentlicht "
    r"von|опубликовано|"
    r"发布者|投稿者|نشر من قبل|yazar(?:lar)?|penulis|autorzy|tác giả",
    "venue": r"venue|conference|journal|published (?:in|at)|publication|publication venue|"
    r"appeared (?:in|at)|appears (?:in|at)|proceedings|"
    r"where|source|conferencia|revista|konferenz|zeitschrift|conférence|revue|会议|期刊(?:名称)?|журнал|"
    r"конференция|источник|издание|المجلة|المؤتمر|published at|presented at|fuente|localización|"
    r"publicado en|publié dans|"
    r"erschienen in|quelle|dergi(?: adı)?|来源|刊名|出处|収録刊行物|掲載誌|학술지(?:명)?|نشریه|مجله|"
    r"accepted (?:at|to|by|in)",
    "year": r"year|publication year|año|jahr|année|anno|ano|年份|年|год|السنة|سنة النشر|yıl|yayın yılı|"
    r"tahun|year of publication|jahr der veröffentlichung|出版年|発行年|发表年|발행연도|발행년도?|"
    r"год (?:издания|публикации)|سال(?: انتشار)?|año de publicación",
    "date": r"date|published|published on|publication date|submitted|posted|fecha(?: de "
    r"publicación)?|datum|veröffentlichungsdatum|"
    r"date de publication|data(?: de publicação| di pubblicazione)?|日期|发布日期|公開日|発表日|"
    r"发布时间|发表时间|дата(?: "
    r"публикации)?|تاريخ(?: النشر)?",
    "affiliation": r"affiliations?|institutions?|organi[sz]ations?|univ(?:ersity)?|机构|单位|作者单位|所属",
    "title": r"title|paper title|paper|título|titel|titre|titolo|标题|题目|题名|"
    r"论文题名|название(?: статьи)?|العنوان|عنوان(?: البحث| مقاله)?|제목|논문명|"
    r"タイトル|論文名|başlık|tytuł|judul",
    "abstract": r"abstract|summary|tl;?dr|highlight|description|introduction|resumen|résumé|"
    r"zusammenfassung|摘\s?要|аннотация|الملخص|چکیده|초록|抄録|概要|要旨|一句话(?:总结|概括|介绍|摘要)?|简介|内容简介",
    "keywords": r"key\s?words|index terms|key phrases|palabras clave|schlüsselwörter|"
    r"schlagwörter|mots[- ]clés|parole chiave|palavras-chave|"
    r"关\s?键\s?词|关键字|キーワード|ключевые слова|주제어|키워드|anahtar kelimeler|کلید\s?واژه(?:\s?ها)?|"
    r"کلمات کلیدی|الكلمات المفتاحية|كلمات مفتاحية",
    "categories": r"categor(?:y|ies)|subjects?|subject areas?|areas?|topics?|primary category|"
    r"分类|类别|领域|カテゴリー?|kategorien?|categorías?|catégories?|рубрики?",
    "doi": r"doi",
    "arxiv": r"arxiv(?: id)?",
    "url": r"url|links?|链接|网址|enlace|lien|ссылка|paper link|pdf|website|project page|full text",
    "code": r"publisher|organi[sz]ers?|editors?|herausgeber|edited by|issn|isbn|pages?|volume|"
    r"pmid|pmcid|cite as|citation|"
    r"time|location|room|event type|session|track|format|type|duration|paper id|id|"
    r"code|source code|github|artifact|slides|video|comments?|note|"
    r"备注|注释|コメント|comentarios|tags|labels|"
    r"presenter|speaker|session chair|chair|document type|resource type|content provider|record type|"
    r"publication type|type of publication",
    "language": r"language|idioma|sprache|langue|lingua|язык|语言|言語|언어|작성언어|"
    r"لغة|اللغة|لغة البحث|زبان|dil",
}
_CORE = ("authors", "venue", "year", "affiliation", "abstract", "title", "keywords", "date", "doi")
_ALL = "|".join(f"(?P<{name}>{forms})" for name, forms in _FORMS.items())
_LIST_MARK = r"[*_\s>•·\U0001f300-\U0001faff\u2600-\u27bf\ufe0f-]{0,6}(?:\(?\d{1,4}\s?[.,)]\s+)?[*_]{0,3}"
LABEL = re.compile(
    rf"{_LIST_MARK}(?:{_ALL})[*_]{{0,3}}(?:\s{{0,4}}[:：]|\s+[-–—](?=\s))[*_]{{0,3}}\s*", re.IGNORECASE
)
REMARK = re.compile(
    rf"{_LIST_MARK}(?:(?:author )?comments?|note|journal ref(?:erence)?|备注|注释|コメント|"
    rf"comentarios)[*_]{{0,3}}\s{{0,4}}"
    rf"[:：|][*_]{{0,3}}[|\s]*",
    re.IGNORECASE,
)
BARE_LABEL = re.compile(rf"{_LIST_MARK}(?:{_ALL})[*_]{{0,3}}\s{{0,4}}[:：]?[*_]{{0,3}}", re.IGNORECASE)
BARE_AUTHOR_LABEL = re.compile(rf"\s*(?:{_FORMS['authors']})(?:\s*[:：]\s*|\s+)(?=\S)", re.IGNORECASE)
_INNER_FORMS = "|".join(f"(?P<{name}>{_FORMS[name]})" for name in _CORE)
_INNER_LABEL = re.compile(
    rf"(?:(?<=[\s|;,.·•)*_])|(?<=\d))[*_]{{0,3}}(?:{_INNER_FORMS})[*_]{{0,3}}\s{{0,4}}[:：][*_]{{0,3}}\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\s*[*_#]{0,4}(?:introduction|abstract|summary|overview|background|motivation|tl;?dr|"
    r"synopsis)[*_]{0,3}\s*(?:[.:：—–]|-{1,2}\s|\r?\n)[*_]{0,3}\s*",
    re.IGNORECASE,
)
_YEARED = re.compile(r"['’]?\s?(?:(?:19|20)\d\d|(?<=['’])\d\d)\)?(?![\d%x-])")
_SENTENCE = re.compile(
    r"(?<=[\w).])[.,;:]?\s+(?=[A-Z][\w'’-]*,?\s+(?!(?:of|on|and|in|for|the|&|at|de|to)\b)[a-z])"
)
_STOP = re.compile(r"[.;]\s+(?=[A-Z\"“])|[|·•]|\r?\n")
_ACRONYMS = re.compile(
    r"(?:(?:[A-Z][a-z]*[A-Z]+[A-Za-z]*|Proc\.|Trans\.)(?:['’-]?\d{2})?(?:\s+(?:Micro|"
    r"Transactions|Letters|Access)\b)?(?:\s*/\s*|\s+(?=[A-Z]{2}))?){1,4}(?![\w-])"
)
_INSTITUTE_WORDS = frozenset(
    [
        "science",
        "sciences",
        "computer",
        "engineering",
        "technology",
        "research",
        "information",
        "systems",
        "electrical",
        "data",
        "intelligence",
        "artificial",
        "applied",
        "national",
        "state",
        "medical",
        "learning",
        "vision",
        "robotics",
        "computing",
    ]
)
_LITTLE = frozenset(
    {"of", "and", "the", "for", "at", "in", "de", "di", "der", "für", "la", "del", "des", "du", "et"}
)
_VALUE = 600
_LINE = re.compile(r"[^\r\n]{0,4000}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``name`` of the field and the span of its value in the text that was read."""

    name: str
    start: int
    end: int


def field_of(match: re.Match[str]) -> str:
    """The field that a match of LABEL names."""
    return next(name for name, value in match.groupdict().items() if value is not None)


def read_fields(text: str) -> tuple[list[Field], int]:
    """The fields that a block opens with, and where the rest (a summary, or nothing) begins.

    >>> text = "Venue: NeurIPS 2019 Authors: Ligeng Zhu and Song Han Introduction. As deep learning is used"
    >>> fields, rest = read_fields(text)
    >>> [text[field.start : field.end].strip() for field in fields], text[rest:]
    (['NeurIPS 2019', 'Ligeng Zhu and Song Han'], 'As deep learning is used')
    """
    fields: list[Field] = []
    match = LABEL.match(text)
    position = 0
    while match:
        name, start = field_of(match), match.end()
        if name == "abstract":
            return fields, start
        following = _INNER_LABEL.search(text, start, start + _VALUE + 5000 * (name == "authors"))
        end, match = _value_end(text, name, start, following)
        fields.append(Field(name=name, start=start, end=end))
        position = match.start() if match else end
    return fields, _after_heading(text, position) if fields else 0


def _value_end(
    text: str, name: str, start: int, following: re.Match[str] | None
) -> tuple[int, re.Match[str] | None]:
    """Where a value ends, and the label after it where that belongs to the same group of fields."""
    if following and not _reaches(text, name, start, following.start()):
        following = None
    if following:
        return following.start(), following
    if name == "authors":
        return author_end(text, start), None
    if name in {"venue", "year", "date"}:
        return venue_end(text, start), None
    if name == "affiliation":
        return _affiliation_end(text, start), None
    newline = text.find("\n", start)
    return (newline if newline > 0 else len(text)), None


def _reaches(text: str, name: str, start: int, end: int) -> bool:
    """Whether the text between a label and the next label is a value, not a value and a summary."""
    between = text[start:end].strip()
    if name == "authors":
        names = names_at(text, start, limit=end)
        if names is None:
            return len(between) < 200
        rest = text[names.end : end].strip(" .,;·|")
        return not rest or (len(rest) < 200 and (is_affiliation(rest) or len(rest.split()) < 12))
    return len(between.split()) <= 25


def author_end(text: str, start: int) -> int:
    """Where a byline ends that may run into a summary; an institution after it belongs to it."""
    line = _LINE.match(text, start)
    if line is not None and ";" in line.group() and inverted_names(line.group()) is not None:
        return line.end()
    names = names_at(text, start)
    if names is None:
        stop = _STOP.search(text, start, start + 300)
        return stop.start() if stop else len(text) if len(text) - start < 300 else start
    end = names.end
    rest = text[end : end + 200]
    if rest.lstrip(" .,;(-–—|").strip() and is_affiliation(rest):
        affiliation = _affiliation_end(text, end)
        words = text[end:affiliation].split()
        if (
            is_affiliation(text[end:affiliation])
            and sum(w[0].islower() and w not in _LITTLE for w in words) < 2
        ):
            return affiliation
    return end


def _affiliation_end(text: str, start: int) -> int:
    """An institution is a run of capitalised words with little words between; prose ends it."""
    lead = re.compile(r"[\s.,;(–—|-]*").match(text, start)
    begin = lead.end() if lead else start
    match = _HEADING.search(text, begin, begin + 200)
    limit = match.start() if match else min(len(text), begin + 250)
    sentence = _SENTENCE.search(text, begin, limit)
    stop = _STOP.search(text, begin, limit)
    ends = [found.start() for found in (sentence, stop) if found]
    return _before_plain_word(text, begin, min(ends) if ends else limit)


def _before_plain_word(text: str, begin: int, limit: int) -> int:
    """An institution that is named in full ends before a word of abstracts that is no word of
    institutions."""
    for match in re.finditer(r"\s+([A-Z][\w'’-]*)", text[begin:limit]):
        word = match.group(1).lower()
        known = is_affiliation(text[begin : begin + match.start()])
        parts = [word, *word.split("-")]
        if (
            known
            and not is_affiliation(word)
            and any(p in PLAIN_WORDS for p in parts)
            and word not in _INSTITUTE_WORDS
        ):
            return begin + match.start()
    return limit


def venue_end(text: str, start: int) -> int:
    """Where a venue ends that may run into a summary: after its year, or where a sentence begins."""
    line = re.compile(r"[^\r\n]*").match(text, start)
    stop = line.end() if line else len(text)
    year = _YEARED.search(text, start, min(stop, start + 160))
    sentence = _SENTENCE.search(text, start, min(stop, start + 400))
    heading = _HEADING.search(text, start, min(stop, start + 200))
    if heading and (year is None or heading.start() < year.start()):
        return heading.start()
    if year and (sentence is None or year.start() <= sentence.start() + 1):
        lead = year.end() if year.start() > start else None
        if lead is None:  # the year comes first: "2018 ISCA This paper ..."
            return sentence.start() if sentence else stop
        rest = text[lead:stop].strip(" .,;")
        return stop if len(rest.split()) <= 6 and not rest.endswith(".") else lead
    acronyms = _ACRONYMS.match(text, start, stop)
    if acronyms and stop - acronyms.end() > 60:
        return acronyms.end()
    if sentence:
        return sentence.start()
    return stop if stop - start < 200 else min(stop, start + len(text[start:stop].split(None, 1)[0]))


def _after_heading(text: str, position: int) -> int:
    lead = re.compile(r"[\s.,;:|·•*_)–—-]*").match(text, position)
    heading = _HEADING.match(text, position)
    if heading is None and lead:
        heading = _HEADING.match(text, lead.end())
    end = heading.end() if heading else lead.end() if lead else position
    return end if collapse(text[end : end + 20]) else len(text)
