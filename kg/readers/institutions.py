"""Whether a short text speaks of an institution: by the words they are called by, and a few names."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["is_affiliation"]

_INSTITUTION = re.compile(
    r"\b(?:universi[dt]|institut|ii[ts]c?\b|iiit\b|n[ty]u\b|nus\b|hkust|usc\b|ucl\b|riken\b|ntt\b|"
    r"bosch\b|siemens\b|"
    r"sony\b|salesforce\b|adobe\b|cisco\b|ericsson\b|nokia\b|"
    r"colleges?\b|school\b|laborator|labs?\b|research\b|b\.v\.|inc\b|corp\b|"
    r"corporation|gmbh|ltd\b|llc\b|"
    r"google|microsoft|nvidia|ibm\b|intel\b|meta\b|facebook|amazon|apple\b|huawei|alibaba|"
    r"tencent|baidu|bytedance|"
    r"samsung|deepmind|openai|qualcomm|amd\b|department|dept\b|faculty|facult|cent(?:er|re)\b|"
    r"academy|polytech|"
    r"politec|hochschule|école|ecole|eth\b|mit\b|cmu\b|ucla\b|ucsd\b|epfl|kaist|cnrs|inria|"
    r"csail|fraunhofer|max planck|"
    r"hospital|foundation|ministry|technolog(?:y|ies)\b|technion|u\.? of\b|uc berkeley|"
    r"berkeley\b|stanford|harvard|tsinghua|(?-i:[KT]U [A-Z][a-z]))"
    r"|大学|大學|研究所|研究院|学院|대학교|университет|институт|جامعة",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def is_affiliation(text: str) -> bool:
    """Whether a short text speaks of an institution.

    >>> is_affiliation("Universidad de Chile"), is_affiliation("Ana Ruiz")
    (True, False)
    """
    return _INSTITUTION.search(text) is not None
