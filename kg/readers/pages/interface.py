"""The words that pages of any site show around their papers: headings of sections, menus, sessions, other
people."""

from __future__ import annotations

import re

__all__ = [
    "ABSTRACT_LABEL",
    "AUTHORS_TAIL",
    "COOKIES",
    "FURNITURE",
    "HEADING",
    "INNER_LABEL",
    "LEGAL",
    "MACHINE",
    "NO_TITLE",
    "OTHER_PEOPLE",
    "PREFIX",
    "PRIZES",
    "RESEARCH",
    "SESSION",
    "SOURCE",
    "TEASER",
    "UNFOLD",
]

PRIZES = frozenset(
    {"award", "awards", "winner", "prize", "finalist", "paper", "nominee", "candidate", "mention"}
)
ABSTRACT_LABEL = re.compile(
    r"[*_#>•·–\s\U0001f300-\U0001faff\u2600-\u27bf\ufe0f-]{0,6}(?:\[!(?=\w{3,12}\]))?(?:[\[(]?\d{1,4}\s?[\]).,:]{1,2}\s*)?[*_]{0,3}(?:abstract|summary|"
    r"tl;?dr|highlight|resumen|résumé|resumo|riassunto|zusammenfassung|"
    r"kurzfassung|аннотация|"
    r"аннотация научной статьи|реферат|摘\s?要|要旨|概要|抄録|초록(?: ?\(abstract\))?|الملخص|ملخص(?: البحث)?|"
    r"一句话(?:总结|概括|介绍|摘要)?|简介|内容简介|"
    r"چکیده|özet|öz|abstrakt)(?:\][+-]?)?[*_]{0,3}\s{0,3}(?:[:：.—–]|-{1,"
    r"3}(?=\s?\w)|\n|$)[*_]{0,3}\s*",
    re.IGNORECASE,
)
TEASER = re.compile(
    r"[*_#>•·–\s\U0001f300-\U0001faff\u2600-\u27bf\ufe0f-]{0,6}(?:\[!)?[*_]{0,3}(?:tl;?dr\b|highlight\b|"
    r"(?:lay|plain[- ]language) summary\b|一句话|简介)",
    re.IGNORECASE,
)
MACHINE = re.compile(r"\W*(?:ai|machine)[- ]generated (?:summary|abstract|tl;?dr)\W*", re.IGNORECASE)
PREFIX = re.compile(
    r"\s*(?:[\[(]\s*(?:optional|required|recommended|suggested|supplementary|background|skim|important|bonus|"
    r"further reading|extra|core|classic|must[- ]read|updated?)\s*[\])]\s*[:–—-]?\s*"
    r"|(?:optional|required|recommended|supplementary|further)(?: readings?)?\s*:\s+"
    r"|(?-i:(?:(?:pdf|bib|abs|html|doi)\s{1,3}){1,6}(?=[\"“‘(\[]{0,2}[A-Z\d])))+",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+|[IVX]+\.\s+)?(?:introduction|background|related work|motivation|"
    r"conclusions?|references|bibliography|"
    r"methods?|methodology|results|discussion|evaluation|experiments?|acknowledge?ments?|"
    r"appendix(?: \w)?|keywords|index terms|"
    r"ccs concepts|contents|table of contents|overview|preliminaries|einleitung|"
    r"introducción|co-?authors|(?:invited|keynote|plenary|featured|confirmed) speakers?|(?:ai|"
    r"machine)[- ]generated (?:summary|abstract)|(?:current |former |"
    r"my |our )?(?:students?|people|team|members|alumni|teaching|service)|what (?:is it|is this|"
    r"it is) about\?|what i (?:liked|learned|think|"
    r"did not like|didn.t like)|what (?:problem|question|gap)s?\b.{0,40}\?|(?:my )?(?:thoughts|"
    r"opinion|take(?:aways?)?|notes|"
    r"comments)|"
    r"(?:key )?(?:takeaways?|ideas?|insights?|points|contributions)|strengths?|weaknesses|"
    r"limitations|why (?:it|this) matters|how (?:it|does it) works?\??|"
    r"(?:the )?(?:main |key |big )?(?:idea|problem|solution|approach|setup|question)|"
    r"\d* ?comments|tl;?dr|further reading|"
    r"introduction générale|(?:important )?dates|call for (?:papers|participation)|topics of interest|venue|"
    r"registration|hotel|accommodation|travel|code of conduct|submission(?: guidelines)?|"
    r"(?:general|program(?:me)?|technical|publicity|finance|local)?\s*(?:co-?)?(?:chairs?|committees?)|"
    r"about (?:the|this|us|our)\b.{0,30}|(?:editorial|advisory) boards?|paper decision|decision|"
    r"(?:ph\.?d\.?|post-?doc\w*|open|job|faculty) (?:student )?(?:positions?|openings?|vacanc\w+)\b.{0,80}|"
    r"(?:official|meta|public|author)[ -]?(?:reviews?|comments?|rebuttals?|responses?)\b.{0,60}|"
    r"organi[sz](?:ers?|ing committee|ation)|editors?(?:-in-chief)?|(?:outstanding |best |top )?"
    r"reviewers|speakers|"
    r"(?:program|technical program|steering|organizing) committee(?: members)?)\s*[:.]?",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"(?:abstract views?\s?[:：]|"
    r"(?:best|outstanding|distinguished) (?:student |demo |poster )?paper(?: award| candidate|"
    r" nominee| finalist|"
    r" runner[- ]up)?s?\W*$|(?:experience|research|industry|short papers?|demo) track$|"
    r"conference (?:schedule|program(?:me)?)$|"
    r"edit this page|pages?\s(?:\d+|[ivxlc]+)\s?[–-]\s?(?:\d+|[ivxlc]+)$|"
    r"skip to|chat is not|you(?: are|.re)? receiv(?:ing|ed) this|(?:to )?unsubscribe\b|"
    r"manage (?:your )?(?:alerts?|preferences)|"
    r"log ?in\b|sign (?:in|up|out)\b|subscribe\b|menu\b|home\b(?!-)|search\b(?!-)|"
    r"share\b|sort(?:ed)? by\b|posts?$|showing posts|"
    r"(?:older|newer|previous|next) (?:posts?|page|articles?)|(?:page )?\d+ (?:of|/) \d+|"
    r"powered by|read (?:more|also|full)|"
    r"continue reading|leave a comment|post a comment|\d* ?comments?$|add (?:code|comment|to)|"
    r"view (?:all|more|pdf|paper|on|profile|slides)|"
    r"show(?: more| all| less|ing)|load more|see (?:all|more)|access paper|ask (?:questions|"
    r"chatgpt)|figures and tables|download|"
    r"copyright|©|\(c\) \d|all rights|privacy|terms (?:of|and)|cookies?\b|"
    r"[\w .]{2,30} uses? cookies|accept(?: all| cookies)?$|"
    r"the \w+ logo\b|\d+ (?:second|minute|hour|day|week|month|year)s? ago\b|this "
    r"(?:site|website|page) uses|licen[cs]ed? under|"
    r"this work is licensed|site last (?:built|updated|compiled)|this site last|"
    r"last (?:updated|modified|built)\b|"
    r"(?:the|this) .{3,60} (?:is|are) (?:managed|maintained|hosted|powered|operated|built) (?:and \w+ )?by|"
    r"creative commons|get link|facebook|twitter|linkedin|e-?mail|via$|"
    r"posted (?:by|on|in)|filed under|"
    r"labels?:|tags?:|toggle|back to|contact|about(?: us)?$|sponsors?|help$|faq$|feedback|rate "
    r"this|related (?:papers|articles|posts|work)|"
    r"cite\b|bibtex|save\b|bookmark|abs$|pdf$|html$|video$|slides$|poster$|paper$|code$|"
    r"project page$|openreview|"
    r"(?:\[ ?(?:paper|pdf|slides|poster|video|code|abstract|bibtex|arxiv|doi|project page|"
    r"openreview|html)(?: pdf)? ?\]\s*)+|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?\.?,? .{0,40}\d|\d{1,"
    r"2}[:.]\d\d\s?(?:[ap]\.?m|[-–—]|$)|"
    r"(?:oral|spotlight|poster|talk|keynote|break|lunch|coffee|registration|room|hall|location|"
    r"chair|session chair|moderator)s?\b[^.]{0,30}(?:[:：]|\d|$))",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"(?-i:TL;?DR)\s+(?=[A-Z])|@[A-Za-z]{4,14}\s?\{|©|\(c\) (?:19|20)\d\d|copyright (?:©|"
    r"\(c\)|(?:19|20)\d\d)",
    re.IGNORECASE,
)
NO_TITLE = re.compile(
    r"#\d+ .{0,30}of the (?:day|week|month)|.{0,40}\bon (?:jan|feb|mar|apr|may|june?|"
    r"july?|aug|sept?|oct|nov|dec)[a-z]* \d{1,2}|"
    r"call for\b.{0,60}(?:papers?|participation|proposals|submissions|contributions|"
    r"posters?|demos?|workshops?|nominations|articles)\b|"
    r"(?:.{0,30}\s)?(?:co-?)?chairs\b.{0,60}|"
    r"(?:.{0,40}\s)?committee(?: members)?\b.{0,40}|.{0,30}\b(?:opening|closing|welcome|"
    r"concluding) (?:remarks|session|address|ceremony|reception|and).{0,40}|"
    r"(?:time ?zone|location|instructor|ta|office hours|guest|speaker|host|moderator|room|"
    r"when|where|highlights)s?\b\s?[:：].{0,80}|opening|closing|welcome|highlights|"
    r"(?:journal |research |review |conference |original |short |full )*(?:article|paper|"
    r"preprint|chapter|thesis|book|poster|presentation|technical report|letter|editorial|"
    r"data(?:set)?)s?\s?(?:full-text available|open access|full access|free access|"
    r"abstract only)?|"
    r"(?:open|full|free) access|no class\b.{0,60}|"
    r".{0,40}\b(?:proposals?|homework|assignments?|reports?|projects?|hw\d*|slides) due\b.{0,30}|"
    r"discussion about this (?:post|article|paper).{0,20}",
    re.IGNORECASE,
)
SESSION = re.compile(
    r"(?:(?:poster|oral|invited|plenary|technical|parallel|keynote|paper|morning|afternoon|best paper)\s+)?"
    r"(?:sessions?|tracks?|workshops?|tutorials?|keynotes?|orals?|posters?|panels?|day|part|"
    r"volume|issue|accepted papers|proceedings|program(?:me)?|schedule)\b"
    r"(?:\s*(?:\d+\w?|[A-Z]\d?|[IVX]+))?(?:\s*[:.–—-].{0,90}|\s+on\s.{0,60}|\s+\w+)?",
    re.IGNORECASE,
)
RESEARCH = re.compile(
    r"\b(?:we (?:propose|present|introduce|show|study|develop|describe|find|demonstrate|"
    r"investigate|evaluate|prove|explore|consider|"
    r"conduct|design|argue|analy[sz]e|address|report)|(?:this|the|our|in this|present) "
    r"(?:current )?(?:paper|work|article|study|thesis|survey|letter)|"
    r"our (?:method|approach|results|experiments|evaluation|framework|model|system|analysis)|"
    r"experiment(?:s|al) (?:results|show|demonstrate)|"
    r"results (?:show|demonstrate|indicate|suggest)|state[- ]of[- ]the[- ]art|is proposed|are "
    r"proposed|outperform|proposes|presents|"
    r"en este (?:trabajo|artículo)|dans cet article|in dieser arbeit|本文|в (?:данной|этой) "
    r"(?:работе|статье)|في هذ[اه] (?:البحث|الورقة))",
    re.IGNORECASE,
)
UNFOLD = re.compile(
    r"\s+(?:expand|collapse|(?:show|read|see|view) (?:more|less)|more|less|abstract)\W{0,4}\Z", re.IGNORECASE
)
COOKIES = re.compile(
    r"\b(?:we|site|website|partners|you)\b[^.]{0,120}\b(?:use|using|accept|consent|"
    r"store)\b[^.]{0,120}\bcookies\b|\baccept(?:ing)? (?:optional|all) cookies\b",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"[^.]{0,60}\b(?:(?:materials?|content|contents) (?:are|is) (?:copyright|licen[cs]ed|©)|"
    r"permission is granted to make|"
    r"permission to make digital or hard copies|copyright (?:©|\(c\)|(?:19|20)\d\d)|"
    r"all rights (?:are )?reserved|"
    r"is a registered trademark|to protect your privacy|"
    r"is a (?:free,? )?(?:AI-powered )?(?:research tool|search engine|"
    r"long-term project))\b",
    re.IGNORECASE,
)
OTHER_PEOPLE = re.compile(
    r"\W*(?:herausgegeben von|hrsg\b|hg\.|edited by|editors?\b|éditeurs?\b|editado por|"
    r"a cura di|(?:session |track |area )?chaired by|moderated by|organi[sz]ed by|"
    r"curated by|"
    r"reviewed by|translated by|(?:handling|action|associate|guest|academic) editors?\b|"
    r"compiled by|hosted by|(?:co-)?supervised by|presented by|presenters?\b|speakers?\b)",
    re.IGNORECASE,
)
AUTHORS_TAIL = re.compile(
    r"\s+(?:authors? info(?: ?& ?(?:claims|affiliations))?|show (?:more|all)|view (?:all|"
    r"profile|orcid profile).{0,40}|\+?\d+ more)\W*\Z",
    re.IGNORECASE,
)
INNER_LABEL = re.compile(
    r"(?:[^.!?]{0,90}автор(?:ы)? научной работы\s*[—–:-]\s*|author links open overlay panel\s*)",
    re.IGNORECASE,
)
