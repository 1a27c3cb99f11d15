// The graph as the page holds it. Text from documents only ever becomes text nodes: nothing here writes markup.
const data = JSON.parse(document.getElementById('data').textContent);
const nodes = data.nodes, edges = data.edges;
const kinds = data.kinds.map((kind, index) => ({...kind, index, hidden: false, count: 0}));
const byId = new Map(), byKind = new Map(kinds.map(kind => [kind.kind, kind]));
nodes.forEach(node => {
  node.edges = []; node.said = []; node.near = new Set(); node.look = byKind.get(node.kind); node.look.count++;
  node.name = node.name || node.label;
  node.radius = 3 + .55 * node.size; // smaller than the file says, so that edges show between the discs
  byId.set(node.id, node);
});
edges.forEach(edge => {
  edge.a = nodes[edge.from]; edge.b = nodes[edge.to]; edge.source = edge.paper === undefined ? null : nodes[edge.paper];
  edge.a.edges.push(edge);
  if (edge.a !== edge.b) { edge.b.edges.push(edge); edge.a.near.add(edge.b); edge.b.near.add(edge.a); }
  if (edge.source) edge.source.said.push(edge);
});
const bySize = [...nodes].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));

const textOf = paper => [paper.title, paper.abstract].filter(Boolean).join('\n\n');
const quoteOf = edge => edge.at ? textOf(edge.source).slice(...edge.at)
  : edge.quote === undefined ? '' : data.quotes[edge.quote];
const formsOf = node => [node.name, ...(node.aliases || [])];
const shorten = (text, length) => text.length > length ? text.slice(0, length - 1).trimEnd() + '…' : text;
const number = value => value.toLocaleString('en');

const SVG = 'http://www.w3.org/2000/svg';
const ICONS = {
  dot: 'M6 .8a5.2 5.2 0 1 0 .01 0z', square: 'M1.2 1.2h9.6v9.6H1.2z', diamond: 'M6 .2 11.8 6 6 11.8.2 6z',
  triangle: 'M6 .8 11.8 11H.2z', triangleDown: 'M6 11.2.2 1h11.6z', hexagon: 'M3.1 1h5.8l2.9 5-2.9 5H3.1L.2 6z',
  star: 'M6 .2l1.7 3.9 4.2.4-3.2 2.8.9 4.2L6 9.3l-3.6 2.2.9-4.2L.1 4.5l4.2-.4z',
};
function icon(look) {
  const svg = document.createElementNS(SVG, 'svg'), path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 12 12'); svg.setAttribute('class', 'icon'); svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[look.shape] || ICONS.dot); path.style.fill = `var(--k${look.index})`;
  svg.append(path);
  return svg;
}
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'click') element.addEventListener('click', value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

// Where any of the forms stands in the text as whole words: [start, end, form in lower case], left to right.
const LETTER = /[\p{L}\p{N}_]/u;
function occurrences(text, forms) {
  const wanted = [...new Set(forms.filter(form => form.length > 1 || /\p{L}/u.test(form)))];
  if (!wanted.length) return [];
  const escaped = wanted.sort((a, b) => b.length - a.length)
    .map(form => form.replace(/[.*+?^${}()|[\]\\\/-]/g, '\\$&').replace(/\s+/g, '\\s+'));
  const found = [], pattern = new RegExp(escaped.join('|'), 'gi');
  for (let match; (match = pattern.exec(text));) {
    const start = match.index, end = start + match[0].length;
    const inside = (edge, other) => LETTER.test(text[edge] || '') && LETTER.test(text[other] || '');
    if (inside(start, start - 1) || inside(end - 1, end)) pattern.lastIndex = start + 1;
    else found.push([start, end, match[0].toLowerCase().replace(/\s+/g, ' ')]);
  }
  return found;
}
// The text as nodes, each occurrence of a form wrapped by wrap(part, form).
function wrapped(text, forms, wrap) {
  const parts = []; let at = 0;
  for (const [start, end, form] of occurrences(text, forms)) {
    parts.push(text.slice(at, start), wrap(text.slice(start, end), form)); at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
