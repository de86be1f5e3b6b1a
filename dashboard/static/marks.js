/* Where every event of the window stands on the screen: places, fans, trays, heaps, or the margin list. */
(function (panj) {
  "use strict";

  const DENSE = 700; // more drawn events than this are counted by cells of the screen

  /** One drawn row as the other files want it. */
  function item(state, row, certain, ahead) {
    const r = state.rows, t = state.theatre;
    return { row, id: r.id[row], title: r.title[row], kind: t.kinds[r.kind[row]].id, kinds: t.kinds[r.kind[row]].plural, status: t.statuses[r.status[row]].id,
             blocs: r.blocs[row].map((b) => t.blocs[b].id), credibility: r.credibility[row], possible: !certain && !ahead, ahead: !!ahead,
             form: t.forms[r.form[row]], country: r.country[row], place: r.place[row], when: r.when[row], w0: r.w0[row], s0: r.s0[row],
             parent: r.parent[row], changed: state.changed ? state.changed.get(r.id[row]) : undefined, number: state.numbers ? state.numbers[r.id[row]] : undefined };
  }

  /** All items of a frame in the order in which a reader goes through them: parts under their meeting. */
  function items(state) {
    const found = [], s = state.shown;
    for (let k = 0; k < s.n; k++) found.push(item(state, s.row[k], s.certain[k], false));
    for (const row of s.ahead) found.push(item(state, row, 0, true));
    const byId = new Map(found.map((i) => [i.id, i])), root = (i, depth) => (byId.has(i.parent) && depth < 5 ? root(byId.get(i.parent), depth + 1) : i);
    for (const i of found) { i.root = root(i, 0); }
    const key = (i) => (i.number === undefined ? 1e9 : i.number);
    return found.sort((a, b) => key(a) - key(b) || a.root.w0 - b.root.w0 || a.root.row - b.root.row || (a !== a.root) - (b !== b.root) || a.w0 - b.w0 || a.row - b.row);
  }

  const push = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };

  /** Sort items by what they can be drawn at. */
  function sorted(state, all) {
    const out = { spots: new Map(), borders: new Map(), rings: new Map(), listed: [] };
    for (const i of all) {
      if (i.form === "symbol" || i.form === "virtual") push(out.spots, state.rows.spot[i.row], i);
      else if (i.form === "border") push(out.borders, state.rows.zones[i.row].join(";"), i);
      else if (i.form === "ring") push(out.rings, ringKey(state, i), i);
      else out.listed.push(i);
    }
    return out;
  }

  /** A range of the tables by its id; a ring of the analyst's own by its point. */
  function ringKey(state, i) {
    const named = state.rows.zones[i.row].find((id) => state.zones.has(id) && state.zones.get(id).shape);
    return named || "own:" + state.rows.lon[i.row] + "," + state.rows.lat[i.row] + "," + state.rows.radius[i.row];
  }

  /**
   * Plan a frame.
   * @param {object} state the frame's state with `shown` @param {object} view canvas view: scale, x, y, inner, clear, size, zoom
   */
  function plan(state, view) {
    const taken = new panj.boxes.Taken(), out = { taken, spots: [], fans: [], trays: [], heaps: [], ties: [], bands: [], rings: [], off: new Map(), listed: [], dense: null,
                                                       apexes: [], named: new Set() };
    for (const over of panj.pane.overlays(view)) taken.add(over.box, { weight: 8, overlay: true, covers: over.covers });
    if (state.layers.has("events")) {
      if (state.shown.n > DENSE) dense(state, view, out); else sparse(state, view, out);
    }
    return out;
  }

  function sparse(state, view, out) {
    const parts = sorted(state, items(state));
    panj.stands.plan(state, parts, view, out);
    out.listed = parts.listed;
  }

  /** Too many to plan each: heaps by cells; borders, ranges and the margin list by number only. */
  function dense(state, view, out) {
    const isPoint = state.theatre.forms.map((f) => f === "symbol" || f === "virtual"), b = panj.crowd.bins(state.rows, state.shown, view, isPoint);
    const list = panj.crowd.heaps(b), { owner } = panj.crowd.shares(state.rows, state.shown, b, list, state.theatre.blocs.length);
    out.dense = { bins: b, owner };
    list.forEach((h, k) => {
      if (h.n === 1) out.spots.push({ item: item(state, state.shown.row[h.one], state.shown.certain[h.one], false), x: h.x, y: h.y, alone: true });
      else out.heaps.push(Object.assign(h, { number: k, title: "", items: null }));
      out.taken.add(panj.boxes.round(h.x, h.y, 2 * panj.crowd.radius(h.n, h.maybe) + 2), { weight: 2 });
    });
    rest(state, out);
  }

  /** In a dense frame what stands in no heap is only counted; its list is made when somebody asks for it. */
  function rest(state, out) {
    const { cell } = out.dense.bins;
    out.beyond = 0;
    for (let k = 0; k < state.shown.n; k++) if (cell[k] < 0) out.beyond++;
  }

  /** Items of a dense frame that stand in no heap. */
  function beyondItems(state, plan) {
    const found = [];
    for (let k = 0; k < state.shown.n; k++) if (plan.dense.bins.cell[k] < 0) found.push(item(state, state.shown.row[k], state.shown.certain[k], false));
    return found;
  }

  /** Items of a heap, made only when somebody opens it. */
  function heapItems(state, plan, heap) {
    if (heap.items) return heap.items;
    const found = [], { bins, owner } = plan.dense;
    for (let k = 0; k < state.shown.n; k++) {
      if (bins.cell[k] >= 0 && owner[bins.cell[k]] === heap.number) found.push(item(state, state.shown.row[k], state.shown.certain[k], false));
    }
    return found;
  }

  panj.marks = { plan, items, heapItems, beyondItems, item };
})(window.panj);
