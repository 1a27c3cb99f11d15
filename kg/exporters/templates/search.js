// Search over names and aliases, as a combobox that can stand anywhere. The index is built on first use.
const MAX_HITS = 12;
let index = null;

function score(form, query) {
  const at = form.indexOf(query);
  if (at < 0) return 0;
  if (form === query) return 4;
  return at === 0 ? 3 : /[^\p{L}\p{N}]/u.test(form[at - 1]) ? 2 : 1;
}
// The best hits: whole names before beginnings, names before aliases, large nodes before small ones.
function search(text) {
  const query = fold(text);
  if (!query) return [];
  index = index || nodes.map(node => [node, formsOf(node).map(form => [fold(form), form])]);
  const found = [];
  for (const [node, forms] of index) {
    let best = 0,
      alias = null;
    forms.forEach(([form, original], place) => {
      const points = score(form, query),
        value = points * 2 - (place ? 1 : 0);
      if (points && value > best) {
        best = value;
        alias = place ? original : null;
      }
    });
    if (best) found.push({node, best, alias});
  }
  return found
    .sort((a, b) => b.best - a.best || b.node.size - a.node.size || byName(a.node, b.node))
    .slice(0, MAX_HITS);
}

// Makes a field with a list into a combobox: arrows, Enter (the first hit if none is marked), Escape.
function combobox(field, list, pick) {
  let hits = [],
    current = -1;
  const id = place => `${list.id}-${place}`;
  const close = () => {
    hits = [];
    list.replaceChildren();
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const take = place => {
    const hit = hits[Math.max(place, 0)];
    if (hit) {
      close();
      field.value = '';
      field.blur();
      pick(hit.node);
    }
  };
  const suggest = () => {
    hits = search(field.value);
    current = -1;
    const items = hits.map(({node, alias}, place) =>
      make(
        'li',
        {
          role: 'option',
          id: id(place),
          'aria-selected': 'false',
          mousedown: event => {
            event.preventDefault();
            take(place);
          }, // so that the field keeps the focus and the list stays
        },
        icon(node.look),
        make(
          'span',
          {class: 'name', dir: 'auto'},
          node.name,
          alias ? make('span', {class: 'dim'}, ' — ' + alias) : null,
        ),
        make('span', {class: 'kind'}, node.kind),
      ),
    );
    if (field.value.trim() && !hits.length)
      items.push(
        make('li', {class: 'dim', role: 'option', 'aria-disabled': 'true'}, 'Nothing has this name'),
      );
    list.replaceChildren(...items);
    field.setAttribute('aria-expanded', String(hits.length > 0));
    field.removeAttribute('aria-activedescendant');
  };
  const mark = place => {
    current = place;
    hits.forEach((_, other) => $(id(other)).setAttribute('aria-selected', String(other === place)));
    field.setAttribute('aria-activedescendant', id(place));
    $(id(place)).scrollIntoView({block: 'nearest'});
  };
  field.addEventListener('input', suggest);
  field.addEventListener('focus', suggest);
  field.addEventListener('blur', close);
  field.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (hits.length)
        mark((current + (event.key === 'ArrowDown' ? 1 : hits.length - (current < 0 ? 0 : 1))) % hits.length);
    } else if (event.key === 'Enter') take(current);
    else if (event.key === 'Escape') {
      event.stopPropagation();
      if (field.value) {
        field.value = '';
        suggest();
      } else field.blur();
    }
  });
}
const searchField = $('search');
combobox(searchField, $('hits'), node => {
  showTab('graph');
  choose(node);
});
