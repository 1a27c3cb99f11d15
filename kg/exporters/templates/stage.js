// Pointer, wheel and keys on the stage: one behaviour, whoever draws.
const tip = $('tip'),
  pointers = new Map();
let dragged = false,
  spread0 = 0,
  hovering = null;

const at = event => {
  const box = stage.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};
const moved = () => {
  state.moved = true;
  clearTimeout(moved.later);
  moved.later = setTimeout(writeAddress, 400);
};

paper.addEventListener('pointerdown', event => {
  if (event.button) return;
  paper.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, at(event));
  if (pointers.size === 1) dragged = false;
  if (pointers.size === 2) spread0 = fingers().spread;
  tip.hidden = true;
});
const fingers = () => {
  const [[x1, y1], [x2, y2]] = pointers.values();
  return {spread: Math.max(1, Math.hypot(x1 - x2, y1 - y2)), x: (x1 + x2) / 2, y: (y1 + y2) / 2};
};
paper.addEventListener('pointermove', event => {
  const [x, y] = at(event),
    before = pointers.get(event.pointerId);
  if (!before) {
    hover(x, y);
    return;
  }
  if (pointers.size === 1 && !dragged && Math.hypot(x - before[0], y - before[1]) < 4) return;
  dragged = true;
  stage.classList.add('dragged');
  if (pointers.size === 2) {
    const old = fingers();
    pointers.set(event.pointerId, [x, y]);
    const now = fingers();
    moveTo(view.x - (now.x - old.x) / view.scale, view.y - (now.y - old.y) / view.scale, view.scale);
    zoomAt(now.spread / spread0, now.x, now.y);
    spread0 = now.spread;
  } else {
    pointers.set(event.pointerId, [x, y]);
    moveTo(view.x - (x - before[0]) / view.scale, view.y - (y - before[1]) / view.scale, view.scale);
  }
  moved();
});
function released(event) {
  if (!pointers.delete(event.pointerId)) return;
  stage.classList.remove('dragged');
  if (event.type === 'pointerup' && !dragged && !pointers.size) choose(nodeAt(...at(event)), {still: true});
}
paper.addEventListener('pointerup', released);
paper.addEventListener('pointercancel', released);
paper.addEventListener('pointerleave', () => {
  tip.hidden = true;
  hovering = null;
});
paper.addEventListener('dblclick', event => {
  const node = nodeAt(...at(event));
  if (node) bringIntoView([node, ...neighbours(node)]);
  else {
    zoomAt(1.6, ...at(event));
    moved();
  }
});
paper.addEventListener(
  'wheel',
  event => {
    event.preventDefault();
    const lines = event.deltaMode ? 30 : 1;
    zoomAt(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * 0.0018), ...at(event));
    moved();
  },
  {passive: false},
);
stage.addEventListener('keydown', event => {
  const step = {ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80]}[event.key];
  if (step) moveTo(view.x + step[0] / view.scale, view.y + step[1] / view.scale, view.scale);
  else if (event.key === '+' || event.key === '=') zoomAt(1.25);
  else if (event.key === '-') zoomAt(0.8);
  else return;
  event.preventDefault();
  moved();
});

// The tip names what lies under the pointer, once a frame.
function hover(x, y) {
  const first = !hovering;
  hovering = [x, y];
  if (first) requestAnimationFrame(showTip);
}
function showTip() {
  if (!hovering) return;
  const [x, y] = hovering,
    node = nodeAt(x, y);
  hovering = null;
  paper.style.cursor = node ? 'pointer' : '';
  tip.hidden = !node;
  if (!node) return;
  tip.textContent = `${node.name} (${node.kind})`;
  tip.style.left = Math.max(4, Math.min(x + 14, view.width - tip.offsetWidth - 6)) + 'px';
  tip.style.top = Math.min(y + 16, view.height - tip.offsetHeight - 6) + 'px';
}
