// The panel: what a node is, its numbers, and each of its edges with the sentence that says so.
const panel = document.getElementById('panel');
const RESULTS = new Set(['improves', 'reduces', 'achieves', 'costs', 'limits']);
const ARROW = {improves: '↑', reduces: '↓', limits: '≤', costs: '', achieves: ''};
const OUTWARD = {authored: 'Wrote'};
const INWARD = {
  authored: 'Written by', published_in: 'Published here', proposes: 'Proposed in', uses: 'Used in',
  compares_with: 'Baseline in', evaluated_on: 'Evaluated here', measures: 'Measured in', targets: 'Target of',
  mentions: 'Mentioned in', used_for: 'What is used for it', runs_on: 'What runs on it', part_of: 'Its parts',
  is_a: 'Its kinds', compared_with: 'Compared with', cites: 'Cited by', same_as: 'Same as',
};
const ORDER = ['authored', 'published_in', 'proposes', 'targets', 'is_a', 'part_of', 'used_for', 'runs_on',
  'evaluated_on', 'compared_with', 'compares_with', 'measures', 'uses', 'mentions', 'cites', 'same_as'];
const LISTED = new Set(['id', 'kind', 'label', 'name', 'x', 'y', 'size', 'aliases', 'papers', 'mentions', 'title', 'year', 'date',
  'venue', 'doi', 'arxiv_id', 'url', 'authors', 'document', 'derived_name', 'abstract', 'orcid', 'edges', 'said', 'near', 'look', 'radius']);
const FIRST = 12;

const words = kind => { const text = kind.replace(/_/g, ' '); return text[0].toUpperCase() + text.slice(1); };
const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many || one + 's'}`;
const heading = (text, count) => make('h3', {}, text, count ? make('span', {class: 'n'}, ' ' + number(count)) : null);
function nodeLink(node, style, quote, ...children) {
  const go = event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault(); choose(node, {quote});
  };
  return make('a', {href: address(node), class: style, click: go}, ...children);
}
function named(node, {plain, quote} = {}) {
  return nodeLink(node, plain ? 'node bytext' : 'node', quote, plain ? null : icon(node.look), make('span', {dir: 'auto'}, node.name));
}
function separated(items) {
  return items.flatMap((item, index) => index ? [make('span', {class: 'sep'}, ' · '), item] : [item]);
}
function link(text, address) {
  let url; try { url = new URL(address); } catch { return null; }
  if (!/^https?:$/.test(url.protocol)) return null;
  return make('a', {href: url.href, target: '_blank', rel: 'noopener noreferrer', class: 'bytext'}, text);
}

function showNode(node, said) {
  const parts = [
    make('div', {class: 'top'}, icon(node.look), make('span', {}, [words(node.kind), ...summary(node)].join(' · ')),
      make('button', {type: 'button', class: 'close', 'aria-label': 'Close', click: () => choose(null)}, '×')),
    make('h2', {dir: 'auto'}, node.name),
  ];
  if (node.kind === 'paper') parts.push(...paperHead(node));
  if (node.aliases) parts.push(make('p', {class: 'note', dir: 'auto'}, 'Also ' + node.aliases.join(', ')));
  if (node.orcid) parts.push(make('p', {class: 'note'}, link('ORCID ' + node.orcid, 'https://orcid.org/' + node.orcid) || ''));
  for (const [name, value] of Object.entries(node)) {
    if (!LISTED.has(name)) parts.push(make('p', {class: 'note', dir: 'auto'}, words(name) + ': ' + [value].flat().join('; ')));
  }
  parts.push(...resultsOf(node));
  if (node.abstract) parts.push(heading('Abstract'), abstractOf(node, said));
  parts.push(...connectionsOf(node));
  panel.replaceChildren(...parts);
  panel.scrollTop = 0;
  const sentence = panel.querySelector('.said');
  if (sentence) sentence.scrollIntoView({block: 'center'});
}
function summary(node) {
  const facts = [];
  if (node.kind === 'paper') { if (node.year) facts.push(String(node.year)); }
  else if (node.papers) facts.push('in ' + plural(node.papers, 'paper'));
  if (node.mentions) facts.push(plural(node.mentions, 'mention'));
  return facts;
}
function paperHead(node) {
  const parts = [], byline = node.edges.filter(edge => edge.kind === 'authored' && edge.b === node)
    .sort((a, b) => (a.position || 0) - (b.position || 0));
  if (node.derived_name) parts.push(make('p', {class: 'note'}, 'The document gives no title; the name is derived from its text.'));
  if (byline.length) parts.push(make('p', {}, ...separated(byline.map(edge => named(edge.a, {plain: true})))));
  else if (node.authors) parts.push(make('p', {dir: 'auto'}, node.authors.join(' · ')));
  const home = node.edges.find(edge => edge.kind === 'published_in' && edge.a === node), place = [];
  if (home) place.push(named(home.b, {plain: true})); else if (node.venue) place.push(make('span', {dir: 'auto'}, node.venue));
  if (node.date || node.year) place.push(make('span', {}, String(node.date || node.year)));
  if (node.doi) place.push(link('DOI', 'https://doi.org/' + encodeURI(node.doi)));
  if (node.arxiv_id) place.push(link('arXiv', 'https://arxiv.org/abs/' + encodeURI(node.arxiv_id)));
  if (node.url) place.push(link('Web page', node.url));
  const shown = place.filter(Boolean);
  if (shown.length) parts.push(make('p', {class: 'dim'}, ...separated(shown)));
  if (node.document) parts.push(make('p', {class: 'note', dir: 'auto'}, 'Read from ' + node.document));
  return parts;
}

// The abstract with the things it speaks of underlined in the colour of their kind, and the sentence one came for marked.
function abstractOf(node, said) {
  const terms = new Map();
  for (const other of new Set([...node.near, ...node.said.flatMap(edge => [edge.a, edge.b])])) {
    if (other.kind === 'paper' || other.kind === 'author' || other.kind === 'venue') continue;
    for (const form of formsOf(other)) terms.set(form.toLowerCase().replace(/\s+/g, ' '), other);
  }
  const mark = text => wrapped(text, [...terms.keys()], (part, form) => {
    const other = terms.get(form), term = nodeLink(other, 'term', undefined, part);
    term.title = words(other.kind); term.style.setProperty('--k', `var(--k${other.look.index})`);
    return term;
  });
  const text = node.abstract, from = said && said.at ? said.at[0] - (textOf(node).length - text.length) : -1;
  const to = from < 0 ? -1 : from + said.at[1] - said.at[0];
  const children = from < 0 ? mark(text)
    : [...mark(text.slice(0, from)), make('span', {class: 'said'}, ...mark(text.slice(from, to))), ...mark(text.slice(to))];
  return make('p', {class: 'abstract', dir: 'auto'}, ...children);
}

function quotation(edge, current, forms) {
  const text = quoteOf(edge).replace(/\s+/g, ' ').trim();
  if (!text) return null;
  const box = make('blockquote', {dir: 'auto'}, ...wrapped(text, forms, part => make('mark', {}, part)));
  if (edge.source && edge.source !== current) box.append(make('cite', {}, named(edge.source, {plain: true, quote: edge})));
  return box;
}

// Numbers: one row a result, then each sentence they stand in once.
function resultsOf(node) {
  const name = value => value === undefined ? '' : String(value);
  const claims = [...new Set([...node.edges, ...node.said, ...edges.filter(edge => RESULTS.has(edge.kind)
    && [edge.baseline, edge.dataset, edge.hardware].includes(node.name))])].filter(edge => edge.value !== undefined);
  if (!claims.length) return [];
  const columns = [
    ['Subject', edge => edge.a === node || edge.a.kind === 'paper' ? '' : edge.a],
    ['Metric', edge => name(edge.metric) || (edge.b.kind === 'metric' ? edge.b.name : '')],
    ['Value', edge => `${ARROW[edge.kind] || ''} ${edge.value}`.trim()],
    ['Against', edge => edge.baseline === node.name ? '' : name(edge.baseline)],
    ['Dataset', edge => edge.dataset === node.name ? '' : name(edge.dataset)],
    ['Hardware', edge => edge.hardware === node.name ? '' : name(edge.hardware)],
  ].filter(([title, cell]) => title === 'Value' || claims.some(edge => cell(edge)));
  const cells = edge => columns.map(([title, cell]) => {
    const value = cell(edge), content = typeof value === 'string' ? value : named(value, {plain: true});
    return make('td', {class: title === 'Value' ? 'value' : false, dir: 'auto', title: title === 'Value' ? words(edge.kind) : false}, content);
  });
  const rows = limited(claims, edge => make('tr', {}, ...cells(edge)), make('tbody'));
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...columns.map(([title]) => make('th', {scope: 'col'}, title)))), rows.list);
  const sentences = new Map();
  claims.forEach(edge => { const key = quoteOf(edge); sentences.set(key, [...(sentences.get(key) || []), edge]); });
  const quotes = limited([...sentences.values()], same => make('div', {class: 'claim'},
    quotation(same[0], node, same.map(edge => edge.value)), make('span', {class: 'meta'}, certainty(same[0])) ), make('div'));
  return [heading('Results', claims.length), make('div', {class: 'scroll'}, table), rows.more || '', quotes.list, quotes.more || ''];
}
// The first items now, the others on demand.
function limited(items, draw, list) {
  list.append(...items.slice(0, FIRST).map(draw));
  if (items.length <= FIRST) return {list};
  const more = make('button', {type: 'button', class: 'more', click: () => { list.append(...items.slice(FIRST).map(draw)); more.remove(); }},
    `Show ${number(items.length - FIRST)} more`);
  return {list, more};
}
function certainty(edge) {
  const facts = [];
  if (edge.confidence !== undefined) facts.push(`confidence ${edge.confidence.toFixed(2)}`);
  if (edge.support > 1) facts.push(plural(edge.support, 'paper'));
  if (edge.derived) facts.push('derived');
  return facts.join(' · ');
}

function connectionsOf(node) {
  const groups = new Map();
  for (const edge of node.edges) {
    if (edge.value !== undefined) continue;
    if (node.kind === 'paper' && (edge.kind === 'authored' || edge.kind === 'published_in')) continue;
    const out = edge.a === node, title = out ? OUTWARD[edge.kind] || words(edge.kind) : INWARD[edge.kind] || words(edge.kind) + ' (from)';
    if (!groups.has(title)) groups.set(title, {rank: ORDER.indexOf(edge.kind) + (ORDER.includes(edge.kind) ? 0 : 99), list: []});
    groups.get(title).list.push(edge);
  }
  return [...groups].sort((a, b) => a[1].rank - b[1].rank || (a[0] < b[0] ? -1 : 1)).flatMap(([title, {list}]) => {
    const compact = ['authored', 'published_in'].includes(list[0].kind);
    const other = edge => edge.a === node ? edge.b : edge.a;
    list.sort((a, b) => (b.support || 1) - (a.support || 1) || (b.confidence || 0) - (a.confidence || 0) || (other(a).name < other(b).name ? -1 : 1));
    const sentences = new Map();
    list.forEach(edge => {
      const quote = compact ? '' : quoteOf(edge), key = quote ? edge.paper + ' ' + quote : edge;
      sentences.set(key, [...(sentences.get(key) || []), edge]);
    });
    const {list: items, more} = limited([...sentences.values()], same => claim(same, node, other, compact), make('ul'));
    return [heading(title, list.length), items, more || ''];
  });
}
// The edges that one sentence supports.
function claim(same, node, other, compact) {
  const who = same.map(edge => make('span', {}, named(other(edge)), compact ? null : make('span', {class: 'meta'}, '  ' + certainty(edge))));
  const forms = same.flatMap(edge => [...formsOf(edge.a), ...formsOf(edge.b)]);
  return make('li', {class: 'claim'}, make('div', {class: 'who'}, ...who), compact ? null : quotation(same[0], node, forms));
}

function showOverview() {
  const present = kinds.filter(kind => kind.count);
  const counts = present.map(kind => make('li', {}, icon(kind), words(kind.plural), make('span', {class: 'n'}, number(kind.count))));
  const parts = [make('h2', {}, 'In this collection'), make('ul', {class: 'counts'}, ...counts),
    make('p', {class: 'note'}, 'Click a node, or press ', make('kbd', {class: 'inline'}, '/'), ' and type a name. ',
      make('kbd', {class: 'inline'}, 'Esc'), ' leads back here.')];
  const numbers = edges.filter(edge => edge.value !== undefined).length;
  if (numbers) parts.push(make('p', {class: 'note'}, `${plural(numbers, 'numeric result')}, each with its sentence, stand with the things they are about.`));
  for (const kind of present) {
    if (kind.kind === 'venue' || (kind.kind === 'paper' && present.length > 2)) continue;
    const most = nodes.filter(node => node.kind === kind.kind && node.near.size > (kind.kind === 'author' ? 1 : 0))
      .sort((a, b) => b.near.size - a.near.size || (a.name < b.name ? -1 : 1)).slice(0, 5);
    if (!most.length) continue;
    parts.push(heading('Most connected ' + kind.plural), make('ul', {class: 'ranked'}, ...most.map(node =>
      make('li', {}, named(node), make('span', {class: 'n', title: 'neighbours'}, number(node.near.size))))));
  }
  if (!nodes.length) parts.push(make('p', {class: 'dim'}, 'Nothing was found in the documents.'));
  panel.replaceChildren(...parts);
  panel.scrollTop = 0;
}
