// The shortest way between two nodes over what is shown. Of equally short ways, the one over less connected
// nodes: that two things share a rare method says more than that both are measured by accuracy.
function shortestPath(from, to) {
  const came = new Map([[from, null]]);
  let front = [from];
  while (front.length && !came.has(to)) {
    const next = new Map(); // node -> the link it is reached by
    for (const node of front) {
      for (const link of node.links) {
        const other = across(link, node);
        if (link.hidden || came.has(other)) continue;
        const known = next.get(other);
        if (!known || node.links.length < across(known, other).links.length) next.set(other, link);
      }
    }
    next.forEach((link, node) => came.set(node, link));
    front = [...next.keys()];
  }
  const way = {nodes: [], links: []};
  if (!came.has(to)) return way;
  for (let node = to; node;) {
    const link = came.get(node);
    way.nodes.unshift(node);
    if (link) way.links.unshift(link);
    node = link ? across(link, node) : null;
  }
  return way;
}

// In the panel: a field for the other end, or the way with the sentence behind each step.
function pathBox(node) {
  if (!state.path) {
    const list = make('ul', {id: 'path-hits', class: 'hits', role: 'listbox', 'aria-label': 'Suggestions'});
    const field = make('input', {
      type: 'search',
      id: 'path',
      role: 'combobox',
      'aria-label': 'Find a path to',
      'aria-expanded': 'false',
      'aria-controls': 'path-hits',
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      spellcheck: 'false',
      dir: 'auto',
      placeholder: 'Find a path to …',
    });
    const box = make('div', {class: 'search-box path'}, field, list);
    combobox(field, list, other => {
      if (other !== node) setPath(other);
    });
    return box;
  }
  const {nodes: stops, links: steps} = shortestPath(node, state.path);
  const end = button('Close the path', () => setPath(null), {class: 'more'});
  if (!stops.length)
    return make(
      'div',
      {},
      heading('Path'),
      make('p', {}, 'Nothing that is shown leads to ', named(state.path), '.'),
      end,
    );
  const items = stops.map((stop, place) =>
    make('li', {}, named(stop), place < steps.length ? stepOf(steps[place], stop) : null),
  );
  return make(
    'div',
    {},
    heading('Path of ' + plural(steps.length, 'step')),
    make('ol', {class: 'way'}, items),
    end,
  );
}
function stepOf(link, stop) {
  const edge = link.edges
    .filter(one => !one.hidden)
    .sort((a, b) => (b.confidence || 0) - (a.confidence || 0))[0];
  const text = edge.kind === 'authored' ? 'wrote' : edge.kind.replace(/_/g, ' ');
  return make(
    'div',
    {class: 'step'},
    make('span', {class: 'meta'}, edge.a === stop ? `${text} ↓` : `↑ ${text}`),
    quotation(edge, null, [...formsOf(edge.a), ...formsOf(edge.b)]),
  );
}
function setPath(other) {
  if (other) reveal(other);
  state.path = other;
  showTab('graph', true);
  refreshAll();
  writeAddress(true);
  showNode(state.node);
  if (other) bringIntoView([...focus.nodes]);
  announce(other ? `Path of ${plural(focus.links.length, 'step')} to ${other.name}` : 'Path closed');
}
