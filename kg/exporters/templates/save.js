// Exports of what is seen: the picture as PNG or SVG, what it shows as CSV or GraphML, a table as CSV.
const escapeXml = text =>
  String(text).replace(
    /[&<>"']/g,
    sign => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;'})[sign],
  );

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
function csv(rows) {
  const cell = value => {
    if (value === undefined || value === null) return '';
    if (typeof value === 'number') return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return '\ufeff' + rows.map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
const shownNodes = () => nodes.filter(node => seen(node) && (!focus || focus.nodes.has(node)));
function shownEdges() {
  const lit = focus && new Set(focus.links.flatMap(link => link.edges));
  return edges.filter(edge => !edge.hidden && (!lit || lit.has(edge)));
}
function savePng() {
  const sheet = make('canvas', {width: Math.round(view.width * 2), height: Math.round(view.height * 2)}),
    ctx = sheet.getContext('2d');
  ctx.scale(2, 2);
  paintScene(ctx);
  sheet.toBlob(picture => download('graph.png', 'image/png', picture), 'image/png');
}
function saveSvg() {
  const {lines, discs, labels} = scene(),
    fixed = value => value.toFixed(1);
  const rtl = text => (startsRight(text) ? ' direction="rtl" text-anchor="end"' : '');
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}">`,
    `<rect width="100%" height="100%" fill="${ink.bg}"/>`,
    `<g stroke="rgb(${ink.line})">`,
    ...lines.map(
      line =>
        `<path d="M${fixed(line.x1)} ${fixed(line.y1)}L${fixed(line.x2)} ${fixed(line.y2)}" stroke-width="${fixed(line.width)}" stroke-opacity="${line.alpha.toFixed(2)}"/>`,
    ),
    `</g><g stroke="${ink.bg}">`,
    ...discs.map(
      disc =>
        (disc.halo ? `<path d="${disc.halo}" fill="${ink.fg}"/>` : '') +
        `<path d="${disc.path}" fill="${disc.color}" opacity="${disc.alpha}"/>`,
    ),
    `</g><g font-family="${escapeXml(FONT)}" fill="${ink.fg}" stroke="${ink.bg}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" dominant-baseline="central">`,
    ...labels.map(
      ({text, font, x, y}) =>
        `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${/([\d.]+)px/.exec(font)[1]}"${rtl(text)}>${escapeXml(text)}</text>`,
    ),
    '</g></svg>',
  ];
  download('graph.svg', 'image/svg+xml', parts.join('\n'));
}
const EDGE_TABLE = [
  'source',
  'source_kind',
  'relation',
  'target',
  'target_kind',
  'support',
  'confidence',
  'metric',
  'value',
  'low',
  'high',
  'unit',
  'bound',
  'baseline',
  'dataset',
  'hardware',
  'paper',
  'quote',
];
const edgeRow = edge => [
  edge.a.name,
  edge.a.kind,
  edge.kind,
  edge.b.name,
  edge.b.kind,
  edge.support,
  edge.confidence,
  edge.metric,
  edge.value,
  edge.low,
  edge.high,
  edge.unit,
  edge.bound,
  edge.baseline,
  edge.dataset,
  edge.hardware,
  edge.paper ? edge.paper.name : '',
  quoteOf(edge),
];
function saveCsv() {
  if (state.tab === 'papers') {
    const rows = shownPapers().map(node => [
      node.id,
      node.name,
      authorsOf(node).join('; '),
      venueName(node),
      yearOf(node),
      node.more.doi,
      node.more.arxiv_id,
    ]);
    download(
      'papers.csv',
      'text/csv',
      csv([['id', 'title', 'authors', 'venue', 'year', 'doi', 'arxiv_id'], ...rows]),
    );
  } else {
    const some = state.tab === 'results' ? shownClaims() : shownEdges();
    download(
      state.tab === 'results' ? 'results.csv' : 'links.csv',
      'text/csv',
      csv([EDGE_TABLE, ...some.map(edgeRow)]),
    );
  }
}
function saveNodes() {
  const rows = shownNodes().map(node => [
    node.id,
    node.name,
    node.kind,
    formsOf(node).slice(1).join('; '),
    node.more.papers,
    node.more.mentions,
    yearOf(node),
    communities[node.community] ? communities[node.community].name : '',
  ]);
  download(
    'nodes.csv',
    'text/csv',
    csv([['id', 'name', 'kind', 'aliases', 'papers', 'mentions', 'year', 'community'], ...rows]),
  );
}

// The columns of a GraphML file; names that Gephi and others read: SPEC of kg.exporters.graphml.
const NODE_KEYS = {
  label: ['string', node => shorten(node.name.replace(/\s+/g, ' '), 120)],
  x: ['double', node => node.x],
  y: ['double', node => -node.y],
  size: ['double', node => node.size],
  color: ['string', node => node.look.light],
  kind: ['string', node => node.kind],
  aliases: ['string', node => (node.more.aliases || []).join('; ')],
  year: ['int', yearOf],
  papers: ['int', node => node.more.papers],
  community: ['int', node => (node.community < 0 ? undefined : node.community)],
};
const EDGE_KEYS = {
  label: ['string', edge => edge.kind.replace(/_/g, ' ')],
  weight: ['double', edge => edge.support],
  kind: ['string', edge => edge.kind],
  confidence: ['double', edge => edge.confidence],
  metric: ['string', edge => edge.metric],
  value: ['string', edge => edge.value],
  baseline: ['string', edge => edge.baseline],
  dataset: ['string', edge => edge.dataset],
  hardware: ['string', edge => edge.hardware],
  paper: ['string', edge => edge.paper && edge.paper.id],
  quote: ['string', quoteOf],
};
function saveGraphml() {
  const keys = (scope, columns) =>
    Object.entries(columns).map(
      ([name, [type]]) =>
        `<key id="${scope}_${name}" for="${scope}" attr.name="${name}" attr.type="${type}"/>`,
    );
  const values = (scope, columns, row) =>
    Object.entries(columns)
      .map(([name, [, read]]) => {
        const value = read(row);
        return value === undefined || value === null || value === ''
          ? ''
          : `<data key="${scope}_${name}">${escapeXml(value)}</data>`;
      })
      .join('');
  const some = shownNodes(),
    there = new Set(some);
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys('node', NODE_KEYS),
    ...keys('edge', EDGE_KEYS),
    '<graph id="view" edgedefault="directed">',
    ...some.map(node => `<node id="${escapeXml(node.id)}">${values('node', NODE_KEYS, node)}</node>`),
    ...shownEdges()
      .filter(edge => there.has(edge.a) && there.has(edge.b))
      .map(
        edge =>
          `<edge id="x${edge.index}" source="${escapeXml(edge.a.id)}" target="${escapeXml(edge.b.id)}">${values('edge', EDGE_KEYS, edge)}</edge>`,
      ),
    '</graph>',
    '</graphml>',
    '',
  ];
  download('view.graphml', 'application/xml', parts.join('\n'));
}

const SAVES = [
  ['Picture as PNG', savePng],
  ['Picture as SVG', saveSvg],
  ['Table as CSV', saveCsv],
  ['Nodes as CSV', saveNodes],
  ['Graph as GraphML', saveGraphml],
];
const saveMenu = $('save-menu'),
  saveButton = $('save');
function openSave(open) {
  saveMenu.hidden = !open;
  saveButton.setAttribute('aria-expanded', String(open));
  if (open) saveMenu.querySelector('button').focus();
}
saveMenu.append(
  ...SAVES.map(([text, act]) =>
    button(text, () => {
      openSave(false);
      saveButton.focus();
      act();
    }),
  ),
);
saveButton.addEventListener('click', () => openSave(saveMenu.hidden));
saveMenu.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    event.stopPropagation();
    openSave(false);
    saveButton.focus();
  }
});
addEventListener('pointerdown', event => {
  if (!event.target.closest('#save-box')) openSave(false);
  if (!event.target.closest('#filters, #more-filters')) toggleFilters(false);
});

// Paper is white, and a WebGL canvas prints empty: what is printed is the picture itself.
addEventListener('beforeprint', () => {
  const dark = ink.dark,
    sheet = make('canvas', {width: Math.round(view.width * 2), height: Math.round(view.height * 2)}),
    ctx = sheet.getContext('2d');
  if (state.tab !== 'graph' || !sheet.width) return;
  if (dark) setTheme(false);
  ctx.scale(2, 2);
  paintScene(ctx);
  $('print').src = sheet.toDataURL('image/png');
  if (dark)
    addEventListener(
      'afterprint',
      () => {
        setTheme(true);
        recolour();
      },
      {once: true},
    );
});
