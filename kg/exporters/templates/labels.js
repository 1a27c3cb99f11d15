// Labels: one size on the screen, biggest nodes first, only where there is room. Placed again for each frame.
const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif';
const CELL_X = 12,
  CELL_Y = 8,
  HEADS = 10;
const ruler = document.createElement('canvas').getContext('2d'),
  widths = new Map();
function widthOf(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    ruler.font = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

// What is taken on the screen, in cells; a node's own disc does not keep its label away.
class Room {
  constructor(width) {
    this.columns = Math.ceil(width / CELL_X) + 40;
    this.taken = new Map();
  }
  each(x, y, width, height, visit) {
    const right = Math.floor((x + width) / CELL_X),
      bottom = Math.floor((y + height) / CELL_Y);
    for (let j = Math.floor(y / CELL_Y); j <= bottom; j++) {
      for (let i = Math.floor(x / CELL_X); i <= right; i++) if (visit(j * this.columns + i)) return true;
    }
    return false;
  }
  take(x, y, width, height, owner) {
    this.each(x, y, width, height, cell => {
      this.taken.set(cell, owner);
      return false;
    });
  }
  free(x, y, width, height, owner) {
    return !this.each(x, y, width, height, cell => this.taken.has(cell) && this.taken.get(cell) !== owner);
  }
}

// The labels of the present view: {text, font, x (left), y (middle), width}.
function placeLabels() {
  const room = new Room(view.width),
    found = [],
    shown = [];
  for (const node of bySize) {
    if (node.hidden || (focus && !focus.nodes.has(node))) continue;
    const x = screenX(node),
      y = screenY(node);
    if (x > -20 && y > -10 && x < view.width + 20 && y < view.height + 10) shown.push(node);
    if (shown.length > 4000) break; // far more than there is room for
  }
  room.take(0, view.height - 26, $('count').offsetWidth + 20, 26, null); // where the counts stand
  let left = (focus ? 60 : 16) + Math.round((view.width * view.height) / 18000);
  for (const node of focus ? focus.ends : []) if (seen(node)) left -= placeLabel(found, room, node, true);
  for (let place = 0; place < shown.length && left > 0; place++) {
    // The names of the largest may lie over small discs; without them a crowded middle would say nothing.
    if (place === 0) takeDiscs(room, shown.slice(0, HEADS));
    if (place === HEADS) takeDiscs(room, shown.slice(HEADS, 250));
    const node = shown[place],
      r = node.radius * view.scale;
    if (focus ? !focus.ends.includes(node) : node.kind === 'author' ? r > 5 : r > 1.2 || place < 400)
      left -= placeLabel(found, room, node, false);
  }
  return found;
}
function takeDiscs(room, some) {
  for (const node of some) {
    const r = node.radius * view.scale * 0.8;
    if (r > 4) room.take(screenX(node) - r, screenY(node) - r, 2 * r, 2 * r, node);
  }
}
function placeLabel(found, room, node, strong) {
  const text = shorten(
    node.name.replace(/\s+/g, ' '),
    strong ? (view.width < 600 ? 30 : 48) : node.kind === 'paper' && !focus ? 28 : 32,
  );
  const font = strong
    ? `650 13.5px ${FONT}`
    : `${node.radius * view.scale > 11 ? '550 12.5px' : '11.5px'} ${FONT}`;
  const width = widthOf(text, font),
    x = screenX(node),
    y = screenY(node),
    r = Math.max(strong ? 7 : 2, node.radius * view.scale);
  const middle = Math.max(3, Math.min(view.width - width - 3, x - width / 2));
  const places = [
    [x + r + 4, y],
    [x - r - 4 - width, y],
    [middle, y + r + 9],
    [middle, y - r - 9],
  ];
  const place =
    places.find(
      ([left, middle]) =>
        left > 2 &&
        left + width < view.width - 2 &&
        middle > 6 &&
        middle < view.height - 6 &&
        room.free(left - 4, middle - 8, width + 8, 16, node),
    ) || (strong ? places[2] : null);
  if (!place) return 0;
  room.take(place[0], place[1] - 6, width, 12, null);
  found.push({text, font, x: place[0], y: place[1], width});
  return 1;
}
