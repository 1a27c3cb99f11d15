"""Which column of a table is the title, the authors, the year ...: by its name, and where names say nothing,
by what stands in it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

from kg.readers.names import names_at
from kg.text import collapse

__all__ = ["columns_by_content", "columns_by_name", "header_score", "looks_like"]

# Names are compared without case, blanks and signs; of several columns the first name counts.
_NAMES: dict[str, str] = {
    "title": """
        documenttitle articletitle itemtitle papertitle title publicationtitle primarytitle
        titleofpaper worktitle displayname titles 标题 题名 篇名 论文题目 题目 文献标题 论文标题
        titel título titulo titre titolo название заглавие タイトル 論文名 論文タイトル 제목 논문명
        عنوان tytuł başlık ti t1 originaltitle name paper papername
    """,
    "authors": """
        authorfullnames authors author authornames authorlist authorsnames fullauthors authorss
        creators creator authorshipsauthordisplayname writers 作者 著者 저자 责任者 autoren autor
        verfasser autores autorautores auteurs auteur autori autore авторы автор المؤلفون autorzy
        yazarlar af au a1 byline names contributors
    """,
    "abstract": """
        abstract abstractnote abstracttext abstracts paperabstract 摘要 文摘 zusammenfassung kurzfassung
        resumen résumé resumo riassunto аннотация реферат 抄録 要旨 초록 الملخص streszczenie özet ab n2 tldr
        summary description resume
    """,
    "year": """
        publicationyear pubyear year publishedyear publishyear yearpublished yearofpublication 年份
        年 出版年 发表年份 jahr año ano année annee anno год السنة rok yıl py yr 发表时间 发表年度
        yearofpub
    """,
    "date": """
        publicationdate datepublished dateofpublication publisheddate date published publishedon
        pubdate issued publicationdateprint publicationdateonline 日期 出版日期 datum fecha data
        дата conferencedate pd updatedate
    """,
    "venue": """
        anthologytitle sourcetitle publicationtitle publicationname journalbook journal journaltitle
        journalref journalname sourcetitles conference conferencename venue booktitle publication
        containertitle
        proceedings proceedingstitle secondarytitle source primarylocationsourcedisplayname
        locationssourcedisplayname hostvenuedisplayname eventtitle event journalconference
        conferencejournal venuename 期刊 刊名 来源 文献来源 会议 会议名称 出版物 zeitschrift revista
        revue rivista журнал источник المجلة czasopismo dergi so jf t2 periodical sourcename outlet
        publishedin 収録刊行物 誌名 erschienenin veröffentlichtin publiédans publiéedans paruendans parudans
        publicadoen publicadoem pubblicatosu pubblicatoin опубликовано опубликованов издание
        掲載誌 发表期刊 发表刊物 期刊名称 会议期刊 journalconferencename publishedat
    """,
    "doi": """
        doi itemdoi doilink articledoi externalidsdoi doinumber digitalobjectidentifier di do dois
        doiurl
    """,
    "arxiv": "arxivid arxiv arxivnumber eprint externalidsarxiv arxividentifier preprintid",
    "url": """
        url articleurl link links landingpageurl primarylocationlandingpageurl externalurl paperurl
        pdflink pdfurl entryid urls fulltexturl arxivurl absurl 链接 网址 weblink webaddress ur paperlink
        sourceurls sourcelinkout dimensionsurl bestoalocationpdfurl
    """,
    "keywords": """
        authorkeywords keywords keyword manualtags tags 关键词 关键字 schlagwörter schlagworte
        palabrasclave motsclés motscles parolechiave palavraschave ключевыеслова 키워드 キーワード
        de kw meshterms keywordsdisplayname
    """,
    "more_keywords": "automatictags indexkeywords keywordsplus ieeeterms id",
    "categories": """
        categories category primarycategory subjects subject fieldsofstudy researchareas
        webofsciencecategories subjectcategories wc sc primarytopicdisplayname 学科 arxivcategories
    """,
    "affiliations": """
        authoraffiliations affiliations affiliation authorshipsinstitutionsdisplayname institutions 机构
        作者单位 单位 institution
    """,
    "orcid": "authorshipsauthororcid orcid orcids orcidnumbers",
    "authors_places": "authorswithaffiliations",
    "language": "language languageoforiginaldocument 语言 sprache idioma langue lingua язык la",
    "type": """
        itemtype documenttype contenttype publicationtype type entrytype referencetype recordtype
        kind dt typ 文献类型 类型 art publikationstyp publikationsart dokumenttyp tipodedocumento tipo
        typededocument тип típusa
    """,
    "group": "groupauthors corporateauthors ca",
}
_VAGUE = frozenset(
    [
        "name",
        "paper",
        "papername",
        "titles",
        "summary",
        "description",
        "resume",
        "names",
        "byline",
        "contributors",
    ]
)
_CUE = re.compile(
    r"\b(?:we (?:propose|present|show|introduce|study|describe|develop|investigate)|"
    r"this (?:paper|article|study|work)|in this|"
    r"results (?:show|indicate|suggest)|our (?:method|approach|results))\b",
    re.IGNORECASE,
)
_ALIASES = {kind: {name: rank for rank, name in enumerate(names.split())} for kind, names in _NAMES.items()}
_NOT_NAMES = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
_PLURAL = re.compile(r"\((s|es|e|en|in)\)", re.IGNORECASE)
_GENDERED = re.compile(r"(?<=[a-zäöüß])(?:\s?[/*:_·.-]\s?-?|(?=I))(?:innen|in|Innen|e\.?s|a?s|rice\.?s)\b")
_OWNED = re.compile(
    r"\s*(titel|title|titre|t[ií]tulo|titolo|autor(?:en|es)?|authors?|auteurs?|autori|jahr|year|ann[ée]e|año|ano|"
    r"anno|abstract|résumé|resumen) (?:of|des|der|du|de|del|della|do|da|d['’])\b\s?(?P<rest>.{0,60})",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"journal|zeitschrift|revue|revista|rivista|conf[eé]ren|konferenz|tagung|proceedings|book|buch|livre|libro|"
    r"publication|series|reihe|source|quelle",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\A(?:the|la|le|los|l['’])\s?", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*(?=s\b)", re.IGNORECASE)
_YEAR = re.compile(r"\s*(?:19|20)\d\d(?:\.0)?\s*\Z")
_DATE = re.compile(
    r"\s*(?:(?:19|20)\d\d[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/. ]\w{2,9}[-/. ](?:19|20)\d\d)"
    r"(?:[T ][\d:.Z+]*)?\Z"
)
_DOI = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+\s*\Z", re.IGNORECASE)
_URL = re.compile(r"\s*https?://\S+\s*\Z")
_ARXIV = re.compile(r"\s*(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?\s*\Z", re.IGNORECASE)
_VENUE = re.compile(
    r"\b(?:proceedings|proc\b|journal|transactions|conference|symposium|workshop|letters|review|magazine|arxiv|"
    r"advances in|international|annals|acm|ieee|lncs|neurips|icml|iclr|cvpr|acl\b|emnlp|nature|science|"
    r"plos)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[;|]|,\s|\sand\s|&")
_PATTERNS = (("year", _YEAR), ("doi", _DOI), ("arxiv", _ARXIV), ("date", _DATE), ("url", _URL))
_SAMPLE = 200
_MAX_COLUMNS = 300


def columns_by_name(header: Sequence[str]) -> dict[str, list[int]]:
    """kind -> columns of that kind, the best name first.

    >>> columns_by_name(["Document Title", "Authors", "Source", "Source title", "Publication Year"])
    {'title': [0], 'authors': [1], 'year': [4], 'venue': [3, 2]}
    """
    found: dict[str, list[tuple[int, int]]] = {}
    header = header[:_MAX_COLUMNS]
    codes = sum(len(cell.strip("\ufeff ")) == 2 and cell.isascii() for cell in header)
    for column, cell in enumerate(header):
        for name in _forms(cell):
            if len(name) == 2 and name.isascii() and codes < 4:
                continue  # two letters are a tag (TI, AU) only where there are several
            kinds = [(kind, ranks[name]) for kind, ranks in _ALIASES.items() if name in ranks]
            for kind, rank in kinds:
                found.setdefault(kind, []).append((rank, column))
            if kinds:
                break
    columns = {kind: [column for _, column in sorted(found[kind])] for kind in _NAMES if kind in found}
    titles, venues = columns.get("title", []), columns.get("venue", [])
    # "Publication Title" is the journal where another column is the title
    own = [column for column in titles if column not in venues]
    if own:
        columns["title"] = own
    elif titles:
        columns["venue"] = [column for column in venues if column != titles[0]]
    return {kind: listed for kind, listed in columns.items() if listed}


def header_score(header: Sequence[str]) -> int:
    """How many kinds of column the names in a row tell; 0 where they do not speak of papers.

    >>> header_score(["Title", "Year", "Price"]), header_score(["Name", "Age"])
    (0, 0)
    >>> header_score(["Title", "Author", "Price"])
    2
    """
    columns = columns_by_name(header)
    certain = columns_by_name(
        [cell if _VAGUE.isdisjoint(_forms(cell)) else "" for cell in header[:_MAX_COLUMNS]]
    )
    proofs = {"authors", "abstract", "doi", "arxiv", "venue"} & set(certain)
    known = {"title", "authors", "abstract", "year", "date", "venue", "doi", "arxiv", "keywords"} & set(
        columns
    )
    if ("title" in certain and proofs) or ("abstract" in certain and len(known) > 1) or len(proofs) > 1:
        return len(known) if {"title", "abstract"} & set(columns) else 0
    return 0


def columns_by_content(rows: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """kind -> column, by what the cells of a table without telling names look like."""
    width = min(max((len(row) for row in rows), default=0), _MAX_COLUMNS)
    found: dict[str, list[int]] = {}
    texts: list[tuple[float, float, int]] = []
    for column in range(width):
        cells = [row[column] for row in rows[:_SAMPLE] if column < len(row) and row[column].strip()]
        if not cells:
            continue
        kind = _kind_of(cells)
        if kind == "text":
            length = statistics.fmean(len(cell) for cell in cells)
            texts.append((length, len(set(cells)) / len(cells), column))
        elif kind:
            found.setdefault(kind, []).append(column)
    for length, unique, column in texts:
        if length > 280:
            cells = [row[column] for row in rows[:_SAMPLE] if column < len(row) and row[column].strip()]
            if sum(_CUE.search(cell) is not None for cell in cells) * 3 >= len(cells):
                found.setdefault("abstract", []).append(column)
        elif unique > 0.8 and length >= 12 and "title" not in found:
            found.setdefault("title", []).append(column)
    return found


def looks_like(kind: str, cell: str) -> bool:
    """Whether a cell is a year, date, DOI, address or arXiv number, as its column says."""
    pattern = dict(_PATTERNS).get(kind)
    return pattern is not None and pattern.match(cell) is not None


def _kind_of(cells: Sequence[str]) -> str:
    count = len(cells)
    for kind, pattern in _PATTERNS:
        if sum(pattern.match(cell) is not None for cell in cells) * 5 >= count * 4:
            return kind
    letters = sum(sum(char.isalpha() or char.isspace() for char in cell[:200]) for cell in cells)
    if letters * 2 < sum(len(cell[:200]) for cell in cells):
        return ""
    if _are_names(cells):
        return "authors"
    venues = sum(_VENUE.search(cell) is not None and len(cell) < 160 for cell in cells)
    if venues * 2 >= count and len(set(cells)) < count:
        return "venue"
    return "text" if sum(" " in cell.strip() or len(cell) > 8 for cell in cells) * 3 >= count * 2 else ""


def _are_names(cells: Sequence[str]) -> bool:
    named = several = 0
    for cell in cells[:40]:
        text = collapse(cell)[:600]
        found = names_at(text, 0)
        named += (
            found is not None and found.score > 0.45 and len(text[found.end :].strip(" .,;")) * 4 < len(text)
        )
        several += _SEVERAL.search(text) is not None
    sample = min(len(cells), 40)
    return named * 5 >= sample * 3 and several * 3 >= sample


def _forms(cell: str) -> list[str]:
    """The forms under which a column's name is looked up, the fullest first."""
    cell = _SLASH.sub("", _PLURAL.sub(r"\1", collapse(cell[:120].strip("\ufeff \"'#*:"))))
    cell = _GENDERED.sub("", cell)
    whole = _NOT_NAMES.sub("", cell).casefold()
    bare = _NOT_NAMES.sub("", _BRACKETS.sub("", cell)).casefold()
    first = _NOT_NAMES.sub("", re.split(r"[/|\n]", cell)[0]).casefold()
    owned = _OWNED.match(cell)
    named = _NOT_NAMES.sub("", owned[1]).casefold() if owned else ""
    if owned and _ALIASES["title"].get(named) is not None and _VOLUME.match(_ARTICLE.sub("", owned["rest"])):
        named = "journaltitle"
    return list(dict.fromkeys(form for form in (whole, bare, first, named) if form))
