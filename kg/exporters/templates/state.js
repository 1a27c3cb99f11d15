// What the reader has chosen, and its form in the address:
// #node=...&path=...&tab=results&off=author.venue&years=2019-2024&sure=0.5&said=2&groups=0.3&metric=...&at=x_y_scale
const state = {
  node: null, // the node whose panel is open
  path: null, // the node at the other end of a path
  tab: 'graph',
  off: new Set(), // kinds that are hidden
  years: null, // [first, last] or null for all
  sure: 0, // least confidence of an edge
  said: 1, // least number of papers that say so
  groups: null, // numbers of the communities that are shown, or null for all
  colour: 'kind', // or 'community'
  metric: '',
  dataset: '',
  hardware: '', // filters of the results
  moved: false, // whether the view is the reader's own and so belongs into the address
};
const TABS = ['graph', 'results', 'papers'];
const FIELDS = ['metric', 'dataset', 'hardware'];

const encoded = value => encodeURIComponent(value).replace(/%3A/g, ':');
const addressOf = node => (node ? '#node=' + encoded(node.id) : location.pathname + location.search);
function address() {
  const parts = [],
    add = (name, value) => parts.push(name + '=' + encoded(value));
  if (state.node) add('node', state.node.id);
  if (state.node && state.path) add('path', state.path.id);
  if (state.tab !== 'graph') add('tab', state.tab);
  if (state.off.size) add('off', [...state.off].sort().join('.'));
  if (state.years) add('years', state.years.join('-'));
  if (state.sure > 0) add('sure', state.sure);
  if (state.said > 1) add('said', state.said);
  if (state.groups) add('groups', [...state.groups].sort((a, b) => a - b).join('.'));
  if (state.colour !== 'kind') add('colour', state.colour);
  FIELDS.forEach(name => {
    if (state[name]) add(name, state[name]);
  });
  if (state.moved) add('at', [view.x.toFixed(0), view.y.toFixed(0), view.scale.toPrecision(3)].join('_'));
  return parts.length ? '#' + parts.join('&') : location.pathname + location.search;
}
// Every choice is a step back in the browser; sliders and movements only change the present step.
function writeAddress(step) {
  const wanted = address();
  if (wanted === (location.hash || location.pathname + location.search)) return;
  history[step ? 'pushState' : 'replaceState'](null, '', wanted);
}
// Takes over what the address says; what it does not say or says wrongly is as at the start. Returns the view, if any.
function readAddress() {
  const said = new Map(
    location.hash
      .slice(1)
      .split('&')
      .map(part => {
        const [name, ...rest] = part.split('=');
        try {
          return [name, decodeURIComponent(rest.join('='))];
        } catch {
          return [name, ''];
        }
      }),
  );
  const text = name => said.get(name) || '',
    list = name => text(name).split('.').filter(Boolean);
  const real = (name, least, most) => {
    const value = parseFloat(text(name));
    return value >= least && value <= most ? value : least;
  };
  state.node = nodeWithId.get(text('node')) || null;
  state.path = state.node ? nodeWithId.get(text('path')) || null : null;
  state.tab = TABS.includes(text('tab')) ? text('tab') : 'graph';
  state.off = new Set(list('off').filter(kind => kindNamed.has(kind)));
  const years = /^(\d{1,4})-(\d{1,4})$/.exec(text('years'));
  state.years = years ? [Number(years[1]), Number(years[2])] : null;
  state.sure = real('sure', 0, 1);
  state.said = Math.round(real('said', 1, 1e6));
  state.groups = said.has('groups')
    ? new Set(
        list('groups')
          .map(Number)
          .filter(group => communities[group]),
      )
    : null;
  state.colour = text('colour') === 'community' ? 'community' : 'kind';
  FIELDS.forEach(name => {
    state[name] = text(name);
  });
  const at = text('at').split('_').map(Number);
  state.moved = at.length === 3 && at.every(Number.isFinite) && at[2] > 0;
  return state.moved ? {x: at[0], y: at[1], scale: at[2]} : null;
}
