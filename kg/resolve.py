"""Mentions -> entities and links: one node for one thing, inside and across papers.

The key of each mention says what it names (kg.resolution.keys); mentions of one key are one thing, unless
they are homonyms: short forms of two types, and names that several papers propose as their own. Decisions of
a person come last and win (kg.decisions). Every form that was joined to another is a Merge with its rule, and
versions are linked to their families (kg.resolution.families).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.decisions import NO_DECISIONS, Decisions
from kg.ids import make_id
from kg.resolution.aliases import Aliases, shipped_aliases
from kg.resolution.decided import apply_decisions
from kg.resolution.families import families
from kg.resolution.forms import form_of
from kg.resolution.groups import Group, Groups, Named, preferred_name, surfaces_of, type_of
from kg.resolution.homonyms import homonyms
from kg.resolution.keys import RULES, Keys
from kg.resolution.papers import paper_forms
from kg.text import normal_form
from kg.types import Entity, Extraction, Family, Link, Mention, Merge

__all__ = ["Resolution", "mention_id", "resolve", "without_mentions"]

_OWN_NAME = ("normal form", "abbreviation inside")


_Forms = Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The entities, why each mention belongs to one, and the entity of each metric's normal form.

    ``forms`` has for each paper the (text, type) of its mentions with (entity id, rule). ``ignored`` are the
    (paper id, text, type) that a decision drops: they have no entity and no link. ``notes`` name decisions
    that fit nothing or more than one thing.
    """

    entities: tuple[Entity, ...]
    forms: Mapping[str, _Forms]
    metric_of: Mapping[str, str]
    merges: tuple[Merge, ...] = ()
    families: tuple[Family, ...] = ()
    ignored: frozenset[tuple[str, str, str]] = frozenset()
    notes: tuple[str, ...] = field(default=())

    def entity_of(self, mention: Mention) -> str:
        """The id of the entity that a mention names."""
        return self.forms[mention.paper_id][mention.text, mention.type][0]

    def link_of(self, mention: Mention) -> Link:
        """Why a mention belongs to its entity."""
        entity_id, rule = self.forms[mention.paper_id][mention.text, mention.type]
        return Link(mention_id=mention_id(mention), entity_id=entity_id, rule=rule, score=RULES[rule])


def mention_id(mention: Mention) -> str:
    """The id of a mention, from where it stands and what it is."""
    return make_id("m", mention.paper_id, mention.start, mention.end, mention.type)


def resolve(
    extractions: Iterable[Extraction],
    *,
    decisions: Decisions = NO_DECISIONS,
    works: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    aliases: Aliases | None = None,
) -> Resolution:
    """Independent of the order of the extractions, which are gone through once.

    ``works`` maps paper ids to work ids: two records of one work propose one thing. ``titles`` maps paper ids
    to titles, by which decisions may name papers. ``aliases`` is the table that ships unless given.
    """
    aliases = aliases or shipped_aliases()
    decided = apply_decisions(_groups(extractions, aliases, works or {}), decisions, titles or {})

    entities = []
    merges: list[Merge] = []
    forms: dict[str, dict[tuple[str, str], tuple[str, str]]] = defaultdict(dict)
    key_of: dict[str, str] = {}
    for group in sorted(decided.groups):
        named = decided.groups[group]
        entity = _entity(group, named, decided.names.get(group))
        entities.append(entity)
        key_of[entity.entity_id] = group[0]
        merges += _merges(entity, group[0], named)
        why = {rule: (entity.entity_id, rule) for rule in ("same form", *(each.rule for each in named))}
        for mention, rule, _ in named:
            as_named = rule in _OWN_NAME and mention.text == entity.name
            forms[mention.paper_id][mention.text, mention.type] = why["same form" if as_named else rule]
    return Resolution(
        entities=tuple(entities),
        forms=forms,
        metric_of=_metrics(entities),
        merges=tuple(merges),
        families=families(entities, key_of, aliases),
        ignored=frozenset((each.paper_id, each.text, each.type) for each in decided.ignored),
        notes=decided.notes,
    )


def without_mentions(extraction: Extraction, ignored: Collection[tuple[str, str, str]]) -> Extraction:
    """The extraction without the mentions of these (paper id, text, type), their relations, and with empty
    slots of results."""
    if not ignored:
        return extraction
    kept = {each for each in extraction.mentions if (each.paper_id, each.text, each.type) not in ignored}
    if len(kept) == len(extraction.mentions):
        return extraction

    def known(mention: Mention | None) -> Mention | None:
        return mention if mention in kept else None

    return replace(
        extraction,
        mentions=tuple(mention for mention in extraction.mentions if mention in kept),
        relations=tuple(each for each in extraction.relations if each.head in kept and each.tail in kept),
        results=tuple(
            replace(
                each,
                subject=known(each.subject),
                metric_mention=known(each.metric_mention),
                baseline=known(each.baseline),
                dataset=known(each.dataset),
                hardware=known(each.hardware),
            )
            for each in extraction.results
        ),
    )


def _groups(extractions: Iterable[Extraction], aliases: Aliases, works: Mapping[str, str]) -> Groups:
    """Of a large collection only the distinct forms of each paper are held, not every mention."""
    read = [(paper_forms(extraction, aliases), _distinct(extraction)) for extraction in extractions]
    read.sort(key=lambda each: each[0].paper_id)
    keys = Keys([paper for paper, _ in read], aliases)
    keyed = [
        (mention, *keys.find(mention.text, mention.type, paper), times)
        for paper, mentions in read
        for mention, times in mentions
    ]
    apart = homonyms(((mention, key, rule) for mention, key, rule, _ in keyed), keys, works)
    groups: Groups = defaultdict(list)
    for mention, key, rule, times in keyed:
        groups[key, apart(mention, key)].append(Named(mention, rule, times))
    return groups


def _distinct(extraction: Extraction) -> list[tuple[Mention, int]]:
    """The first mention of each (text, type), and how many there are."""
    first: dict[tuple[str, str], Mention] = {}
    for mention in extraction.mentions:
        first.setdefault((mention.text, mention.type), mention)
    times = Counter((mention.text, mention.type) for mention in extraction.mentions)
    return [(mention, times[form]) for form, mention in first.items()]


def _entity(group: Group, named: Sequence[Named], name: str | None) -> Entity:
    surfaces = surfaces_of(named)
    return Entity(
        entity_id=make_id("e", *group),
        name=name or preferred_name(surfaces),
        type=type_of(named),
        aliases=tuple(sorted({*surfaces, name} if name else surfaces)),
        papers=len({each.mention.paper_id for each in named}),
        mentions=sum(each.times for each in named),
    )


def _merges(entity: Entity, key: str, named: Sequence[Named]) -> Iterable[Merge]:
    """One row for each form that is not the entity's own, with the surest and first place where it stands."""
    if len(entity.aliases) == 1 and form_of(entity.name).key == key:
        return
    best: dict[str, tuple[float, str, int, Mention, str]] = {}
    own: Counter[str] = Counter()
    for mention, rule, times in named:
        form = form_of(mention.text).key
        if form == key:
            own[mention.text] += times
        else:
            place = (-RULES[rule], mention.paper_id, mention.start, mention, rule)
            if form not in best or place[:3] < best[form][:3]:
                best[form] = place
    into = preferred_name(own) if own else entity.name
    for form in sorted(best):
        _, _, _, mention, rule = best[form]
        if mention.text != into:
            yield Merge(
                entity_id=entity.entity_id,
                form=mention.text,
                into=into,
                rule=rule,
                score=RULES[rule],
                paper_id=mention.paper_id,
                start=mention.start,
                end=mention.end,
            )


def _metrics(entities: Iterable[Entity]) -> dict[str, str]:
    """Normal form of every name of a metric -> the metric of most papers that is called so."""
    found: dict[str, str] = {}
    metrics = [entity for entity in entities if entity.type == "metric"]
    for entity in sorted(metrics, key=lambda each: (-each.papers, each.entity_id)):
        for alias in entity.aliases:
            found.setdefault(normal_form(alias), entity.entity_id)
    return found
