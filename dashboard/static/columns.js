/* The picture of the timeline: days as stacked columns, the window, what is not known yet, months. */
(function (panj) {
  "use strict";

  const TOP = 22, BASE = 68, TRACK = 79, LABEL = 94, SIDE = 12, HEIGHT = 100;
  const DARK = "#1F2933", CERTAIN = "#6B7785", POSSIBLE = "#CDD3D9", INSIDE = "#9AA5B1";

  /**
   * Draw it.
   * @param {HTMLCanvasElement} canvas @param {number} w width @param {function(number): number} at px of a day's beginning
   * @param {{hist: object, window: number[], span: number[], known: ?number, xa: number, xb: number, unknown: number}} s
   * @returns {number} where the strip's own key ends, px
   */
  function draw(canvas, w, at, s) {
    const ratio = panj.ratio(), ctx = canvas.getContext("2d");
    if (canvas.width !== Math.round(w * ratio)) { canvas.width = Math.round(w * ratio); canvas.height = Math.round(HEIGHT * ratio); }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, w, HEIGHT);
    ctx.fillStyle = "#FFF1C2"; ctx.fillRect(s.xa, TOP, s.xb - s.xa, BASE - TOP);
    notKnown(ctx, s.unknown, w - SIDE);
    grid(ctx, s.hist, w);
    columns(ctx, s.hist, s.window, at, s.span[1], w);
    ticks(ctx, s.hist, w);
    months(ctx, w, at, s.span);
    return key(ctx, s.known !== null);
  }

  function notKnown(ctx, from, to) {
    if (from >= to) return;
    ctx.save();
    ctx.beginPath(); ctx.rect(from, TOP, to - from, BASE - TOP); ctx.clip();
    ctx.fillStyle = "rgba(233,228,216,0.55)"; ctx.fillRect(from, TOP, to - from, BASE - TOP);
    ctx.strokeStyle = "#CFC9BC"; ctx.lineWidth = 1;
    ctx.beginPath();
    for (let x = from - 60; x < to; x += 9) { ctx.moveTo(x, TOP); ctx.lineTo(x + 50, TOP + 50); }
    ctx.stroke();
    ctx.restore();
  }

  /** A round number near a third of the height. */
  function tick(most) {
    const power = Math.pow(10, Math.floor(Math.log10(Math.max(1, most / 2))));
    return [5, 2, 1].map((k) => k * power).find((v) => v <= most / 2) || 1;
  }

  const height = (n, most) => (BASE - TOP - 3) * n / Math.max(1, most);

  function grid(ctx, hist, w) {
    const each = Math.max(1, tick(hist.most));
    ctx.strokeStyle = "rgba(31,41,51,0.14)"; ctx.lineWidth = 1; ctx.beginPath();
    for (let v = each; v <= hist.most; v += each) { const y = Math.round(BASE - height(v, hist.most)) + 0.5; ctx.moveTo(SIDE, y); ctx.lineTo(w - SIDE, y); }
    ctx.stroke();
  }

  /** Numbers of the grid, over the columns. */
  function ticks(ctx, hist, w) {
    const each = Math.max(1, tick(hist.most)), style = { size: 11, align: "right", colour: "#3A444D", halo: 2 };
    for (let v = each, under = BASE; v <= hist.most; v += each) {
      const y = Math.max(TOP + 9, BASE - height(v, hist.most) - 1);
      if (under - y < 10) continue;
      panj.letters.write(ctx, v.toLocaleString("en"), w - SIDE - 3, y, style);
      under = y;
    }
  }

  function columns(ctx, hist, [a, b], at, last, w) {
    const bins = hist.certain.length;
    for (let k = 0; k < bins; k++) {
      const day = hist.first + k * hist.step, x = at(day), x2 = Math.min(at(day + hist.step), at(last + 1)), gap = x2 - x > 2.6 ? 0.7 : 0;
      const inside = day + hist.step - 1 >= a && day <= b, c = height(hist.certain[k], hist.most), p = height(hist.possible[k], hist.most);
      if (p) { ctx.fillStyle = inside ? INSIDE : POSSIBLE; ctx.fillRect(x, BASE - c - p, x2 - x - gap, p); }
      if (c) { ctx.fillStyle = inside ? DARK : CERTAIN; ctx.fillRect(x, BASE - c, x2 - x - gap, c); }
    }
    ctx.fillStyle = "#7B858E"; ctx.fillRect(SIDE, BASE, w - 2 * SIDE, 1.2);
    ctx.fillStyle = "#CDD3D9"; ctx.beginPath(); ctx.roundRect(SIDE - 2, TRACK - 2, w - 2 * SIDE + 4, 4, 2); ctx.fill();
  }

  function months(ctx, w, at, span) {
    const list = panj.days.months(span[0], span[1]), room = (w - 2 * SIDE) / list.length, every = Math.max(1, Math.ceil(34 / room));
    list.forEach((m, k) => {
      const x = at(m.day), show = every === 1 ? true : every < 12 ? (m.january || k % every === 0) : m.january && m.year % Math.ceil(every / 12) === 0;
      ctx.fillStyle = "#7B858E"; ctx.fillRect(Math.round(x), BASE, 1, 5);
      if (!show) return;
      const year = k === 0 || m.january, text = every >= 12 ? String(m.year) : room < 84 ? m.short + (year ? " " + m.year : "") : m.label + (year ? " " + m.year : "");
      if (x + 10 < w - SIDE) panj.letters.write(ctx, text, x + 4, LABEL, { size: 12, colour: "#3A444D" });
    });
  }

  /** The strip's own small key, left of the steps. */
  function key(ctx, known) {
    let x = panj.columns.left;
    for (const [colour, text] of [[CERTAIN, "certain"], [POSSIBLE, "possible"]].concat(known ? [["", "not known"]] : [])) {
      if (colour) { ctx.fillStyle = colour; ctx.fillRect(x, 7, 10, 10); } else {
        ctx.fillStyle = "#EFEBE1"; ctx.fillRect(x, 7, 10, 10); ctx.strokeStyle = "#B9B3A5"; ctx.lineWidth = 1; ctx.strokeRect(x + 0.5, 7.5, 9, 9);
        ctx.beginPath(); ctx.moveTo(x, 7); ctx.lineTo(x + 10, 17); ctx.stroke();
      }
      panj.letters.write(ctx, text, x + 14, 16, { size: 12.5, colour: "#3A444D" });
      x += 23 + panj.letters.width(text, { size: 12.5 });
    }
    return x;
  }

  /** Days per column: a week when a day would be thinner than a pixel and a half. */
  const stepFor = (first, last, width) => ((width - 2 * SIDE) / (last - first + 1) >= 1.5 ? 1 : (width - 2 * SIDE) / (last - first + 1) >= 0.25 ? 7 : 30);

  panj.columns = { draw, stepFor, left: 78 }; // left: px where the key begins, after the buttons
})(window.panj);
