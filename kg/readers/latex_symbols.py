r"""What LaTeX commands stand for: symbols (``\alpha``, ``\ss``), accents, and commands without text.

The symbol tables are pylatexenc's (https://pylatexenc.readthedocs.io), turned round and read once; the sets
below them say what to do with commands that are not symbols.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["ACCENTS", "ARGUMENTS", "FUNCTIONS", "HIDDEN", "SWITCHES", "accented", "symbols"]

_HIDDEN = """
    cite citep citet citealp citealt citeauthor citeyear citeyearpar citenum Citep Citet Citeauthor
    parencite Parencite textcite autocite footcite footcites nocite onlinecite supercite fullcite label
    ref eqref pageref autoref cref Cref vref nameref subref footnote footnotetext footnotemark thanks
    tnote tnoteref fnref corref cortext fntext titlenote subtitlenote authornote authorrefmark
    IEEEauthorrefmark IEEEmembership inst orcidID orcidlink vspace hspace addvspace vskip
    includegraphics input include bibliography bibliographystyle phantom hphantom vphantom usepackage
    pagestyle thispagestyle setlength addtolength setcounter addtocounter hypersetup color definecolor
    index glossary marginpar todo caption hypertarget fontsize fontfamily fontseries fontshape
    pdfbookmark addcontentsline markboth markright natexlab pagenumbering enlargethispage stepcounter
    refstepcounter linespread graphicspath pgfplotsset tikzset sisetup begin end abstract keywords
    noopsort NoOpSort SortNoop
    keyword ccsdesc received IEEEpubid authorcontributions printAffiliationsAndNotice
"""
_FUNCTIONS = """
    arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim
    liminf limsup ln log max min poly polylog Pr sec sin sinh sup tan tanh
"""
_SWITCHES = """
    bf it tt sf sc rm sl em bfseries itshape ttfamily sffamily scshape rmfamily slshape upshape mdseries
    normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge boldmath
    unboldmath centering raggedright raggedleft noindent indent relax protect left right middle big Big
    bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm displaystyle textstyle scriptstyle
    scriptscriptstyle limits nolimits nobreak allowbreak hfill vfill hfil vfil smallskip medskip bigskip
    newpage clearpage cleardoublepage maketitle tableofcontents appendix leavevmode strut null unskip
    ignorespaces xspace par newline linebreak pagebreak nopagebreak sloppy fussy newblock penalty
    urlprefix bgroup egroup begingroup endgroup hline toprule midrule bottomrule frenchspacing
    nonfrenchspacing nonumber notag balance flushbottom raggedbottom onecolumn twocolumn item bibitem
    makeatletter makeatother selectfont emph text textbf textit texttt textsf textsc textrm textsl
    textup textmd textnormal mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr bm
    boldsymbol pmb operatorname underline uline overline mbox hbox fbox makebox framebox ensuremath
    textquoteleft uppercase lowercase MakeUppercase MakeLowercase enquote quotes url path nolinkurl num
    si textsuperscript textsubscript sqrt frac dfrac tfrac cfrac nicefrac sfrac binom hskip kern hfuzz
    BibitemOpen BibitemShut IEEEpeerreviewmaketitle IEEEoverridecommandlockouts providecommand doi
"""

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
"""Accent command -> combining character."""

HIDDEN = {
    **dict.fromkeys(_HIDDEN.split(), 1),
    "setlength": 2,
    "addtolength": 2,
    "setcounter": 2,
    "addtocounter": 2,
    "fontsize": 2,
    "markboth": 2,
    "addcontentsline": 3,
    "definecolor": 3,
}
"""Commands that vanish with so many arguments."""

ARGUMENTS = {
    "href": (0, 1),
    "textcolor": (0, 1),
    "colorbox": (0, 1),
    "texorpdfstring": (0, 1),
    "hyperlink": (0, 1),
    "hyperref": (1,),
    "raisebox": (0, 1),
    "resizebox": (0, 0, 1),
    "scalebox": (0, 1),
    "parbox": (0, 1),
    "multicolumn": (0, 0, 1),
    "multirow": (0, 0, 1),
    "foreignlanguage": (0, 1),
    "bibinfo": (0, 1),
    "bibfield": (0, 1),
    "Eprint": (0, 1),
    "adjustbox": (0, 1),
    "setbox": (0,),
    "tooltip": (1, 0),
    "SI": (1, 1),
    "rotatebox": (0, 1),
    "fcolorbox": (0, 0, 1),
    "stackrel": (0, 1),
    "overset": (0, 1),
    "underset": (0, 1),
    "bibcommenthead": (),
}
"""Commands of several arguments: which of them are text (1) and which are settings (0)."""

FUNCTIONS = frozenset(_FUNCTIONS.split())
"""Functions of mathematics, which stand apart from the letters beside them."""

SWITCHES = frozenset(_SWITCHES.split())
"""Commands that say nothing themselves: fonts, sizes, spaces, boxes."""

_OWN = {
    "AA": "Å",
    "BibTeX": "BibTeX",
    "DJ": "Đ",
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2e",
    "P": "¶",
    "Re": "Re",
    "Im": "Im",
    "S": "§",
    "TeX": "TeX",
    "XeTeX": "XeTeX",
    "aa": "å",
    "and": " and ",
    "ast": "*",
    "backslash": "\\",
    "bmod": " mod ",
    "bullet": "•",
    "cal": "",
    "cdotp": "·",
    "colon": ":",
    "copyright": "©",
    "dag": "†",
    "ddag": "‡",
    "degree": "°",
    "dj": "đ",
    "dots": "…",
    "eg": "e.g.",
    "epsilon": "ε",
    "etal": "et al.",
    "etc": "etc.",
    "ge": "≥",
    "gets": "←",
    "gg": "≫",
    "i": "i",
    "ie": "i.e.",
    "j": "j",
    "lbrace": "{",
    "lbrack": "[",
    "ldots": "…",
    "le": "≤",
    "ll": "≪",
    "lvert": "|",
    "mid": "|",
    "mod": " mod ",
    "ne": "≠",
    "nobreakspace": " ",
    "phi": "φ",
    "pmod": " mod ",
    "pounds": "£",
    "prime": "′",
    "qquad": " ",
    "quad": " ",
    "rbrace": "}",
    "rbrack": "]",
    "rvert": "|",
    "setminus": "\\",
    "sim": "~",
    "slash": "/",
    "space": " ",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textasteriskcentered": "*",
    "textbackslash": "\\",
    "textbar": "|",
    "textbullet": "•",
    "textcommabelow": "",
    "textdegree": "°",
    "textdollar": "$",
    "textellipsis": "…",
    "textemdash": "—",
    "textendash": "–",
    "textgreater": ">",
    "textless": "<",
    "textmu": "µ",
    "textpercent": "%",
    "textquotedbl": '"',
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotesingle": "'",
    "textregistered": "®",
    "textsection": "§",
    "texttimes": "×",
    "texttrademark": "™",
    "textunderscore": "_",
    "thinspace": " ",
    "tilde": "~",
    "to": "→",
    "vert": "|",
    "Vert": "‖",
    "wlog": "w.l.o.g.",
    "wrt": "w.r.t.",
}
_NAMED = re.compile(r"\\(?:ensuremath\{\\([A-Za-z]+)\}|([A-Za-z]+))")


@cache
def symbols() -> dict[str, str]:
    """Command without its backslash -> what it prints, for commands that take no argument."""
    # only a document with LaTeX in it pays for the tables
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415
    from pylatexenc.latexencode import get_builtin_uni2latex_dict  # noqa: PLC0415

    found: dict[str, str] = {}
    for code, command in get_builtin_uni2latex_dict().items():
        named = _NAMED.fullmatch(command)
        if named:
            found.setdefault(named[1] or named[2], chr(code))
    for spec in get_default_latex_context_db().iter_macro_specs():
        text = spec.simplify_repl
        if isinstance(text, str) and len(text) == 1 and spec.macroname.isalpha():
            found[spec.macroname] = text
    known = {name: text for name, text in found.items() if name not in SWITCHES and name not in HIDDEN}
    return {**known, **{name: name for name in sorted(FUNCTIONS)}, **_OWN}


def accented(letter: str, accent: str) -> str:
    r"""The letter under an accent command: ("u", '"') is ü; unknown pairs keep the combining character.

    >>> accented("u", '"'), accented("s", "v")
    ('ü', 'š')
    """
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])
