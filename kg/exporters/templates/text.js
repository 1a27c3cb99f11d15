// Words, numbers, and where names stand in a text.
const MARKS = /\p{M}/gu,
  LETTER = /[\p{L}\p{N}_]/u;
const fold = text => text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(/\s+/g, ' ').trim();
const shorten = (text, length) => (text.length > length ? text.slice(0, length - 1).trimEnd() + '…' : text);
const number = value => value.toLocaleString('en');
const words = kind => {
  const text = kind.replace(/_/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many || one + 's'}`;
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
// The direction that a text starts in, for drawings, where the browser does not decide.
const startsRight = text => /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u.test(text);

// Where any of the forms stands in the text as whole words: [start, end, form in lower case], left to right.
function occurrences(text, forms) {
  const wanted = [...new Set(forms.filter(form => form.length > 1 || /\p{L}/u.test(form)))];
  if (!wanted.length) return [];
  const escaped = wanted
    .sort((a, b) => b.length - a.length)
    .map(form => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\s+/g, '\\s+'));
  const found = [],
    pattern = new RegExp(escaped.join('|'), 'gi');
  for (let match; (match = pattern.exec(text));) {
    const start = match.index,
      end = start + match[0].length;
    const inside = (edge, other) => LETTER.test(text[edge] || '') && LETTER.test(text[other] || '');
    if (inside(start, start - 1) || inside(end - 1, end)) pattern.lastIndex = start + 1;
    else found.push([start, end, match[0].toLowerCase().replace(/\s+/g, ' ')]);
  }
  return found;
}
// The text as nodes, each occurrence of a form wrapped by wrap(part, form).
function wrapped(text, forms, wrap) {
  const parts = [];
  let at = 0;
  for (const [start, end, form] of occurrences(text, forms)) {
    parts.push(text.slice(at, start), wrap(text.slice(start, end), form));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
