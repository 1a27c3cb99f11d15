// Search over names and aliases. The index is built on first use.
const searchField = document.getElementById('search'), hitList = document.getElementById('hits');
const MARKS = /\p{M}/gu, MAX_HITS = 12;
const fold = text => text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(/\s+/g, ' ').trim();
let index = null, hits = [], current = -1;

function score(form, query) {
  const at = form.indexOf(query);
  if (at < 0) return 0;
  if (form === query) return 4;
  return at === 0 ? 3 : /[^\p{L}\p{N}]/u.test(form[at - 1]) ? 2 : 1;
}
function search(text) {
  const query = fold(text);
  if (!query) return [];
  index = index || nodes.map(node => [node, formsOf(node).map(form => [fold(form), form])]);
  const found = [];
  for (const [node, forms] of index) {
    let best = 0, which = null;
    forms.forEach(([form, printed], place) => {
      const value = score(form, query) * 2 - (place ? 1 : 0);
      if (score(form, query) && value > best) { best = value; which = place ? printed : null; }
    });
    if (best) found.push({node, best, alias: which});
  }
  return found.sort((a, b) => b.best - a.best || b.node.size - a.node.size || (a.node.name < b.node.name ? -1 : 1)).slice(0, MAX_HITS);
}
function suggest() {
  hits = search(searchField.value); current = -1;
  const items = hits.map(({node, alias}, place) => make('li', {role: 'option', id: 'hit' + place, 'aria-selected': 'false'},
    icon(node.look), make('span', {class: 'name', dir: 'auto'}, node.name, alias ? make('span', {class: 'dim'}, ' — ' + alias) : null),
    make('span', {class: 'kind'}, node.kind)));
  items.forEach((item, place) => item.addEventListener('mousedown', event => { event.preventDefault(); pick(place); }));
  if (searchField.value.trim() && !hits.length) items.push(make('li', {class: 'dim'}, 'Nothing has this name'));
  hitList.replaceChildren(...items);
  searchField.setAttribute('aria-expanded', String(hits.length > 0));
  searchField.removeAttribute('aria-activedescendant');
}
function mark(place) {
  current = place;
  hits.forEach((_, other) => document.getElementById('hit' + other).setAttribute('aria-selected', String(other === place)));
  const item = document.getElementById('hit' + place);
  if (item) { searchField.setAttribute('aria-activedescendant', item.id); item.scrollIntoView({block: 'nearest'}); }
}
function pick(place) {
  const hit = hits[Math.max(place, 0)];
  if (!hit) return;
  closeHits(); searchField.value = ''; searchField.blur();
  choose(hit.node);
}
function closeHits() { hits = []; hitList.replaceChildren(); searchField.setAttribute('aria-expanded', 'false'); }
searchField.addEventListener('input', suggest);
searchField.addEventListener('focus', suggest);
searchField.addEventListener('blur', closeHits); // a press on a suggestion does not take the focus
searchField.addEventListener('keydown', event => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (hits.length) mark((current + (event.key === 'ArrowDown' ? 1 : hits.length - (current < 0 ? 0 : 1))) % hits.length);
  } else if (event.key === 'Enter') pick(current);
  else if (event.key === 'Escape') {
    event.stopPropagation();
    if (searchField.value) { searchField.value = ''; suggest(); } else searchField.blur();
  }
});
