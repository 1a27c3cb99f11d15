"""JSON text that every parser takes: UTF-8 unless a text holds half a surrogate pair, no NaN."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from typing import Any

__all__ = ["json_text", "known"]

_HALF = re.compile("[\ud800-\udfff]")


def json_text(value: Any) -> str:
    r"""The value on one line, keys in their order. What JSON has no form for is written as its ``str``.

    >>> json_text({"name": "é", "half": "\ud800"})
    '{"name": "\\u00e9", "half": "\\ud800"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
    return json.dumps(value, allow_nan=False, default=str) if _HALF.search(text) else text


def known(attributes: Mapping[str, Any], taken: Collection[str] = ()) -> dict[str, Any]:
    """Attributes by name without those that are not known (None, NaN, infinite).

    A name that the format keeps for itself gets underscores: ``id`` becomes ``id_``.
    """
    found: dict[str, Any] = {}
    for name in sorted(attributes):
        value = attributes[name]
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            continue
        wanted = name
        while wanted in taken or (wanted != name and wanted in attributes):
            wanted += "_"
        found[wanted] = value
    return found
