// Draws nodes and lines with vis-network: graphs up to some 1,500 nodes. vis is given positions and a view and
// neither moves nor listens; its own interface would ask for a frame later, so the view is set directly.
const renderer = (() => {
  const drawn = new vis.DataSet(),
    lines = new vis.DataSet();
  const nodeLook = node => ({
    id: node.index,
    x: node.x,
    y: node.y,
    size: node.radius,
    shape: node.look.shape,
    hidden: node.hidden,
    color: {background: node.color, border: ink.bg},
  });
  // Widths are in units of the drawing and shrink with it; this one is a hairline where all is in view.
  const reach = nodes.reduce((most, node) => Math.max(most, Math.abs(node.x), Math.abs(node.y)), 0);
  const hairline = Math.max(1, reach / 420);
  const lineColour = link => {
    const color = `rgba(${ink.line}, ${lineAlpha(link).toFixed(2)})`;
    return {color, highlight: color, hover: color};
  };
  const lineLook = link => ({
    id: link.index,
    from: link.a.index,
    to: link.b.index,
    hidden: link.hidden,
    width: hairline * lineWidth(link),
    color: lineColour(link),
  });
  const off = {
    dragNodes: false,
    dragView: false,
    zoomView: false,
    keyboard: false,
    hover: false,
    selectable: false,
    tooltipDelay: 1e9,
  };
  let network = null;

  function start() {
    drawn.add(nodes.map(nodeLook));
    lines.add(links.map(lineLook));
    network = new vis.Network(
      $('canvas'),
      {nodes: drawn, edges: lines},
      {
        autoResize: false,
        physics: {enabled: false},
        layout: {improvedLayout: false, randomSeed: 1},
        nodes: {borderWidth: 1, chosen: false},
        edges: {smooth: false, chosen: false},
        interaction: off,
      },
    );
  }
  // vis needs more than a frame's time for many lines: while the view moves, the last picture is moved with it,
  // which costs nothing, and drawn again every few frames and at rest.
  const MANY = 900, // links
    MOVES = 3, // frames
    REST = 100; // milliseconds
  let last = null, // the view of the last picture
    moved = 0, // frames since
    stale = true,
    later = 0;
  function drawAll({x, y, scale, width, height}) {
    clearTimeout(later);
    network.body.view.scale = scale;
    network.body.view.translation = {x: width / 2 - x * scale, y: height / 2 - y * scale};
    network.redraw();
    $('canvas').style.transform = '';
    last = {x, y, scale};
    moved = 0;
    stale = false;
  }
  function shift({x, y, scale, width, height}) {
    const zoom = scale / last.scale,
      left = (width / 2) * (1 - zoom) + (last.x - x) * scale,
      top = (height / 2) * (1 - zoom) + (last.y - y) * scale;
    $('canvas').style.transform = `translate(${left}px, ${top}px) scale(${zoom})`;
  }
  return {
    name: 'vis',
    start,
    resize() {
      stale = true;
      network.setSize(view.width + 'px', view.height + 'px');
      network.redraw();
    },
    paint(wanted) {
      if (links.length < MANY || stale || ++moved > MOVES) {
        drawAll(wanted);
        return;
      }
      shift(wanted);
      clearTimeout(later);
      later = setTimeout(() => drawAll(view), REST);
    },
    // After filters, colours or the theme have changed.
    update() {
      stale = true;
      drawn.update(
        nodes.map(node => ({
          id: node.index,
          hidden: node.hidden,
          color: {background: node.color, border: ink.bg},
        })),
      );
      lines.update(links.map(link => ({id: link.index, hidden: link.hidden, color: lineColour(link)})));
    },
  };
})();
