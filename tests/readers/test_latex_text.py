"""LaTeX -> plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.latex_text import latex_to_text, tex_accents


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\"u} {\"{u}} \"u \"{u} \v{c} \'{\i} \ss{} \o{} \L{}", "ü ü ü ü č í ß ø Ł"),
        (
            r"Mart\'\i nez, G{\"o}del, Erd{\H o}s, \c Celik, {\c{c}}, \r{a}",
            "Martínez, Gödel, Erdős, Çelik, ç, å",
        ),
        (r"Nguy\~{\^e}n, Ti{\'\^e}n, Wa{\l}\k{e}sa, {\.I}stanbul", "Nguyễn, Tiến, Wałęsa, İstanbul"),
        (
            r"3.2$\times$ faster, 50\% less, $\sim$30\%, $\alpha$-stable",
            "3.2× faster, 50% less, ~30%, α-stable",
        ),
        (r"$O(n^2)$, $O(n \log n)$, $\mathcal{O}(n\log n)$", "O(n^2), O(n log n), O(n log n)"),
        (r"$10^{-3}$, $x_{ij}$, $2^{n+1}$, $\frac{a+1}{2}$, $\sqrt{d}$", "10^-3, x_ij, 2^(n+1), (a+1)/2, √d"),
        (r"H$_2$O and CO$_{2}$, $4^{th}$, 90$^\circ$C, $\mathbb{R}^d$", "H2O and CO2, 4th, 90°C, ℝ^d"),
        ("It costs $5 and $10 a month. A lone $5.", "It costs $5 and $10 a month. A lone $5."),
        (r"as in~\cite[p.~3]{a,b}, we \label{x} see", "as in, we see"),
        (r"\emph{very \textbf{fast}} {\em code} ({\it x}) {GPU}-based", "very fast code (x) GPU-based"),
        ("pages 1--10 --- ``quoted'' `single' isn't", "pages 1–10 — “quoted” 'single' isn't"),
        (r"\url{http://a.b/~x_y%20z\_q} \href{http://x.y}{here}", "http://a.b/~x_y%20z_q here"),
        (r"\method, a \unknown{arg} and \foo[opt]{bar} in 10\,ms", "method, a arg and bar in 10 ms"),
        (r"\&, \_, \#, \$5, \{a\}, Fig.~3, about ~30 ms", "&, _, #, $5, {a}, Fig. 3, about ~30 ms"),
        (r"\textcolor{red}{text} {\color{blue} y} \texorpdfstring{$x$}{ex}", "text y ex"),
        (r"one\footnote{a note} two\thanks{us}.", "one two."),
        ("100% of 5% plain", "100% of 5% plain"),
    ],
)
def test_what_latex_prints(source: str, text: str) -> None:
    assert latex_to_text(source) == text


def test_text_without_latex_is_left_alone() -> None:
    text = "Plain  text, 5% of it:\n a list [1] (see §3) – done."
    assert latex_to_text(text) is text


def test_what_is_not_closed_is_kept() -> None:
    assert latex_to_text("stray } and { open") == "stray } and { open"
    assert latex_to_text(r"\footnote{never closed") == "{never closed"
    assert latex_to_text("\\") == "\\"


def test_accents_alone_leave_the_rest() -> None:
    assert tex_accents(r"J\"org {\'E}tienne $x$ \\ {bc}") == r"Jörg Étienne $x$ \\ {bc}"


@given(st.text(alphabet=r"\{}$^_~`'-%& aAcuvH\"'[]()\n0", max_size=200))
def test_anything_is_converted(source: str) -> None:
    assert isinstance(latex_to_text(source), str)


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "$", "$ x", "^{", r"\frac{", "\\'{", r"\cite[", r"\footnote{", "`", r"\verb|", r"\url{", "\\"],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    begun = time.process_time()
    latex_to_text(r"\(" + piece * 20_000)
    assert time.process_time() - begun < 2
