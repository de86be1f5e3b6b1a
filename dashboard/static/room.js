/* Room for the names of countries: where in the part that is in view each country is widest. */
(function (panj) {
  "use strict";

  const GRAIN = 8; // px of the grid that is looked at

  /** Which country each small cell of the canvas shows: -1 = none. */
  function owners(state, view) {
    const w = Math.ceil(view.width / GRAIN), h = Math.ceil(view.height / GRAIN), canvas = document.createElement("canvas");
    canvas.width = w; canvas.height = h;
    const ctx = canvas.getContext("2d", { willReadFrequently: true }), small = Object.assign({}, view, { scale: view.scale / GRAIN, x: view.x / GRAIN, y: view.y / GRAIN });
    state.theatre.countries.forEach((country, k) => {
      if (!panj.ground.meets(country.box, view.box)) return;
      ctx.fillStyle = "rgb(" + (k & 15) * 16 + "," + (k >> 4) * 16 + ",128)";
      ctx.fill(panj.ground.pathOf([country], small), "evenodd");
    });
    const data = ctx.getImageData(0, 0, w, h).data, cell = new Int16Array(w * h).fill(-1);
    for (let i = 0; i < cell.length; i++) {
      if (data[4 * i + 3] === 255 && data[4 * i + 2] === 128 && !(data[4 * i] & 15) && !(data[4 * i + 1] & 15)) cell[i] = (data[4 * i] >> 4) | data[4 * i + 1];
    }
    return { cell, w, h };
  }

  /** Distance of every cell to the edge of its country, in cells; the sea and the frame count as edge. */
  function depths({ cell, w, h }, inner) {
    const d = new Float32Array(cell.length), at = (x, y) => y * w + x;
    const same = (i, j) => cell[i] === cell[j];
    const [l, t, r, b] = inner.map((v) => v / GRAIN);
    const edge = (x, y) => x <= l || y <= t || x >= r - 1 || y >= b - 1;
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
      const i = at(x, y);
      if (cell[i] < 0 || edge(x, y)) continue;
      d[i] = 1 + Math.min(same(i, i - 1) ? d[i - 1] : 0, same(i, i - w) ? d[i - w] : 0, same(i, i - w - 1) ? d[i - w - 1] + 0.4 : 0.4);
    }
    for (let y = h - 1; y >= 0; y--) for (let x = w - 1; x >= 0; x--) {
      const i = at(x, y);
      if (cell[i] < 0 || edge(x, y)) continue;
      d[i] = Math.min(d[i], 1 + Math.min(same(i, i + 1) ? d[i + 1] : 0, same(i, i + w) ? d[i + w] : 0));
    }
    return d;
  }

  /** Up to 60 candidate points per country, deepest first. */
  function find(state, view) {
    const grid = owners(state, view), d = depths(grid, view.inner), byCountry = new Map();
    for (let i = 0; i < d.length; i++) {
      if (d[i] < 1.6) continue;
      const code = state.theatre.countries[grid.cell[i]].code;
      if (!byCountry.has(code)) byCountry.set(code, []);
      byCountry.get(code).push({ x: (i % grid.w + 0.5) * GRAIN, y: (Math.floor(i / grid.w) + 0.5) * GRAIN, depth: d[i] * GRAIN });
    }
    for (const [code, list] of byCountry) byCountry.set(code, spread(list.sort((a, b) => b.depth - a.depth)));
    return byCountry;
  }

  function spread(list) {
    const kept = [];
    for (const p of list) {
      if (kept.length >= 40) break;
      if (kept.every((k) => Math.abs(k.x - p.x) > 26 || Math.abs(k.y - p.y) > 13)) kept.push(p);
    }
    return kept;
  }

  panj.room = { find };
})(window.panj);
