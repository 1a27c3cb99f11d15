"""Mails, mailboxes and pages saved as MHTML."""

from __future__ import annotations

import quopri
import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers.base import Parsed, Raw
from kg.readers.mail import READER

ITEMS = [
    (
        "Fast Sorting with Vector Units",
        "Ana Ruiz, Li Wei",
        "Vector units sort fast. We present VSort, which sorts 2.3x faster than std::sort on 14 inputs.",
    ),
    (
        "Slow Sorting for Pedagogical Purposes",
        "Max Born, Zoë Müller",
        "Teaching needs slow algorithms. We propose a sort that is easy to follow and test it in courses.",
    ),
]
LABELLED = "\n\n".join(
    f"Title: {title}\nAuthors: {authors}\nAbstract: {text}" for title, authors, text in ITEMS
)
PAGE = "<h1>New papers</h1>" + "".join(
    f"<div><h3>{title}</h3><p class='authors'>{authors}</p><p>Abstract: {text}</p></div>"
    for title, authors, text in ITEMS
)
CALL = """Call for Papers

Workshop on Sorting (WoS 2022)
Vienna, July 3-4, 2022

Topics of interest
 - networks

We invite submissions of original work. Papers present new results.

Program Committee
Ana Ruiz, Universidad de Chile
"""
CHAT = """Hi Ana,

I think that we should say what we propose in the second paragraph, and that our results
show that it is faster.

--\x20
Bob
"""
DIGEST = r"""Return-Path: <no-reply@arxiv.org>
Date: Mon, 5 Apr 2021 02:15:16 GMT
Message-Id: <202104050215.abc@arxiv.org>
From: no-reply@arXiv.org (send mail ONLY to cs)
To: rabble@arxiv.org (cs daily title/abstract distribution)
Subject: cs daily Subj-class mailing 200093 1

------------------------------------------------------------------------------
Send any comments regarding submissions directly to submitter.
------------------------------------------------------------------------------
 Submissions to:
Machine Learning
 received from  Thu  1 Apr 21 18:00:00 GMT  to  Fri  2 Apr 21 18:00:00 GMT
------------------------------------------------------------------------------
------------------------------------------------------------------------------
\\
arXiv:2104.00634
Date: Thu, 1 Apr 2021 17:26:04 GMT   (1234kb,D)

Title: LongRun: Serving Million-Token Contexts
Authors: Ana Ruiz, Li Wei, J\"org M\"uller
Categories: cs.LG cs.DC
\\
  Large language models are slow at long contexts. We present LongRun, which
serves one million tokens with $3.1\times$ higher throughput than vLLM.
\\ ( https://arxiv.org/abs/2104.00634 ,  1234kb)
------------------------------------------------------------------------------
\\
arXiv:2104.00700
Date: Thu, 1 Apr 2021 18:00:00 GMT   (20kb)

Title: Quantum Annealers Considered Slow
Authors: Max Born and Zo\'e Q. Public (CERN)
Categories: quant-ph cs.AI
\\
  We study quantum annealers for job-shop scheduling and find that they are
slower than classical solvers on all 120 instances.
\\ ( https://arxiv.org/abs/2104.00700 ,  20kb)
"""


def message(text: str = "See below.\n", **settings: str) -> EmailMessage:
    mail = EmailMessage()
    for name, value in {
        "From": "Zoë <z@b.cl>",
        "To": "me@x.org",
        "Subject": "Neue Aufsätze",
        "Message-ID": "<1@x>",
    }.items():
        mail[name] = value
    mail.set_content(text, **settings)
    return mail


def read(data: bytes) -> Parsed:
    raw = Raw(
        path="x.eml",
        data=data,
        text=data.decode("utf-8", "replace"),
        encoding="utf-8",
        media_type="text/plain",
    )
    assert READER.score(raw) > 0.8
    parsed = READER.read(raw)
    for paper in parsed.papers:
        if paper.title_start is not None:
            assert parsed.text is not None
            assert parsed.text[paper.title_start : paper.title_end] == paper.title
    return parsed


def found(parsed: Parsed) -> list[tuple[str | None, str, str | None]]:
    return [
        (paper.title, ", ".join(author.name for author in paper.authors), paper.abstract)
        for paper in parsed.papers
    ]


def test_a_digest_of_arxiv() -> None:
    first, second = read(DIGEST.encode()).papers
    assert first.title == "LongRun: Serving Million-Token Contexts"
    assert [author.name for author in first.authors] == ["Ana Ruiz", "Li Wei", "Jörg Müller"]
    assert "3.1× higher throughput" in (first.abstract or "")
    assert [author.name for author in second.authors] == ["Max Born", "Zoé Q. Public"]
    assert (first.arxiv_id, second.arxiv_id) == ("2104.00634", "2104.00700")


@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_transfer_codings_and_charsets(coding: str, charset: str) -> None:
    assert found(read(message(LABELLED, charset=charset, cte=coding).as_bytes())) == ITEMS


def test_of_alternatives_the_one_with_papers_counts() -> None:
    mail = message()
    mail.add_alternative(f"<html><body>{PAGE}</body></html>", subtype="html")
    assert found(read(mail.as_bytes())) == ITEMS


def test_attachments_are_named_and_not_opened() -> None:
    mail = message(LABELLED)
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Aufsätze.pdf")
    parsed = read(mail.as_bytes())
    assert found(parsed) == ITEMS
    assert parsed.notes == ("attachment 'Aufsätze.pdf' was not opened; save it and add it",)


def test_a_mailbox_holds_many_and_no_paper_twice() -> None:
    chat = b"From: bob@x.org\nTo: ana@y.cl\nSubject: Re: draft\n\nI think that we propose a good method.\n"
    mails = [message(LABELLED).as_bytes(), chat, message(LABELLED).as_bytes(), DIGEST.encode()]
    box = b"".join(b"From z@b.cl Mon Apr  5 02:15:16 2021\n" + mail.rstrip() + b"\n\n" for mail in mails)
    parsed = read(box)
    assert found(parsed)[:2] == ITEMS
    assert len(parsed.papers) == 4


def test_a_page_saved_as_mhtml() -> None:
    page = quopri.encodestring(f"<!DOCTYPE html><html><body>{PAGE}</body></html>".encode()).decode()
    data = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/papers\nSubject: Papers\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----x"\n\n'
        "------x\n"
        f"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{page}\n------x\n"
        "Content-Type: text/css\n\n.a{}\n------x--\n"
    )
    assert found(read(data.encode())) == ITEMS


def test_quoted_lines_are_read_without_their_marks() -> None:
    quoted = "\n".join(f"> {line}" for line in LABELLED.split("\n"))
    assert found(read(message(f"FYI\n\n{quoted}\n").as_bytes())) == ITEMS


@pytest.mark.parametrize(
    "text",
    [
        CALL,
        CHAT,
    ],
)
def test_calls_and_chats_hold_no_paper(text: str) -> None:
    assert read(message(text).as_bytes()).papers == ()


@pytest.mark.parametrize(
    "text",
    [
        "Title: A Paper\nAuthors: Ana Ruiz\nDate: 2021\n",
        "From the beginning: a story",
        "TY  - JOUR\nTI  - A\n",
        "",
        "A: b\n",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    raw = Raw(path="x", data=text.encode(), text=text, encoding="utf-8", media_type="text/plain")
    assert READER.score(raw) == 0


HEAD = b"From: a@b.c\nTo: x@y\nMessage-ID: <1>\n"


@pytest.mark.parametrize(
    "data",
    [
        HEAD
        + b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2_000)
        ),
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nhello\n" * 10_000,
        HEAD + b"Content-Type: text/plain; charset=zip\nSubject: " + b"=?utf-8?q?x?= " * 10_000 + b"\n\nhi",
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"!!!!" * 50_000,
        HEAD + b"Content-Type: text/plain" + b"; a*0=x" * 5_000 + b"\n\nhi",
    ],
)
def test_hostile_mails_cost_little(data: bytes) -> None:
    begun = time.process_time()
    assert read(data).papers == ()
    assert time.process_time() - begun < 5


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_mails_raise_nothing(data: st.DataObject) -> None:
    mail = message(LABELLED)
    mail.add_alternative(PAGE, subtype="html")
    whole = bytearray(mail.as_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    READER.read(Raw(path="x", data=bytes(whole), text="", encoding="", media_type="text/plain"))
