/* What only some views ask for: the line round what is near a border, and the countries in which two days differ. */
(function (panj) {
  "use strict";

  const { worldX, worldY } = panj.rows;
  const CHANGED = { size: 12, weight: 700, colour: "#1F2933", halo: 3 };

  /** Rings of lon, lat, lon, lat, ... as a shape. */
  function ringed(rings) {
    return panj.ground.lines(rings.map((flat) => Float64Array.from(flat, (v, i) => (i % 2 ? worldY(v) : worldX(v)))));
  }

  /** Take over what a patch asks for. */
  function take(state, p) {
    state.changed = new Map(Object.entries(p.changed || {}));
    state.lit = p.lit ? new Set(panj.rows.bits(p.lit, state.rows.n)) : null;
    state.since = p.since === undefined ? null : p.since;
    state.near = p.near ? { km: p.near.km, pair: p.near.pair, shape: ringed(p.near.rings) } : null;
    state.compare = p.compare && Object.keys(p.compare.countries).length ? { day: p.compare.day, countries: new Map(Object.entries(p.compare.countries)) } : null;
  }

  /** Two dashed lines side by side. */
  function double(ctx, path) {
    const dash_px = [11, 5];
    panj.lines.stroke(ctx, path, { colour: "#FFFFFF", px: 6.6 }, 0.8);
    panj.lines.stroke(ctx, path, { colour: "#1F2933", px: 4.6, dash_px });
    panj.lines.stroke(ctx, path, { colour: "#FFFFFF", px: 1.8, dash_px });
  }

  /** A dashed line on white. */
  function distance(ctx, path, strokes) {
    panj.lines.stroke(ctx, path, { colour: "#FFFFFF", px: 3 }, 0.9);
    panj.lines.stroke(ctx, path, strokes.distance);
  }

  /** Draw both, over the lines of the base map. */
  function draw(ctx, state, view) {
    const t = state.theatre, codes = state.compare ? [...state.compare.countries.keys()] : [];
    if (codes.length) {
      const fine = panj.ground.countriesFor(t, view), path = (code) => panj.ground.pathOf(fine.filter((c) => c.code === code), view);
      codes.forEach((code) => double(ctx, path(code)));
    }
    if (state.near) distance(ctx, panj.ground.pathOf([state.near.shape], view), t.strokes);
  }

  /** A long change in two lines, the second from the arrow on. */
  const broken = (text) => (text.length > 26 && text.includes(" \u2192 ") ? text.split(/ (?=\u2192)/) : [text]);

  /** Countries in which two days differ: name and change in one label, inside the country or beside it. @returns {Set<string>} those that are named */
  function differing(state, ready, taken, out, view) {
    const told = new Set(), labels = new Map(state.theatre.labels.map((l) => [l.code, l.name]));
    for (const [code, lines] of state.compare ? state.compare.countries : []) {
      const room = ready.room.get(code) || [], name = { text: (labels.get(code) || code).toUpperCase(), style: panj.names.COUNTRY };
      const made = panj.letters.sprite([name].concat(lines.flatMap(broken).map((text) => ({ text, style: CHANGED }))));
      const inside = room.filter((p) => p.depth * 2.6 > made.width * 0.5), beside = [];
      for (const p of room.slice(0, 3)) for (const far of [30, 60, 95]) for (const [dx, dy] of [[0, 1], [0, -1], [1, 0], [-1, 0]]) {
        beside.push({ x: p.x + dx * (far + made.width / 2), y: p.y + dy * (far + made.height / 2), line: [p.x, p.y] });
      }
      const own = panj.names.centred(out, taken, view, made, inside, 3), called = !own && (panj.names.centred(out, taken, view, made, beside, 6) || panj.names.centred(out, taken, view, made, beside, 6, 700));
      if (called) out[out.length - 1].panel = true; // a name outside its country stands in a panel, tied to it
      if (own || called) told.add(code);
    }
    return told;
  }

  panj.asked = { take, draw, double, distance, differing };
})(window.panj);
