// Which nodes, edges and links are shown. What cannot be seen is in no table and no export of the view either.
const yearOf = paper => paper && paper.more.year;
const allYears = nodes.map(yearOf).filter(year => year !== undefined);
const span = allYears.length
  ? [allYears.reduce((a, b) => Math.min(a, b)), allYears.reduce((a, b) => Math.max(a, b))]
  : null;
const mostSaid = edges.reduce((most, edge) => Math.max(most, edge.support), 1);
const seen = node => !node.hidden;

const inYears = paper => {
  const year = yearOf(paper);
  return year !== undefined && year >= state.years[0] && year <= state.years[1];
};
function edgePasses(edge) {
  if (edge.a.hidden || edge.b.hidden) return false;
  if (edge.confidence !== undefined && edge.confidence < state.sure) return false;
  if (edge.support < state.said && edge.kind !== 'authored' && edge.kind !== 'published_in') return false;
  return !state.years || !edge.paper || inYears(edge.paper);
}
// Hides what does not pass. A thing that loses all its edges to a filter of edges goes too.
function applyFilter() {
  const narrow = state.years || state.sure > 0 || state.said > 1;
  for (const node of nodes) {
    node.hidden =
      state.off.has(node.kind) ||
      (state.groups !== null && !state.groups.has(node.community)) ||
      (state.years !== null && node.kind === 'paper' && !inYears(node));
  }
  for (const edge of edges) edge.hidden = !edgePasses(edge);
  if (narrow) {
    for (const node of nodes) {
      if (node.kind !== 'paper' && node.edges.length && node.edges.every(edge => edge.hidden))
        node.hidden = true;
    }
  }
  for (const link of links) link.hidden = link.edges.every(edge => edge.hidden);
}
const filtered = () =>
  state.off.size > 0 || state.years !== null || state.sure > 0 || state.said > 1 || state.groups !== null;
function clearFilter() {
  Object.assign(state, {off: new Set(), years: null, sure: 0, said: 1, groups: null});
}
// A node that is asked for is shown: its kind comes back, or all filters go.
function reveal(node) {
  if (!node.hidden) return false;
  state.off.delete(node.kind);
  applyFilter();
  if (node.hidden) {
    clearFilter();
    applyFilter();
  }
  return true;
}
