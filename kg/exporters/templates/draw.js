// The drawing: vis-network paints nodes and edges, labels and the focus are painted over it.
const root = document.documentElement, graphBox = document.getElementById('graph');
let selected = null, lit = null;
const css = name => getComputedStyle(root).getPropertyValue(name).trim();
const ink = {};
const seen = node => !node.look.hidden;
const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif';

function setTheme(dark) {
  root.classList.toggle('dark', dark);
  kinds.forEach(kind => root.style.setProperty('--k' + kind.index, dark ? kind.dark : kind.light));
  kinds.forEach(kind => { kind.color = dark ? kind.dark : kind.light; });
  for (const name of ['bg', 'fg']) ink[name] = css('--' + name);
  ink.edge = `rgba(${css('--edge')}, ${Math.max(.1, Math.min(.4, 6 / Math.sqrt(edges.length + 1))).toFixed(2)})`;
  document.getElementById('theme').textContent = dark ? 'Light' : 'Dark';
}
const systemDark = matchMedia('(prefers-color-scheme: dark)');
setTheme(systemDark.matches);

const visNode = node => ({
  id: node.id, x: node.x, y: -node.y, size: node.radius, shape: node.look.shape,
  color: {background: node.look.color, border: ink.bg},
});
const drawnNodes = new vis.DataSet(nodes.map(visNode));
const drawnEdges = new vis.DataSet(edges.map((edge, id) => {
  const drawn = {id, from: edge.a.id, to: edge.b.id};
  if (edge.support > 1) drawn.width = data.options.edges.width * Math.min(5, 1 + Math.log2(edge.support));
  return drawn;
}));
const edgeColor = () => ({edges: {color: {color: ink.edge, highlight: ink.edge, hover: ink.edge}}});
const network = new vis.Network(graphBox, {nodes: drawnNodes, edges: drawnEdges}, {...data.options, ...{edges: {...data.options.edges, ...edgeColor().edges}}});
window.network = network;

function repaint() {
  drawnNodes.update(nodes.map(node => ({id: node.id, color: {background: node.look.color, border: ink.bg}})));
  network.setOptions(edgeColor());
}
function applyFilter() {
  const changed = nodes.filter(node => drawnNodes.get(node.id).hidden !== undefined || node.look.hidden);
  drawnNodes.update(changed.map(node => ({id: node.id, hidden: node.look.hidden})));
  network.redraw();
}
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches ? false : {duration: 320, easingFunction: 'easeInOutQuad'};
// Shows these nodes in the part of the stage that the legend leaves free, with room for labels at the sides.
function frame(some, animation, most) {
  if (!some.length) return;
  const left = Math.min(...some.map(node => node.x - node.radius)), right = Math.max(...some.map(node => node.x + node.radius));
  const top = Math.min(...some.map(node => -node.y - node.radius)), bottom = Math.max(...some.map(node => -node.y + node.radius));
  const width = graphBox.clientWidth, height = graphBox.clientHeight, free = legendBottom() + 14;
  const side = Math.min(90, width * .08);
  const scale = Math.min((width - 2 * side) / Math.max(right - left, 1), (height - free - 34) / Math.max(bottom - top, 1), most);
  network.moveTo({scale, animation, position: {x: (left + right) / 2, y: (top + bottom) / 2 - (free - 34) / 2 / scale}});
}
const legendBottom = () => { const box = document.getElementById('legend'); return box.offsetTop + box.offsetHeight; };
const LARGEST = 36; // pixels: a graph of a few nodes is not blown up
const fitAll = animation => frame(nodes.filter(seen), animation, LARGEST / Math.max(36, bySize.length ? bySize[0].radius : 0));
const bringIntoView = node => frame([node, ...node.near].filter(seen), calm(), .75);

// The outlines of vis, so that what is painted over a node covers it exactly.
function outline(ctx, shape, x, y, r) {
  const corners = (count, radius, turn, cy) => {
    for (let i = 0; i < count; i++) {
      const angle = turn + i * 2 * Math.PI / count, length = typeof radius === 'function' ? radius(i) : radius;
      ctx.lineTo(x + length * Math.sin(angle), cy - length * Math.cos(angle));
    }
    ctx.closePath();
  };
  ctx.beginPath();
  if (shape === 'square') ctx.rect(x - r, y - r, 2 * r, 2 * r);
  else if (shape === 'diamond') corners(4, r, 0, y);
  else if (shape === 'hexagon') corners(6, r, Math.PI / 2, y);
  else if (shape === 'triangle') corners(3, r * 1.15 * 2 / Math.sqrt(3), 0, y + .275 * r * 1.15);
  else if (shape === 'triangleDown') corners(3, r * 1.15 * 2 / Math.sqrt(3), Math.PI, y - .275 * r * 1.15);
  else if (shape === 'star') corners(10, i => r * .82 * (i % 2 ? .5 : 1.3), 0, y + .1 * r * .82);
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

network.on('afterDrawing', ctx => {
  const width = graphBox.clientWidth, height = graphBox.clientHeight, ratio = ctx.canvas.width / width;
  const view = {scale: network.getScale(), center: network.getViewPosition(), width, height};
  view.place = node => [(node.x - view.center.x) * view.scale + width / 2, (-node.y - view.center.y) * view.scale + height / 2];
  ctx.save(); ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (selected) paintFocus(ctx, view);
  paintLabels(ctx, view);
  ctx.restore();
});

// Focus: a veil over everything, then the node, its edges and its neighbours again. One repaint, whatever the size.
function paintFocus(ctx, view) {
  ctx.globalAlpha = .86; ctx.fillStyle = ink.bg; ctx.fillRect(0, 0, view.width, view.height);
  ctx.strokeStyle = ink.fg; ctx.globalAlpha = .38; ctx.beginPath(); ctx.lineWidth = 1.1;
  for (const edge of selected.edges) {
    if (!seen(edge.a) || !seen(edge.b)) continue;
    ctx.moveTo(...view.place(edge.a)); ctx.lineTo(...view.place(edge.b));
  }
  ctx.stroke(); ctx.globalAlpha = 1;
  for (const node of [...selected.near, selected]) {
    if (!seen(node)) continue;
    const [x, y] = view.place(node), r = Math.max(3, node.radius * view.scale);
    if (node === selected) { outline(ctx, node.look.shape, x, y, r + 4); ctx.fillStyle = ink.fg; ctx.fill(); }
    outline(ctx, node.look.shape, x, y, r + (node === selected ? 2 : 1)); ctx.fillStyle = ink.bg; ctx.fill();
    outline(ctx, node.look.shape, x, y, r); ctx.fillStyle = node.look.color; ctx.fill();
  }
}

// Labels: one size on the screen, biggest nodes first, only where there is room.
const widths = new Map();
function paintLabels(ctx, view) {
  const taken = new Map(), cells = (x, y, w, h) => {
    const list = [];
    for (let i = Math.floor(x / 12); i <= Math.floor((x + w) / 12); i++) {
      for (let j = Math.floor(y / 8); j <= Math.floor((y + h) / 8); j++) list.push(i * 65536 + j);
    }
    return list;
  };
  const shown = bySize.filter(node => {
    if (!seen(node) || (selected && node !== selected && !selected.near.has(node))) return false;
    const [x, y] = view.place(node);
    return x > -20 && y > -10 && x < view.width + 10 && y < view.height + 10;
  });
  cells(0, 0, view.width, legendBottom() - 4).forEach(cell => taken.set(cell, null));
  for (const node of shown.slice(0, 250)) {
    const [x, y] = view.place(node), r = node.radius * view.scale * .8;
    if (r > 4) cells(x - r, y - r, 2 * r, 2 * r).forEach(cell => taken.set(cell, node));
  }
  ctx.textBaseline = 'middle'; ctx.lineJoin = 'round'; ctx.textAlign = 'left'; ctx.lineWidth = 3.2;
  ctx.strokeStyle = ink.bg;
  let left = (selected ? 60 : 16) + Math.round(view.width * view.height / 18000);
  if (selected && seen(selected)) left -= paintLabel(ctx, view, selected, taken, cells, true);
  for (const node of shown) {
    if (left <= 0) break;
    const least = node.kind === 'author' ? 5 : 1.2;
    if (node !== selected && (selected || node.radius * view.scale > least)) left -= paintLabel(ctx, view, node, taken, cells, false);
  }
}
function paintLabel(ctx, view, node, taken, cells, strong) {
  const text = shorten(node.label, strong ? (view.width < 600 ? 30 : 48) : node.kind === 'paper' && !selected ? 28 : 32);
  ctx.font = strong ? `650 13.5px ${FONT}` : `${node.radius * view.scale > 11 ? '550 12.5px' : '11.5px'} ${FONT}`;
  const key = ctx.font + text;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  const width = widths.get(key), [x, y] = view.place(node), r = Math.max(strong ? 7 : 2, node.radius * view.scale);
  const middle = Math.max(3, Math.min(view.width - width - 3, x - width / 2));
  const places = [[x + r + 4, y], [x - r - 4 - width, y], [middle, y + r + 9], [middle, y - r - 9]];
  const free = ([left, middle]) => left > 2 && left + width < view.width - 2
    && !cells(left - 4, middle - 8, width + 8, 16).some(cell => taken.has(cell) && taken.get(cell) !== node);
  const place = places.find(free) || (strong ? places[2] : null);
  if (!place) return 0;
  cells(place[0], place[1] - 6, width, 12).forEach(cell => taken.set(cell, null));
  ctx.strokeText(text, ...place);
  ctx.fillStyle = ink.fg; ctx.fillText(text, ...place);
  return 1;
}
