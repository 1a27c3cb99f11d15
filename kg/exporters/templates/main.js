// What the page does on clicks, keys, and addresses.
const statusLine = document.getElementById('status'), tip = document.getElementById('tip');
const address = node => node ? '#node=' + encodeURIComponent(node.id) : location.pathname + location.search;

// Selects a node (or none): panel, picture and address follow. options.quote marks a sentence in a paper's abstract.
function choose(node, {quote, keepAddress, still} = {}) {
  selected = node;
  if (node && node.look.hidden) { node.look.hidden = false; drawLegend(); applyFilter(); }
  if (node) showNode(node, quote); else showOverview();
  statusLine.textContent = node ? `${node.kind} ${node.name}, ${node.near.size} neighbours` : '';
  if (!keepAddress && location.hash !== (node ? address(node) : '')) history.pushState(null, '', address(node));
  if (node && !still) bringIntoView(node);
  network.redraw();
}
function fromAddress() {
  const match = /[#&]node=([^&]+)/.exec(location.hash);
  let id = null;
  try { id = match && decodeURIComponent(match[1]); } catch { id = null; }
  choose(byId.get(id) || null, {keepAddress: true});
}

function drawLegend() {
  document.getElementById('legend').replaceChildren(...kinds.filter(kind => kind.count).map(kind => make('button', {
    type: 'button', 'aria-pressed': String(!kind.hidden), title: 'Show or hide; double-click shows this kind alone',
    'data-kind': kind.kind, click: event => toggle(kind, event.detail > 1),
  }, icon(kind), kind.plural, make('span', {class: 'n'}, number(kind.count)))));
}
function toggle(kind, alone) {
  if (alone) { kinds.forEach(other => { other.hidden = other !== kind; }); }
  else kind.hidden = !kind.hidden;
  for (const button of document.querySelectorAll('#legend button')) {
    button.setAttribute('aria-pressed', String(!byKind.get(button.dataset.kind).hidden));
  }
  if (selected && selected.look.hidden) choose(null);
  applyFilter(); count();
}
function count() {
  const shown = nodes.filter(seen).length, links = edges.filter(edge => seen(edge.a) && seen(edge.b)).length;
  document.getElementById('count').textContent = `${number(shown)} nodes · ${number(links)} links`;
}

network.on('click', event => {
  const id = event.nodes.length ? event.nodes[0] : null;
  choose(id === null ? null : byId.get(id), {still: true});
});
network.on('doubleClick', event => { if (event.nodes.length) bringIntoView(byId.get(event.nodes[0])); });
let pending = null;
graphBox.addEventListener('mousemove', event => {
  if (event.buttons) { tip.hidden = true; return; }
  const first = pending === null; pending = event;
  if (first) requestAnimationFrame(hover);
});
graphBox.addEventListener('mouseleave', () => { tip.hidden = true; });
function hover() {
  const box = graphBox.getBoundingClientRect(), x = pending.clientX - box.left, y = pending.clientY - box.top;
  pending = null;
  const node = byId.get(network.getNodeAt({x, y}));
  graphBox.style.cursor = node ? 'pointer' : 'default';
  tip.hidden = !node;
  if (!node) return;
  tip.textContent = `${node.name} (${node.kind})`;
  tip.style.left = Math.min(x + 14, box.width - Math.min(300, tip.offsetWidth) - 6) + 'px';
  tip.style.top = Math.min(y + 16, box.height - tip.offsetHeight - 6) + 'px';
}
graphBox.addEventListener('keydown', event => {
  const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
  const scale = network.getScale(), at = network.getViewPosition();
  if (step) network.moveTo({position: {x: at.x + step[0] * 80 / scale, y: at.y + step[1] * 80 / scale}});
  else if (event.key === '+' || event.key === '=') network.moveTo({scale: scale * 1.25});
  else if (event.key === '-') network.moveTo({scale: scale / 1.25});
  else return;
  event.preventDefault();
});
addEventListener('keydown', event => {
  if (event.target === searchField || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') { event.preventDefault(); searchField.focus(); searchField.select(); }
  else if (event.key === 'Escape') choose(null);
  else if (event.key === 'f') fitAll(calm());
});
document.getElementById('fit').addEventListener('click', () => fitAll(calm()));
document.getElementById('theme').addEventListener('click', () => { setTheme(!root.classList.contains('dark')); repaint(); });
systemDark.addEventListener('change', () => { setTheme(systemDark.matches); repaint(); });
addEventListener('popstate', fromAddress);
addEventListener('hashchange', fromAddress);

drawLegend(); count(); fitAll(false); fromAddress();
