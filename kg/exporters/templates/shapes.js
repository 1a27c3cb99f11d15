// The outlines of the kinds as SVG paths; the same as vis draws, so that what is painted over a node covers it.
function corners(x, y, count, radius, turn) {
  const points = [];
  for (let i = 0; i < count; i++) {
    const angle = turn + (i * 2 * Math.PI) / count,
      length = typeof radius === 'function' ? radius(i) : radius;
    points.push(`${(x + length * Math.sin(angle)).toFixed(2)} ${(y - length * Math.cos(angle)).toFixed(2)}`);
  }
  return `M${points.join('L')}Z`;
}
function outline(shape, x, y, r) {
  const tall = (r * 1.15 * 2) / Math.sqrt(3),
    star = r * 0.82;
  switch (shape) {
    case 'square':
      return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`;
    case 'diamond':
      return corners(x, y, 4, r, 0);
    case 'hexagon':
      return corners(x, y, 6, r, Math.PI / 2);
    case 'triangle':
      return corners(x, y + 0.275 * r * 1.15, 3, tall, 0);
    case 'triangleDown':
      return corners(x, y - 0.275 * r * 1.15, 3, tall, Math.PI);
    case 'star':
      return corners(x, y + 0.1 * star, 10, i => star * (i % 2 ? 0.5 : 1.3), 0);
    default:
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }
}
