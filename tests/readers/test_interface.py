"""Pages of interface text, calls and committees hold no paper, whatever they sound like."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.readers import Reading, Source, read

PAGES = {
    "menu and cookies": (
        "Skip to main content\nHome\nAbout us\nLog in\nCookies\n\nWe use cookies to improve your "
        "experience on "
        "our site. By continuing to browse the site you agree to our use of cookies and to our "
        "privacy policy, "
        "which explains in detail what data we collect and how long it is stored.\n\nAccept all\n\n404\nPage "
        "not found\nThe page you are looking for does not exist. It may have been moved or deleted.\n"
    ),
    "call for papers": (
        "Call for Papers\n\nThe 51st International Symposium on Computer Architecture (ISCA 2024)\nBuenos "
        "Aires, Argentina\n\nImportant Dates\nAbstract deadline: November 14, 2023\nNotification: March 14, "
        "2024\n\nTopics of interest include: processor architecture, memory systems, accelerators, security, "
        "and quantum computing. Submissions must be made through the submission site by the deadline, and "
        "authors must declare conflicts.\n\nProgram Chairs\nJane Roe (University of X)\nJohn Doe (Example "
        "Inc.)\n"
    ),
    "venue and hotel": (
        "Venue\n\nThe conference will take place at the Marriott Marquis in San Diego, California.\n\n"
        "Registration\nEarly registration closes on May 3, 2023. Students receive a reduced rate if they "
        "register with a valid student card.\n\nHotel\nRooms are available at a discounted rate of $219 per "
        "night. Please book through the link below before April 20.\n\nOrganizing Committee\nGeneral Chair: "
        "Jane Roe, Example University\nFinance Chair: John Doe, Another University\n"
    ),
    "forum": (
        "Forum\nHome › Forums › General\n\nHow do I install it?\n\nJohn Smith\n3 years ago\n\nHi "
        "all, I am new "
        "here and try to install the program on my laptop, but I get an error message each time. What can I "
        "do? I have tried to restart it and also to reinstall everything, without any success so "
        "far.\n\nJane "
        "Doe\n3 years ago\n\nPlease post the log file and the version that you use, then somebody can help "
        "you. You can also search the forum, this question has been asked a few times before.\n\nReply\n"
    ),
    "editorial board": (
        "<html><body><h1>About the journal</h1><p>The journal publishes research articles on computer "
        "architecture. Our editorial board reviews each submission within eight weeks. We present "
        "the accepted "
        "articles online, open access, without article processing charges.</p><h2>Editorial board</h2><ul>"
        "<li>Jane Roe, University of X</li><li>John Doe, Example Institute</li><li>Richard Miles, Y College"
        "</li></ul></body></html>"
    ),
    "session without talks": (
        "Skip to yearly menu bar Skip to main content\n\nSession\n\nPoster Session "
        "2\n\nAbstract:\nChat is not "
        "available.\n\nModerator: Jane Roe\n\nThe ICML Logo above may be used on presentations.\nICML uses "
        "cookies for essential functions only. We do not sell your personal information.\nAccept Cookies\n"
    ),
    "blog without posts": (
        "Papers I read\nHome\nAbout\n\nPosted by Ravi Kumar at 9:14 PM 2 comments: Email This "
        "BlogThis!\nLabels: "
        "DAC, compression\n\nNewer Posts Older Posts Home\n\nBlog Archive\n► 2021 (3)\n▼ 2020 (12)\n\nAbout "
        "Me\nRavi Kumar\nView my complete profile\n"
    ),
}


def read_text(folder: Path, text: str, name: str = "x.txt") -> Reading:
    path = folder / name
    path.write_bytes(text.encode())
    return read(Source(path=name, file=path))


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_no_paper_is_invented(kind: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, PAGES[kind])
    assert reading.papers == ()
    assert (reading.document.status, reading.document.papers) == ("empty", 0)


ABSTRACT = (
    "We present a method that prunes networks while they are trained, so that no second pass over the data "
    "is needed. Our experiments show that it is twice as fast as before, at the same accuracy."
)


@pytest.mark.parametrize(
    "link",
    ["△ Less", "Read more »", "Continue reading →", "[Read more]", "Show less", "Expand", "Keep reading"],
)
def test_links_behind_a_summary_are_cut_off(link: str, tmp_path: Path) -> None:
    page = f"Pruning While Training\n\nAna Ruiz, Li Wei\n\n{ABSTRACT} {link}\n"
    (paper,) = read_text(tmp_path, page).papers
    assert paper.abstract == ABSTRACT


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Pruning While Training (Spotlight)", "Pruning While Training"),
        ("09:00 - 09:20 Pruning While Training", "Pruning While Training"),
        ("9:00 AM – 9:20 AM EST: Pruning While Training", "Pruning While Training"),
        ("* Pruning While Training", "Pruning While Training"),
        ("[3] Pruning While Training", "Pruning While Training"),
        ("Title: Pruning While Training", "Pruning While Training"),
        ("Pruning While Training ( abstract )", "Pruning While Training"),
        ("Pruning While Training. 13-26", "Pruning While Training"),
        ("Pruning (While Training)", "Pruning (While Training)"),
        ("3D Pruning While Training", "3D Pruning While Training"),
    ],
)
def test_what_programmes_put_around_a_title_is_left_out(line: str, title: str, tmp_path: Path) -> None:
    (paper,) = read_text(tmp_path, f"{line}\nAna Ruiz, Li Wei\n\n{ABSTRACT}\n").papers
    assert (paper.title, len(paper.authors)) == (title, 2)


@pytest.mark.parametrize(
    "noise",
    [
        "Editors: Jane Roe, John Doe\n\n",
        "Session Chair: Jane Roe (University of X)\n\n",
        "Proceedings of Something\n\nJane Roe, John Doe (Editors)\n\n",
        "Posted by Jane Roe on March 3, 2020\n\n",
        "Moderators: Jane Roe · John Doe\n\n",
        "CHAIR: Jane Roe\nLOCATION: Room 1\n\n",
    ],
)
def test_editors_and_chairs_are_no_authors(noise: str, tmp_path: Path) -> None:
    other = ABSTRACT.replace("prunes", "quantises")
    page = f"{noise}Pruning While Training\n\nAna Ruiz, Li Wei\n\n{ABSTRACT}\n\n"
    page += f"Quantised While Training\n\nBo Li, Eva Sanz\n\n{other}\n"
    papers = read_text(tmp_path, page).papers
    assert [paper.title for paper in papers] == ["Pruning While Training", "Quantised While Training"]
    assert [[author.name for author in paper.authors] for paper in papers] == [
        ["Ana Ruiz", "Li Wei"],
        ["Bo Li", "Eva Sanz"],
    ]


def test_a_byline_may_stand_above_its_title(tmp_path: Path) -> None:
    byline = "Ana Ruiz (MIT, USA)\nLi Wei (ETH, Switzerland)"
    page = f"09:00\n{byline}\nPruning While Training\n\nABSTRACT. {ABSTRACT}\n"
    (paper,) = read_text(tmp_path, page).papers
    assert paper.title == "Pruning While Training"
    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("Ana Ruiz", "MIT, USA"),
        ("Li Wei", "ETH, Switzerland"),
    ]


def test_a_venue_behind_the_names_is_the_paper_s(tmp_path: Path) -> None:
    page = "Pruning While Training\nA Ruiz, L Wei - Proc. of ISCA, 2018 - dl.acm.org\n\n" + ABSTRACT
    page += "\n\nCaches That Learn\nEva Sanz, Bo Li, SOSP'17\n\n" + ABSTRACT.replace("networks", "caches")
    papers = read_text(tmp_path, page).papers
    assert [(paper.venue, paper.year) for paper in papers] == [("Proc. of ISCA", 2018), ("SOSP", 2017)]
    assert [author.name for author in papers[1].authors] == ["Eva Sanz", "Bo Li"]


def test_abstracts_under_labels_of_their_own_and_in_numbered_lists(tmp_path: Path) -> None:
    others = [ABSTRACT.replace("networks", word) for word in ("trees", "caches", "tensors")]
    for page in (
        "".join(f"Abstract:\n{other}\n\n" for other in others),
        "\n".join(f"{number}. ABSTRACT. {other}" for number, other in enumerate(others, 1)),
        "\n".join(f"• Abstract: {other}" for other in others),
        "\n---\n".join(f"abstract: {other}" for other in others),
    ):
        papers = read_text(tmp_path, page).papers
        assert [paper.abstract for paper in papers] == others
        assert all(paper.title is None and paper.authors == () for paper in papers)


def test_bare_abstracts_without_any_label(tmp_path: Path) -> None:
    others = [(ABSTRACT.replace("networks", word) + " ") * 2 for word in ("trees", "caches", "tensors")]
    papers = read_text(tmp_path, "\n\n".join(other.strip() for other in others)).papers
    assert [paper.abstract for paper in papers] == [other.strip() for other in others]


def test_a_name_of_title_words_is_told_by_its_place(tmp_path: Path) -> None:
    others = [ABSTRACT.replace("networks", word) for word in ("trees", "caches", "tensors", "paths")]
    bylines = ["Ana Ruiz · Li Wei", "Bo Li · Eva Sanz", "Tom Hale · Ida Moe", "Forest Agostinelli"]
    titles = [f"How to Prune {word} Fast" for word in ("Trees", "Caches", "Tensors", "Paths")]
    page = "\n\n".join(
        f"{title}\n\n{byline}\n\n{other}"
        for title, byline, other in zip(titles, bylines, others, strict=True)
    )
    papers = read_text(tmp_path, page).papers
    assert [paper.title for paper in papers] == titles
    assert [author.name for author in papers[3].authors] == ["Forest Agostinelli"]


@pytest.mark.parametrize("place", ["University of Freiburg", "ETH Zürich", "Tsinghua University, MIT CSAIL"])
def test_an_institution_is_neither_title_nor_author(place: str, tmp_path: Path) -> None:
    page = f"Pruning While Training\nAna Ruiz, Li Wei\n{place}\n\n{ABSTRACT}\n"
    (paper,) = read_text(tmp_path, page).papers
    assert paper.title == "Pruning While Training"
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]
    assert paper.abstract == ABSTRACT


@pytest.mark.parametrize(
    "hostile",
    [
        "Pruning " + "(new) " * 3000 + "x",
        "**Pruning** " + "[a](b)" * 3000 + "x",
        "Title: " + " " * 100_000 + "x",
        "Ana Ruiz, " + "Li Wei; " * 3000,
        "[" * 20_000 + "OSDI'20]",
        "Abstract: " + "read more " * 5000 + "!",
        "09:00 - " * 5000,
        "Authors:\n" * 5000,
    ],
)
@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html"])
def test_hostile_lines_cost_no_time(hostile: str, name: str, tmp_path: Path) -> None:
    begun = time.process_time()
    page = f"{hostile}\nAna Ruiz, Li Wei\n\n{ABSTRACT}\n"
    assert "broke" not in (read_text(tmp_path, page, name).document.error or "")
    assert time.process_time() - begun < 5
