/* Lines of the base map: rivers, boundaries with casing, disputed lines, the emphasised borders and the teeth of control. */
(function (panj) {
  "use strict";

  /** Stroke a path as a named stroke of the style says. */
  function stroke(ctx, path, style, alpha) {
    ctx.save();
    ctx.globalAlpha = alpha === undefined ? 1 : alpha;
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = style.px;
    ctx.setLineDash(style.dash_px || []);
    ctx.lineJoin = "round";
    ctx.lineCap = style.dash_px && style.dash_px.length && style.dash_px[0] < 2 ? "butt" : "round";
    if (style.dash_px && style.dash_px.length) ctx.lineCap = "butt";
    ctx.stroke(path);
    ctx.restore();
  }

  /** Main rivers first. Rivers that are the border are drawn as its casing, not twice. */
  function rivers(ctx, theatre, view) {
    const free = theatre.rivers.filter((r) => !r.on_border);
    const main = free.filter((r) => r.rank === "main"), minor = free.filter((r) => r.rank !== "main");
    if (view.zoom >= 4.4) stroke(ctx, panj.ground.pathOf(minor, view), theatre.strokes.river, 0.9);
    stroke(ctx, panj.ground.pathOf(main, view), theatre.strokes[view.zoom >= 4.4 ? "river_main" : "river"], 0.9);
  }

  function boundaries(ctx, theatre, view) {
    const path = panj.ground.pathOf(theatre.boundaries.concat(theatre.borders.filter((b) => !b.emphasis)), view);
    const thin = view.zoom < 4.2 ? 0.65 : 1, scaled = (s) => Object.assign({}, s, { px: s.px * thin });
    stroke(ctx, path, scaled(theatre.strokes.boundary_casing), 0.5);
    stroke(ctx, path, scaled(theatre.strokes.boundary));
    const control = (d) => d.kind === "line_of_control";
    stroke(ctx, panj.ground.pathOf(theatre.disputed.filter((d) => !control(d)), view), theatre.strokes.disputed);
    stroke(ctx, panj.ground.pathOf(theatre.disputed.filter(control), view), theatre.strokes.line_of_control);
  }

  function emphasised(ctx, theatre, view) {
    const path = panj.ground.pathOf(theatre.borders.filter((b) => b.emphasis), view);
    const thin = view.zoom < 4.6 ? 0.6 : 1, scaled = (s) => Object.assign({}, s, { px: s.px * thin });
    stroke(ctx, path, scaled(theatre.strokes.emphasis_casing));
    stroke(ctx, path, scaled(theatre.strokes.emphasis_river));
    stroke(ctx, path, scaled(theatre.strokes.emphasis));
  }

  /** A line in pixels, evenly resampled and smoothed by a moving mean. @returns {number[][]} x, y */
  function smooth(part, view, step, span) {
    const even = [];
    let px = part[0] * view.scale - view.x, py = part[1] * view.scale - view.y, left = 0;
    for (let i = 2; i < part.length; i += 2) {
      const qx = part[i] * view.scale - view.x, qy = part[i + 1] * view.scale - view.y, d = Math.hypot(qx - px, qy - py);
      for (let t = left; t < d; t += step) even.push([px + (qx - px) * t / d, py + (qy - py) * t / d]);
      left = d ? (left - d) % step : left;
      if (left < 0) left += step;
      px = qx; py = qy;
    }
    even.push([px, py]);
    return mean(even, Math.max(1, Math.round(span / step / 2)));
  }

  function mean(points, half) {
    const n = points.length, sx = new Float64Array(n + 1), sy = new Float64Array(n + 1);
    points.forEach(([x, y], i) => { sx[i + 1] = sx[i] + x; sy[i + 1] = sy[i] + y; });
    return points.map((_, i) => {
      const h = Math.min(half, i, n - 1 - i), a = i - h, b = i + h + 1;
      return [(sx[b] - sx[a]) / (b - a), (sy[b] - sy[a]) / (b - a)];
    });
  }

  /** Points moved sideways; `side` 1 = right of the direction of travel on the screen. */
  function shifted(points, px, side) {
    return points.map((p, i) => {
      const a = points[Math.max(0, i - 1)], b = points[Math.min(points.length - 1, i + 1)];
      const d = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
      return [p[0] - side * px * (b[1] - a[1]) / d, p[1] + side * px * (b[0] - a[0]) / d];
    });
  }

  /** Which side of a border a country lies on: shapes are built with the first of the pair at the left. */
  const sideOf = (border, country) => (border.pair.startsWith(country) ? -1 : 1);

  /** Whether a border's status holds on a day. */
  const inForce = (border, day) => !!border.held && border.from <= day && day < border.to;

  /** Ink teeth on the side that is held. */
  function teeth(ctx, theatre, view, day) {
    ctx.fillStyle = theatre.palette.INK;
    const gap = 28, size = view.zoom < 4.6 ? 3 : view.zoom < 6 ? 4 : 4.8;
    for (const border of theatre.borders) {
      if (!inForce(border, day) || !panj.ground.meets(border.box, view.box)) continue;
      for (const part of border.parts) {
        const line = smooth(part, view, 4, 12), side = sideOf(border, border.held);
        for (let i = Math.round(gap / 8); i < line.length - 2; i += Math.round(gap / 4)) tooth(ctx, line, i, side, size, border.emphasis ? 2 : 0.5);
      }
    }
  }

  function tooth(ctx, line, i, side, size, off) {
    const a = line[Math.max(0, i - 1)], b = line[Math.min(line.length - 1, i + 1)], d = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const ux = (b[0] - a[0]) / d, uy = (b[1] - a[1]) / d, nx = -side * uy, ny = side * ux, x = line[i][0] + nx * off, y = line[i][1] + ny * off;
    ctx.beginPath();
    ctx.moveTo(x - ux * size, y - uy * size);
    ctx.lineTo(x + ux * size, y + uy * size);
    ctx.lineTo(x + nx * size * 1.5, y + ny * size * 1.5);
    ctx.fill();
  }

  /** Draw all lines. @param {Set<string>} layers @param {number} day */
  function draw(ctx, theatre, view, layers, day) {
    if (layers.has("regions")) panj.regions.draw(ctx, theatre, view);
    if (layers.has("rivers")) rivers(ctx, theatre, view);
    boundaries(ctx, theatre, view);
    if (!layers.has("borders")) return stroke(ctx, panj.ground.pathOf(theatre.borders.filter((b) => b.emphasis), view), theatre.strokes.boundary);
    emphasised(ctx, theatre, view);
    teeth(ctx, theatre, view, day);
  }

  panj.lines = { draw, stroke, smooth, shifted, sideOf, inForce };
})(window.panj);
