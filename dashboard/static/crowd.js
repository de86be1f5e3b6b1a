/* Crowds: where there is no room for symbols, a counted disc whose rim shows the blocs; every event stays reachable by a click. */
(function (panj) {
  "use strict";

  const CELL = 52; // px
  const PARTS = 6;

  /**
   * Count rows by cells of the screen. Cells hang on the world, so that they do not swim while the map is moved.
   * @param {object} rows @param {{row: Int32Array, n: number}} shown @param {object} view @param {number} most form numbers below this have a point
   */
  function bins(rows, shown, view, isPoint) {
    const ox = Math.floor(view.x / CELL), oy = Math.floor(view.y / CELL), across = Math.ceil(view.width / CELL) + 2, down = Math.ceil(view.height / CELL) + 2;
    const cells = across * down, count = new Int32Array(cells), sx = new Float64Array(cells), sy = new Float64Array(cells), one = new Int32Array(cells), maybe = new Int32Array(cells);
    const cell = new Int32Array(shown.n).fill(-1), { x, y, form } = rows;
    for (let k = 0; k < shown.n; k++) {
      const i = shown.row[k];
      if (!isPoint[form[i]]) continue;
      const px = x[i] * view.scale - view.x, py = y[i] * view.scale - view.y;
      if (px < 0 || py < 0 || px > view.width || py > view.height) continue;
      const c = (Math.floor((py + view.y) / CELL) - oy) * across + Math.floor((px + view.x) / CELL) - ox;
      count[c]++; sx[c] += px; sy[c] += py; one[c] = k; cell[k] = c;
      if (!shown.certain[k]) maybe[c]++;
    }
    return { count, maybe, sx, sy, one, cell, across, cells };
  }

  /** Heaps of a frame: position, number, cells they are made of; touching ones are joined. */
  function heaps(b) {
    const found = [];
    for (let c = 0; c < b.cells; c++) if (b.count[c]) found.push({ n: b.count[c], maybe: b.maybe[c], x: b.sx[c] / b.count[c], y: b.sy[c] / b.count[c], cells: [c], one: b.one[c] });
    return joined(found.sort((p, q) => q.n - p.n));
  }

  /** Radius of a disc, px: few steps, so that few discs have to be drawn; a little more where the possible are told apart. */
  const radius = (n, maybe) => (n < 10 ? 11 : n < 100 ? 13 : n < 1000 ? 15 : 18) + (maybe ? 4 : 0);

  /** `18`, or `18 + 5` with what is only possible or planned apart. @param {object[]} items */
  function counted(items) {
    const rest = items.filter((i) => i.possible || i.ahead).length;
    return (items.length - rest).toLocaleString("en") + (rest ? " + " + rest.toLocaleString("en") : "");
  }

  /** The same for a heap, in words. */
  function said(heap) {
    const sure = heap.n - heap.maybe, events = (n) => n.toLocaleString("en") + (n === 1 ? " event" : " events");
    return heap.maybe ? sure.toLocaleString("en") + " + " + heap.maybe.toLocaleString("en") + " possible or inexact events" : events(heap.n);
  }

  function joined(sorted) {
    const kept = [];
    for (const heap of sorted) {
      const host = kept.find((k) => Math.hypot(k.x - heap.x, k.y - heap.y) < radius(k.n, k.maybe) + radius(heap.n, heap.maybe) + 3);
      if (!host) { kept.push(heap); continue; }
      host.n += heap.n;
      host.maybe += heap.maybe;
      host.cells.push(...heap.cells);
    }
    return kept;
  }

  /** Shares of blocs in each heap: one pass over the rows. */
  function shares(rows, shown, b, list, blocs) {
    const owner = new Int32Array(b.cells).fill(-1), table = new Int32Array(list.length * (blocs + 1));
    list.forEach((heap, h) => heap.cells.forEach((c) => { owner[c] = h; }));
    for (let k = 0; k < shown.n; k++) {
      if (b.cell[k] < 0) continue;
      table[owner[b.cell[k]] * (blocs + 1) + Math.min(rows.bloc[shown.row[k]], blocs)]++;
    }
    list.forEach((heap, h) => { heap.shares = table.subarray(h * (blocs + 1), (h + 1) * (blocs + 1)); });
    return { owner };
  }

  const figure = (n) => (n < 10000 ? String(n) : n < 1e6 ? Math.round(n / 1000) + "k" : (n / 1e6).toFixed(1) + "M");

  /** Shares in sixths of the rim, the largest remainders first: few enough pictures to keep. @returns {number[]} */
  function sixths(shares, n) {
    const exact = Array.from(shares, (v) => PARTS * v / n), whole = exact.map(Math.floor);
    const order = exact.map((v, k) => [v - whole[k], k]).sort((p, q) => q[0] - p[0]);
    for (let left = PARTS - whole.reduce((p, q) => p + q, 0), k = 0; left > 0; left--, k++) whole[order[k][1]]++;
    return whole;
  }

  const discs = new Map();

  /** A disc without its number, drawn once. */
  function disc(r, rim, theatre, selected) {
    const key = r + "|" + rim + "|" + selected + panj.ratio();
    if (!discs.has(key)) {
      if (discs.size > 3000) discs.clear();
      const canvas = document.createElement("canvas"), half = r + 6;
      canvas.width = canvas.height = Math.ceil(2 * half * panj.ratio());
      const ctx = canvas.getContext("2d");
      ctx.scale(panj.ratio(), panj.ratio());
      ctx.translate(half, half);
      paint(ctx, r, rim, theatre, selected);
      discs.set(key, canvas);
    }
    return discs.get(key);
  }

  function paint(ctx, r, rim, theatre, selected) {
    ctx.fillStyle = selected ? "#FFD54A" : "#fff";
    ctx.beginPath(); ctx.arc(0, 0, r + (selected ? 4.5 : 1.4), 0, 7); ctx.fill();
    ctx.fillStyle = "#fff";
    ctx.beginPath(); ctx.arc(0, 0, r, 0, 7); ctx.fill();
    let from = -Math.PI / 2;
    rim.forEach((share, k) => {
      const to = from + 2 * Math.PI / PARTS * share;
      ctx.strokeStyle = k === theatre.blocs.length ? "#55606B" : theatre.blocs[k].hue;
      ctx.lineWidth = 3;
      if (share) { ctx.beginPath(); ctx.arc(0, 0, r - 1.9, from, to); ctx.stroke(); }
      from = to;
    });
    ctx.strokeStyle = "#1F2933"; ctx.lineWidth = 0.9;
    ctx.beginPath(); ctx.arc(0, 0, r, 0, 7); ctx.stroke();
  }

  /** Draw one counted disc. @param {{x: number, y: number, n: number, maybe: number, shares: ArrayLike<number>}} heap */
  function draw(ctx, heap, theatre, selected) {
    const r = radius(heap.n, heap.maybe), made = disc(r, sixths(heap.shares, heap.n), theatre, !!selected), x = Math.round(heap.x), y = Math.round(heap.y);
    ctx.drawImage(made, x - r - 6, y - r - 6, made.width / panj.ratio(), made.height / panj.ratio());
    const text = figure(heap.n - heap.maybe), lines = [{ text, style: { size: text.length > 3 ? 11 : 12, weight: 700, colour: "#1F2933" } }];
    if (heap.maybe) lines.push({ text: "+ " + figure(heap.maybe), style: { size: 11, weight: 400, colour: "#3A444D" } });
    const word = panj.letters.sprite(lines);
    panj.letters.put(ctx, word, x - word.width / 2, y - word.height / 2);
  }

  panj.crowd = { bins, heaps, shares, draw, radius, counted, said };
})(window.panj);
