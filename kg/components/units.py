"""Units of measured quantities: how they are printed, what they are called here, which kind they are."""

from __future__ import annotations

import re

__all__ = ["UNIT", "canonical_unit", "unit_kind"]

_PREFIX = r"(?:[kKMGTPEmcunpfaμ]|Peta|[Gg]iga|[Tt]era|[Mm]ega|[Kk]ilo)?"
_SYMBOL = (
    rf"{_PREFIX}(?:FLOPS|FLOPs|FLOP|OPS|OPs|OP|Ops|Wh|W|J|Hz|bps|sps|SPS|Sa|iB|B|b|s|m|g|V|A|L|N|Ω"
    r"|pixels|IPS|CUPS|MACs?|TEPS)"
    r"|dB[cmi]?|dBFS|FPS|fps|TPS|QPS|kGE|BTOPS|IPC|°C?"
    r"|deg|σ|ppm|bpm|pp|pts|min|hrs?|h|secs?|LSB|USD|sq|cc|DMIPS|D?CC"
)
_WORD = (
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|(?:milli|micro|nano|pico)-?seconds?"
    r"|cycles?|(?:GPU|CPU)[- ]?(?:hours|days)"
    r"|frames?|tokens?|toks?|images?|samples?|bits?|bytes?|pixels?|degrees?|K?LUTs?|FFs?|DSPs?(?: blocks)?"
    r"|BRAMs?|slices?|flip[- ]flops"
    r"|gates?|transistors|parameters|params|points?|meters?|iterations?|epochs?|rounds|steps|queries"
    r"|requests|inferences"
    r"|joules?|watts?|dollars?|operations|calls?|neurons|synapses|characters|words|megabytes|gigabytes|kilobytes"
    r"|(?:milli|micro)?watts|TeraOPS|GigaOPS|(?:[Tt]era|[Gg]iga|[Mm]ega)[- ]?operations|word lines"
)
_LONG_OPS = (
    r"(?:[Pp]eta|[Tt]era|[Gg]iga|[Mm]ega)[- ]?operations(?:/s| per second)(?: per watt(?!\w))?"
    r"(?: ?\([PTGM]OPS(?:/W|/mm\^?2)?\))?(?:/(?:W|mm\^?2))?(?!\w)"
)
_PER = r"(?:\s?/\s?(?:[a-zA-Zμ]{1,12}(?:\^?[23])?(?!\w))| per (?:[a-z]{2,12}))"
UNIT = (
    r"(?:%(?:p(?!\w)|-?\s?(?:absolute )?points?\b)?|per ?cent(?:age)?\b(?![- ]points?)"
    r"|percentage[- ]points?\b"
    r"|(?:absolute )?points?\b|x(?=[ ,.;:)/*~—-]|$)|X(?!\w)|[x](?=better|faster|lower|higher|smaller"
    r"|end-to-end|less|more|speed)"
    r"|[- ]?times\b|-?folds?\b|MBs|GBs|\^?°(?: ?C\b)?|\*(?=[ ,;.)]|$)"
    rf"|{_LONG_OPS}|(?:{_SYMBOL})(?:\^?[23])?(?![\w^]){_PER}{{0,2}}|(?:{_WORD})(?!\w){_PER}{{0,2}})"
)
_SAME = {
    "percent": "%",
    "per cent": "%",
    "percentage": "%",
    "x": "x",
    "X": "x",
    "*": "x",
    "times": "x",
    "fold": "x",
    "folds": "x",
    "fps": "FPS",
    "frames/s": "FPS",
    "frames/second": "FPS",
    "frame/s": "FPS",
    "point": "points",
    "second": "s",
    "seconds": "s",
    "sec": "s",
    "secs": "s",
    "hour": "hours",
    "minute": "minutes",
    "day": "days",
    "us": "μs",
    "um": "μm",
    "°": "degrees",
    "^°": "degrees",
    "MBs": "MB",
    "GBs": "GB",
    "pts": "points",
    "deg": "degrees",
    "degree": "degrees",
    "params": "parameters",
    "meters": "m",
    "meter": "m",
    "dollars": "$",
    "USD": "USD",
    "cycle": "cycles",
    "bit": "bits",
    "watts": "W",
    "watt": "W",
}
_POINTS = re.compile(r"%p$|^%.*point|percentage[- ]point|absolute points?")
_LONG = re.compile(r"([ptgm])[a-z]+[- ]?operations(?:/s| per second)(.*)", re.IGNORECASE)
_PER_WHAT = re.compile(r"/\w[\w^]*")
_SCALE = {"milli": "m", "micro": "μ", "nano": "n", "pico": "p"}
_TIME = re.compile(r"(?:m|μ|n|p|f)?s|minutes|min|hours|hrs?|h|days|weeks|months|years")
_RATE = re.compile(r"/|FPS|OPS|FLOPS|Hz|TPS|QPS|bps|IPS")


def canonical_unit(printed: str) -> str:
    """The unit as the tables hold it: "%", "x", "pp", "FPS", "tokens/s"; unknown ones as printed."""
    unit = " ".join(printed.split()).strip("- ").replace(" / ", "/")
    if _POINTS.search(unit):
        return "pp"
    long = _LONG.fullmatch(unit)
    if long:
        per = _PER_WHAT.search(long[2].replace(" per watt", "/W"))
        unit = f"{long[1].upper()}OPS{per.group() if per else ''}"
    if " per " in unit:
        unit = (
            unit.replace(" per ", "/").replace("/second", "/s").replace("/joule", "/J").replace("/watt", "/W")
        )
    unit = re.sub(r"/sec(?:ond)?$", "/s", unit)
    scaled = re.fullmatch(r"(milli|micro|nano|pico)-?(?:second|sec)s?", unit)
    if scaled:
        return _SCALE[scaled[1]] + "s"
    unit = re.sub(r"(?<=m)([23])\b", r"^\1", unit)
    return _SAME.get(unit, unit).removesuffix(" blocks")


def unit_kind(unit: str) -> str:
    """A coarse class: ratio, percent, points, time, rate, plain (no unit) or other."""
    if unit in ("x", "%", ""):
        return {"x": "ratio", "%": "percent", "": "plain"}[unit]
    if unit in ("pp", "points"):
        return "points"
    if _TIME.fullmatch(unit):
        return "time"
    return "rate" if _RATE.search(unit) else "other"
