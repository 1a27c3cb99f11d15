// Elements. Text from documents only ever becomes text nodes and attribute values: nothing here writes markup.
const $ = id => document.getElementById(id);
const root = document.documentElement;

// An element with attributes (`click` and other functions are listeners) and children; empty ones are left out.
function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}
const SVG = 'http://www.w3.org/2000/svg';
function draw(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(
    ...children.flat().filter(child => child !== null && child !== undefined && child !== false),
  );
  return element;
}

const ICONS = {
  dot: 'M6 .8a5.2 5.2 0 1 0 .01 0z',
  square: 'M1.2 1.2h9.6v9.6H1.2z',
  diamond: 'M6 .2 11.8 6 6 11.8.2 6z',
  triangle: 'M6 .8 11.8 11H.2z',
  triangleDown: 'M6 11.2.2 1h11.6z',
  hexagon: 'M3.1 1h5.8l2.9 5-2.9 5H3.1L.2 6z',
  star: 'M6 .2l1.7 3.9 4.2.4-3.2 2.8.9 4.2L6 9.3l-3.6 2.2.9-4.2L.1 4.5l4.2-.4z',
};
function icon(kind) {
  return draw(
    'svg',
    {viewBox: '0 0 12 12', class: 'icon', 'aria-hidden': 'true'},
    draw('path', {d: ICONS[kind.shape] || ICONS.dot, style: `fill: var(--k${kind.index})`}),
  );
}
function button(text, act, attributes) {
  return make('button', {type: 'button', click: act, ...attributes}, text);
}
// Saved by hand, never by a request: an address of the page's own making.
function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  make('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
