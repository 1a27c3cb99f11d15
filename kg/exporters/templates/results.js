// The tab of results: every numeric claim that the filters leave, to sort and to narrow, contradictions marked.
const RESULT_ORDER = {column: 0, down: false};
let onlyOpposed = false;

const resultColumns = [
  {title: 'Subject', value: edge => edge.a.name, cell: edge => named(edge.a)},
  {title: 'Metric', value: metricOf, cell: metricOf},
  {
    title: 'Value',
    number: true,
    value: middleOf,
    cell: edge => [
      against(edge).length
        ? make(
            'span',
            {class: 'flag', title: 'Another paper says otherwise', role: 'img', 'aria-label': 'contradicted'},
            '⚠',
          )
        : '',
      printed(edge),
    ],
  },
  {title: 'Against', value: edge => edge.baseline || '', cell: edge => edge.baseline || ''},
  {title: 'Dataset', value: edge => edge.dataset || '', cell: edge => edge.dataset || ''},
  {title: 'Hardware', value: edge => edge.hardware || '', cell: edge => edge.hardware || ''},
  {
    title: 'Year',
    number: true,
    value: edge => yearOf(edge.paper),
    cell: edge => String(yearOf(edge.paper) || ''),
  },
  {
    title: 'Confidence',
    number: true,
    value: edge => edge.confidence,
    cell: edge => (edge.confidence === undefined ? '' : edge.confidence.toFixed(2)),
  },
  {
    title: 'Paper',
    style: 'long',
    value: edge => (edge.paper ? edge.paper.name : ''),
    cell: edge => (edge.paper ? named(edge.paper, {plain: true, quote: edge}) : ''),
  },
];
const slotOf = (edge, name) => (name === 'metric' ? metricOf(edge) : edge[name] || '');
const slotKey = (edge, name) => (name === 'metric' ? sameMetric(edge) : fold(slotOf(edge, name)));
const wantedKey = name => (name === 'metric' ? fold(state[name]).replace(/[-\s]+/g, ' ') : fold(state[name]));
const shownClaims = () =>
  claims.filter(
    edge =>
      !edge.hidden &&
      FIELDS.every(name => !state[name] || slotKey(edge, name) === wantedKey(name)) &&
      (!onlyOpposed || against(edge).length),
  );

function choiceOf(name, some) {
  const counts = new Map();
  some.forEach(edge => {
    const value = slotOf(edge, name);
    if (value) counts.set(slotKey(edge, name), [value, (counts.get(slotKey(edge, name)) || [0, 0])[1] + 1]);
  });
  const options = [...counts]
    .map(([key, [value, count]]) => [value, count, key])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 400);
  const select = make(
    'select',
    {
      id: 'by-' + name,
      change: () => {
        state[name] = select.value;
        drawResults();
        writeAddress(true);
        $('by-' + name).focus();
      },
    },
    make('option', {value: ''}, 'All'),
    options.map(([value, count]) => make('option', {value}, `${shorten(value, 40)} (${count})`)),
  );
  const chosen = options.find(([, , key]) => key === wantedKey(name));
  select.value = chosen ? chosen[0] : '';
  return make('label', {}, words(name), select);
}
function drawResults() {
  const box = $('results'),
    some = shownClaims(),
    open = claims.filter(edge => !edge.hidden);
  const disputed = open.filter(edge => against(edge).length).length;
  const opposedOnly = make('input', {
    type: 'checkbox',
    change: () => {
      onlyOpposed = opposedOnly.checked;
      drawResults();
    },
  });
  opposedOnly.checked = onlyOpposed;
  const small = plots(some, 6);
  box.replaceChildren(
    make(
      'div',
      {class: 'bar'},
      FIELDS.map(name => choiceOf(name, open)),
      disputed || onlyOpposed
        ? make('label', {class: 'check'}, opposedOnly, `Contradicted only (${number(disputed)})`)
        : null,
      make('p', {class: 'n', role: 'status'}, plural(some.length, 'result')),
    ),
    small.length ? make('div', {class: 'plots'}, small) : '',
    some.length
      ? sortedTable('Numeric results', resultColumns, some, RESULT_ORDER)
      : make(
          'p',
          {class: 'none'},
          claims.length
            ? 'No result passes the filters.'
            : 'The documents give no numeric results that were recognised.',
        ),
  );
}
