"""Reference lists in the styles of publishers and of BibTeX."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers.references import references

ATTENTION = "Attention is all you need"
RESIDUAL = "Deep residual learning for image recognition"
STYLES = {
    "ieee": f"[1] A. Vaswani, N. Shazeer, and N. Parmar, “{ATTENTION},” in Proc. NeurIPS, 2017, pp. "
    "5998-6008.\n"
    f"[2] K. He, X. Zhang, S. Ren, and J. Sun, “{RESIDUAL},” in Proc. CVPR, 2016, pp. 770-778.",
    "springer": f"1. Vaswani, A., Shazeer, N., Parmar, N.: {ATTENTION}. In: NeurIPS, pp. 5998-6008 (2017)\n"
    f"2. He, K., Zhang, X., Ren, S., Sun, J.: {RESIDUAL}. In: CVPR (2016)",
    "acm": f"[1] Ashish Vaswani, Noam Shazeer, and Niki Parmar. 2017. {ATTENTION}. In NeurIPS. 5998-6008.\n"
    f"[2] Kaiming He, Xiangyu Zhang, Shaoqing Ren, and Jian Sun. 2016. {RESIDUAL}. In CVPR. 770-778.",
    "apa": f"Vaswani, A., Shazeer, N., & Parmar, N. (2017). {ATTENTION}. NeurIPS, 30, 5998-6008.\n\n"
    f"He, K., Zhang, X., Ren, S., & Sun, J. (2016). {RESIDUAL}. CVPR, 770-778.",
    "natbib": f"Ashish Vaswani, Noam Shazeer, and Niki Parmar. {ATTENTION}. In NeurIPS, pages "
    "5998-6008, 2017.\n\n"
    f"Kaiming He, Xiangyu Zhang, Shaoqing Ren, and Jian Sun. {RESIDUAL}. In CVPR, 2016.",
    "alpha": f"[VSP17] Ashish Vaswani, Noam Shazeer, and Niki Parmar. {ATTENTION}. In NeurIPS, 2017.\n"
    f"[HZRS16] Kaiming He, Xiangyu Zhang, Shaoqing Ren, and Jian Sun. {RESIDUAL}. In CVPR, 2016.",
    "elsevier": f"[1] A. Vaswani, N. Shazeer, N. Parmar, {ATTENTION}, in: NeurIPS, 2017, pp. 5998-6008.\n"
    f"[2] K. He, X. Zhang, S. Ren, J. Sun, {RESIDUAL}, Neural Comput. 12 (2016) 1-10.",
    "vancouver": f"(1) Vaswani A, Shazeer N, Parmar N. {ATTENTION}. Adv Neural Inf Process Syst. "
    "2017;30:5998-6008.\n"
    f"(2) He K, Zhang X, Ren S, Sun J. {RESIDUAL}. Proc CVPR. 2016;1:770-8.",
    "gb7714": f"[1] VASWANI A, SHAZEER N, PARMAR N. {ATTENTION}[C]//NeurIPS. 2017: 5998-6008.\n"
    f"[2] HE K, ZHANG X, REN S, SUN J. {RESIDUAL}[C]//CVPR. 2016: 770-778.",
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    first, second = references(STYLES[style])
    assert (first.title, first.year, len(first.authors)) == (ATTENTION, 2017, 3)
    assert (second.title, second.year, len(second.authors)) == (RESIDUAL, 2016, 4)


def test_names_in_display_order() -> None:
    (entry,) = references("van den Berg, J., O'Neil, M.-A. (2020). On the sorting of tiles. Things, 3, 1-9.")
    assert entry.authors == ("J. van den Berg", "M.-A. O'Neil")


def test_identifiers_and_addresses() -> None:
    text = (
        "[1] J. Devlin et al., “BERT: Pre-training of transformers,” arXiv preprint arXiv:1810.04805v2, "
        "2018.\n"
        "[2] OpenAI, “GPT-4 technical report,” 2023. [Online]. Available: https://openai.com/gpt4\n"
        "[3] A. Ruiz, Sorting of many tiles, J. Things 12 (2020) 1-9. https://doi.org/10.1016/J.thing.2020.01.001."
    )
    first, second, third = references(text, 100)
    assert (first.arxiv_id, first.authors) == ("1810.04805", ("J. Devlin",))
    assert (second.url, second.authors, second.year) == ("https://openai.com/gpt4", ("OpenAI",), 2023)
    assert third.doi == "10.1016/j.thing.2020.01.001"
    assert text[second.start - 100 : second.end - 100].startswith("[2] OpenAI")


def test_an_entry_without_a_title_gets_none() -> None:
    (entry,) = references("[1] A. Einstein and N. Rosen, Phys. Rev. 48, 73 (1935).")
    assert (entry.title, entry.year) == (None, 1935)
    assert entry.authors == ("A. Einstein", "N. Rosen")


def test_titles_that_ask() -> None:
    asked, told = references(
        "Ana Ruiz and Li Wei. Is it over? Sorting in many models. In CVPR, 2020.\n\n"
        "Ana Ruiz and Li Wei. Can models sort tiles? Nature Communications, 12:1-9, 2021."
    )
    assert asked.title == "Is it over? Sorting in many models"
    assert told.title == "Can models sort tiles?"


def test_short_surnames_end_the_byline() -> None:
    first, second = references(
        "Yan Wang and Han-Jia Ye. Integrating adapters for models. In CVPR, 2020.\n\n"
        "G. Xu, W. Xu, and K. Ma. Weighted tuning of models. In CVPR, 2021."
    )
    assert (first.title, first.authors[-1]) == ("Integrating adapters for models", "Han-Jia Ye")
    assert (second.title, second.authors[-1]) == ("Weighted tuning of models", "K. Ma")


def test_names_in_full_before_initials_are_not_turned_round() -> None:
    (entry,) = references(
        "Ben Trovato, G.K.M. Tobin, and Li Wei. 2018. The name of the title. J. Things 3, 1."
    )
    assert entry.authors == ("Ben Trovato", "G.K.M. Tobin", "Li Wei")
    assert entry.title == "The name of the title"


def test_chinese_entries() -> None:
    (entry,) = references("[1] 张三, 李四. 基于深度学习的图像识别方法研究[J]. 计算机学报, 2019, 42(3): 1-10.")
    assert (entry.title, entry.authors, entry.year) == (
        "基于深度学习的图像识别方法研究",
        ("张三", "李四"),
        2019,
    )


def test_years_in_titles_do_not_date() -> None:
    (entry,) = references(
        "[1] A. Ruiz, “Looking back on 1984 and its models,” in Proc. CVPR, 2011, pp. 1990-1999."
    )
    assert entry.year == 2011


@given(st.text(alphabet="[]()12.,:;“” ABZabz&\n-'/é张", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_spans_in_order(text: str) -> None:
    found = references(text, 7)
    last = 7
    for entry in found:
        assert last <= entry.start < entry.end <= len(text) + 7
        last = entry.end
        assert entry.title is None or entry.title.strip() == entry.title


@pytest.mark.parametrize(
    "piece", ["A. ", "Aa, ", "van ", "(", "“", "1. ", "[1] ", "Ab-", "and ", "Xu Y, ", "https://"]
)
def test_hostile_repetition_is_linear(piece: str) -> None:
    begin = time.process_time()
    references(piece * 40_000)
    assert time.process_time() - begin < 5
