"""What pages say of venue, year and abstract in the ways of their kind: comments, citation lines, volumes,
search results, posts about one paper."""

from __future__ import annotations

import pytest

from kg.readers.base import Raw, Reader
from kg.readers.html import READER as HTML
from kg.readers.mail import READER as MAIL_READER
from kg.readers.markdown import READER as MARKDOWN
from kg.readers.pages.venues import accepted_at, is_subject, journal_issue, with_acronym
from kg.readers.plain import READER as TEXT
from kg.types import Paper

PROSE = (
    "Deep networks are slow on small devices and their owners must wait. In this paper we propose a "
    "scheduler that places layers on the units that suit them, and we show that it doubles the speed on "
    "three devices."
)


def read(text: str, reader: Reader = TEXT) -> tuple[Paper, ...]:
    raw = Raw(path="page", data=b"", text=text, encoding="utf-8", media_type="text/plain")
    return reader.read(raw).papers


def names(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("Accepted to ISCA 2026", ("ISCA", 2026)),
        ("34 pages, 9 figures, accepted at ICSE 2026 (Research Track)", ("ICSE", 2026)),
        ("EMNLP 2025 main conference; 20 pages", ("EMNLP", 2025)),
        ("Accepted by IEEE Transactions on Medical Imaging", ("IEEE Transactions on Medical Imaging", None)),
        ("This paper has been accepted by AAAI-26", ("AAAI", 2026)),
        (
            "Published in Transactions on Machine Learning Research (09/2025)",
            ("Transactions on Machine Learning Research", 2025),
        ),
        ("Accepted to ECCV", ("ECCV", None)),
        ("Under review at ICLR 2027", (None, None)),
        ("Extended version of our ICML 2023 paper", (None, None)),
        ("12 pages, 8 figures. Code at https://example.org/x", (None, None)),
    ],
)
def test_comments_of_authors_name_the_venue(comment: str, told: tuple[str | None, int | None]) -> None:
    assert accepted_at(comment) == told


def test_citation_lines_of_biomedical_lists_name_journal_and_year() -> None:
    line = "Comput Biol Med. 2025 Oct;83:109474. doi: 10.1016/j.x.2025.1. Epub 2025 Jan 8."
    assert journal_issue(line) == ("Comput Biol Med", 2025)
    assert journal_issue("bioRxiv [Preprint]. 2024 Jan 5:2024.01.02.573. doi: 10.1101/x") == ("bioRxiv", 2024)
    assert journal_issue("A Study of Rivers. 2025 is here") is None


def test_fields_of_study_are_no_venues() -> None:
    assert is_subject("Computer Science, Medicine")
    (paper, _) = read(
        "Fast Sorting with Vector Units\nAna Ruiz, Max Born · Computer Science · arXiv.org · 16 March 2023\n"
        "59 [PDF] · Save Alert Cite\n"
        "Slow Sorting for Patient Teachers\nLi Wei, Kai Tan · Computer Science · IEEE Micro · 2 May 2024\n"
    )
    assert (paper.venue, paper.year) == ("arXiv.org", 2023)


def test_the_short_name_of_a_conference_is_put_behind_the_long_one() -> None:
    long = "The Thirty-ninth Annual Conference on Neural Information Processing Systems"
    assert with_acronym(long, "NeurIPS 2025 poster") == f"{long} (NeurIPS)"
    assert with_acronym("Journal of Rivers", "ICML") == "Journal of Rivers"


MAIL = """\\\\
arXiv:2605.01234
Date: Wed, 13 May 2026 17:59:12 GMT   (812kb)

Title: Pruning Large Networks While They Are Trained
Authors: Ana Ruiz, Max Born
Categories: cs.CL
Comments: Accepted to ACL 2026
  Findings
\\\\
  We present a method that prunes networks while they are trained.
\\\\ ( https://arxiv.org/abs/2605.01234 ,  812kb)
"""


def test_the_comments_of_a_listing_mail_name_the_venue() -> None:
    (paper,) = read(MAIL)
    assert (paper.venue, paper.year, paper.date) == ("ACL", 2026, "2026-05-13")


LISTING = """<html><head><title>Hardware Architecture</title></head><body>
<h1>Hardware Architecture</h1><dl>{}</dl></body></html>"""
ENTRY = """<dt>[{n}] <a href="/abs/2605.0123{n}">arXiv:2605.0123{n}</a>
[<a href="https://arxiv.org/pdf/2605.0123{n}">pdf</a>]</dt>
<dd><div class="list-title"><span class="descriptor">Title:</span> {title}</div>
<div class="list-authors">Ana Ruiz, Max Born</div>
<div class="list-comments"><span class="descriptor">Comments:</span> {comment}</div><p>{prose}</p></dd>"""


def test_numbers_of_a_listing_stand_above_their_titles() -> None:
    titles = [
        "Fast Sorting with Vector Units",
        "Slow Sorting for Patient Teachers",
        "A Data Set of Sorted Numbers",
    ]
    comments = ["12 pages", "Accepted at ISCA 2026", "Preprint"]
    entries = "".join(
        ENTRY.format(n=at + 1, title=title, comment=comment, prose=PROSE)
        for at, (title, comment) in enumerate(zip(titles, comments, strict=True))
    )
    papers = read(LISTING.format(entries), HTML)
    assert [paper.title for paper in papers] == titles
    assert [paper.arxiv_id for paper in papers] == ["2605.01231", "2605.01232", "2605.01233"]
    assert [paper.venue for paper in papers] == [None, "ISCA", None]


def test_a_volume_page_with_chairs_gives_its_papers_venue_and_year() -> None:
    papers = read(
        "Advanced Search\nJournals\nProceedings\n"
        "SORT '25: Proceedings of the 30th ACM International Conference on Sorting and Searching, Volume 2\n"
        "General Chairs:\nLieven Eeckhout\nGeorgios Smaragdakis\nPublisher:\nAssociation for "
        "Computing Machinery\n"
        "Conference: SORT '25: 30th ACM International Conference Rotterdam Netherlands 30 March "
        "2025- 3 April 2025\n"
        "research-article\nPruning Large Networks While They Are Trained\nAna Ruiz\nMax Born\nPages 1–16\n"
        f"{PROSE}\n9 citation\nresearch-article\nScheduling of Layers on Small Devices\nLi Wei\nKai "
        f"Tan\nPages 17–32\n{PROSE}\n"
    )
    assert [names(paper) for paper in papers] == [["Ana Ruiz", "Max Born"], ["Li Wei", "Kai Tan"]]
    assert all("SORT" in (paper.venue or "") and paper.year == 2025 for paper in papers)


BIBLIOGRAPHY = """<html><head><title>dblp: EuroSort 2024</title></head><body><h1>dblp</h1>
<header id="headline"><h1>29th EuroSort 2024: Athens, Greece</h1></header><h2>Scheduling</h2><ul>{}</ul>
<p>retrieved on 2026-03-02 10:11 CET from data curated by the dblp team</p></body></html>"""
CITED = """<li><cite><span itemprop="author"><a>{one}</a></span>,
<span itemprop="author"><a>Max Born</a></span>:<br>
<span class="title" itemprop="name">{title}.</span> <span itemprop="pagination">1-16</span></cite></li>"""


def test_a_bibliography_of_a_conference_gives_its_papers_venue_and_year() -> None:
    titles = ["ZAYA Technical Report", "Fast Sorting with Vector Units", "Slow Sorting for Patient Teachers"]
    listed = "".join(
        CITED.format(one=one, title=title)
        for one, title in zip(["Ana Ruiz", "Li Wei", "Kai Tan"], titles, strict=True)
    )
    papers = read(BIBLIOGRAPHY.format(listed), HTML)
    assert [paper.title for paper in papers] == titles
    assert names(papers[0]) == ["Ana Ruiz", "Max Born"]
    assert {(paper.venue, paper.year) for paper in papers} == {("EuroSort", 2024)}


def test_the_conference_that_took_a_submission_goes_before_the_day_it_came_in() -> None:
    text = "".join(
        f"{title}\n{who}\n18 Sept 2025 (modified: 05 Feb 2026)\nICLR 2026 Oral\nReaders: Everyone\n"
        f"TL;DR: {PROSE[:130]}.\nAbstract: {PROSE}\nSubmission Number: 1030\n"
        for title, who in (
            ("Pruning Large Networks While They Are Trained", "Ana Ruiz, Max Born"),
            ("Scheduling of Layers on Small Devices", "Li Wei, Kai Tan"),
        )
    )
    papers = read(text)
    assert [(paper.venue, paper.year, paper.date) for paper in papers] == [("ICLR", 2026, None)] * 2
    assert [paper.abstract for paper in papers] == [PROSE] * 2


def test_a_digest_keeps_the_abstract_and_not_the_sentence_above_it() -> None:
    papers = read(
        "AI 论文日报 | 2026年5月14日\n\n1. Pruning Large Networks While They Are Trained\n"
        "作者：Ana Ruiz，Min Pyae Moe，Yifan Mai\n机构：University of Freiburg、Tsinghua University & "
        "MIT\n会议：ICML 2026\n"
        f"一句话总结：提出了一种新的训练框架，在多个基准上显著优于现有方法。\n摘要：{PROSE}\n\n"
        "2. Scheduling of Layers on Small Devices\n作者：Li Wei, Kai Tan\n机构：EPFL、AMD Research\n"
        f"一句话总结：系统分析了模型失效的原因，并给出简单有效的改进。\n摘要：{PROSE}\n"
    )
    assert [paper.abstract for paper in papers] == [PROSE] * 2
    assert names(papers[0]) == ["Ana Ruiz", "Min Pyae Moe", "Yifan Mai"]
    assert (papers[0].venue, papers[0].year) == ("ICML", 2026)


def test_what_search_results_show_of_a_text_is_no_abstract() -> None:
    cut = PROSE[:140]
    papers = read(
        f"Fast Sorting with Vector Units\nAna Ruiz, Max Born\n… {cut} …\n\n"
        f"Slow Sorting for Patient Teachers\nLi Wei, Kai Tan\n{PROSE}\n"
    )
    assert [paper.abstract for paper in papers] == [None, PROSE]


def test_lists_in_a_table_of_a_course_are_papers_of_their_own() -> None:
    item = '<li>{}<a href="https://arxiv.org/pdf/2200.0000{}.pdf">{}</a>, {} et al., {}</li>'
    one = item.format("", 1, "Fast Sorting with Vector Units", "Ana Ruiz", "NeurIPS 2022")
    two = item.format("(optional) ", 2, "Slow Sorting for Patient Teachers", "Li Wei", "OSDI 2021")
    three = item.format("", 3, "A Data Set of Sorted Numbers", "Kai Tan", "OSDI 2022")
    papers = read(
        "<h1>CS 2: Systems</h1><h2>Schedule</h2><table><tr><th>Date</th><th>Topic</th><th>Reading</th></tr>"
        "<tr><td>8/28</td><td>Introduction</td><td>None. <a>[slides]</a></td></tr>"
        f"<tr><td>9/4</td><td>Sorting</td><td><ul>{one}{two}</ul></td></tr>"
        f"<tr><td>9/9</td><td>Data</td><td><ul>{three}</ul></td></tr></table>",
        HTML,
    )
    assert [paper.title for paper in papers] == [
        "Fast Sorting with Vector Units",
        "Slow Sorting for Patient Teachers",
        "A Data Set of Sorted Numbers",
    ]
    assert [(paper.venue, paper.year) for paper in papers] == [
        ("NeurIPS", 2022),
        ("OSDI", 2021),
        ("OSDI", 2022),
    ]


def test_links_before_a_title_and_the_notice_behind_the_last_abstract_are_left_out() -> None:
    papers = read(
        "## Proceedings of the 2025 Conference on Sorting (Volume 2: Short Papers)\n\n"
        "[pdf](https://x.org/1.pdf) bib abs **[Fast Sorting with Vector Units](/1/)**  \n[Ana "
        "Ruiz](/a) | [Max Born](/b)\n\n"
        f"{PROSE}\n\n[pdf](https://x.org/2.pdf) bib abs **[Slow Sorting for Patient Teachers](/2/)**  \n"
        f"[Li Wei](/c) | [Kai Tan](/d)\n\n{PROSE}\n\n"
        "XYZ materials are Copyright © 1963–2026 XYZ; other materials are copyrighted by their "
        "respective copyright "
        "holders. Materials prior to 2016 here are licensed under a licence that permits use in teaching.\n",
        MARKDOWN,
    )
    assert [paper.title for paper in papers] == [
        "Fast Sorting with Vector Units",
        "Slow Sorting for Patient Teachers",
    ]
    assert [paper.abstract for paper in papers] == [PROSE] * 2


def test_a_wrapped_heading_is_one_title() -> None:
    body = "\n".join(
        f"> line {at} of the abstract that goes on for about the width of the whole page he"
        for at in range(8)
    )
    (paper,) = read(
        "# Title:Reasoning with Sorted Numbers: A Large Data Set with Verbosity and\nCognitive "
        "Difficulty Annotations\n\n"
        "Authors:[Ana Ruiz](https://x.org/a), [Max\nBorn](https://x.org/b)\n\n> "
        f"Abstract:{PROSE[:60]}\n{body}\n> and ends.\n\n"
        "Comments:| Accepted at ICML 2026. Code available  \n---|---  \n",
        MARKDOWN,
    )
    assert (
        paper.title == "Reasoning with Sorted Numbers: A Large Data Set with Verbosity and "
        "Cognitive Difficulty Annotations"
    )
    assert names(paper) == ["Ana Ruiz", "Max Born"]
    assert (paper.venue, paper.year) == ("ICML", 2026)


def test_a_heading_above_short_lines_stays_a_heading() -> None:
    (paper,) = read(f"# Fast Sorting with Vector Units\nAna Ruiz, Max Born\n\n{PROSE}\n", MARKDOWN)
    assert paper.title == "Fast Sorting with Vector Units"
    assert names(paper) == ["Ana Ruiz", "Max Born"]


def test_a_post_about_one_paper_gives_that_paper() -> None:
    (paper,) = read(
        "This paper, [Fast Sorting with Vector Units](https://www.usenix.org/conference/nsdi25/x), "
        "appeared at NSDI "
        "2025. The authors are Ana Ruiz, Max Born, and Li Wei.\n\n## What problem does it solve?\n\n"
        "The paper starts from a simple observation: what works in the lab falls apart with real "
        "data. I found "
        "section 2 very pleasant to read.\n\n## What I liked\n\n- clear figures\n- honest evaluation\n",
        MARKDOWN,
    )
    assert paper.title == "Fast Sorting with Vector Units"
    assert names(paper) == ["Ana Ruiz", "Max Born", "Li Wei"]
    assert (paper.venue, paper.year) == ("NSDI", 2025)


def test_a_post_that_only_links_to_papers_gives_none() -> None:
    assert (
        read(
            "I was in Boston last week and met old friends. Some day I will write about "
            "[the many ways to sort numbers](https://example.org/sorting), which my students like so much.\n",
            MARKDOWN,
        )
        == ()
    )


def test_a_keynote_is_no_paper() -> None:
    papers = read(
        "<h1>SORT '25 Technical Sessions</h1><h2>SORT '25 Keynote Address</h2>"
        "<h2>Accelerating Software Development: The LLM (R)evolution</h2><p>Emery Berger, University "
        "of Massachusetts</p>"
        "<h2>Fast Sorting with Vector Units</h2><p>Ana Ruiz and Max Born, <em>ETH Zurich</em></p>"
        f"<p>{PROSE}</p><h2>Slow Sorting for Patient Teachers</h2><p>Li Wei and Kai Tan, "
        f"<em>MIT</em></p><p>{PROSE}</p>",
        HTML,
    )
    assert [paper.title for paper in papers] == [
        "Fast Sorting with Vector Units",
        "Slow Sorting for Patient Teachers",
    ]


def test_names_and_volumes_on_buttons_are_read_and_commands_are_not() -> None:
    papers = read(
        "<h1>European Sorting Association</h1><h2>EUSORT Conference Papers</h2>"
        "<p>The EUSORT papers, provided here by the association, are the accepted versions. Please "
        "choose a year.</p>"
        + "".join(
            f'<button class="accordion">EUSORT {year} Papers</button><dl><dt class="ptitle">'
            f'<a href="/{year}.php">'
            f"{title}</a></dt><dd>Ana Ruiz, Max Born</dd><dd>[<a>pdf</a>]</dd></dl><button>Sort by "
            "Date</button>"
            for year, title in (
                (2024, "Fast Sorting with Vector Units"),
                (2022, "Slow Sorting for Patient Teachers"),
            )
        ),
        HTML,
    )
    assert [(paper.title, paper.venue, paper.year) for paper in papers] == [
        ("Fast Sorting with Vector Units", "EUSORT", 2024),
        ("Slow Sorting for Patient Teachers", "EUSORT", 2022),
    ]


def test_the_speaker_above_the_authors_is_no_title() -> None:
    rows = "".join(
        f"<tr><td>11:00 CET</td><td>TS1</td><td>{title}<br><strong>Speaker</strong>:<br>{who}, TU "
        "Wien, AT<br>"
        f"<strong>Authors</strong>:<br>{who} and Jonathan May<sup>2</sup>, TU Wien, AT<br>"
        f"<strong><em>Abstract</em></strong><br>{PROSE}</td></tr>"
        for title, who in (
            ("SORTING NUMBERS WITH VECTOR UNITS", "Ana Ruiz"),
            ("A PATIENT WAY OF SORTING", "Max Born"),
        )
    )
    papers = read(f"<h1>Programme</h1><table>{rows}</table>", HTML)
    assert [paper.title for paper in papers] == [
        "SORTING NUMBERS WITH VECTOR UNITS",
        "A PATIENT WAY OF SORTING",
    ]
    assert names(papers[0]) == ["Ana Ruiz", "Jonathan May"]


def test_a_byline_in_full_and_in_short_is_read_once() -> None:
    (paper, _) = read(
        "".join(
            f'<article><a class="docsum-title" href="/{at}">{title}.</a>'
            '<span class="docsum-authors full-authors">'
            'Chen N, Tong Y, Wu J.</span><span class="docsum-authors short-authors">Chen N, et al.</span>'
            '<span class="docsum-journal-citation">Comput Biol Med. 2025 May;190:110042. doi: '
            "10.1016/j.x.1.</span>"
            f'<div class="snippet">{PROSE[:120]} …</div></article>'
            for at, title in enumerate(
                ("Fast Sorting with Vector Units", "Slow Sorting for Patient Teachers")
            )
        ),
        HTML,
    )
    assert names(paper) == ["N Chen", "Y Tong", "J Wu"]
    assert (paper.venue, paper.year, paper.abstract) == ("Comput Biol Med", 2025, None)


def test_the_year_of_a_conference_goes_before_the_day_of_submission() -> None:
    (paper,) = read(
        '<html><head><title>Sorting | OpenReview</title><meta name="citation_title" '
        'content="Sorting in Context">'
        '<meta name="citation_author" content="Ana Ruiz"><meta name="dc.creator" content="Ana Ruiz">'
        '<meta name="citation_publication_date" content="2024/10/04"><meta name="citation_conference_title" '
        'content="The Thirteenth International Conference on Learning Representations"></head><body>'
        "<p>Go to ICLR 2025 Conference homepage</p><h2>Sorting in Context</h2><h3>Ana Ruiz</h3>"
        f"<p>Abstract: {PROSE}</p></body></html>",
        HTML,
    )
    assert paper.venue == "The Thirteenth International Conference on Learning Representations (ICLR)"
    assert (paper.year, paper.date, names(paper)) == (2025, None, ["Ana Ruiz"])


def test_badges_name_venue_and_year() -> None:
    row = (
        "| [![Star](https://img.shields.io/github/stars/o/r.svg)](https://github.com/o/r)<br>"
        "[{}](https://arxiv.org/abs/"
        "2500.01234) <br> Ana Ruiz, Max "
        "Born|![](https://img.shields.io/badge/{}-blue)|[Paper](https://x.org/p.pdf)|\n"
    )
    papers = read(
        "## Sorting\n\n| Title & Authors | Venue | Links |\n|:--|:-:|:-:|\n"
        + row.format("Fast Sorting with Vector Units", "NeurIPS-2024")
        + row.format("Slow Sorting for Patient Teachers", "ICLR-2026"),
        MARKDOWN,
    )
    assert [(paper.title, paper.venue, paper.year) for paper in papers] == [
        ("Fast Sorting with Vector Units", "NeurIPS", 2024),
        ("Slow Sorting for Patient Teachers", "ICLR", 2026),
    ]


def test_what_a_blogger_thinks_of_papers_is_no_abstract() -> None:
    papers = read(
        "# Papers of February\n\n## 1\\. Fast Sorting with Vector Units\n\n_Ana Ruiz and Max Born. "
        "SIGCOMM 2025._\n\n"
        "I started the month with this one because three colleagues mailed it to me on the same day. "
        "In the spirit of "
        "the end-to-end argument the fix moves to the edges.\n\nMy take: read the evaluation first.\n\n"
        "## 2\\. Slow Sorting for Patient Teachers\n\n_Li Wei and Kai Tan. HotNets 2025._\n\n"
        "The paper I argued with most. If you only read section 4, you will come away with the wrong "
        "impression of "
        "it, and with a long list of wishes for a second version.\n",
        MARKDOWN,
    )
    assert [(paper.venue, paper.abstract) for paper in papers] == [("SIGCOMM", None), ("HotNets", None)]


def test_papers_that_cite_the_paper_of_a_page_are_not_its_papers() -> None:
    other = (
        "\n### Cited Title Number {} of the List\n\n*   [Li Wei](https://x.org/1), [Kai "
        "Tan](https://x.org/2)\n*   2025\n"
    )
    (paper,) = read(
        "Fast Sorting with Vector Units\n===\n\n*   [Ana Ruiz](https://x.org/1), [Max "
        "Born](https://x.org/2)\n"
        "*   Computer Science\n\nTLDR\n----\n\nIt is shown that sorting is "
        f"fast.\n\nAbstract\n--------\n\n{PROSE}\n\n"
        "2 Citations\n-----------\n"
        + other.format(1)
        + other.format(2)
        + "\n1 Reference\n-----------\n"
        + other.format(3),
        MARKDOWN,
    )
    assert (names(paper), paper.abstract) == (["Ana Ruiz", "Max Born"], PROSE)


def test_a_panel_adds_to_the_entry_of_the_list_beside_it() -> None:
    titles = [
        "Fast Sorting with Vector Units",
        "Slow Sorting for Patient Teachers",
        "A Data Set of Sorted Numbers",
    ]
    listed = "".join(f"{title}\nAna Ruiz, Max Born, Kai Hu\n2023\n" for title in titles)
    papers = read(
        f"List view\n{listed}{titles[0]}\nAna Ruiz, Max Born, Kai Hu\n"
        f"2023, International Conference on Machine Learning\n118 Citations, 52 References\n{PROSE}\n"
    )
    assert [paper.title for paper in papers] == titles
    assert (papers[0].venue, papers[0].year) == ("International Conference on Machine Learning", 2023)
    assert papers[0].abstract == PROSE


def test_the_types_of_chinese_references_and_patents_are_left_out() -> None:
    papers = read(
        "【代表性论文】（*为通讯作者）\n"
        "[1] Ana Ruiz, Max Born, Guodong Wei*. Fast Sorting with Vector Units. IEEE Transactions on "
        "Computers, 2023.\n"
        "[2] 陈立群，何思远，魏国栋*. 面向大规模图神经网络的分布式采样与缓存优化方法[J]. "
        "计算机研究与发展, 2023, 60(4): "
        ""
        ""
        ""
        "812-827.\n"
        "\n【授权专利】\n[1] 魏国栋, 何思远. 一种异构集群任务调度方法及装置. 发明专利, ZL202110456789.X\n"
    )
    assert [paper.title for paper in papers] == [
        "Fast Sorting with Vector Units",
        "面向大规模图神经网络的分布式采样与缓存优化方法",
    ]


def test_a_mail_says_in_its_subject_of_which_issue_it_tells() -> None:
    source = (
        "From: Message Center <a@example.com>\nTo: r@example.se\nDate: Tue, 19 Aug 2025 04:12:00 +0000\n"
        "Subject: New issue: Neural Networks, Volume 191, November 2025\nContent-Type: text/plain\n\n"
        "Access the latest articles in your journal\n\nFull Length Articles\n\n"
        "Performance Evaluation of Large Language Models in Bangla Consumer\nHealth Query Summarization\n"
        "<https://www.example.com/science/article/pii/S08936080250797744567890?dgcid=raven>\nArticle 107974\n"
        "Changyue Shi, Minghao Chen, Yiping Mao, Chuxiao Yang, Xinyuan Hu, Jiajun\nDing, Zhou Yu\n"
        "Download PDF <https://www.example.com/science/article/pii/x/pdfft>\n\n"
        "Conditional Diffusion Model with Anatomical-Dose Dual Constraints for\nEnd-to-End Dose Prediction\n"
        "<https://www.example.com/science/article/pii/S08936080250797744567891?dgcid=raven>\nArticle 107975\n"
        "Ana Ruiz, Max Born\nDownload PDF <https://www.example.com/science/article/pii/x/pdfft>\n"
    )
    raw = Raw(path="m.eml", data=source.encode(), text=source, encoding="utf-8", media_type="text/plain")
    papers = MAIL_READER.read(raw).papers
    assert [" ".join((paper.title or "").split()) for paper in papers] == [
        "Performance Evaluation of Large Language Models in Bangla Consumer Health Query Summarization",
        "Conditional Diffusion Model with Anatomical-Dose Dual Constraints for End-to-End Dose Prediction",
    ]
    assert names(papers[0])[-2:] == ["Jiajun Ding", "Zhou Yu"]
    assert {(paper.venue, paper.year) for paper in papers} == {("Neural Networks", 2025)}


def test_the_beginnings_of_texts_that_a_search_shows_are_no_abstracts() -> None:
    listed = (
        f"Fast Sorting with Vector Units\nAna Ruiz, Max Born\n{PROSE[:130]}...\n\n"
        f"Slow Sorting for Patient Teachers\nLi Wei, Kai Tan\n{PROSE}\n"
    )
    searched = read(f"Search results for: sorting\n1 - 2 of 4,211 results\n\n{listed}")
    assert [paper.abstract for paper in searched] == [None, PROSE]
    assert all(paper.abstract for paper in read(listed))


def test_works_that_a_list_says_how_to_cite_have_these_authors() -> None:
    papers = read(
        "<h1>Publications</h1>"
        + "".join(
            f'<article><h2 itemprop="headline"><a href="/{at}">{title}</a></h2><p>Published in '
            "<i>Journal of Rivers</i>,"
            f" {year}</p><p>{prose}</p><p>Recommended citation: {who} ({year}). &quot;{title}.&quot; "
            "<i>Journal of Rivers</i>.</p></article>"
            for at, (title, year, who, prose) in enumerate(
                (
                    ("Fast Sorting with Vector Units", 2025, "He, D., Feng, G., &amp; Li, H.", PROSE),
                    ("Slow Sorting for Patient Teachers", 2024, "Wei, L., &amp; Tan, K.", "A short answer."),
                )
            )
        ),
        HTML,
    )
    assert [names(paper) for paper in papers] == [["D. He", "G. Feng", "H. Li"], ["L. Wei", "K. Tan"]]
    assert [(paper.venue, paper.year) for paper in papers] == [
        ("Journal of Rivers", 2025),
        ("Journal of Rivers", 2024),
    ]
    assert papers[0].abstract == PROSE


def test_titles_in_corner_brackets_and_names_between_wide_commas() -> None:
    papers = read(
        '<h2>学術論文</h2><ol><li>Ruiqi Wang, Zhen Gao, Masaki Todo,<br>"Fast Sorting with Vector '
        'Units,"<br>'
        "Speech Communication, Vol.33, pp.3040-3045, 2025.</li>"
        "<li>佐伯 真理，小林 拓海，藤堂 正樹，<br>「音声対話における相槌生成のタイミング予測」，<br>"
        "電子情報通信学会論文誌D，Vol.J107-D, No.5, pp.241-252, 2024年5月．</li></ol>"
        "<h2>招待講演</h2><ul><li>藤堂 正樹，「人に寄り添う音声対話」，音声フォーラム，2024年11月</li></ul>",
        HTML,
    )
    assert [(paper.title, names(paper)[-1], paper.year) for paper in papers] == [
        ("Fast Sorting with Vector Units", "Masaki Todo", 2025),
        ("音声対話における相槌生成のタイミング予測", "藤堂 正樹", 2024),
    ]


def test_names_in_an_inner_item_belong_to_the_title_above_them() -> None:
    papers = read(
        "# Awesome papers\n\n## Pruning\n\n"
        "1. [Fast Sorting with Vector Units](https://openreview.net/forum?id=p0), ICLR'25\n"
        "   - Ana Ruiz, Max Born.\n"
        "1. [Slow Sorting for Patient Teachers](https://openreview.net/forum?id=p1), EMNLP'24 🔥\n"
        "   - Li Wei, Kai Tan, Carla Souza.\n"
        "1. [A Data Set of Sorted Numbers](https://openreview.net/forum?id=p2), arXiv'25\n   - Kai "
        "Tan, Li Wei.\n",
        MARKDOWN,
    )
    assert [(paper.title, paper.venue, paper.year) for paper in papers] == [
        ("Fast Sorting with Vector Units", "ICLR", 2025),
        ("Slow Sorting for Patient Teachers", "EMNLP", 2024),
        ("A Data Set of Sorted Numbers", "arXiv", 2025),
    ]
    assert names(papers[1]) == ["Li Wei", "Kai Tan", "Carla Souza"]


def test_fields_between_bars() -> None:
    papers = read(
        "# Awesome papers\n\n"
        "* [ ] `2025.05` | [MLSys] | Sorted Slides: Are They Good? Can Students Tell? | Ana Ruiz, "
        "Max Born | [pdf](https://x.org/0.pdf)\n"
        "* [x] `2024.08` | [ACL Findings] | Slow Sorting for Patient Teachers | Li Wei et al. | "
        "[pdf](https://x.org/1.pdf)\n"
        "* [x] `2024.08` | [NAACL] | A Data Set of Sorted Numbers | Kai Tan, Li Wei | "
        "[pdf](https://x.org/2.pdf)\n",
        MARKDOWN,
    )
    assert [(paper.title, paper.venue, paper.year) for paper in papers] == [
        ("Sorted Slides: Are They Good? Can Students Tell?", "MLSys", 2025),
        ("Slow Sorting for Patient Teachers", "ACL Findings", 2024),
        ("A Data Set of Sorted Numbers", "NAACL", 2024),
    ]


def test_readings_of_a_week_on_lines_of_one_paragraph() -> None:
    papers = read(
        "# Readings\n\n## Week 2: Sorting\n\n"
        '**Main:** "Fast Sorting with Vector Units," Ana Ruiz, Max Born, and Li Wei, ISCA 2017. '
        "[[pdf](p/0.pdf)]  \n"
        '**Also:** "Slow Sorting for Patient Teachers," Li Wei and Kai Tan, HPCA 2024. [[pdf](p/1.pdf)]  \n'
        '*Background:* "A Data Set of Sorted Numbers," Kai Tan and Max Born, MICRO 2023. '
        "[[pdf](p/2.pdf)]  \n",
        MARKDOWN,
    )
    assert [(paper.title, len(paper.authors), paper.venue, paper.year) for paper in papers] == [
        ("Fast Sorting with Vector Units", 3, "ISCA", 2017),
        ("Slow Sorting for Patient Teachers", 2, "HPCA", 2024),
        ("A Data Set of Sorted Numbers", 2, "MICRO", 2023),
    ]


def test_sessions_that_a_list_names_before_are_no_part_of_titles() -> None:
    papers = read(
        "Intersort 2025\nRotterdam, The Netherlands\n17-21 August 2025\n\nSessions:\n\n    Keynote "
        "1: Roger Moore\n"
        "    Sorting of Speech\n    Sorting of Numbers\n\nKeynote 1: Roger Moore\n"
        "From talking and listening devices to machines\nRoger Moore\n\nSorting of Speech\n"
        "Fast Sorting with Vector Units\nAna Ruiz, Max Born\n\nA Data Set of Sorted Numbers\nKai "
        "Tan, Li Wei\n\n"
        "Sorting of Numbers\nSlow Sorting for Patient Teachers\nLi Wei, Kai Tan, Carla Souza\n"
    )
    assert [paper.title for paper in papers] == [
        "Fast Sorting with Vector Units",
        "A Data Set of Sorted Numbers",
        "Slow Sorting for Patient Teachers",
    ]


def test_surnames_first_below_a_label_without_a_colon() -> None:
    papers = read(
        "".join(
            f"research\n{title}\nAuthor\nLi, Yuliang\nZhou, Chu\nGuo, Heng\n+3 more\nPublication "
            f"date\n25/07/{year}\n"
            f"Publisher\nETH Zurich\nAbstract\n{PROSE}\n\nGet PDF\n"
            for title, year in (
                ("Fast Sorting with Vector Units", 2024),
                ("Slow Sorting for Patient Teachers", 2023),
            )
        )
    )
    assert [paper.title for paper in papers] == [
        "Fast Sorting with Vector Units",
        "Slow Sorting for Patient Teachers",
    ]
    assert names(papers[0]) == ["Yuliang Li", "Chu Zhou", "Heng Guo"]
    assert [(paper.year, paper.abstract) for paper in papers] == [(2024, PROSE), (2023, PROSE)]


LONG_VENUE = "Workshop Methoden und Beschreibungssprachen zur Modellierung und Verifikation (MBMV)"


def test_entries_in_german_with_surnames_first_and_the_venue_behind_in() -> None:
    entry = "{who}:\n{title}.\nIn: {venue}, {year}, S. 201-207.\n[BibTeX] [DOI]\n\n"
    papers = read(
        "Publikationen\n\n2025\n\n"
        + entry.format(
            who="Song, Yiren; Zhong, Huilin; Shou, Mike Zheng",
            title="Fast Sorting with Vector Units",
            venue="Design, Automation & Test in Europe (DATE)",
            year=2025,
        )
        + entry.format(
            who="Ruiz, Ana; Born, Max",
            title="Slow Sorting for Patient Teachers",
            venue=LONG_VENUE,
            year=2025,
        )
    )
    assert [(paper.venue, paper.year, paper.abstract) for paper in papers] == [
        ("Design, Automation & Test in Europe (DATE)", 2025, None),
        (
            LONG_VENUE,
            2025,
            None,
        ),
    ]
    assert names(papers[0]) == ["Yiren Song", "Huilin Zhong", "Mike Zheng Shou"]


def test_the_abstract_goes_before_its_translations() -> None:
    (paper,) = read(
        '<html><head><meta name="citation_title" content="Sorting in Context"><meta name="citation_author" '
        'content="Ruiz, Ana"></head><body><h1 class="article-title">Sorting in Context</h1>'
        '<h2 class="article-title">Ordenação em contexto: um estudo comparativo de métodos</h2><p>'
        "Ana Ruiz</p>"
        f"<h1>Abstract</h1><p>{PROSE}</p><h1>Resumo</h1><p>Este trabalho apresenta uma avaliação "
        "sistemática de modelos "
        "de aprendizado profundo aplicados a dados clínicos brasileiros. Foram comparadas quatro "
        "arquiteturas em três "
        "conjuntos de dados públicos, com validação cruzada, e os resultados indicam ganhos "
        "consistentes para todos."
        "</p><p>About the journal</p><p>Editorial board</p><p>Instructions to authors</p></body></html>",
        HTML,
    )
    assert (paper.title, paper.abstract) == ("Sorting in Context", PROSE)


def test_papers_of_a_day_are_of_its_year() -> None:
    titles = [
        "Fast Sorting with Vector Units of Several Makes",
        "Slow Sorting for Patient Teachers and What Their Pupils Make of It in the End of the Day",
        "A Data Set of Sorted Numbers",
        "Sorting",
        "Numbers and Where They Come From: A Survey with Many Examples",
        "Who Sorts the Sorters? On Bias in Sorted Collections of Words, Numbers and Pictures",
    ]
    papers = read(
        "Daily Papers\nby AK and the research community\n\nMay 14, 2026\n"
        + "".join(
            f"Submitted by\nuser{at}\n{title}\nNVIDIA\n· {at + 2} authors\n240\n4\n"
            for at, title in enumerate(titles)
        )
    )
    assert [(paper.title, paper.year) for paper in papers] == [
        (title, 2026) for title in titles if " " in title
    ]
