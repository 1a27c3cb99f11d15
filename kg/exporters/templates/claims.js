// Claims: statements with a sentence, and those among them that give a number.
const RESULTS = new Set(['improves', 'reduces', 'achieves', 'costs', 'limits']);
const ARROW = {improves: '↑', reduces: '↓', limits: '≤'};
// The value as printed; what remains of its TeX is set as it would print.
const tidy = value =>
  value
    .replace(/\$?\\times\$?|\$times\$/g, '×')
    .replace(/\\%/g, '%')
    .replace(/\\[a-z]+\{([^{}]*)\}/g, '$1')
    .replace(/\$([^$]*)\$/g, '$1');
const printed = edge => `${ARROW[edge.kind] || ''} ${tidy(edge.value)}`.trim();
// F1-score and F1 score are one metric.
const sameMetric = edge => fold(metricOf(edge)).replace(/[-\s]+/g, ' ');
const metricOf = edge => edge.metric || (edge.b.kind === 'metric' ? edge.b.name : '');
const certainty = edge =>
  [
    edge.confidence === undefined ? '' : `confidence ${edge.confidence.toFixed(2)}`,
    edge.support > 1 ? plural(edge.support, 'paper') : '',
    edge.derived ? 'derived' : '',
  ]
    .filter(Boolean)
    .join(' · ');

// Claims of other papers that cannot be true beside it, as kg.disagreement says.
const against = edge => (edge.against || []).map(index => edges[index]);

// The sentence, with what the claim is about marked, and the paper it stands in.
function quotation(edge, current, forms) {
  const text = quoteOf(edge).replace(/\s+/g, ' ').trim();
  if (!text) return null;
  const box = make(
    'blockquote',
    {dir: 'auto'},
    wrapped(text, forms, part => make('mark', {}, part)),
  );
  if (edge.paper && edge.paper !== current)
    box.append(make('cite', {}, named(edge.paper, {plain: true, quote: edge})));
  const place = placeOf(edge);
  if (place) box.append(make('small', {class: 'place', dir: 'auto', title: 'Where the sentence begins'}, place));
  return box;
}
function warning(edge) {
  const others = against(edge);
  if (!others.length) return null;
  return make(
    'p',
    {class: 'against'},
    '⚠ Another paper says otherwise: ',
    others
      .slice(0, 3)
      .flatMap((other, place) => [
        place ? '; ' : '',
        make('strong', {}, printed(other)),
        ' in ',
        named(other.paper, {plain: true, quote: other}),
      ]),
  );
}
