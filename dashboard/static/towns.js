/* Places of events on the screen: named as their events name them, joined where they touch. */
(function (panj) {
  "use strict";

  const NEAR = 17; // px: places closer than that are one group
  const TOWN = 0.12; // degrees from a town of the map whose name a place bears that its event calls so too

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

  /** Name of the town nearest to a row's point; empty when none is close. */
  function townOf(state, row) {
    const { lon, lat } = state.rows, cos = Math.cos(lat[row] * Math.PI / 180);
    let name = "", least = TOWN;
    for (const p of state.theatre.places) {
      const d = Math.hypot((p.lon - lon[row]) * cos, p.lat - lat[row]);
      if (d < least) { least = d; name = p.name; }
    }
    return name;
  }

  const plain = (text) => " " + text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim() + " ";

  /** What an event calls its place; the town there where it names that too, or none as that of a video link. */
  function called(state, item) {
    const town = townOf(state, item.row), own = item.place.split(/[,(]/)[0].trim();
    return town && (item.form === "virtual" || !own || plain(item.place).includes(plain(town))) ? town : own;
  }

  /** The places in view; what lies beyond the edge goes to the margin. */
  function find(state, spots, view, { off, taken }) {
    const found = [], covers = taken.items.filter((t) => t.covers), hidden = (x, y) => covers.some((t) => x > t.box[0] && x < t.box[2] && y > t.box[1] && y < t.box[3]);
    for (const list of spots.values()) {
      const row = list[0].row, names = [...new Set(list.map((i) => called(state, i)))], x = state.rows.x[row] * view.scale - view.x, y = state.rows.y[row] * view.scale - view.y;
      if (within(view, x, y, 2) && !hidden(x, y)) found.push({ x, y, items: list, place: names[0], mixed: names.length > 1 });
      else list.forEach((i) => push(off, called(state, i) || "elsewhere", i));
    }
    return found;
  }

  panj.towns = { NEAR, find, joined, within };
})(window.panj);
