// What choices do, and the start.
const announce = text => {
  $('status').textContent = text;
};

// Chooses a node (or none): panel, picture and address follow. options.quote marks a sentence in a paper's abstract.
function choose(node, {quote, still} = {}) {
  state.node = node;
  state.path = null;
  if (node) reveal(node);
  refreshAll();
  if (node) showNode(node, quote);
  else showOverview();
  announce(node ? `${node.kind} ${node.name}, ${plural(node.links.length, 'neighbour')}` : '');
  writeAddress(true);
  if (node && !still && state.tab === 'graph') {
    state.moved = false;
    bringIntoView([...focus.nodes]);
  }
}
// Brings picture, legend, counts and the open table up to the state.
function refreshAll() {
  focusOn();
  markLegend();
  renderer.update();
  const shown = nodes.filter(seen).length,
    lines = edges.filter(edge => !edge.hidden).length;
  $('count').textContent = `${number(shown)} nodes · ${number(lines)} links`;
  if (state.tab === 'results') drawResults();
  if (state.tab === 'papers') drawPapers();
  requestPaint();
}
function recolour() {
  colourNodes();
  renderer.update();
  requestPaint();
}

function showTab(name, silent) {
  const changed = state.tab !== name;
  state.tab = name;
  for (const tab of TABS) {
    const chosen = tab === name,
      head = $('tab-' + tab);
    head.setAttribute('aria-selected', String(chosen));
    head.tabIndex = chosen ? 0 : -1;
    $('view-' + tab).hidden = !chosen;
  }
  if (name === 'results') drawResults();
  if (name === 'papers') drawPapers();
  if (name === 'graph' && changed) {
    resized();
  }
  if (changed && !silent) writeAddress(true);
}
TABS.forEach((name, place) => {
  $('tab-' + name).addEventListener('click', () => showTab(name));
  $('tab-' + name).addEventListener('keydown', event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (step) {
      const next = TABS[(place + step + TABS.length) % TABS.length];
      showTab(next);
      $('tab-' + next).focus();
    }
  });
});

function resized() {
  if (!stage.clientWidth || !stage.clientHeight) return;
  measureStage();
  renderer.resize();
  requestPaint();
}
function takeAddress() {
  const at = readAddress();
  applyFilter();
  if (state.node) reveal(state.node);
  if (state.path) reveal(state.path);
  showTab(state.tab, true);
  colourNodes();
  refreshAll();
  if (state.node) showNode(state.node);
  else showOverview();
  if (!filters.hidden) drawFilters();
  if (at) moveTo(at.x, at.y, at.scale);
  else if (state.node) bringIntoView([...focus.nodes]);
  return at || state.node;
}

addEventListener('keydown', event => {
  if (
    /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return;
  if (event.key === '/') {
    event.preventDefault();
    searchField.focus();
    searchField.select();
  } else if (event.key === 'Escape') {
    if (state.path) setPath(null);
    else if (state.node) choose(null);
  } else if (event.key === 'f') {
    showTab('graph');
    fitAll(true);
    writeAddress();
  }
});
$('fit').addEventListener('click', () => {
  showTab('graph');
  fitAll(true);
  writeAddress();
});
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const switchTheme = dark => {
  setTheme(dark);
  renderer.update();
  requestPaint();
  if (!filters.hidden) drawFilters();
};
$('theme').addEventListener('click', () => switchTheme(!ink.dark));
systemDark.addEventListener('change', () => switchTheme(systemDark.matches));
addEventListener('popstate', takeAddress);

setTheme(systemDark.matches);
$('tab-results').append(make('span', {class: 'n'}, ' ' + number(claims.length)));
$('tab-papers').append(
  make('span', {class: 'n'}, ' ' + number((kindNamed.get('paper') || {count: 0}).count)),
);
drawLegend();
measureStage();
try {
  renderer.start();
} catch {
  Object.assign(renderer, {resize() {}, paint() {}, update() {}}); // all but the picture works without it
  stage.append(
    make('p', {class: 'undrawn'}, 'This browser cannot draw so large a graph: WebGL 2 is missing or off. '),
    make('p', {class: 'undrawn'}, 'Search, results, papers and every sentence are here all the same.'),
  );
}
renderer.resize();
if (!takeAddress()) firstView();
new ResizeObserver(resized).observe(stage);
const ready = readTexts().then(
  () => {
    if (state.node) showNode(state.node);
  },
  () => announce('This browser is too old to show the sentences.'),
);

// For tests and for scripts of readers: the renderer's name, where a node is on the screen, what is shown.
window.kg = {
  renderer: renderer.name,
  ready,
  view,
  paint,
  moveTo,
  spot: id => {
    const node = nodeWithId.get(id);
    return {x: screenX(node), y: screenY(node)};
  },
  shown: () => shownNodes().map(node => node.id),
  edges: () => shownEdges().length,
};
