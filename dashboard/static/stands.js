/* Where events stand when there is room to plan each: fans at places, trays at borders and ranges, counted discs where it is too tight. */
(function (panj) {
  "use strict";

  const MOST_FAN = 24, MOST_TRAY = 16, HARD = 6;
  const TINY_RING = 9; // px: below that a range is drawn like a place, only softer
  const TIED = 20; // px off its place from which something is tied to it
  const TOWARDS = [-90, -115, -65, -140, -40, 180, 0, 135, 45, 90].map((d) => d * Math.PI / 180);
  const SMALLER = 0.87; // of a symbol's size, in a fan that must be tight

  const push = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };
  const within = (view, x, y, edge) => panj.towns.within(view, x, y, edge);

  /** One symbol per kind with its number of events, for more events than can be shown one by one; none is left out. */
  function byKind(list) {
    const kinds = new Map();
    for (const i of list) push(kinds, i.kind, i);
    const heaps = [...kinds.values()].sort((a, b) => b.length - a.length), rest = heaps.slice(MOST_FAN - 1).flat();
    return (rest.length ? heaps.slice(0, MOST_FAN - 1).concat([rest]) : heaps).map((same) => (same.length === 1 ? same[0] : counted(same)));
  }

  /** A symbol that stands for several events: coloured only where all name the same blocs. */
  function counted(same) {
    const first = same.find((i) => !i.possible) || same[0], alike = same.every((i) => String(i.blocs) === String(first.blocs));
    return Object.assign({}, first, { count: same.length, several: same, number: undefined, credibility: 0, w0: 0, s0: 0, blocs: alike ? first.blocs : [] });
  }

  /** Fans for a group, the best to read first: every event, every event a little smaller, one symbol per kind. */
  function* fansOf(group, state, view) {
    if (group.items.length <= MOST_FAN) {
      yield panj.fans.plan(group.items, state.window, view.size);
      yield panj.fans.plan(group.items, state.window, view.size * SMALLER);
    }
    const fan = panj.fans.plan(byKind(group.items).map((i) => Object.assign({}, i, { w0: 0, s0: 0 })), [0, 0], view.size);
    fan.arcs.forEach((arc) => { arc.label = ""; });
    yield fan;
  }

  /** Open the first fan for which there is room; null when there is none. */
  function fanFor(group, state, view, taken) {
    for (const fan of fansOf(group, state, view)) {
      const best = turned(fan, group, view, taken);
      if (best.cost < 1500) return best.opened;
    }
    return null;
  }

  /** A fan in the direction with most room. */
  function turned(fan, group, view, taken) {
    let best = null;
    TOWARDS.forEach((towards, k) => {
      const opened = panj.fans.open(fan, group.x, group.y, towards), b = opened.box, i = view.inner;
      const out = Math.max(0, i[0] + 3 - b[0]) + Math.max(0, b[2] - i[2] + 3) + Math.max(0, i[1] + 3 - b[1]) + Math.max(0, b[3] - i[3] + 3);
      const under = opened.spots.some((s) => !within(view, s.x, s.y, 13) || taken.cost(panj.boxes.round(s.x, s.y, 18), "line") > 60);
      const hides = taken.items.some((t) => t.anchor && t.anchor !== group && opened.inside(t.x, t.y));
      const cost = out * 30 + (hides ? 4000 : 0) + (under ? 4000 : 0) + taken.cost(b) * 0.05 + k * 14;
      if (!best || cost < best.cost) best = { cost, opened };
    });
    return best;
  }

  /** Fans, single symbols and counted discs of the places in view; the selected first, then the fullest. */
  function atPlaces(state, list, view, plan) {
    const { taken } = plan, chosen = (g) => (g.items.some((i) => "event:" + i.id === state.selected) ? 1 : 0);
    for (const g of list) taken.add(panj.boxes.round(g.x, g.y, 16), { weight: 0.4, anchor: g, x: g.x, y: g.y, tag: g });
    for (const g of [...list].sort((a, b) => chosen(b) - chosen(a) || b.items.length - a.items.length)) {
      if (g.items.length === 1) alone(g.items[0], g.x, g.y, view, plan, g);
      else if (g.vague || view.zoom < 3.4) heap(state, g, plan);
      else fanOrHeap(state, g, view, plan);
    }
  }

  function fanOrHeap(state, g, view, plan) {
    const opened = fanFor(g, state, view, plan.taken);
    if (!opened) return heap(state, g, plan);
    plan.fans.push(Object.assign(opened, { group: g }));
    plan.spots.push(...opened.spots);
    plan.taken.add(opened.box, { weight: HARD, inside: opened.inside, tag: g });
    opened.spots.forEach((s) => number(s.item, s.x, s.y, s.size, plan, g));
    panj.names.apex(state, view, plan, opened);
  }

  function alone(item, x, y, view, plan, tag) {
    plan.spots.push({ item, x, y, alone: true });
    plan.taken.add(panj.boxes.round(x, y, view.size * 1.5), { weight: HARD, tag });
    number(item, x, y, view.size, plan, tag);
  }

  /** Where the number of the key stands, at the upper right of a symbol. */
  const numberBox = (x, y, size) => [x, y - 15, x + size * 0.45 + 18, y];

  /** Keep the number of a symbol free. */
  function number(item, x, y, size, plan, tag) {
    if (item.number !== undefined) plan.taken.add(numberBox(x, y, size), { weight: 3, tag });
  }

  /** How badly a symbol with its number, or the counted disc of several events, would lie on what is there. */
  function costAt(list, x, y, view, taken) {
    if (list.length > 1) return taken.cost(panj.boxes.round(x, y, discSide(list)), "line");
    return taken.cost(panj.boxes.round(x, y, view.size * 1.6), "line") + (list[0].number === undefined ? 0 : taken.cost(numberBox(x, y, view.size), "line"));
  }

  /** How many of these are only possible, or stand at no exact place. */
  const inexact = (items) => items.filter((i) => i.possible || i.ahead || i.form === "ring").length;

  /** The side of the square that a counted disc takes. */
  const discSide = (items) => 2 * panj.crowd.radius(items.length, inexact(items)) + 4;

  function heap(state, g, plan) {
    const maybe = inexact(g.items), shares = new Int32Array(state.theatre.blocs.length + 1), ids = state.theatre.blocs.map((b) => b.id);
    for (const i of g.items) shares[i.blocs.length ? ids.indexOf(i.blocs[0]) : ids.length]++;
    plan.heaps.push({ x: g.x, y: g.y, n: g.items.length, maybe, shares, items: g.items, title: g.mixed ? g.place + " and near" : g.place });
    plan.taken.add(panj.boxes.round(g.x, g.y, discSide(g.items)), { weight: HARD, tag: g });
  }

  /** A tray where there is room for it, else a symbol or a counted disc on the line or rim itself, or beside it. */
  function trayOrHeap(state, key, title, list, anchors, view, plan, beside) {
    const shownAs = list.length > MOST_TRAY ? byKind(list) : list, tray = { key, title, hint: shownAs.length > 1 ? "no exact place" : "", items: shownAs, all: list };
    let placed = view.zoom < 4.1 ? null : panj.trays.place(tray, anchors, plan.taken, view.clear, view.size);
    if (placed && placed.tight && shownAs.length > 1) placed = panj.trays.place(Object.assign({ narrow: true }, tray, { hint: "" }), anchors, plan.taken, view.clear, view.size);
    if (!placed || placed.tight) {
      const spots = beside && beside.length ? beside : anchors, cost = spots.map(([x, y]) => costAt(list, x, y, view, plan.taken));
      const [x, y] = spots[cost.indexOf(Math.min(...cost))];
      tie(plan, anchors, x, y);
      return list.length === 1 ? alone(list[0], x, y, view, plan) : heap(state, { x, y, items: list, place: title }, plan);
    }
    plan.trays.push(placed);
    plan.spots.push(...placed.spots);
    plan.taken.add(placed.box, { weight: HARD, tie: placed.anchor });
    panj.trays.leader(placed).forEach((box) => plan.taken.add(box, { weight: 3 }));
  }

  /** What stands well off its place is tied to it. */
  function tie(plan, anchors, x, y) {
    const near = anchors.reduce((best, a) => (Math.hypot(a[0] - x, a[1] - y) < Math.hypot(best[0] - x, best[1] - y) ? a : best));
    if (Math.hypot(near[0] - x, near[1] - y) > TIED) plan.ties.push([near, [x, y]]);
  }

  /** Where a leader may touch a border: a few points of it that can be seen. */
  function anchorsOf(borders, view, taken) {
    const points = [];
    for (const b of borders) for (const part of b.parts) points.push(...panj.lines.smooth(part, view, 6, 6));
    const open = (p) => !taken.items.some((t) => t.overlay && p[0] > t.box[0] && p[0] < t.box[2] && p[1] > t.box[1] && p[1] < t.box[3]);
    const seen = points.filter((p) => within(view, p[0], p[1], 8) && open(p)), step = Math.max(1, Math.floor(seen.length / 9));
    return seen.filter((_, k) => k % step === Math.floor(step / 2));
  }

  /** What a set of borders is called. */
  function borderTitle(state, borders) {
    if (borders.length === 1) return "On the " + panj.names.borderName(borders[0]);
    const shared = borders[0].pair.split("-").find((code) => borders.every((b) => b.pair.split("-").includes(code)));
    const name = (code) => (state.byCode.get(code) || { name: code }).name, known = state.theatre.borders.filter((b) => b.pair.split("-").includes(shared));
    if (!shared) return "On " + borders.length + " borders";
    if (borders.length === known.length) return "All borders of " + name(shared);
    const others = borders.map((b) => name(b.pair.split("-").find((code) => code !== shared)));
    return name(shared) + "’s borders with " + others.slice(0, -1).join(", ") + " and " + others[others.length - 1];
  }

  /** What the teeth of a border already say needs no band as well. */
  function banded(state, border, list) {
    const told = state.layers.has("borders") && panj.lines.inForce(border, state.day);
    return told ? list.filter((i) => i.kind !== "territorial_control") : list;
  }

  function atBorders(state, map, view, plan) {
    for (const [key, list] of [...map].sort((a, b) => b[1].length - a[1].length)) {
      const borders = key.split(";").map((pair) => state.borders.get(pair)).filter(Boolean), title = borderTitle(state, borders), anchors = anchorsOf(borders, view, plan.taken);
      for (const border of borders) plan.bands.push({ border, items: banded(state, border, list) });
      if (anchors.length) trayOrHeap(state, "border:" + key, title, list, anchors, view, plan);
      else list.forEach((i) => push(plan.off, title.replace(/^On (the )?/, ""), i));
    }
  }

  /** A range of the tables by its id; a ring of the analyst's own by its point. */
  function zoneOf(state, key, i) {
    if (state.zones.has(key)) return state.zones.get(key);
    const r = state.rows, row = i.row;
    return { id: "", name: i.place, lon: r.lon[row], lat: r.lat[row], radius_km: r.radius[row] || 20, x: r.x[row], y: r.y[row], shape: null, strip: null, land: state.byCode.get(r.country[row]) };
  }

  /** Ranges large enough to be seen; the others come back as soft places. */
  function atRings(state, map, view, plan) {
    const tiny = [], large = [];
    for (const [key, list] of map) {
      const zone = zoneOf(state, key, list[0]), x = zone.x * view.scale - view.x, y = zone.y * view.scale - view.y, r = panj.stretches.radiusOf(zone, view);
      plan.rings.push({ zone, look: panj.stretches.manner(list), items: list });
      if (!within(view, x, y, 0)) list.forEach((i) => push(plan.off, zone.name, i));
      else (r < TINY_RING ? tiny : large).push({ key, list, zone, x, y, r });
    }
    return { tiny, large };
  }

  /** Symbols of a range: one beside its rim, more in a tray. */
  function besideRings(state, large, view, plan) {
    for (const { key, list, zone, x, y, r } of large) {
      const at = (far) => [-45, -135, 0, 180, 45, 135, 90, -90].map((d) => [x + far * Math.cos(d * Math.PI / 180), y + far * Math.sin(d * Math.PI / 180)]);
      const out = [14, 22, 30, 38].flatMap((far) => at(r + far)).filter(([a, b]) => within(view, a, b, 12));
      const free = list.length === 1 && out.find(([a, b]) => plan.taken.free(panj.boxes.round(a, b, view.size * 1.6)) && costAt(list, a, b, view, plan.taken) === 0);
      if (free) { tie(plan, at(0.93 * r), free[0], free[1]); alone(list[0], free[0], free[1], view, plan); } else trayOrHeap(state, "ring:" + key, zone.name, list, at(0.93 * r), view, plan, out);
    }
  }

  /** Points of the emphasised borders, so that panels keep off them. */
  function keepOffLines(state, view, taken) {
    if (!state.layers.has("borders")) return;
    for (const b of state.theatre.borders.filter((border) => border.emphasis)) {
      for (const part of b.parts) for (const [x, y] of panj.lines.smooth(part, view, 12, 12)) if (within(view, x, y, 0)) taken.add(panj.boxes.round(x, y, 12), { weight: 1.5, tag: "line" });
    }
  }

  /** Plan everything. @param {object} state @param {{spots: Map, borders: Map, rings: Map}} parts items by place, by borders, by range */
  function plan(state, parts, view, out) {
    keepOffLines(state, view, out.taken);
    const { tiny, large } = atRings(state, parts.rings, view, out), found = panj.towns.find(state, parts.spots, view, out);
    const crowded = tiny.filter((t) => found.some((f) => Math.hypot(f.x - t.x, f.y - t.y) < panj.towns.NEAR + 6)), soft = tiny.filter((t) => !crowded.includes(t));
    atPlaces(state, panj.towns.joined(found.concat(soft.map((t) => ({ x: t.x + t.r, y: t.y - t.r, items: t.list, place: t.zone.name, vague: true })))), view, out);
    atBorders(state, parts.borders, view, out);
    besideRings(state, large.concat(crowded), view, out); // a range beside a city never stands in the city's fan
  }

  panj.stands = { plan };
})(window.panj);
