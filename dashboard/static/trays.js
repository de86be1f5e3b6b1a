/* Trays: events of a border or a range stand in a panel beside it, tied to it by a leader, never on it. */
(function (panj) {
  "use strict";

  const ROW = 8; // symbols beside each other
  const ACROSS = 150; // a leader that would cross a fan or a panel: no tray
  const last = new Map(); // where a tray stood, so that it stays there while a window is dragged

  /** @param {{title: string, hint: string, items: object[]}} tray @param {number} size */
  function measure(tray, size) {
    if (tray.items.length === 1) return chip(tray, size);
    const step = 2.55 * size, rows = Math.ceil(tray.items.length / ROW) + (tray.narrow ? 1 : 0), per = Math.ceil(tray.items.length / rows);
    const title = panj.letters.width(tray.title, { size: 12.5, weight: 600 }), hint = tray.hint ? panj.letters.width(tray.hint, { size: 11.5, italic: true }) + 16 : 0;
    return { step, rows, per, lead: 19, width: Math.max(title + hint + 22, per * step + 14), height: 22 + rows * (1.95 * size + 3) + 5, title };
  }

  /** A single event: its symbol beside the name. */
  function chip(tray, size) {
    const wide = 2.5 * size + 8, title = panj.letters.width(tray.title, { size: 12.5, weight: 600 });
    return { chip: wide, step: 0, rows: 1, per: 1, width: wide + title + 10, height: Math.round(1.9 * size + 4), title };
  }

  /** What lies under a leader. */
  function crossed(taken, [x, y], box) {
    const tx = Math.max(box[0], Math.min(box[2], x)), ty = Math.max(box[1], Math.min(box[3], y));
    let sum = 0;
    for (const t of [0.15, 0.4, 0.65, 0.9]) sum += taken.cost(panj.boxes.round(x + (tx - x) * t, y + (ty - y) * t, 4), "line");
    return sum;
  }

  /** Candidate corners round some anchors. */
  function* candidates(anchors, w, h) {
    for (const a of anchors) {
      for (const far of [34, 62, 96, 140]) {
        for (const [dx, dy] of [[0, 1], [0, -1], [1, 0.35], [-1, 0.35], [1, -0.5], [-1, -0.5], [0.6, 1], [-0.6, 1], [0.6, -1], [-0.6, -1]]) {
          const x = dx === 0 ? a[0] - w / 2 : dx > 0 ? a[0] + dx * far : a[0] + dx * far - w;
          const y = dy > 0 ? a[1] + dy * far : a[1] + dy * far - h;
          yield { x, y, anchor: a, far };
        }
      }
    }
  }

  /** Least bad place for a tray. @param {object} tray @param {number[][]} anchors px @param {object} taken @param {number[]} frame box that must hold it */
  function place(tray, anchors, taken, frame, size) {
    const m = measure(tray, size), old = last.get(tray.key), ties = taken.items.filter((t) => t.tie).map((t) => t.tie);
    let best = null;
    const weigh = (c) => {
      const box = [c.x - 3, c.y - 3, c.x + m.width + 3, c.y + m.height + 3];
      const out = Math.max(0, frame[0] - box[0]) + Math.max(0, box[2] - frame[2]) + Math.max(0, frame[1] - box[1]) + Math.max(0, box[3] - frame[3]);
      const tied = ties.some((t) => Math.hypot(t[0] - c.anchor[0], t[1] - c.anchor[1]) < 30), least = out * 400 + c.far * 2 + (tied ? 500 : 0) + (c.kept ? -400 : 0);
      if (best && least > best.cost) return; // far outside: what lies there need not be asked
      const cost = taken.cost(box) + least;
      if (best && cost > best.cost) return;
      const whole = cost + 8 * crossed(taken, c.anchor, box);
      if (!best || whole < best.cost) best = { cost: whole, x: c.x, y: c.y, anchor: c.anchor, box, across: (whole - cost) / 8 };
    };
    for (const c of candidates(anchors, m.width, m.height)) weigh(c);
    if (old) {
      const x = old.x - (m.width - old.width) / 2, y = old.y, near = nearest(anchors, x + m.width / 2, y + m.height / 2);
      if (near) weigh({ x, y, anchor: near, far: 30, kept: true });
    }
    if (!best) return null;
    best.tight = taken.items.some((t) => t.weight >= 6 && panj.boxes.cross(t.box, best.box) > 40 && taken.cost(best.box) > 90) || outside(best.box, frame) > 6 || best.across > ACROSS;
    last.set(tray.key, { x: best.x, y: best.y, width: m.width });
    return Object.assign({ tray, m, spots: spotsOf(tray, m, best, size) }, best);
  }

  const outside = (box, frame) => Math.max(frame[0] - box[0], box[2] - frame[2], frame[1] - box[1], box[3] - frame[3]);

  function nearest(anchors, x, y) {
    let best = null, least = Infinity;
    for (const a of anchors) {
      const d = Math.hypot(a[0] - x, a[1] - y);
      if (d < least) { least = d; best = a; }
    }
    return least < 260 ? best : null;
  }

  function spotsOf(tray, m, at, size) {
    if (m.chip) return [{ item: tray.items[0], x: at.x + size * 0.95, y: at.y + m.height / 2 }];
    return tray.items.map((item, k) => ({
      item, x: at.x + 9 + (k % m.per + 0.42) * m.step, y: at.y + 22 + (Math.floor(k / m.per) + 0.5) * (1.95 * size + 3) + 1 }));
  }

  /** Where the leader meets the panel. */
  function foot({ m, x, y, anchor }) {
    const ex = Math.max(x + 12, Math.min(x + m.width - 12, anchor[0])), ey = anchor[1] < y ? y : anchor[1] > y + m.height ? y + m.height : anchor[1];
    return [ey === anchor[1] ? (anchor[0] < x ? x : x + m.width) : ex, ey];
  }

  /** Small boxes along the leader, so that no name lies across it. @returns {number[][]} */
  function leader(placed) {
    const [ax, ay] = placed.anchor, [tx, ty] = foot(placed), n = Math.ceil(Math.hypot(tx - ax, ty - ay) / 8);
    return Array.from({ length: n }, (_, k) => panj.boxes.round(ax + (tx - ax) * k / n, ay + (ty - ay) * k / n, 7));
  }

  /** A leader from where something is to what is drawn of it beside. */
  function tie(ctx, [ax, ay], [bx, by], radius) {
    for (const [colour, width] of [["#fff", 3.2], ["#1F2933", 1]]) {
      ctx.strokeStyle = colour; ctx.lineWidth = width;
      ctx.beginPath(); ctx.moveTo(ax, ay); ctx.lineTo(bx, by); ctx.stroke();
    }
    ctx.fillStyle = "#1F2933";
    ctx.beginPath(); ctx.arc(ax, ay, radius, 0, 7); ctx.fill();
  }

  /** Draw leader, panel and title. */
  function draw(ctx, placed) {
    const { tray, m, x, y, anchor } = placed;
    tie(ctx, anchor, foot(placed), 3.2);
    panj.letters.panel(ctx, x, y, m.width, m.height, 5, 0.96);
    panj.letters.write(ctx, tray.title, x + (m.chip || 10), y + (m.chip ? m.height / 2 + 4.5 : 16), { size: 12.5, weight: 600 });
    if (tray.hint) panj.letters.write(ctx, tray.hint, x + m.width - 10, y + 16, { size: 11.5, italic: true, align: "right", colour: "#4A545E" });
  }

  /** Trays may move again: the map has moved. */
  const forget = () => last.clear();

  panj.trays = { place, leader, tie, draw, forget };
})(window.panj);
