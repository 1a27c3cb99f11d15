// A table that is sorted by its heads. Columns: {title, value(row) to sort by, cell(row) to show, number, style}.
const ROWS = 100;
function sortedTable(caption, columns, rows, order) {
  const body = make('tbody'),
    more = button('', () => show(shown + ROWS * 5), {class: 'more'});
  let shown = 0;
  columns = columns.filter(
    ({value}, place) =>
      !place ||
      rows.some(row => {
        const key = value(row);
        return key !== undefined && key !== '';
      }),
  );
  if (order.column >= columns.length) order.column = 0;
  const collator = new Intl.Collator('en', {sensitivity: 'base', numeric: true});
  const compare = (a, b) =>
    a === b
      ? 0
      : a === undefined || a === ''
        ? 1
        : b === undefined || b === ''
          ? -1
          : typeof a === 'number' && typeof b === 'number'
            ? a - b
            : collator.compare(a, b);
  function sort() {
    const {value} = columns[order.column],
      sign = order.down ? -1 : 1;
    const keyed = rows.map(row => [value(row), row]),
      empty = key => key === undefined || key === '';
    keyed.sort(([a], [b]) => (empty(a) || empty(b) ? compare(a, b) : sign * compare(a, b))); // what is unknown stays last
    rows = keyed.map(([, row]) => row);
    heads.forEach((head, place) =>
      head.setAttribute(
        'aria-sort',
        place === order.column ? (order.down ? 'descending' : 'ascending') : 'none',
      ),
    );
    show(ROWS);
  }
  function show(count) {
    if (count <= ROWS) {
      body.replaceChildren();
      shown = 0;
    }
    body.append(
      ...rows.slice(shown, count).map(row =>
        make(
          'tr',
          {},
          columns.map(({cell, style, number: digits}) =>
            make('td', {class: digits ? 'number' : style, dir: 'auto'}, cell(row)),
          ),
        ),
      ),
    );
    shown = Math.min(count, rows.length);
    more.textContent = `Show more (${number(rows.length - shown)} left)`;
    more.hidden = shown >= rows.length;
  }
  const heads = columns.map(({title, number: digits}, column) =>
    make(
      'th',
      {scope: 'col', class: digits ? 'number' : false},
      button(title, () => {
        order.down = order.column === column ? !order.down : Boolean(digits);
        order.column = column;
        sort();
      }),
    ),
  );
  const table = make(
    'table',
    {class: 'wide'},
    make('caption', {class: 'unseen'}, caption),
    make('thead', {}, make('tr', {}, heads)),
    body,
  );
  sort();
  return make('div', {class: 'sheet', tabindex: 0, role: 'region', 'aria-label': caption}, table, more);
}
