/* Places of events on the screen: named as their events name them, joined where they touch. */
(function (panj) {
  "use strict";

  const NEAR = 17; // px: places closer than that are one group

  const push = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };
  const within = (view, x, y, edge) => x >= view.inner[0] + edge && y >= view.inner[1] + edge && x <= view.inner[2] - edge && y <= view.inner[3] - edge;

  /** Places on the screen; those that touch are one group. @param {object[]} found x, y, items, place */
  function joined(found) {
    found.sort((a, b) => b.items.length - a.items.length || a.items[0].row - b.items[0].row);
    const kept = [];
    for (const g of found) {
      const host = kept.find((k) => Math.hypot(k.x - g.x, k.y - g.y) < NEAR);
      if (host) { host.items = host.items.concat(g.items); host.mixed = true; host.vague = host.vague && g.vague; } else kept.push(g);
    }
    return kept;
  }

  /** The places in view; what lies beyond the edge goes to the margin. */
  function find(state, spots, view, { off, taken }) {
    const found = [], called = (i) => state.rows.called[i.row] || "elsewhere", covers = taken.items.filter((t) => t.covers), hidden = (x, y) => covers.some((t) => x > t.box[0] && x < t.box[2] && y > t.box[1] && y < t.box[3]);
    for (const list of spots.values()) {
      const row = list[0].row, names = new Set(list.map(called)), x = state.rows.x[row] * view.scale - view.x, y = state.rows.y[row] * view.scale - view.y;
      if (within(view, x, y, 2) && !hidden(x, y)) found.push({ x, y, items: list, place: [...names][0], mixed: names.size > 1 });
      else list.forEach((i) => push(off, called(i), i));
    }
    return found;
  }

  panj.towns = { NEAR, find, joined, within };
})(window.panj);
