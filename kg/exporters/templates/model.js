// The graph: nodes, edges (one a statement) and links (one a pair of nodes, which is what is drawn).
const data = JSON.parse($('data').textContent);
const kinds = data.kinds.map((kind, index) => ({...kind, index, count: 0}));
const kindNamed = new Map(kinds.map(kind => [kind.kind, kind]));
const communities = data.communities.map(([name, size], index) => ({name, size, index}));

// Columns of attributes that not all rows have: {all: one value a row} or {at: rows, of: values}.
function spread(columns, rows) {
  for (const [name, {all, at, of}] of Object.entries(columns)) {
    if (all)
      all.forEach((value, index) => {
        if (value !== null) rows[index][name] = value;
      });
    else
      at.forEach((row, index) => {
        rows[row][name] = of[index];
      });
  }
}
const nodes = data.nodes.id.map((id, index) => {
  const look = kinds[data.nodes.kind[index]],
    size = data.nodes.size[index];
  look.count++;
  return {
    id,
    index,
    look,
    size,
    kind: look.kind,
    name: data.nodes.name[index],
    x: data.nodes.x[index],
    y: -data.nodes.y[index],
    radius: 3 + 0.55 * size, // smaller than the file says, so that lines show between the discs
    community: data.nodes.community[index],
    more: {},
    edges: [],
    links: [],
    said: [],
    hidden: false,
    color: '',
  };
});
spread(
  data.nodes.more,
  nodes.map(node => node.more),
);
const nodeWithId = new Map(nodes.map(node => [node.id, node]));

// Papers that are quoted without being nodes, as in a view of concepts alone; numbered after the nodes.
const outside = data.outside.map(({id, name, ...more}) => ({
  id,
  name: name || id,
  more,
  kind: 'paper',
  outside: true,
  said: [],
}));
const paperAt = index => (index < 0 ? null : nodes[index] || outside[index - nodes.length]);

const edges = data.edges.from.map((from, index) => {
  const paper = data.edges.paper[index],
    confidence = data.edges.confidence[index];
  return {
    index,
    kind: data.edges.kinds[data.edges.kind[index]],
    a: nodes[from],
    b: nodes[data.edges.to[index]],
    support: 1,
    confidence: confidence === null ? undefined : confidence,
    paper: paperAt(paper),
    start: data.edges.start[index],
    length: data.edges.length[index],
    hidden: false,
  };
});
spread(data.edges.more, edges);

const links = [],
  pairs = new Map();
for (const edge of edges) {
  const {a, b} = edge,
    pair = Math.min(a.index, b.index) * nodes.length + Math.max(a.index, b.index);
  a.edges.push(edge);
  if (edge.paper) edge.paper.said.push(edge);
  if (a === b) continue;
  b.edges.push(edge);
  let link = pairs.get(pair);
  if (!link) {
    link = {index: links.length, a, b, edges: [], support: 1, hidden: false};
    pairs.set(pair, link);
    links.push(link);
    a.links.push(link);
    b.links.push(link);
  }
  link.edges.push(edge);
  link.support = Math.max(link.support, edge.support);
}
pairs.clear();
const bySize = [...nodes].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
const across = (link, node) => (link.a === node ? link.b : link.a);
const neighbours = node => node.links.map(link => across(link, node));
const formsOf = node => [node.name, ...(node.more.aliases || [])];
const claims = edges.filter(edge => edge.value !== undefined);

// Texts of papers, read after the first paint: [where the abstract begins, text] by node, and loose quotes. Places:
// by number of the paper and start of the sentence (quotes from -2 down) [document, record, line, column].
const texts = {read: false, papers: new Map(), quotes: [], documents: [], places: new Map()};
async function readTexts() {
  const bytes = Uint8Array.from(atob($('texts').textContent), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const {papers, quotes, documents, places} = JSON.parse(await new Response(stream).text());
  papers.forEach(([index, begins, text]) => texts.papers.set(paperAt(index), [begins, text]));
  texts.quotes = quotes;
  texts.documents = documents;
  for (const [paper, document, record, starts, lines, columns] of places)
    starts.forEach((start, at) =>
      texts.places.set(`${paper} ${start}`, [documents[document], record, lines[at], columns[at]]),
    );
  texts.read = true;
}
const abstractAndStart = paper => {
  const [begins, text] = texts.papers.get(paper) || [0, ''];
  return [text.slice(begins), begins];
};
function quoteOf(edge) {
  if (edge.start >= 0) {
    const text = texts.papers.get(edge.paper);
    return text ? text[1].substr(edge.start, edge.length) : '';
  }
  return edge.length < 0 ? '' : texts.quotes[edge.length] || '';
}
// Where a sentence stands, in words: document, line and column; where the document writes it otherwise, the record.
function placeOf(edge) {
  const key = edge.start >= 0 ? edge.start : -2 - edge.length,
    found = texts.places.get(`${data.edges.paper[edge.index]} ${key}`);
  if (!found) return '';
  const [[path, own, records], record, line, column] = found;
  if (line) return `${path}, line ${line}` + (own ? `, column ${column}` : ' of the text read from it');
  const [begins] = texts.papers.get(edge.paper) || [0],
    field = edge.start >= 0 && edge.start < begins ? 'title' : 'abstract';
  return records > 1 ? `${field} of record ${record} of ${path}` : `${field} in ${path}`;
}
