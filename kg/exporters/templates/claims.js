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

// Between which values a claim lets its quantity lie; a printed number stands for its last digit's surroundings.
function bounds({low, high, bound}) {
  const least = low === undefined ? high : low,
    most = high === undefined ? low : high;
  if (least === undefined) return null;
  const slack = Math.abs(most) * (bound === 'approx' ? 0.1 : 0.02);
  if (bound === 'up_to' || bound === 'less_than') return [-Infinity, most + slack];
  if (bound === 'at_least' || bound === 'more_than') return [least - slack, Infinity];
  return [least - slack, most + slack];
}
// Claims of other papers that cannot be true beside it: the same thing measured under the same named condition, and
// either better here and worse there, or values that do not meet. Without a named condition nothing can be said.
function contradictions() {
  const same = new Map(),
    found = new Map();
  for (const edge of claims) {
    const conditions = FIELDS.slice(1)
      .concat('baseline')
      .map(name => fold(edge[name] || ''));
    if (edge.a.kind === 'paper' || !edge.paper || !metricOf(edge) || !conditions.some(Boolean)) continue;
    const key = [edge.a.index, sameMetric(edge), edge.unit || '', ...conditions].join('\u0000');
    same.set(key, [...(same.get(key) || []), edge]);
  }
  for (const group of same.values()) {
    for (const edge of group) {
      const against = group.filter(other => other.paper !== edge.paper && contradicts(edge, other));
      if (against.length) found.set(edge, against);
    }
  }
  return found;
}
function contradicts(one, other) {
  if (one.polarity && other.polarity && one.polarity !== other.polarity) return true;
  const [a, b] = [bounds(one), bounds(other)];
  return one.kind === other.kind && a !== null && b !== null && (a[0] > b[1] || b[0] > a[1]);
}
let opposed = null;
const against = edge => {
  opposed = opposed || contradictions();
  return opposed.get(edge) || [];
};

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
