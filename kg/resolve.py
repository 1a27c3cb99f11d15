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
from kg.resolution.groups import Group, Groups, Named, preferred_name
from kg.resolution.homonyms import homonyms
from kg.resolution.keys import RULES, Keys
from kg.resolution.papers import paper_forms
from kg.text import normal_form
from kg.types import Entity, Extraction, Family, Link, Mention, Merge

__all__ = ["Resolution", "mention_id", "resolve", "without_mentions"]

_OWN_NAME = ("normal form", "abbreviation inside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The entities, why each mention belongs to one, and the entity of each metric's normal form.

    ``ignored`` are the ids of mentions that a decision drops: they have no entity and no link. ``notes`` name
    decisions that fit nothing or more than one thing.
    """

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    entity_of: Mapping[str, str]
    metric_of: Mapping[str, str]
    merges: tuple[Merge, ...] = ()
    families: tuple[Family, ...] = ()
    ignored: frozenset[str] = frozenset()
    notes: tuple[str, ...] = field(default=())


def mention_id(mention: Mention) -> str:
    """The id of a mention, from where it stands and what it is."""
    return make_id("m", mention.paper_id, mention.start, mention.end, mention.type)


def resolve(
    extractions: Sequence[Extraction],
    *,
    decisions: Decisions = NO_DECISIONS,
    works: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    aliases: Aliases | None = None,
) -> Resolution:
    """Independent of the order of the extractions.

    ``works`` maps paper ids to work ids: two records of one work propose one thing. ``titles`` maps paper ids
    to titles, by which decisions may name papers. ``aliases`` is the table that ships unless given.
    """
    aliases = aliases or shipped_aliases()
    groups = _groups(sorted(extractions, key=lambda each: each.paper_id), aliases, works or {})
    decided = apply_decisions(groups, decisions, titles or {})

    entities, links = [], []
    merges: list[Merge] = []
    entity_of: dict[str, str] = {}
    key_of: dict[str, str] = {}
    for group in sorted(decided.groups):
        named = decided.groups[group]
        entity = _entity(group, named, decided.names.get(group))
        entities.append(entity)
        key_of[entity.entity_id] = group[0]
        merges += _merges(entity, group[0], named)
        for mention, rule in named:
            as_named = rule in _OWN_NAME and mention.text == entity.name
            rule = "same form" if as_named else rule  # noqa: PLW2901
            link = Link(
                mention_id=mention_id(mention), entity_id=entity.entity_id, rule=rule, score=RULES[rule]
            )
            entity_of[link.mention_id] = entity.entity_id
            links.append(link)
    return Resolution(
        entities=tuple(entities),
        links=tuple(links),
        entity_of=entity_of,
        metric_of=_metrics(entities),
        merges=tuple(merges),
        families=families(entities, key_of, aliases),
        ignored=frozenset(mention_id(mention) for mention in decided.ignored),
        notes=decided.notes,
    )


def without_mentions(extractions: Sequence[Extraction], ignored: Collection[str]) -> list[Extraction]:
    """The extractions without the mentions of these ids, their relations, and with empty slots of results."""
    if not ignored:
        return list(extractions)
    return [_without(extraction, ignored) for extraction in extractions]


def _without(extraction: Extraction, ignored: Collection[str]) -> Extraction:
    kept = {mention for mention in extraction.mentions if mention_id(mention) not in ignored}
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


def _groups(extractions: Sequence[Extraction], aliases: Aliases, works: Mapping[str, str]) -> Groups:
    papers = [paper_forms(extraction, aliases) for extraction in extractions]
    keys = Keys(papers, aliases)
    keyed: list[tuple[Mention, str, str]] = []
    for extraction, paper in zip(extractions, papers, strict=True):
        memo: dict[tuple[str, str], tuple[str, str]] = {}
        for mention in extraction.mentions:
            form = mention.text, mention.type
            if form not in memo:
                memo[form] = keys.find(*form, paper)
            keyed.append((mention, *memo[form]))
    apart = homonyms(keyed, keys, works)
    groups: Groups = defaultdict(list)
    for mention, key, rule in keyed:
        groups[key, apart(mention, key)].append((mention, rule))
    return groups


def _entity(group: Group, named: Sequence[Named], name: str | None) -> Entity:
    if len(named) == 1 and name is None:
        mention = named[0][0]
        return Entity(
            entity_id=make_id("e", *group),
            name=mention.text,
            type=mention.type,
            aliases=(mention.text,),
            papers=1,
            mentions=1,
        )
    mentions = [mention for mention, _ in named]
    surfaces = Counter(mention.text for mention in mentions)
    types = Counter(mention.type for mention in mentions)
    return Entity(
        entity_id=make_id("e", *group),
        name=name or preferred_name(surfaces),
        type=min(types, key=lambda kind: (-types[kind], kind)),
        aliases=tuple(sorted({*surfaces, name} if name else surfaces)),
        papers=len({mention.paper_id for mention in mentions}),
        mentions=len(mentions),
    )


def _merges(entity: Entity, key: str, named: Sequence[Named]) -> Iterable[Merge]:
    """One row for each form that is not the entity's own, with the surest and first place where it stands."""
    if len(entity.aliases) == 1 and form_of(entity.name).key == key:
        return
    best: dict[str, tuple[float, str, int, Mention, str]] = {}
    own: Counter[str] = Counter()
    for mention, rule in named:
        form = form_of(mention.text).key
        if form == key:
            own[mention.text] += 1
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
