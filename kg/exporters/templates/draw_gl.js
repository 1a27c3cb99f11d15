// Draws nodes and lines with sigma.js (WebGL): graphs above some 1,500 nodes. sigma is given positions and a
// view and neither moves nor listens. Two programs of our own draw the shapes of vis, and lines with an alpha.
const needsWebGL = () => {
  throw new Error('WebGL 2 is missing');
};
const renderer = (() => {
  if (!window.Sigma) return {name: 'none', start: needsWebGL}; // sigma does not even load without it
  const REACH = 5000; // the layout's, so that a unit is the same for every graph
  const SHAPES = ['dot', 'square', 'diamond', 'hexagon', 'triangle', 'triangleDown', 'star'];
  const GL = WebGL2RenderingContext;
  const VARY =
    'precision highp float; varying vec2 v_at; varying vec4 v_color;' +
    'varying float v_radius; varying float v_shape; varying float v_alpha;';
  const rgb = color => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16) / 255);

  // A square about each node; the fragment shader cuts the shape out of it by its distance to the outline.
  class Shapes extends Sigma.rendering.NodeProgram {
    constructor(gl, picking, sigma) {
      super(gl, null, sigma); // nothing is picked by colour: half the drawing
    }
    getDefinition() {
      return {
        VERTICES: 4,
        METHOD: GL.TRIANGLE_STRIP,
        UNIFORMS: ['u_matrix', 'u_pixel', 'u_ground'],
        ATTRIBUTES: [
          {name: 'a_position', size: 2, type: GL.FLOAT},
          {name: 'a_radius', size: 1, type: GL.FLOAT},
          {name: 'a_least', size: 1, type: GL.FLOAT},
          {name: 'a_shape', size: 1, type: GL.FLOAT},
          {name: 'a_color', size: 4, type: GL.UNSIGNED_BYTE, normalized: true},
        ],
        CONSTANT_ATTRIBUTES: [{name: 'a_corner', size: 2, type: GL.FLOAT}],
        CONSTANT_DATA: [
          [-1, -1],
          [1, -1],
          [-1, 1],
          [1, 1],
        ],
        VERTEX_SHADER_SOURCE: `attribute vec2 a_position; attribute vec2 a_corner; attribute vec4 a_color;
          attribute float a_radius; attribute float a_least; attribute float a_shape;
          uniform mat3 u_matrix; uniform float u_pixel; ${VARY}
          void main() {
            float r = max(a_radius / u_pixel, a_least);
            v_alpha = min(1.0, r); v_radius = max(r, 1.0); v_shape = a_shape; v_color = a_color;
            v_at = a_corner * (v_radius * 1.35 + 2.0);
            gl_Position = vec4((u_matrix * vec3(a_position + v_at * u_pixel * sign(a_radius), 1)).xy, 0, 1);
          }`,
        FRAGMENT_SHADER_SOURCE: `${VARY} uniform vec3 u_ground;
          float ngon(vec2 p, float n, float r) { // r: to a corner; one corner points up
            float part = 6.2831853 / n, a = abs(mod(atan(p.x, p.y) + part / 2.0, part) - part / 2.0);
            return length(p) * cos(a - part / 2.0) - r * cos(part / 2.0);
          }
          float star(vec2 p, float r) {
            float part = 6.2831853 / 5.0, a = abs(mod(atan(p.x, p.y) + part / 2.0, part) - part / 2.0);
            vec2 q = length(p) * vec2(sin(a), cos(a)), tip = vec2(0, r * 1.3);
            vec2 side = r * 0.5 * vec2(sin(part / 2.0), cos(part / 2.0)) - tip;
            return dot(q - tip, normalize(vec2(-side.y, side.x)));
          }
          void main() {
            float r = v_radius, d, tall = r * 1.15 * 1.1547;
            if (v_shape < 0.5) d = length(v_at) - r;
            else if (v_shape < 1.5) d = max(abs(v_at.x), abs(v_at.y)) - r;
            else if (v_shape < 2.5) d = (abs(v_at.x) + abs(v_at.y) - r) * 0.7071;
            else if (v_shape < 3.5) d = ngon(v_at.yx, 6.0, r);
            else if (v_shape < 4.5) d = ngon(v_at + vec2(0, 0.316 * r), 3.0, tall);
            else if (v_shape < 5.5) d = ngon(vec2(v_at.x, 0.316 * r - v_at.y), 3.0, tall);
            else d = star(v_at + vec2(0, 0.082 * r), r * 0.82);
            float disc = clamp(0.5 - d, 0.0, 1.0), rim = clamp(1.5 - d, 0.0, 1.0) * step(2.0, r);
            gl_FragColor = vec4(mix(u_ground, v_color.rgb, disc), 1) * max(disc, rim) * v_alpha;
          }`,
      };
    }
    processVisibleItem(_, at, shown) {
      this.array.set(
        [shown.x, shown.y, shown.size, shown.least, shown.shape, Sigma.utils.floatColor(shown.color)],
        at,
      );
    }
    setUniforms(params, {gl, uniformLocations}) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform1f(uniformLocations.u_pixel, params.zoomRatio / Math.min(params.width, params.height));
      gl.uniform3fv(uniformLocations.u_ground, rgb(ink.bg));
    }
  }

  // Lines of so many pixels whatever the zoom, soft at their sides.
  class Lines extends Sigma.rendering.EdgeProgram {
    constructor(gl, picking, sigma) {
      super(gl, null, sigma);
    }
    getDefinition() {
      return {
        VERTICES: 4,
        METHOD: GL.TRIANGLE_STRIP,
        UNIFORMS: ['u_matrix', 'u_stage', 'u_color'],
        ATTRIBUTES: [
          {name: 'a_from', size: 2, type: GL.FLOAT},
          {name: 'a_to', size: 2, type: GL.FLOAT},
          {name: 'a_width', size: 1, type: GL.FLOAT},
          {name: 'a_alpha', size: 1, type: GL.FLOAT},
        ],
        CONSTANT_ATTRIBUTES: [{name: 'a_corner', size: 2, type: GL.FLOAT}],
        CONSTANT_DATA: [
          [0, -1],
          [1, -1],
          [0, 1],
          [1, 1],
        ],
        VERTEX_SHADER_SOURCE: `attribute vec2 a_from; attribute vec2 a_to; attribute vec2 a_corner;
          attribute float a_width; attribute float a_alpha; uniform mat3 u_matrix; uniform vec2 u_stage;
          varying float v_side; varying float v_half; varying float v_alpha;
          void main() {
            vec2 a = (u_matrix * vec3(a_from, 1)).xy, b = (u_matrix * vec3(a_to, 1)).xy;
            vec2 way = (b - a) * u_stage;
            vec2 normal = length(way) > 0.0 ? normalize(vec2(-way.y, way.x)) : vec2(0);
            v_alpha = a_alpha; v_half = a_width / 2.0; v_side = a_corner.y * (v_half + 1.0);
            gl_Position = vec4(mix(a, b, a_corner.x) + normal * v_side * 2.0 / u_stage, 0, 1);
          }`,
        FRAGMENT_SHADER_SOURCE: `precision highp float; uniform vec3 u_color;
          varying float v_side; varying float v_half; varying float v_alpha;
          void main() {
            float alpha = v_alpha * clamp(v_half + 0.5 - abs(v_side), 0.0, 1.0);
            gl_FragColor = vec4(u_color * alpha, alpha);
          }`,
      };
    }
    processVisibleItem(_, at, source, target, shown) {
      this.array.set([source.x, source.y, target.x, target.y, shown.size, shown.alpha], at);
    }
    setUniforms(params, {gl, uniformLocations}) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform2f(uniformLocations.u_stage, params.width, params.height);
      gl.uniform3fv(
        uniformLocations.u_color,
        ink.line.map(part => part / 255),
      );
    }
  }

  let sigma = null;
  function start() {
    const graph = new graphology.Graph({type: 'undirected', multi: false});
    for (const node of [...bySize].reverse()) graph.addNode(node.index, {x: node.x, y: -node.y});
    for (const link of links) graph.addUndirectedEdgeWithKey(link.index, link.a.index, link.b.index);
    sigma = new Sigma(graph, $('canvas'), {
      renderLabels: false,
      enableEdgeEvents: false,
      stagePadding: 0,
      zIndex: false,
      itemSizesReference: 'positions',
      enableCameraPanning: false,
      enableCameraZooming: false,
      enableCameraRotation: false,
      allowInvalidContainer: true,
      defaultNodeType: 'shape',
      nodeProgramClasses: {shape: Shapes},
      nodeHoverProgramClasses: {shape: Shapes},
      defaultEdgeType: 'line',
      edgeProgramClasses: {line: Lines},
      nodeReducer: (key, {x, y}) => {
        const node = nodes[key];
        return {
          x,
          y,
          type: 'shape',
          size: node.radius / (2 * REACH),
          least: leastRadius(node),
          shape: Math.max(0, SHAPES.indexOf(node.look.shape)),
          color: node.color,
          hidden: node.hidden,
        };
      },
      edgeReducer: key => ({
        type: 'line',
        size: lineWidth(links[key]),
        alpha: lineAlpha(links[key]),
        hidden: links[key].hidden,
      }),
    });
    sigma.setCustomBBox({x: [-REACH, REACH], y: [-REACH, REACH]});
    sigma.refresh();
  }
  return {
    name: 'webgl',
    start,
    resize() {
      sigma.resize();
    },
    paint({x, y, scale, width, height}) {
      const at = {
        x: 0.5 + x / (2 * REACH),
        y: 0.5 - y / (2 * REACH),
        angle: 0,
        ratio: Math.min(width, height) / (2 * REACH * scale),
      };
      Object.assign(sigma.getCamera(), at); // not setState, which asks for another frame
      sigma.render();
    },
    update() {
      sigma.refresh({
        partialGraph: {nodes: nodes.map(node => node.index), edges: links.map(link => link.index)},
        skipIndexation: true,
        schedule: true,
      });
    },
  };
})();
