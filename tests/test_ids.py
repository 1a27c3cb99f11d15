from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.ids import content_hash, id_digests, id_number, make_id

_PART = st.one_of(st.none(), st.text(), st.integers())


@given(st.lists(_PART, min_size=1, max_size=4))
def test_an_id_is_an_nmtoken_and_depends_on_nothing_else(parts: list[object]) -> None:
    identifier = make_id("p", *parts)
    assert re.fullmatch(r"p:[0-9a-f]{16}", identifier)
    assert identifier == make_id("p", *parts)


def test_ids_of_different_values_differ() -> None:
    values = [("a",), ("a", ""), ("", "a"), (None, "a"), ("a", None), ("ab",), ("a", "b")]
    assert len({make_id("p", *value) for value in values}) == len(values)
    assert make_id("p", "a") != make_id("e", "a")


def test_the_hash_of_bytes_is_sha256() -> None:
    assert content_hash(b"abc").startswith("ba7816bf") and len(content_hash(b"abc")) == 64


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=4))
def test_many_ids_at_once_are_the_same_ids(triples: list[tuple[str, str, str]]) -> None:
    digests = id_digests(triples)
    numbers = [int.from_bytes(digests[at : at + 8]) for at in range(0, len(digests), 32)]
    assert numbers == [id_number(*triple) for triple in triples]
