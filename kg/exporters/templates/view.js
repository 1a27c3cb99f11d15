// Where the reader looks: a point of the drawing in the middle of the stage, pixels a unit. y grows downwards.
const stage = $('graph'),
  paper = $('ink');
const view = {x: 0, y: 0, scale: 1, width: 1, height: 1};
const LARGEST = 36; // pixels: a graph of a few nodes is not blown up
const screenX = node => (node.x - view.x) * view.scale + view.width / 2;
const screenY = node => (node.y - view.y) * view.scale + view.height / 2;
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

let painting = 0;
function requestPaint() {
  if (!painting)
    painting = requestAnimationFrame(() => {
      painting = 0;
      paint();
    });
}
// The renderer paints nodes and lines, then labels and the focus are painted over them.
function paint() {
  if (view.width < 2 || view.height < 2) return;
  renderer.paint(view);
  paintOver();
}
function measureStage() {
  const ratio = devicePixelRatio || 1;
  view.width = stage.clientWidth;
  view.height = stage.clientHeight;
  paper.width = Math.round(view.width * ratio);
  paper.height = Math.round(view.height * ratio);
}

let flight = 0;
function moveTo(x, y, scale, animated) {
  cancelAnimationFrame(flight);
  const limits = [0.004, 12],
    goal = {x, y, scale: Math.min(limits[1], Math.max(limits[0], scale))};
  if (!animated || calm()) {
    Object.assign(view, goal);
    requestPaint();
    return;
  }
  const from = {x: view.x, y: view.y, scale: view.scale},
    began = performance.now();
  const step = now => {
    const part = Math.min(1, Math.max(0, (now - began) / 320)),
      eased = part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) ** 2;
    view.x = from.x + (goal.x - from.x) * eased;
    view.y = from.y + (goal.y - from.y) * eased;
    view.scale = from.scale * (goal.scale / from.scale) ** eased;
    paint();
    if (part < 1) flight = requestAnimationFrame(step);
  };
  flight = requestAnimationFrame(step);
}
// Zooms by a factor; what stands at (x, y) on the screen stays there.
function zoomAt(factor, x = view.width / 2, y = view.height / 2) {
  const scale = Math.min(12, Math.max(0.004, view.scale * factor));
  const shift = 1 / view.scale - 1 / scale;
  moveTo(view.x + (x - view.width / 2) * shift, view.y + (y - view.height / 2) * shift, scale);
}
// Shows these nodes, with room for labels at the sides.
function frame(some, animated, most) {
  if (!some.length || view.width < 2) return;
  let left = Infinity,
    right = -Infinity,
    top = Infinity,
    bottom = -Infinity;
  for (const {x, y, radius} of some) {
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    top = Math.min(top, y - radius);
    bottom = Math.max(bottom, y + radius);
  }
  const side = Math.min(90, view.width * 0.08);
  const scale = Math.min(
    (view.width - 2 * side) / Math.max(right - left, 1),
    (view.height - 52) / Math.max(bottom - top, 1),
    most,
  );
  moveTo((left + right) / 2, (top + bottom) / 2, scale, animated);
}
const largestScale = () => LARGEST / Math.max(36, bySize.length ? bySize[0].radius : 0);
function fitAll(animated) {
  state.moved = false;
  frame(nodes.filter(seen), animated, largestScale());
}
// The first view of many nodes leaves the few out that stand far from all others, so that the structure can be seen.
function firstView() {
  const shown = nodes.filter(seen),
    rest = Math.floor(shown.length * 0.012);
  if (shown.length < 2000) {
    fitAll(false);
    return;
  }
  const ends = axis => {
    const all = shown.map(node => node[axis]).sort((a, b) => a - b);
    return [all[rest], all[all.length - 1 - rest]];
  };
  const [left, right] = ends('x'),
    [top, bottom] = ends('y');
  const main = shown.filter(({x, y}) => x >= left && x <= right && y >= top && y <= bottom);
  frame(main.concat(bySize.filter(seen).slice(0, 25)), false, largestScale());
}
const bringIntoView = some => frame(some.filter(seen), true, 0.75);

// The node under a point of the screen; a small one may be missed by some pixels.
function nodeAt(x, y) {
  let best = null,
    least = 1;
  for (const node of nodes) {
    if (node.hidden) continue;
    const distance =
      Math.hypot(screenX(node) - x, screenY(node) - y) / Math.max(5, node.radius * view.scale + 2);
    if (distance < least && (!focus || focus.nodes.has(node))) {
      best = node;
      least = distance;
    }
  }
  return best;
}
