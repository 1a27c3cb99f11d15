// The legend is the filter: kinds as switches; years, confidence, support and communities behind a button.
const legend = $('legend'),
  filters = $('filters'),
  SHOWN_GROUPS = 12;

function drawLegend() {
  const pills = kinds
    .filter(kind => kind.count)
    .map(kind =>
      button(null, event => toggleKind(kind, event.detail > 1), {
        'aria-pressed': String(!state.off.has(kind.kind)),
        title: 'Show or hide; double-click shows this kind alone',
        'data-kind': kind.kind,
      }),
    );
  pills.forEach(pill => {
    const kind = kindNamed.get(pill.dataset.kind);
    pill.replaceChildren(icon(kind), kind.plural, make('span', {class: 'n'}, number(kind.count)));
  });
  legend.replaceChildren(...pills);
}
function toggleKind(kind, alone) {
  if (alone) state.off = new Set(kinds.filter(other => other !== kind).map(other => other.kind));
  else if (!state.off.delete(kind.kind)) state.off.add(kind.kind);
  filterChanged(true);
}
function toggleGroup(group) {
  const groups = state.groups || new Set(communities.map(other => other.index));
  if (!groups.delete(group)) groups.add(group);
  state.groups = groups.size === communities.length ? null : groups;
  filterChanged(true);
}
function showGroup(group) {
  state.groups = new Set([group]);
  filterChanged(true);
  drawFilters();
  showTab('graph', true);
  fitAll(true);
}
// After any change of the filter: picture, tables, counts and address follow.
function filterChanged(step) {
  applyFilter();
  if (state.node && state.node.hidden) {
    state.node = null;
    state.path = null;
    showOverview();
  }
  refreshAll();
  writeAddress(step);
}
function markLegend() {
  for (const pill of legend.children)
    pill.setAttribute('aria-pressed', String(!state.off.has(pill.dataset.kind)));
  const count = [state.years, state.sure > 0, state.said > 1, state.groups].filter(Boolean).length;
  $('more-filters').replaceChildren('Filters', count ? make('span', {class: 'badge'}, ' ' + count) : '');
  $('clear-filters').classList.toggle('idle', !filtered()); // keeps its place, so that no pill moves under a double click
}

function slider(id, label, options, show, act) {
  const value = make('output', {for: id}, show(options.value));
  const input = make('input', {
    type: 'range',
    id,
    ...options,
    input: () => {
      value.textContent = show(Number(input.value));
      act(Number(input.value));
    },
  });
  return make('div', {class: 'slider'}, make('label', {for: id}, label), value, input);
}
function drawFilters() {
  const parts = [];
  if (span && span[0] < span[1]) {
    const [first, last] = state.years || span,
      range = {min: span[0], max: span[1], step: 1};
    const set = (from, to) => {
      state.years = from <= span[0] && to >= span[1] ? null : [Math.min(from, to), Math.max(from, to)];
      filterChanged();
    };
    const ends = () => [Number($('year-from').value), Number($('year-to').value)];
    parts.push(
      make('h2', {class: 'part'}, 'Year of the paper'),
      slider('year-from', 'From', {...range, value: first}, String, () => set(...ends())),
      slider('year-to', 'To', {...range, value: last}, String, () => set(...ends())),
    );
  }
  parts.push(
    make('h2', {class: 'part'}, 'Links'),
    slider(
      'sure',
      'Confidence at least',
      {min: 0, max: 1, step: 0.05, value: state.sure},
      value => value.toFixed(2),
      value => {
        state.sure = value;
        filterChanged();
      },
    ),
  );
  if (mostSaid > 1) {
    parts.push(
      slider(
        'said',
        'Papers that say so',
        {min: 1, max: Math.min(mostSaid, 20), step: 1, value: state.said},
        value => value + ' or more',
        value => {
          state.said = value;
          filterChanged();
        },
      ),
    );
  }
  if (communities.length) parts.push(...groupList());
  filters.replaceChildren(...parts);
}
function groupList() {
  const colour = make('input', {
    type: 'checkbox',
    id: 'by-community',
    change: () => {
      state.colour = colour.checked ? 'community' : 'kind';
      recolour();
      writeAddress(true);
    },
  });
  colour.checked = state.colour === 'community';
  const box = group => {
    const check = make('input', {type: 'checkbox', change: () => toggleGroup(group.index)});
    check.checked = !state.groups || state.groups.has(group.index);
    const swatch = make('span', {class: 'swatch', 'aria-hidden': 'true'});
    swatch.style.background = groupColour(group.index);
    return make(
      'li',
      {},
      make(
        'label',
        {},
        check,
        swatch,
        make('span', {class: 'name', dir: 'auto'}, group.name),
        make('span', {class: 'n'}, number(group.size)),
      ),
    );
  };
  const list = make('ul', {class: 'groups'}, communities.slice(0, SHOWN_GROUPS).map(box)),
    rest = communities.slice(SHOWN_GROUPS);
  const more = rest.length
    ? button(
        `Show ${number(rest.length)} more`,
        () => {
          list.append(...rest.map(box));
          more.remove();
        },
        {class: 'more'},
      )
    : null;
  const all = groups => () => {
    state.groups = groups;
    filterChanged(true);
    drawFilters();
  };
  return [
    make('h2', {class: 'part'}, 'Communities', make('span', {class: 'n'}, ' ' + number(communities.length))),
    make(
      'p',
      {class: 'row'},
      make('label', {}, colour, 'Colour by community'),
      button('All', all(null), {class: 'plain'}),
      button('None', all(new Set()), {class: 'plain'}),
    ),
    list,
    more,
  ].filter(Boolean);
}
function toggleFilters(open = filters.hidden) {
  if (open) drawFilters();
  filters.hidden = !open;
  $('more-filters').setAttribute('aria-expanded', String(open));
}
$('more-filters').addEventListener('click', () => toggleFilters());
$('clear-filters').addEventListener('click', () => {
  clearFilter();
  filterChanged(true);
  if (!filters.hidden) drawFilters();
});
filters.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    event.stopPropagation();
    toggleFilters(false);
    $('more-filters').focus();
  }
});
