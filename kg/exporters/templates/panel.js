// The panel: what a node is, its numbers, and each of its edges with the sentence that says so.
const panel = $('panel');
const INWARD = {
  authored: 'Written by',
  published_in: 'Published here',
  proposes: 'Proposed in',
  uses: 'Used in',
  compares_with: 'Baseline in',
  evaluated_on: 'Evaluated here',
  measures: 'Measured in',
  targets: 'Target of',
  mentions: 'Mentioned in',
  used_for: 'What is used for it',
  runs_on: 'What runs on it',
  part_of: 'Its parts',
  is_a: 'Its kinds',
  compared_with: 'Compared with',
  cites: 'Cited by',
  same_as: 'Same as',
};
const ORDER = [
  'authored',
  'published_in',
  'proposes',
  'targets',
  'is_a',
  'part_of',
  'used_for',
  'runs_on',
  'evaluated_on',
  'compared_with',
  'uses',
  'compares_with',
  'measures',
  'mentions',
  'improves',
  'reduces',
  'achieves',
  'costs',
  'limits',
  'cites',
  'same_as',
];
const LISTED = new Set([
  'aliases',
  'papers',
  'mentions',
  'year',
  'date',
  'venue',
  'doi',
  'arxiv_id',
  'url',
  'authors',
  'document',
  'derived_name',
  'orcid',
]);
const FIRST = 12;

const heading = (text, count) =>
  make('h3', {}, text, count ? make('span', {class: 'n'}, ' ' + number(count)) : null);
function nodeLink(node, style, quote, ...children) {
  const go = event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(node, {quote});
  };
  return make('a', {href: addressOf(node), class: style, click: go}, ...children);
}
function named(node, {plain, quote} = {}) {
  if (node.outside)
    return make('span', {dir: 'auto'}, separated([node.name, sourceOf(node.more)].filter(Boolean)));
  return nodeLink(
    node,
    plain ? 'node bytext' : 'node',
    quote,
    plain ? null : icon(node.look),
    make('span', {dir: 'auto'}, node.name),
  );
}
const separated = items =>
  items.flatMap((item, index) => (index ? [make('span', {class: 'sep'}, ' · '), item] : [item]));
function link(text, target) {
  let url;
  try {
    url = new URL(target);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol)) return null;
  return make('a', {href: url.href, target: '_blank', rel: 'noopener noreferrer', class: 'bytext'}, text);
}
const sourceOf = ({doi, arxiv_id: arxiv, url}) =>
  doi
    ? link('DOI', 'https://doi.org/' + encodeURI(doi))
    : arxiv
      ? link('arXiv', 'https://arxiv.org/abs/' + encodeURI(arxiv))
      : url
        ? link('Web page', url)
        : null;
// The first items now, the others on demand.
function limited(items, show, list) {
  list.append(...items.slice(0, FIRST).map(show));
  if (items.length <= FIRST) return [list];
  const more = button(
    `Show ${number(items.length - FIRST)} more`,
    () => {
      const rest = items.slice(FIRST).map(show);
      list.append(...rest);
      more.remove();
    },
    {class: 'more'},
  );
  return [list, more];
}

function showNode(node, said) {
  const {more} = node,
    parts = [
      make(
        'div',
        {class: 'top'},
        icon(node.look),
        make('span', {}, [words(node.kind), ...summary(node)].join(' · ')),
        button('×', () => choose(null), {class: 'close', 'aria-label': 'Close'}),
      ),
      make('h2', {dir: 'auto'}, node.name),
    ];
  if (node.kind === 'paper') parts.push(...paperHead(node));
  if (more.aliases) parts.push(make('p', {class: 'note', dir: 'auto'}, 'Also ' + more.aliases.join(', ')));
  if (more.orcid)
    parts.push(make('p', {class: 'note'}, link('ORCID ' + more.orcid, 'https://orcid.org/' + more.orcid)));
  for (const [name, value] of Object.entries(more)) {
    if (!LISTED.has(name))
      parts.push(make('p', {class: 'note', dir: 'auto'}, words(name) + ': ' + [value].flat().join('; ')));
  }
  if (communities[node.community]) {
    parts.push(
      make(
        'p',
        {class: 'note', dir: 'auto'},
        'Community: ',
        button(communities[node.community].name, () => showGroup(node.community), {class: 'plain'}),
      ),
    );
  }
  parts.push(pathBox(node), ...resultsOf(node), ...abstractOf(node, said), ...connectionsOf(node));
  panel.replaceChildren(...parts);
  panel.scrollTop = 0;
  const sentence = panel.querySelector('.said');
  if (sentence) sentence.scrollIntoView({block: 'center'});
}
function summary({kind, more}) {
  const facts = [];
  if (kind === 'paper') {
    if (more.year) facts.push(String(more.year));
  } else if (more.papers) facts.push('in ' + plural(more.papers, 'paper'));
  if (more.mentions) facts.push(plural(more.mentions, 'mention'));
  return facts;
}
const bylineOf = node =>
  node.edges
    .filter(edge => edge.kind === 'authored' && edge.b === node)
    .sort((a, b) => (a.position || 0) - (b.position || 0))
    .map(edge => edge.a);
const venueOf = node => (node.edges.find(edge => edge.kind === 'published_in' && edge.a === node) || {}).b;
function paperHead(node) {
  const {more} = node,
    parts = [],
    byline = bylineOf(node),
    home = venueOf(node),
    place = [];
  if (more.derived_name)
    parts.push(make('p', {class: 'note'}, 'The document gives no title; the name is derived from its text.'));
  if (byline.length) parts.push(make('p', {}, separated(byline.map(author => named(author, {plain: true})))));
  else if (more.authors) parts.push(make('p', {dir: 'auto'}, more.authors.join(' · ')));
  if (home) place.push(named(home, {plain: true}));
  else if (more.venue) place.push(make('span', {dir: 'auto'}, more.venue));
  if (more.date || more.year) place.push(make('span', {}, String(more.date || more.year)));
  if (more.doi) place.push(link('DOI', 'https://doi.org/' + encodeURI(more.doi)));
  if (more.arxiv_id) place.push(link('arXiv', 'https://arxiv.org/abs/' + encodeURI(more.arxiv_id)));
  if (more.url) place.push(link('Web page', more.url));
  const shown = place.filter(Boolean);
  if (shown.length) parts.push(make('p', {class: 'dim'}, separated(shown)));
  if (more.document) parts.push(make('p', {class: 'note', dir: 'auto'}, 'Read from ' + more.document));
  return parts;
}

// The abstract with the things it speaks of underlined in the colour of their kind, and the sentence one came for marked.
function abstractOf(node, said) {
  const [text, begins] = abstractAndStart(node);
  if (!text) return [];
  const terms = new Map();
  for (const other of new Set([...neighbours(node), ...node.said.flatMap(edge => [edge.a, edge.b])])) {
    if (other.kind === 'paper' || other.kind === 'author' || other.kind === 'venue') continue;
    for (const form of formsOf(other)) terms.set(form.toLowerCase().replace(/\s+/g, ' '), other);
  }
  const mark = part =>
    wrapped(part, [...terms.keys()], (word, form) => {
      const other = terms.get(form),
        term = nodeLink(other, 'term', undefined, word);
      term.title = words(other.kind);
      term.style.setProperty('--k', `var(--k${other.look.index})`);
      return term;
    });
  const from = said && said.paper === node && said.start >= begins ? said.start - begins : -1,
    to = from + (said ? said.length : 0);
  const children =
    from < 0
      ? mark(text)
      : [
          ...mark(text.slice(0, from)),
          make('span', {class: 'said'}, mark(text.slice(from, to))),
          ...mark(text.slice(to)),
        ];
  return [heading('Abstract'), make('p', {class: 'abstract', dir: 'auto'}, children)];
}

// Numbers: one row a result, then each sentence they stand in once.
function resultsOf(node) {
  const own = claims.filter(
    edge =>
      edge.a === node ||
      edge.b === node ||
      edge.paper === node ||
      [edge.baseline, edge.dataset, edge.hardware].includes(node.name),
  );
  if (!own.length) return [];
  const other = name => edge => (edge[name] === node.name ? '' : edge[name] || '');
  const columns = [
    ['Subject', edge => (edge.a === node || edge.a.kind === 'paper' ? '' : edge.a)],
    ['Metric', metricOf],
    ['Value', printed],
    ['Against', other('baseline')],
    ['Dataset', other('dataset')],
    ['Hardware', other('hardware')],
  ].filter(([title, cell]) => title === 'Value' || own.some(edge => cell(edge)));
  const row = edge =>
    make(
      'tr',
      {class: against(edge).length ? 'opposed' : false},
      columns.map(([title, cell]) => {
        const value = cell(edge);
        return make(
          'td',
          {
            class: title === 'Value' ? 'value' : false,
            dir: 'auto',
            title: title === 'Value' ? words(edge.kind) : false,
          },
          typeof value === 'string' ? value : named(value, {plain: true}),
        );
      }),
    );
  const [body, ...moreRows] = limited(own, row, make('tbody'));
  const table = make(
    'table',
    {},
    make('caption', {class: 'unseen'}, 'Results'),
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        columns.map(([title]) => make('th', {scope: 'col'}, title)),
      ),
    ),
    body,
  );
  const sentences = new Map();
  own.forEach(edge => {
    const key = quoteOf(edge);
    sentences.set(key, [...(sentences.get(key) || []), edge]);
  });
  const quotes = limited(
    [...sentences.values()],
    same =>
      make(
        'div',
        {class: 'claim'},
        quotation(
          same[0],
          node,
          same.map(edge => edge.value),
        ),
        make('span', {class: 'meta'}, certainty(same[0])),
        same.map(warning),
      ),
    make('div'),
  );
  return [
    heading('Results', own.length),
    make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of results'}, table),
    ...moreRows,
    ...quotes,
  ];
}

function connectionsOf(node) {
  const groups = new Map();
  for (const edge of node.edges) {
    if (edge.value !== undefined) continue;
    if (node.kind === 'paper' && (edge.kind === 'authored' || edge.kind === 'published_in')) continue;
    const title =
      edge.a === node
        ? edge.kind === 'authored'
          ? 'Wrote'
          : words(edge.kind)
        : INWARD[edge.kind] || words(edge.kind) + ' (from)';
    if (!groups.has(title))
      groups.set(title, {rank: ORDER.indexOf(edge.kind) + (ORDER.includes(edge.kind) ? 0 : 99), list: []});
    groups.get(title).list.push(edge);
  }
  return [...groups]
    .sort((a, b) => a[1].rank - b[1].rank || (a[0] < b[0] ? -1 : 1))
    .flatMap(([title, {list}]) => {
      const compact = ['authored', 'published_in'].includes(list[0].kind),
        other = edge => (edge.a === node ? edge.b : edge.a);
      list.sort(
        (a, b) =>
          b.support - a.support || (b.confidence || 0) - (a.confidence || 0) || byName(other(a), other(b)),
      );
      const sentences = new Map();
      list.forEach(edge => {
        const quote = compact ? '' : quoteOf(edge),
          key = quote ? (edge.paper && edge.paper.id) + ' ' + quote : edge;
        sentences.set(key, [...(sentences.get(key) || []), edge]);
      });
      return [
        heading(title, list.length),
        ...limited([...sentences.values()], same => claim(same, node, other, compact), make('ul')),
      ];
    });
}
// The edges that one sentence supports.
function claim(same, node, other, compact) {
  const who = same.map(edge =>
    make(
      'span',
      {},
      named(other(edge)),
      compact ? null : make('span', {class: 'meta'}, '  ' + certainty(edge)),
    ),
  );
  const forms = same.flatMap(edge => [...formsOf(edge.a), ...formsOf(edge.b)]);
  return make(
    'li',
    {class: 'claim'},
    make('div', {class: 'who'}, who),
    compact ? null : quotation(same[0], node, forms),
  );
}
