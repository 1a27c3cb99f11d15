// A small plot for one metric and unit: every claim a dot along the values, stacked where they are close.
const PLOT = {width: 280, side: 14, step: 7, rise: 6.5, most: 8};
const middleOf = edge =>
  edge.low === undefined ? edge.high : edge.high === undefined ? edge.low : (edge.low + edge.high) / 2;
const brief = value =>
  Math.abs(value) >= 1e5 || (value && Math.abs(value) < 0.001)
    ? value.toExponential(0)
    : String(Number(value.toPrecision(3)));

function plotMetric(name, unit, some) {
  const values = some.map(middleOf),
    least = Math.min(...values),
    most = Math.max(...values);
  const wide = unit !== '%' && least > 0 && most / least > 20,
    scale = wide ? Math.log : value => value;
  const [from, to] = [scale(least), scale(most)],
    {width, side, step, rise} = PLOT;
  const x = value =>
    to > from ? side + ((scale(value) - from) / (to - from)) * (width - 2 * side) : width / 2;
  const stacks = new Map(),
    dots = [...some]
      .sort((a, b) => middleOf(a) - middleOf(b))
      .map(edge => {
        const place = Math.round(x(middleOf(edge)) / step),
          level = stacks.get(place) || 0;
        stacks.set(place, level + 1);
        return {edge, level};
      })
      .filter(({level}) => level < PLOT.most); // the table has those that a full stack leaves out
  const base = 8 + rise * (Math.min(PLOT.most, Math.max(...stacks.values())) - 1),
    height = base + 24;
  const picture = draw('svg', {
    viewBox: `0 0 ${width} ${height}`,
    class: 'plot',
    role: 'img',
    'aria-label': `Values of ${name}, all in the table below`,
  });
  picture.append(
    draw('line', {x1: side / 2, x2: width - side / 2, y1: base + 5, y2: base + 5, class: 'axis'}),
  );
  for (const [value, anchor] of least === most
    ? [[least, 'middle']]
    : [
        [least, 'start'],
        [most, 'end'],
      ]) {
    const at = anchor === 'middle' ? width / 2 : anchor === 'start' ? side / 2 : width - side / 2;
    picture.append(
      draw(
        'text',
        {x: at, y: height - 6, 'text-anchor': anchor},
        brief(value) + (unit === '%' ? ' %' : unit ? ' ' + unit : ''),
      ),
    );
  }
  for (const {edge, level} of dots) {
    picture.append(
      draw(
        'circle',
        {
          cx: x(middleOf(edge)),
          cy: base - level * rise,
          r: 3.2,
          click: () => choose(edge.a, {quote: edge}),
          class: against(edge).length ? 'opposed' : edge.bound && edge.bound !== 'exact' ? 'open' : false,
        },
        draw('title', {}, `${edge.a.name}: ${printed(edge)}`),
      ),
    );
  }
  return make(
    'figure',
    {},
    make(
      'figcaption',
      {dir: 'auto'},
      make('strong', {}, name),
      make('span', {class: 'n'}, ` ${plural(some.length, 'claim')}${wide ? ', log scale' : ''}`),
    ),
    picture,
  );
}
// The metrics with most claims, each as a plot.
function plots(some, most) {
  const groups = new Map();
  for (const edge of some) {
    if (!metricOf(edge) || !Number.isFinite(middleOf(edge))) continue;
    const key = sameMetric(edge) + '\u0000' + (edge.unit || '');
    groups.set(key, [...(groups.get(key) || []), edge]);
  }
  return [...groups.values()]
    .filter(group => group.length > 2)
    .sort((a, b) => b.length - a.length || (metricOf(a[0]) < metricOf(b[0]) ? -1 : 1))
    .slice(0, most)
    .map(group => plotMetric(metricOf(group[0]), group[0].unit || '', group));
}
