// The panel while no node is chosen: what the collection holds, and where to begin.
function showOverview() {
  const present = kinds.filter(kind => kind.count),
    key = name => make('kbd', {class: 'inline'}, name);
  const parts = [
    make('h2', {}, 'In this collection'),
    make(
      'ul',
      {class: 'counts'},
      present.map(kind =>
        make('li', {}, icon(kind), words(kind.plural), make('span', {class: 'n'}, number(kind.count))),
      ),
    ),
    make(
      'p',
      {class: 'note'},
      'Click a node, or press ',
      key('/'),
      ' and type a name. ',
      key('Esc'),
      ' leads back here, ',
      key('f'),
      ' shows everything.',
    ),
  ];
  if (claims.length) {
    parts.push(
      make(
        'p',
        {class: 'note'},
        button(plural(claims.length, 'numeric result'), () => showTab('results'), {class: 'plain'}),
        ', each with its sentence.',
      ),
    );
  }
  for (const kind of present) {
    if (kind.kind === 'venue' || (kind.kind === 'paper' && present.length > 2)) continue;
    const most = bySize
      .filter(node => node.look === kind && node.links.length > (kind.kind === 'author' ? 1 : 0))
      .sort((a, b) => b.links.length - a.links.length || byName(a, b))
      .slice(0, 5);
    if (!most.length) continue;
    parts.push(
      heading('Most connected ' + kind.plural),
      make(
        'ul',
        {class: 'ranked'},
        most.map(node =>
          make(
            'li',
            {},
            named(node),
            make('span', {class: 'n', title: 'neighbours'}, number(node.links.length)),
          ),
        ),
      ),
    );
  }
  if (!nodes.length) parts.push(make('p', {class: 'dim'}, 'Nothing was found in the documents.'));
  panel.replaceChildren(...parts);
  panel.scrollTop = 0;
}
