/* Symbols: shape = kind, colour = bloc, fill = status, ring = credibility. Drawn once each, then stamped. */
(function (panj) {
  "use strict";

  const GRID = 16, HALF = 17.5; // a stamp reaches 17.5 units from the centre, so that the disc of a selection fits
  const stamps = new Map();
  let family = {}, paths = new Map(), theatre = null;

  /** @param {object} data the theatre: symbols, blocs, palette */
  function use(data) {
    theatre = data;
    family = data.symbols;
    paths = new Map();
    stamps.clear();
  }

  /** Silhouette and glyph of a kind; a kind nobody drew is a plain disc. */
  function shapeOf(kind) {
    if (!paths.has(kind)) {
      const own = family[kind] || { silhouette: "M8 2A6 6 0 1 1 8 14A6 6 0 1 1 8 2Z", glyph: "" };
      paths.set(kind, { outline: new Path2D(own.silhouette), glyph: own.glyph ? new Path2D(own.glyph) : null, level: level(own.silhouette) });
    }
    return paths.get(kind);
  }

  /** Height below which half of the area lies: what is under way is filled to there. */
  function level(silhouette) {
    const canvas = document.createElement("canvas"), n = 64;
    canvas.width = canvas.height = n;
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    ctx.scale(n / GRID, n / GRID);
    ctx.fill(new Path2D(silhouette));
    const data = ctx.getImageData(0, 0, n, n).data, rows = new Float64Array(n);
    for (let i = 3; i < data.length; i += 4) rows[Math.floor(i / 4 / n)] += data[i];
    const half = rows.reduce((a, b) => a + b, 0) / 2;
    for (let y = n - 1, sum = 0; y >= 0; y--) { sum += rows[y]; if (sum >= half) return y * GRID / n; }
    return 8;
  }

  /** Colours of one bloc, or of none. */
  const colours = (id) => (theatre.blocs.find((b) => b.id === id) || { tint: "#E4E4E0", hue: "#55606B", edge: "#333E48", glyph: "#FFFFFF" });

  /** Run `paint` once per bloc, clipped to its vertical part of the symbol. */
  function parts(ctx, blocs, paint) {
    const list = blocs.length ? blocs : [""];
    list.forEach((id, k) => {
      ctx.save();
      if (list.length > 1) {
        ctx.beginPath();
        ctx.rect(k ? 16 * k / list.length : -4, -4, 16 / list.length + (k && k < list.length - 1 ? 0 : 4), 24);
        ctx.clip();
      }
      paint(colours(id));
      ctx.restore();
    });
  }

  function clipBelow(ctx, y, paint) {
    ctx.save();
    ctx.beginPath(); ctx.rect(-4, y, 24, 24); ctx.clip();
    paint();
    ctx.restore();
  }

  const solid = (status) => status === "held" || status === "reported";
  const hollow = (status) => status === "planned" || status === "announced";

  function body(ctx, spec, shape) {
    ctx.lineJoin = "round";
    ctx.strokeStyle = "#fff"; ctx.lineWidth = 2.3; ctx.stroke(shape.outline);
    ctx.fillStyle = "#fff"; ctx.fill(shape.outline);
    if (spec.status === "cancelled") return cancelled(ctx, shape);
    parts(ctx, spec.blocs, (c) => {
      const fill = spec.possible ? c.tint : c.hue, glyph = spec.possible ? c.edge : c.glyph;
      if (solid(spec.status)) { ctx.fillStyle = fill; ctx.fill(shape.outline); }
      if (spec.status === "ongoing") clipBelow(ctx, shape.level, () => { ctx.fillStyle = fill; ctx.fill(shape.outline); });
      ctx.strokeStyle = c.edge; ctx.lineWidth = solid(spec.status) ? 0.8 : 1.4; ctx.stroke(shape.outline);
      if (!shape.glyph) return;
      ctx.fillStyle = solid(spec.status) ? glyph : c.edge;
      ctx.fill(shape.glyph);
      if (spec.status === "ongoing") clipBelow(ctx, shape.level, () => { ctx.fillStyle = glyph; ctx.fill(shape.glyph); });
    });
  }

  function cancelled(ctx, shape) {
    ctx.strokeStyle = "#6B7280"; ctx.lineWidth = 1.3; ctx.stroke(shape.outline);
    if (shape.glyph) { ctx.fillStyle = "#6B7280"; ctx.fill(shape.glyph); }
    for (const [colour, width] of [["#fff", 3.5], ["#1F2933", 1.7]]) {
      ctx.strokeStyle = colour; ctx.lineWidth = width; ctx.lineCap = "round";
      ctx.beginPath(); ctx.moveTo(1.6, 14.4); ctx.lineTo(14.4, 1.6); ctx.stroke();
    }
  }

  const ARCS = { 1: [0, 2], 2: [-0.25, 1.25], 3: [0, 1], 4: [0.25, 0.75] }; // parts of pi, clockwise from the right

  /** Credibility as a ring: whole, open at the top, lower half, lower quarter, dashes with a cross, dots. */
  function ring(ctx, credibility) {
    ctx.fillStyle = "#fff";
    ctx.beginPath(); ctx.arc(8, 8, 11.2, 0, 7); ctx.fill();
    ctx.strokeStyle = "#1F2933"; ctx.lineWidth = 1.15; ctx.lineCap = "butt";
    const [from, to] = ARCS[credibility] || [0, 2];
    if (credibility === 5) ctx.setLineDash([2.6, 2.6]);
    if (credibility === 6) { ctx.setLineDash([0.01, 2.96]); ctx.lineCap = "round"; ctx.lineWidth = 1.5; }
    ctx.beginPath(); ctx.arc(8, 8, 9.9, from * Math.PI, to * Math.PI); ctx.stroke();
    ctx.setLineDash([]);
    if (credibility !== 5) return;
    ctx.beginPath(); ctx.moveTo(13.6, 13.6); ctx.lineTo(16.4, 16.4); ctx.moveTo(16.4, 13.6); ctx.lineTo(13.6, 16.4); ctx.stroke();
  }

  function question(ctx) {
    ctx.fillStyle = "#fff"; ctx.beginPath(); ctx.arc(14, 14, 4, 0, 7); ctx.fill();
    ctx.fillStyle = "#1F2933"; ctx.beginPath(); ctx.arc(14, 14, 3.3, 0, 7); ctx.fill();
    ctx.fillStyle = "#fff"; ctx.font = "700 5.6px " + panj.FONT; ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.fillText("?", 14, 14.3);
  }

  function camera(ctx, left) {
    ctx.save();
    ctx.translate(left ? -13 : 0, 0);
    ctx.fillStyle = "#fff"; ctx.strokeStyle = "#fff"; ctx.lineWidth = 1.6;
    const form = new Path2D("M10.6 11.2H15.2V16.4H10.6ZM15.2 13.2L18.2 11.6V16L15.2 14.4Z");
    ctx.stroke(form);
    ctx.fillStyle = "#1F2933"; ctx.fill(form);
    ctx.restore();
  }

  const CHANGED = {
    new: "M-16 -3A3.3 3.3 0 1 1 -9.4 -3A3.3 3.3 0 1 1 -16 -3Z", status: "M-12.7 -7L-8.9 -3L-12.7 1L-16.5 -3Z",
    grade: "M-15.6 -5.9H-9.8V-0.1H-15.6Z", amended: "M-12.7 -6.9L-8.9 -0.1H-16.5Z",
  };

  /** What changed since the compared day: disc, diamond, square or triangle at the upper left, clear of ring and numbers. */
  function change(ctx, what) {
    const form = new Path2D(CHANGED[what]);
    ctx.save();
    ctx.translate(8, 8);
    ctx.lineJoin = "round"; ctx.strokeStyle = "#fff"; ctx.lineWidth = 2; ctx.stroke(form);
    ctx.fillStyle = "#1F2933"; ctx.fill(form);
    ctx.restore();
  }

  function halo(ctx) {
    ctx.fillStyle = "#FFD54A"; ctx.strokeStyle = "#1F2933"; ctx.lineWidth = 0.9;
    ctx.beginPath(); ctx.arc(8, 8, 14.6, 0, 7); ctx.fill(); ctx.stroke();
  }

  /** What the selected country or party takes part in. */
  function glow(ctx) {
    ctx.fillStyle = "#FFD54A";
    ctx.beginPath(); ctx.arc(8, 8, 13.4, 0, 7); ctx.fill();
  }

  function paint(ctx, spec) {
    const shape = shapeOf(spec.kind);
    if (spec.selected) halo(ctx); else if (spec.lit) glow(ctx);
    if (spec.ahead) ctx.globalAlpha = 0.6;
    if (spec.credibility) ring(ctx, spec.credibility);
    ctx.save();
    if (spec.kind === "summit") { ctx.translate(8, 8); ctx.scale(1.14, 1.14); ctx.translate(-8, -8); }
    body(ctx, spec, shape);
    ctx.restore();
    if (spec.possible) question(ctx);
    if (spec.virtual) camera(ctx, spec.possible);
    if (spec.changed) change(ctx, spec.changed);
  }

  const keyOf = (s) => [s.kind, s.status, s.blocs.join("+"), s.credibility || 0, s.possible ? 1 : 0, s.virtual ? 1 : 0, s.selected ? 1 : s.lit ? 2 : 0,
                        s.ahead ? 1 : 0, s.changed || "", s.size, panj.ratio()].join("|");

  /**
   * A pre-drawn symbol.
   * @param {{kind: string, status: string, blocs: string[], credibility?: number, possible?: boolean, virtual?: boolean,
   *          selected?: boolean, lit?: boolean, ahead?: boolean, changed?: string, size: number}} spec credibility 0 = no ring
   * @returns {HTMLCanvasElement}
   */
  function stamp(spec) {
    const key = keyOf(spec);
    if (!stamps.has(key)) {
      const canvas = document.createElement("canvas"), unit = spec.size / GRID, px = Math.ceil(2 * HALF * unit);
      canvas.width = canvas.height = Math.ceil(px * panj.ratio());
      canvas.side = px;
      const ctx = canvas.getContext("2d");
      ctx.scale(panj.ratio(), panj.ratio());
      ctx.translate(px / 2, px / 2);
      ctx.scale(unit, unit);
      ctx.translate(-8, -8);
      paint(ctx, Object.assign({}, spec, { status: spec.ahead && !hollow(spec.status) ? "planned" : spec.status }));
      stamps.set(key, canvas);
    }
    return stamps.get(key);
  }

  /** Put a symbol's centre at x, y. */
  function put(ctx, spec, x, y) {
    const canvas = stamp(spec), half = canvas.side / 2;
    ctx.drawImage(canvas, Math.round((x - half) * panj.ratio()) / panj.ratio(), Math.round((y - half) * panj.ratio()) / panj.ratio(), canvas.side, canvas.side);
  }

  panj.FONT = '"Source Sans 3","Source Sans","Source Sans Pro","DejaVu Sans",sans-serif';
  panj.ratio = () => window.devicePixelRatio || 1;
  panj.symbols = { use, stamp, put, colours, hollow };
})(window.panj);
