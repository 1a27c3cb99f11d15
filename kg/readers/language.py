"""Which language a text is in, as far as a page layout needs it: script first, then the commonest little
words."""

from __future__ import annotations

import re

__all__ = ["language_named", "script", "tongue"]

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Latin", re.compile(r"[A-Za-z\u00c0-\u024f]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("Han", re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]")),
    ("Hangul", re.compile(r"[\uac00-\ud7af]")),
    ("Greek", re.compile(r"[\u0370-\u03ff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Devanagari", re.compile(r"[\u0900-\u097f]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
)
_LITTLE = {
    "en": "the of and to in is that for on with we are this by be from which an as it our can "
    "these at or has how via using",
    "es": "el la los las de del en y que un una por con para se su al es como más sobre este "
    "esta publicado fecha idioma resumen artículos leer año",
    "de": "der die das und von zu den dem des im mit für auf ist ein eine einer nicht auch "
    "sich als wird werden über veröffentlicht sprache jahr "
    "zusammenfassung verwandte artikel anmelden autor bewerten forschung möchten sie",
    "fr": "le la les des et du un une en que pour dans est par sur au aux avec ce cette nous "
    "publié langue année résumé articles lire connexion auteur",
    "it": "il lo la i gli le di e che un una per con del della dei nel sono questo questa "
    "pubblicato lingua anno riassunto articoli leggi anche accedi",
    "pt": "o a os as de do da dos das e que um uma em no na para com por não se este esta "
    "publicado idioma ano resumo artigos leia também entrar",
    "nl": "de het een en van in op te dat die voor met zijn niet aan door gepubliceerd taal "
    "jaar samenvatting",
    "tr": "ve bir bu ile için olarak da de yayınlayan tarihi dil özet yıl araştırma makaleler oku",
    "pl": "i w z na do się że nie jest o dla oraz przez opublikowano język rok streszczenie artykuły zaloguj",
    "id": "dan yang di ke dari untuk dengan ini itu pada adalah oleh bahasa tahun abstrak "
    "artikel baca juga diterbitkan",
    "vi": "và của là các cho được trong một có không với những bởi năm ngôn ngữ tóm tắt",
}
_WORDS = {name: frozenset(words.split()) for name, words in _LITTLE.items()}
_NAMED: dict[str, str] = {
    form: english
    for english, forms in {
        "English": "english inglés ingles englisch anglais inglese inglês engels angielski "
        "ingilizce английский англійська 英语 英文 英語 영어 "
        "الإنجليزية الانجليزية الإنكليزية الانكليزية إنجليزي إنكليزي انكليزي انگلیسی αγγλικά אנגלית "
        "inggris अंग्रेज़ी",
        "Arabic": "arabic árabe arabisch arabe العربية عربي арабский 阿拉伯语 アラビア語",
        "Chinese": "chinese chino chinesisch chinois 中文 汉语 китайский الصينية",
        "French": "french francés französisch français francese francês французский 法语 الفرنسية",
        "German": "german alemán deutsch allemand tedesco alemão немецкий 德语 الألمانية",
        "Spanish": "spanish español spanisch espagnol spagnolo espanhol испанский 西班牙语 الإسبانية",
        "Russian": "russian ruso russisch russe русский 俄语 الروسية",
        "Portuguese": "portuguese portugués portugiesisch portugais português португальский 葡萄牙语",
        "Japanese": "japanese japonés japanisch japonais 日本語 日语 японский",
        "Korean": "korean coreano koreanisch coréen 한국어 韩语 корейский",
        "Italian": "italian italiano italienisch italien итальянский 意大利语",
    }.items()
    for form in forms.split()
}


def script(text: str) -> str:
    """The script that most letters are in, "" where there is none.

    >>> script("اسأل ChatGPT حول البحث"), script("2020")
    ('Arabic', '')
    """
    head = text[:2000]
    counts = [(len(pattern.findall(head)), -index) for index, (_, pattern) in enumerate(_SCRIPTS)]
    best, index = max(counts)
    return _SCRIPTS[-index][0] if best else ""


def tongue(text: str) -> str:
    """A language by its script or its commonest words ("Arabic", "en", "es"); "" where that does not tell.

    >>> tongue("Fecha de publicación 2020"), tongue("This is the abstract of a paper"), tongue("Gil Shomron")
    ('es', 'en', '')
    """
    by_script = script(text)
    if by_script != "Latin":
        return by_script
    words = re.findall(r"[^\W\d_]+", text[:3000].lower())
    counts = [(sum(1 for word in words if word in little), name) for name, little in sorted(_WORDS.items())]
    best = max(count for count, _ in counts)
    leaders = [name for count, name in counts if count == best]
    return leaders[0] if best and len(leaders) == 1 else ""


def language_named(text: str) -> str | None:
    """The English name of the language that a short text ends or begins with, in whatever language it is
    named.

    >>> language_named("Idioma: inglés"), language_named("Gil Shomron")
    ('English', None)
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    for word in (words[-1:] + words[:1]) if words else []:
        if word in _NAMED:
            return _NAMED[word]
    for form, english in _NAMED.items():
        if form > "\u2fff" and text.strip().endswith(form):
            return english
    return None
