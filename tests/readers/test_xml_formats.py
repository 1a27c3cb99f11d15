"""The readers of XML formats, on small documents as their tools write them (tests/readers/xml)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import plugins
from kg.errors import KGError
from kg.readers import Reading, Source, choose_reader, read
from kg.readers.base import Raw
from kg.types import Paper

FOLDER = Path(__file__).parent / "xml"
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
READERS = {
    "aclxml": ("acl.xml", "acl_old.xml"),
    "crossrefxml": ("unixref.xml", "crossref_posted.xml"),
    "datacitexml": ("datacite.xml", "datacite_data.xml"),
    "dblp": ("dblp.xml", "dblp_api.xml", "dblp_person.xml", "dblp_broken.xml"),
    "endnotexml": ("endnote.xml", "encite.xml"),
    "feed": (
        *("arxiv_api.xml", "arxiv_rss1.xml", "arxiv_rss2.xml"),
        *("nature_rss.xml", "elsevier_rss.xml", "blog_rss.xml"),
    ),
    "jats": ("jats.nxml", "pmcset.xml", "nlm2.xml", "jats_collab.xml", "jats_cut.xml", "jats_springer.xml"),
    "mods": ("mods.xml",),
    "oai": (
        *("oai_arxiv.xml", "oai_raw.xml", "oai_dc_arxiv.xml", "oai_ojs.xml"),
        *("oai_pmc.xml", "oai_nons.xml", "dc_bare.xml", "kci.xml", "dspace.xml"),
    ),
    "pubmed": ("pubmed.xml",),
    "tei": ("grobid.tei.xml", "hal.tei.xml", "zotero_tei.xml", "tei_bib.xml"),
    "xml": ("ieee.xml", "europepmc.xml"),
    "zoterordf": ("zotero.rdf",),
}


def reading(name: str) -> Reading:
    return read(Source(path=name, file=FOLDER / name), full_text=True)


def papers(name: str) -> tuple[Paper, ...]:
    return reading(name).papers


def raw(text: str) -> Raw:
    return Raw(path="x", data=b"", text=text, encoding="utf-8", media_type="text/plain")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_papers_are_as_printed(name: str) -> None:
    found = papers(name)
    assert [paper.title for paper in found] == [wanted["title"] for wanted in EXPECTED[name]]
    for paper, wanted in zip(found, EXPECTED[name], strict=True):
        shown = {
            "title": paper.title,
            "authors": [author.name for author in paper.authors],
            "references": len(paper.references),
            **{key: getattr(paper, key) for key in ("venue", "year", "abstract", "doi", "arxiv_id", "body")},
        }
        assert {key: shown[key] for key in wanted} == wanted


@pytest.mark.parametrize("reader", sorted(READERS))
def test_the_content_tells_the_reader(reader: str) -> None:
    for name in READERS[reader]:
        text = (FOLDER / name).read_bytes().decode("latin-1")
        assert choose_reader(raw(text)).name == reader, name


def test_other_documents_are_nobody_s() -> None:
    texts = [
        "Title\nJane Doe\n\nAbstract. We show it.",
        "<!DOCTYPE html><html><body><article><title>x</title><p>Jane Doe</p></article></body></html>",
        '<article class="post"><h1>A post</h1><p>Text</p></article>',
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        '{"title": "x", "authors": ["Jane Doe"]}',
        "@article{a, title={<title>x</title>}}",
        "",
    ]
    for text in texts:
        assert {name: plugins.load("kg.readers", name).score(raw(text)) for name in READERS} == dict.fromkeys(
            READERS, 0
        )


def test_affiliations_and_orcids() -> None:
    (paper,) = papers("jats.nxml")
    first, second, group = paper.authors
    assert (
        first.affiliation
        == "Department of Biology, University of X, City, NL; Tsinghua University, Beijing, China"
    )
    assert first.orcid == "0000-0002-1825-0097"
    assert second.affiliation == "Tsinghua University, Beijing, China"
    assert (group.affiliation, group.orcid) == (None, None)
    assert papers("grobid.tei.xml")[0].authors[0].affiliation == "Allen Institute for AI, Seattle"
    assert papers("pubmed.xml")[0].authors[0].affiliation == "McMaster University, Hamilton"
    assert papers("dblp.xml")[1].authors[1].orcid == "0000-0002-1825-0097"
    assert papers("arxiv_api.xml")[1].authors[0].affiliation == "Google Brain"


def test_references() -> None:
    article, book = papers("jats.nxml")[0].references
    assert (article.title, article.authors, article.year) == ("A cited title", ("J Doe", "FlyBase"), 2001)
    assert article.doi == "10.1038/abc"
    assert (book.title, book.authors, book.year) == ("The Book of Flies", ("R. Roe",), 1999)
    first, second = papers("grobid.tei.xml")[0].references
    assert (first.title, first.authors, first.doi) == ("Semantic Scholar", ("Michael Kinney",), "10.1000/x")
    assert (second.title, second.year) == ("The Book", 2001)


def test_dates_links_and_subjects() -> None:
    first, second = papers("arxiv_api.xml")
    assert (first.date, first.categories) == ("2003-07-07", ("hep-ex",))
    assert second.url == "http://arxiv.org/abs/1706.03762v7"
    assert papers("acl.xml")[0].url == "https://aclanthology.org/2020.acl-main.1"
    medical = papers("pubmed.xml")[0]
    assert (medical.date, medical.keywords, medical.language) == (
        "2018-05-17",
        ("asthma", "budesonide"),
        "eng",
    )
    assert papers("nlm2.xml")[0].date is None  # on line in 2006, in the volume of 2007
    assert papers("jats.nxml")[0].keywords == ("flies", "D. melanogaster")
    assert papers("zotero.rdf")[0].keywords == ("Computer Vision",)


def test_what_is_no_literature_is_told() -> None:
    assert reading("endnote.xml").document.error == "left out, being no papers: 1 patent"
    assert reading("blog_rss.xml").papers == ()
    assert reading("datacite_data.xml").papers == ()


def test_faults_are_told_with_their_place() -> None:
    error = reading("dblp_broken.xml").document.error or ""
    assert error.startswith("line 3, column 55: mismatched tag; line 4, column 95: mismatched tag")
    assert "'xxe' lies outside the document and is not fetched" in (reading("xxe.xml").document.error or "")


def test_xml_that_is_no_list_of_papers(tmp_path: Path) -> None:
    def outcome(text: str) -> tuple[str, str]:
        file = tmp_path / "x.xml"
        file.write_text(text, "utf-8")
        document = read(Source(path="x.xml", file=file)).document
        return document.status, document.error or ""

    assert outcome('<?xml version="1.0"?><project><name>x</name></project>')[0] == "empty"
    status, error = outcome('<?xml version="1.0"?>' + "<x>" * 20_000 + "</x>" * 20_000)
    assert (status, "more than 256 deep" in error) == ("failed", True)
    bomb = '<!DOCTYPE x [<!ENTITY a "x"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><x>&c;</x>'
    status, error = outcome(bomb)
    assert (status, "not expanded" in error) == ("failed", True)


LONG = [
    " ",
    ":",
    ";",
    "(",
    "()",
    "(a",
    "$",
    "\\\\",
    "1 ",
    "&lt;p&gt;",
    "&amp;amp;",
    "{",
    "http://",
    "A. B, ",
    " and ",
    "-",
]


@pytest.mark.parametrize("filling", LONG)
def test_long_fields_take_linear_time(filling: str) -> None:
    text = "a " + filling * (20_000 // len(filling)) + " b"
    names = ("title", "creator", "description", "source", "identifier")
    fields = "".join(f"<{name}>{text}</{name}>" for name in names)
    abstract = f"<abstract><sec><title>{text}</title><p>{text}</p></sec></abstract>"
    article = f"<title-group><article-title>{text}</article-title></title-group>{abstract}"
    feed = f"<id>x</id><title>{text}</title><summary>{text}</summary><journal_ref>{text}</journal_ref>"
    start = time.process_time()
    for reader, source in (
        ("oai", f"<record><metadata><dc>{fields}</dc></metadata></record>"),
        ("jats", f"<article><front><article-meta>{article}</article-meta></front></article>"),
        ("feed", f"<feed><entry>{feed}</entry></feed>"),
    ):
        plugins.load("kg.readers", reader).read(raw(source))
    assert time.process_time() - start < 4


# what a record is (a data set) may stand behind its title, and be cut off
CUT = sorted(set(EXPECTED) - {"datacite_data.xml", "oai_ojs.xml"})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CUT), st.data())
def test_a_cut_document_loses_the_rest_only(name: str, data: st.DataObject) -> None:
    whole = (FOLDER / name).read_bytes().decode("latin-1")
    text = whole[: data.draw(st.integers(min_value=1, max_value=len(whole)))]
    reader = (
        next(reader for reader, names in READERS.items() if name in names) if _is_listed(name) else "feed"
    )
    try:
        found = plugins.load("kg.readers", reader).read(raw(text))
    except KGError:
        return
    titles = [paper.title for paper in plugins.load("kg.readers", reader).read(raw(whole)).papers]
    assert [paper.title for paper in found.papers] == titles[: len(found.papers)]


def _is_listed(name: str) -> bool:
    return any(name in names for names in READERS.values())


JATS = (
    '<article xmlns:xlink="x" article-type="research-article" xml:lang="{tongue}"><front><article-meta>'
    "<title-group><article-title>A title</article-title></title-group><contrib-group>"
    '<contrib contrib-type="author"><name-alternatives>'
    '<name name-style="eastern" xml:lang="ru"><surname>Жданов</surname><given-names>Игорь</given-names>'
    "</name>"
    '<name xml:lang="en"><surname>Zhdanov</surname><given-names>Igor</given-names></name>'
    "</name-alternatives></contrib></contrib-group>{dates}<abstract><p>It transfers{mark}.</p></abstract>"
    "</article-meta></front></article>"
)


def jats(*, tongue: str = "en", dates: str = "", mark: str = "") -> Paper:
    source = raw(JATS.format(tongue=tongue, dates=dates, mark=mark))
    (paper,) = choose_reader(source).read(source).papers
    return paper


@pytest.mark.parametrize(
    ("tongue", "name"), [("ru", "Игорь Жданов"), ("en", "Igor Zhdanov"), ("", "Igor Zhdanov")]
)
def test_names_are_in_the_language_of_the_article(tongue: str, name: str) -> None:
    assert [author.name for author in jats(tongue=tongue).authors] == [name]


@pytest.mark.parametrize(
    "mark",
    [
        '<xref ref-type="bibr" rid="b1">1</xref>',
        '<sup><xref ref-type="bibr" rid="b1">1</xref></sup>',
        ' [<xref ref-type="bibr" rid="b1">1</xref>, <xref ref-type="bibr" rid="b2">2</xref>]',
        ' <xref ref-type="bibr" rid="b1">[1–3]</xref>',
        ' (<xref ref-type="bibr" rid="b1">12</xref>)',
    ],
)
def test_numbers_of_references_are_no_part_of_an_abstract(mark: str) -> None:
    assert jats(mark=mark).abstract == "It transfers."


def test_names_of_cited_authors_are_part_of_the_sentence() -> None:
    mark = ', as <xref ref-type="bibr" rid="b1">Smith et al. (2019)</xref> say'
    assert jats(mark=mark).abstract == "It transfers, as Smith et al. (2019) say."


@pytest.mark.parametrize(
    ("online", "volume", "year"), [(2023, 2022, 2023), (2006, 2007, 2007), (2020, 2020, 2020)]
)
def test_a_volume_may_be_closed_before_its_articles_appear(online: int, volume: int, year: int) -> None:
    dates = (
        f'<pub-date pub-type="epub"><day>6</day><month>1</month><year>{online}</year></pub-date>'
        f'<pub-date pub-type="collection"><year>{volume}</year></pub-date>'
    )
    assert jats(dates=dates).year == year


@pytest.mark.parametrize(
    ("comments", "venue"),
    [
        ("Accepted to WWW 2019, 9 pages", "WWW"),
        ("18 pages, in Proceedings of Nothing 2019", None),
        ("Submitted to ICML 2020", None),
    ],
)
def test_what_authors_note_at_arxiv(comments: str, venue: str | None) -> None:
    source = raw(
        '<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>1903.04561</id><title>A title</title>'
        f"<authors>Ana Ruiz</authors><comments>{comments}</comments><abstract>We do.</abstract></arXivRaw>"
    )
    (paper,) = choose_reader(source).read(source).papers
    assert paper.venue == venue


def test_a_declared_east_asian_encoding_is_believed(tmp_path: Path) -> None:
    title = "面向低资源语言的预训练模型压缩方法"
    text = JATS.format(tongue="zh", dates="", mark="").replace("A title", title)
    path = tmp_path / "a.xml"
    path.write_bytes(f'<?xml version="1.0" encoding="GB18030"?>{text}'.encode("gb18030"))
    assert [paper.title for paper in read(Source(path="a.xml", file=path)).papers] == [title]


def test_a_catalogue_of_a_library() -> None:
    example = FOLDER.parent / "examples" / "marcxml-catalogue.xml"
    found = read(Source(path=example.name, file=example))
    article, thesis = found.papers
    assert article.title == "Sorting apples by stereo vision: a field study"
    assert [author.name for author in article.authors] == ["Ute Grässle", "Tarek El-Sayed"]
    assert (article.venue, article.year, article.doi) == (
        "Precision Farming",
        2019,
        "10.1007/s00000-019-0001-2",
    )
    assert article.abstract == "We sort apples on the tree and lose none of them."
    assert (thesis.venue, thesis.year) == ("University of Oulu", 2018)
    assert [author.name for author in thesis.authors] == ["Minna Kallio"]
    assert found.document.error == "left out, being no papers: 1 film"


def test_a_catalogue_over_oai() -> None:
    example = (FOLDER.parent / "examples" / "marcxml-catalogue.xml").read_text("utf-8")
    first = example[example.index("<record>") : example.index("</record>") + len("</record>")]
    source = raw(
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header>'
        f"<identifier>oai:x:1</identifier></header><metadata>{first}</metadata></record></ListRecords></OAI-PMH>"
    )
    (paper,) = choose_reader(source).read(source).papers
    assert (paper.title, paper.year) == ("Sorting apples by stereo vision: a field study", 2019)
