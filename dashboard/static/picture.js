/* One frame of marks on the canvas, bottom to top: outlines, ranges, bands, names, panels, symbols, numbers. */
(function (panj) {
  "use strict";

  const NUMBER = { size: 12.5, weight: 700, colour: "#1F2933", halo: 2 };

  const ASIDE = [[0, 0], [-15, 11], [15, 11], [0, 17], [-17, -4], [17, -4], [0, -18], [-26, 20], [26, 20], [-38, 8], [38, 8], [-46, 16], [46, 16], [-30, 32], [30, 32]];

  /** Where the towers of bases stand: on the point, or beside what is there already and tied to it. */
  function basesOf(state, view, bases) {
    if (!state.layers.has("bases")) return [];
    return bases.map((base) => {
      const x = base.x * view.scale - view.x, y = base.y * view.scale - view.y;
      if (x < view.inner[0] || x > view.inner[2] || y < view.inner[1] || y > view.inner[3]) return null;
      const tries = ASIDE.map(([dx, dy]) => [x + dx, y + dy]), cost = tries.map(([a, b]) => state.plan.taken.cost(panj.boxes.round(a, b, 15)));
      const spot = tries[cost.indexOf(Math.min(...cost))]; // never left out: it could not be clicked
      state.plan.taken.add(panj.boxes.round(spot[0], spot[1], 15));
      if (spot[0] !== x || spot[1] !== y) state.plan.ties.push([[x, y], spot]);
      return { base, x: spot[0], y: spot[1] };
    }).filter(Boolean);
  }

  function outlines(ctx, state, view) {
    const [kind, id] = split(state.selected), trace = (item) => panj.stretches.outline(ctx, panj.ground.pathOf([item], view));
    if (kind === "country" && state.byCode.get(id)) trace(state.byCode.get(id));
    if (kind === "border" && state.borders.get(id)) trace(state.borders.get(id));
    if (kind === "zone" && state.zones.get(id) && state.zones.get(id).shape) trace(state.zones.get(id).shape);
    const region = kind === "region" && state.theatre.regions.find((r) => r.id === id);
    if (region) trace(panj.regions.outlines(state.theatre).find((r) => r.ids.includes(id)).shape);
    if (kind === "event") eventOutline(state, id, trace);
  }

  /** What a listed event is about: its country or the countries of its region, once it is selected. */
  function eventOutline(state, id, trace) {
    const row = state.live.find((i) => state.rows.id[i] === id);
    if (row === undefined) return;
    const form = state.theatre.forms[state.rows.form[row]], codes = new Set();
    if (form === "country") codes.add(state.rows.country[row]);
    if (form === "region") state.theatre.regions.filter((r) => state.rows.zones[row].includes(r.id)).forEach((r) => r.countries.forEach((c) => codes.add(c)));
    if (form === "border") state.rows.zones[row].filter((p) => state.borders.has(p)).forEach((p) => trace(state.borders.get(p)));
    codes.forEach((c) => { if (state.byCode.has(c)) trace(state.byCode.get(c)); });
  }

  /** `event:EV20` -> [`event`, `EV20`] */
  function split(id) {
    const at = id.indexOf(":");
    return at < 0 ? ["", ""] : [id.slice(0, at), id.slice(at + 1)];
  }

  function ranges(ctx, state, view) {
    const own = new Set(state.plan.rings.map((r) => r.zone.id).filter(Boolean));
    if (state.layers.has("zones")) state.theatre.zones.filter((z) => z.shape && !own.has(z.id)).forEach((z) => panj.stretches.ring(ctx, z, null, view));
    state.plan.rings.forEach((r) => panj.stretches.ring(ctx, r.zone, r.look, view));
  }

  function symbol(ctx, state, spot, view) {
    const i = spot.item, selected = "event:" + i.id === state.selected && !i.several, lit = !!state.lit && (i.several || [i]).some((one) => state.lit.has(one.row));
    panj.symbols.put(ctx, { kind: i.kind, status: i.status, blocs: i.blocs, credibility: i.several ? 1 : i.credibility, possible: i.possible && !i.several,
                            virtual: i.form === "virtual" && !i.several, selected, lit, ahead: i.ahead, changed: i.several ? undefined : i.changed, size: spot.size || view.size }, spot.x, spot.y);
    if (i.several) badge(ctx, spot, i.count, spot.size || view.size);
  }

  /** How many events a symbol stands for. */
  function badge(ctx, spot, n, size) {
    const text = String(n), w = panj.letters.width(text, NUMBER) + 8, x = spot.x + size * 0.5, y = spot.y - size * 0.95;
    ctx.fillStyle = "#1F2933"; ctx.strokeStyle = "#fff"; ctx.lineWidth = 1.2;
    ctx.beginPath(); ctx.roundRect(x, y, w, 15, 7.5); ctx.fill(); ctx.stroke();
    panj.letters.write(ctx, text, x + w / 2, y + 11.8, { size: 11.5, weight: 700, colour: "#fff", align: "center" });
  }

  /** Numbers of the key at the upper right of their symbols, clear of the ring. */
  function numbers(ctx, spots, view) {
    for (const s of spots) {
      const off = (s.size || view.size) / 16 * 10.2 * 0.72;
      if (s.item.number === undefined || s.item.several) continue;
      panj.letters.write(ctx, String(s.item.number), s.x + off + 1.5, s.y - off + 1, s.alone ? NUMBER : Object.assign({}, NUMBER, { halo: 0 }));
    }
  }

  /** Draw a planned frame. */
  function draw(ctx, state, view) {
    const plan = state.plan, chosen = (s) => "event:" + s.item.id === state.selected;
    outlines(ctx, state, view);
    ranges(ctx, state, view);
    plan.bands.forEach((b) => panj.stretches.bands(ctx, b.border, b.items, view));
    panj.names.draw(ctx, plan.names);
    plan.ties.forEach(([place, mark]) => panj.trays.tie(ctx, place, mark, 2.2));
    plan.bases.forEach((b) => base(ctx, b, state, view));
    plan.trays.forEach((t) => panj.trays.draw(ctx, t));
    plan.fans.forEach((f) => panj.fans.draw(ctx, f));
    plan.fans.forEach((f) => panj.names.dot(ctx, { x: f.x, y: f.y, capital: f.capital }));
    plan.apexes.forEach((t) => panj.letters.put(ctx, t.made, t.x, t.y));
    [...plan.spots].sort((a, b) => chosen(a) - chosen(b)).forEach((s) => symbol(ctx, state, s, view));
    numbers(ctx, plan.spots, view);
    plan.heaps.forEach((h) => panj.crowd.draw(ctx, h, state.theatre, h.items && h.items.some((i) => "event:" + i.id === state.selected || (state.lit && state.lit.has(i.row)))));
  }

  function base(ctx, b, state, view) {
    panj.symbols.put(ctx, { kind: "base", status: "held", blocs: [""], selected: state.selected === "base:" + b.base.id, size: view.size - 2 }, b.x, b.y);
  }

  /** Name of anything that can be selected. @returns {string} */
  function nameOf(state, id) {
    const [kind, name] = split(id), t = state.theatre;
    if (kind === "event") {
      const row = state.live ? state.live.find((i) => state.rows.id[i] === name) : undefined;
      return row === undefined ? "" : state.rows.title[row] + " · " + state.rows.when[row];
    }
    if (kind === "border") return state.borders.has(name) ? panj.names.borderName(state.borders.get(name)) : "";
    const found = { country: state.byCode.get(name), zone: state.zones.get(name), base: t.bases.find((b) => b.id === name), region: t.regions.find((r) => r.id === name) }[kind];
    return found ? found.name : "";
  }

  panj.picture = { basesOf, draw, nameOf };
})(window.panj);
