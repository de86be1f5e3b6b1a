/* Samples of the legend, drawn by the same code as the map. */
(function (panj) {
  "use strict";

  const W = 28, H = 16;

  function canvas() {
    const made = panj.list.element("canvas", "panj-swatch");
    made.width = W * panj.ratio(); made.height = H * panj.ratio();
    made.style.width = W + "px"; made.style.height = H + "px";
    made.setAttribute("aria-hidden", "true");
    const ctx = made.getContext("2d");
    ctx.scale(panj.ratio(), panj.ratio());
    return { made, ctx };
  }

  function area(ctx, state, kind, value) {
    const still = { x: 0, y: 0 };
    ctx.beginPath(); ctx.roundRect(1.5, 2, W - 3, H - 4, 2);
    ctx.fillStyle = kind === "disputed" ? state.theatre.palette.NOT_AGREED : state.theatre.palette.LAND;
    if (kind === "member") ctx.fillStyle = panj.fills.tintStyle(ctx, state.theatre, value.split("+"), still, panj.ratio());
    ctx.fill();
    if (kind === "observer") { ctx.fillStyle = panj.fills.hatchStyle(ctx, state.theatre, value, still, panj.ratio(), 0); ctx.fill(); }
    ctx.strokeStyle = "#5F676E"; ctx.lineWidth = 1;
    if (kind === "disputed") ctx.setLineDash([3, 2]);
    ctx.stroke();
  }

  const SYMBOL = {
    kind: (v) => ({ kind: v, status: "held", blocs: [""] }),
    colour: (v) => ({ kind: "exercise", status: "held", blocs: [v === "none" ? "" : v] }),
    status: (v) => ({ kind: "exercise", status: v, blocs: ["csto"] }),
    certainty: (v) => ({ kind: "exercise", status: v === "ahead" ? "planned" : "held", blocs: ["csto"], possible: v === "possible", ahead: v === "ahead" }),
    credibility: (v) => ({ kind: "exercise", status: "held", blocs: ["csto"], credibility: Number(v) }),
    changed: (v) => ({ kind: "exercise", status: "held", blocs: ["csto"], changed: v }),
    base: () => ({ kind: "base", status: "held", blocs: [""] }),
  };

  function line(ctx, state, name) {
    const path = new Path2D("M1 11C8 4 20 15 27 7"), s = state.theatre.strokes;
    if (name === "emphasis") ["emphasis_casing", "emphasis_river", "emphasis"].forEach((k) => panj.lines.stroke(ctx, path, s[k]));
    else if (name === "distance") panj.asked.distance(ctx, path, s);
    else panj.lines.stroke(ctx, path, s[name === "river" ? "river_main" : name]);
  }

  const FORM = {
    ring: (ctx) => soft(ctx, "#D55E00"),
    border: (ctx) => { ctx.strokeStyle = "#1F2933"; ctx.lineWidth = 1.6; stroke(ctx, 13); ctx.strokeStyle = "#D55E00"; ctx.lineWidth = 4.6; stroke(ctx, 7); },
    virtual: (ctx) => panj.symbols.put(ctx, { kind: "ministerial", status: "held", blocs: ["csto"], virtual: true, size: 12 }, 14, 8),
    region: (ctx) => listed(ctx, [4, 2]), country: (ctx) => listed(ctx, []), margin: (ctx) => listed(ctx, [1, 2]),
  };

  function stroke(ctx, y) { ctx.beginPath(); ctx.moveTo(1, y); ctx.lineTo(27, y); ctx.stroke(); }

  function soft(ctx, hue) {
    const g = ctx.createRadialGradient(15, 8.5, 0, 15, 8.5, 8);
    g.addColorStop(0, hue + "22"); g.addColorStop(0.75, hue + "26"); g.addColorStop(0.88, hue + "80"); g.addColorStop(1, hue + "00");
    ctx.fillStyle = g; ctx.fillRect(6, 0, 18, 17);
    ctx.strokeStyle = hue; ctx.lineWidth = 1.6; ctx.lineCap = "round"; ctx.setLineDash([0.01, 3.4]);
    ctx.beginPath(); ctx.arc(15, 8.5, 7, 0, 7); ctx.stroke();
  }

  function listed(ctx, dash) {
    ctx.strokeStyle = "#1F2933"; ctx.lineWidth = 1.2; ctx.setLineDash(dash);
    ctx.beginPath(); ctx.roundRect(5, 2.5, 20, 12, 3); ctx.stroke(); ctx.setLineDash([]);
    ctx.beginPath(); ctx.moveTo(9, 7); ctx.lineTo(21, 7); ctx.moveTo(9, 10.5); ctx.lineTo(17, 10.5); ctx.stroke();
  }

  function teeth(ctx) {
    ctx.strokeStyle = "#1F2933"; ctx.fillStyle = "#1F2933"; ctx.lineWidth = 1.2; stroke(ctx, 6);
    for (const x of [6, 15, 24]) { ctx.beginPath(); ctx.moveTo(x - 3.6, 6); ctx.lineTo(x + 3.6, 6); ctx.lineTo(x, 12); ctx.fill(); }
  }

  /** The sample of one legend key. @param {object} state @param {string} key @returns {HTMLCanvasElement} */
  panj.swatch = function (state, key) {
    const [kind, value] = key.split(":"), { made, ctx } = canvas();
    if (kind === "member" || kind === "observer" || kind === "disputed") area(ctx, state, kind, value);
    else if (SYMBOL[kind]) panj.symbols.put(ctx, Object.assign({ size: kind === "credibility" ? 11 : 14 }, SYMBOL[kind](value)), kind === "changed" ? 17 : 14, 8);
    else if (kind === "line") line(ctx, state, value);
    else if (kind === "form") FORM[value](ctx);
    else if (kind === "zone") soft(ctx, "#55606B");
    else if (kind === "control") teeth(ctx);
    else if (kind === "compare") panj.asked.double(ctx, new Path2D("M1 11C8 4 20 15 27 7"));
    return made;
  };
})(window.panj);
