// What is painted over the renderer's picture, and the whole picture again as a list, for exports and print.
let focus = null; // {ends, nodes, links}: what is lit while the rest stands behind a veil
const ink = {};

function focusOn() {
  const {node, path} = state;
  if (!node) {
    focus = null;
    return;
  }
  if (path) {
    const way = shortestPath(node, path);
    focus = {ends: [node, path], nodes: new Set([node, path, ...way.nodes]), links: way.links};
    return;
  }
  const shown = node.links.filter(link => !link.hidden);
  focus = {ends: [node], nodes: new Set([node, ...shown.map(link => across(link, node))]), links: shown};
}
// Lines are the fainter the more there are, and those of hubs and bylines fainter still: what is specific shows.
const lineInk = Math.max(0.025, Math.min(0.4, 9 / Math.sqrt(links.length + 1)));
function lineAlpha(link) {
  const busiest = Math.max(link.a.links.length, link.b.links.length);
  const byline = link.edges[0].kind === 'authored' ? 0.6 : 1;
  const between = links.length > 3000 && link.a.community !== link.b.community ? 0.5 : 1;
  return lineInk * Math.max(0.12, Math.min(1, Math.sqrt(24 / busiest))) * byline * between;
}
// On the screen nothing that is a thing gets smaller than this; authors, being many, may.
const leastRadius = node =>
  (node.kind === 'author' ? 0.5 : 1.5) * Math.max(0.55, Math.min(1, Math.sqrt(9000 / (nodes.length + 1))));
const lineWidth = link => Math.min(3, 0.8 + 0.5 * Math.log2(link.support));

function setTheme(dark) {
  root.classList.toggle('dark', dark);
  const style = getComputedStyle(root),
    css = name => style.getPropertyValue(name).trim();
  kinds.forEach(kind => {
    kind.color = dark ? kind.dark : kind.light;
    root.style.setProperty('--k' + kind.index, kind.color);
  });
  Object.assign(ink, {bg: css('--bg'), fg: css('--fg'), line: css('--edge').split(',').map(Number), dark});
  colourNodes();
  $('theme').textContent = dark ? 'Light' : 'Dark';
}
// The largest communities have a colour (Okabe and Ito), the next ones the same lighter; more could not be told apart.
const GROUP_COLOURS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#a89a0c',
  '#7a56b3',
  '#6aaed6',
  '#f5cf7a',
  '#7fcdb4',
  '#e8c1d6',
  '#b3dcf5',
  '#f0a878',
  '#d9d174',
  '#bda6de',
];
const groupColour = group =>
  group >= 0 && group < GROUP_COLOURS.length ? GROUP_COLOURS[group] : ink.dark ? '#6d7078' : '#a5a8ae';
function colourNodes() {
  for (const node of nodes)
    node.color = state.colour === 'community' ? groupColour(node.community) : node.look.color;
}

function paintOver() {
  const ctx = paper.getContext('2d'),
    ratio = paper.width / view.width;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, view.width, view.height);
  if (focus) paintFocus(ctx);
  paintLabels(ctx, placeLabels());
}
// A veil over everything, then what is lit again. One repaint, whatever the size of the graph.
function paintFocus(ctx) {
  ctx.globalAlpha = 0.88;
  ctx.fillStyle = ink.bg;
  ctx.fillRect(0, 0, view.width, view.height);
  ctx.strokeStyle = ink.fg;
  ctx.globalAlpha = state.path ? 0.8 : Math.min(0.38, 6 / Math.sqrt(focus.links.length));
  ctx.lineWidth = state.path ? 2 : 1.1;
  ctx.beginPath();
  for (const {a, b} of focus.links) {
    ctx.moveTo(screenX(a), screenY(a));
    ctx.lineTo(screenX(b), screenY(b));
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
  const ends = new Set(focus.ends);
  for (const node of focus.nodes) if (!ends.has(node) && seen(node)) paintNode(ctx, node, false);
  for (const node of ends) if (seen(node)) paintNode(ctx, node, true);
}
function paintNode(ctx, node, strong) {
  const x = screenX(node),
    y = screenY(node),
    r = Math.max(3, node.radius * view.scale);
  const disc = (radius, color) => {
    ctx.fillStyle = color;
    ctx.fill(new Path2D(outline(node.look.shape, x, y, radius)));
  };
  if (strong) disc(r + 4, ink.fg);
  disc(r + (strong ? 2 : 1), ink.bg);
  disc(r, node.color);
}
function paintLabels(ctx, labels) {
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3.2;
  ctx.strokeStyle = ink.bg;
  ctx.fillStyle = ink.fg;
  for (const {text, font, x, y} of labels) {
    ctx.font = font;
    ctx.direction = startsRight(text) ? 'rtl' : 'ltr';
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }
}

// The picture as it stands: lines, discs and labels within the stage, those behind the veil faint.
function scene() {
  const inside = (x, y, margin) =>
    x > -margin && y > -margin && x < view.width + margin && y < view.height + margin;
  const lit = focus && new Set(focus.links),
    lines = [],
    discs = [];
  for (const link of links) {
    if (link.hidden) continue;
    const [x1, y1, x2, y2] = [screenX(link.a), screenY(link.a), screenX(link.b), screenY(link.b)];
    if (
      Math.max(x1, x2) < 0 ||
      Math.max(y1, y2) < 0 ||
      Math.min(x1, x2) > view.width ||
      Math.min(y1, y2) > view.height
    )
      continue;
    const strong = lit && lit.has(link);
    lines.push({
      x1,
      y1,
      x2,
      y2,
      width: strong && state.path ? 2 : lineWidth(link),
      alpha: lit ? (strong ? 0.5 : 0.03) : lineAlpha(link),
    });
  }
  for (const node of [...bySize].reverse()) {
    const x = screenX(node),
      y = screenY(node),
      r = Math.max(focus ? 3 : leastRadius(node), node.radius * view.scale);
    if (node.hidden || !inside(x, y, r)) continue;
    const end = focus && focus.ends.includes(node);
    discs.push({
      path: outline(node.look.shape, x, y, r),
      halo: end ? outline(node.look.shape, x, y, r + 4) : null,
      color: node.color,
      alpha: focus && !focus.nodes.has(node) ? 0.12 : 1,
    });
  }
  return {lines, discs, labels: placeLabels()};
}
function paintScene(ctx) {
  const {lines, discs, labels} = scene();
  ctx.fillStyle = ink.bg;
  ctx.fillRect(0, 0, view.width, view.height);
  ctx.strokeStyle = `rgb(${ink.line})`;
  for (const line of lines) {
    ctx.globalAlpha = line.alpha;
    ctx.lineWidth = line.width;
    ctx.beginPath();
    ctx.moveTo(line.x1, line.y1);
    ctx.lineTo(line.x2, line.y2);
    ctx.stroke();
  }
  for (const disc of discs) {
    const path = new Path2D(disc.path);
    if (disc.halo) {
      ctx.globalAlpha = 1;
      ctx.fillStyle = ink.fg;
      ctx.fill(new Path2D(disc.halo));
    }
    ctx.globalAlpha = disc.alpha;
    ctx.lineWidth = 2;
    ctx.strokeStyle = ink.bg;
    ctx.stroke(path);
    ctx.fillStyle = disc.color;
    ctx.fill(path);
  }
  ctx.globalAlpha = 1;
  paintLabels(ctx, labels);
}
