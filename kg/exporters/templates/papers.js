// The tab of papers: what was read, to sort and to open.
const PAPER_ORDER = {column: 0, down: false};
const authorsOf = node =>
  bylineOf(node)
    .map(author => author.name)
    .concat(bylineOf(node).length ? [] : node.more.authors || []);
const venueName = node => (venueOf(node) || {}).name || node.more.venue || '';
const thingsOf = node =>
  neighbours(node).filter(
    other => other.kind !== 'author' && other.kind !== 'venue' && other.kind !== 'paper',
  ).length;
const resultCount = node => node.said.filter(edge => edge.value !== undefined).length;
const paperColumns = [
  {title: 'Title', style: 'long', value: node => node.name, cell: node => named(node, {plain: true})},
  {
    title: 'Authors',
    value: node => authorsOf(node)[0] || '',
    cell: node => shorten(authorsOf(node).join(', '), 90),
  },
  {title: 'Venue', value: venueName, cell: venueName},
  {title: 'Year', number: true, value: yearOf, cell: node => String(yearOf(node) || '')},
  {title: 'Things', number: true, value: thingsOf, cell: node => number(thingsOf(node))},
  {title: 'Results', number: true, value: resultCount, cell: node => number(resultCount(node))},
];
const shownPapers = () => nodes.filter(node => node.kind === 'paper' && seen(node));
function drawPapers() {
  const some = shownPapers();
  $('papers').replaceChildren(
    make('div', {class: 'bar'}, make('p', {class: 'n', role: 'status'}, plural(some.length, 'paper'))),
    some.length
      ? sortedTable('Papers', paperColumns, some, PAPER_ORDER)
      : make('p', {class: 'none'}, 'No paper passes the filters.'),
  );
}
