/* Several events in one city: a fan, one arc per day, the latest innermost, first to last clockwise. */
(function (panj) {
  "use strict";

  const MOST_ARCS = 4;
  const TURN = Math.PI * 1.03; // the widest a fan opens
  const MOST_IN_ARC = 9;

  /** Day names of what cannot be put on one day. */
  function dayName(item, window) {
    if (item.w0 !== item.s0) return { order: 2e9, label: "inexact" };
    if (item.w0 < window[0]) return { order: -1e9, label: "began earlier" };
    return { order: item.w0, label: panj.days.short(item.w0) };
  }

  /** Groups of one day each, oldest first; a very full day is divided. */
  function byDay(items, window) {
    const days = new Map();
    for (const item of items) {
      const name = dayName(item, window);
      if (!days.has(name.order)) days.set(name.order, { order: name.order, label: name.label, items: [] });
      days.get(name.order).items.push(item);
    }
    const sorted = [...days.values()].sort((a, b) => a.order - b.order);
    return sorted.flatMap((day) => {
      const pieces = Math.ceil(day.items.length / MOST_IN_ARC), size = Math.ceil(day.items.length / pieces);
      return Array.from({ length: pieces }, (_, k) => ({ order: day.order, label: k ? "" : day.label, items: day.items.slice(k * size, (k + 1) * size) }));
    });
  }

  /** Ways to cut n groups into k runs. */
  function cuts(n, k, from) {
    if (k === 1) return [[n]];
    const found = [];
    for (let end = from + 1; end <= n - k + 1; end++) for (const rest of cuts(n, k - 1, end)) found.push([end, ...rest]);
    return found;
  }

  function arcName(run) {
    const named = run.filter((g) => g.label);
    if (!named.length) return "";
    const first = named[0], last = named[named.length - 1];
    return first === last ? first.label : Math.abs(first.order) > 1e8 || Math.abs(last.order) > 1e8 ? first.label + ", …" : panj.days.range(first.order, last.order);
  }

  /** Runs of groups as arcs, innermost first, with the radii they need. */
  function arcsOf(groups, ends, size) {
    const runs = ends.map((end, k) => groups.slice(k ? ends[k - 1] : 0, end)).reverse();
    let radius = 0;
    return runs.map((run) => {
      const items = run.flatMap((g) => g.items), label = arcName(run), text = label ? panj.letters.width(label, { size: 12 }) + 8 : 4;
      const length = text + items.length * pitch(size);
      radius = Math.max(radius ? radius + 2.08 * size : 2.5 * size, length / TURN);
      return { items, label, text, length, radius };
    });
  }

  const pitch = (size) => 2.08 * size;

  /**
   * The smallest fan for some items.
   * @param {object[]} items in order, each with w0, s0 @param {number[]} window @param {number} size of a symbol, px
   * @returns {{arcs: object[], turn: number, radius: number, size: number}}
   */
  function plan(items, window, size) {
    const groups = byDay(items, window);
    let best = null;
    for (let k = 1; k <= Math.min(MOST_ARCS, groups.length); k++) {
      if (groups.length > 14 && k > 3) break;
      for (const ends of cuts(groups.length, k, 0)) {
        const arcs = arcsOf(groups, ends, size), radius = arcs[arcs.length - 1].radius + 0.95 * size, merged = groups.length - k;
        const score = radius + merged * 1.7 * size;
        if (!best || score < best.score) best = { arcs, radius, score };
      }
    }
    const turn = Math.max(...best.arcs.map((arc) => arc.length / arc.radius));
    return { arcs: best.arcs, radius: best.radius, size, turn: Math.min(TURN, Math.max(0.9, turn)) };
  }

  /** Where things lie when a planned fan opens at x, y towards an angle. */
  function open(fan, x, y, towards) {
    const size = fan.size, from = towards - fan.turn / 2, to = towards + fan.turn / 2, spots = [];
    for (const arc of fan.arcs) {
      const start = from + arc.text / arc.radius, step = Math.min(1.5 * pitch(size), (fan.turn * arc.radius - arc.text) / arc.items.length) / arc.radius;
      arc.items.forEach((item, k) => {
        const a = start + (k + 0.5) * step;
        spots.push({ item, size, x: x + arc.radius * Math.cos(a), y: y + arc.radius * Math.sin(a) });
      });
    }
    const inside = (px, py) => {
      const d = Math.hypot(px - x, py - y);
      if (d > fan.radius) return false;
      const off = Math.abs(((Math.atan2(py - y, px - x) - towards + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
      return off <= fan.turn / 2 + 2 / Math.max(d, 2);
    };
    return { fan, x, y, from, to, spots, inside, box: bounds(x, y, fan.radius, from, to) };
  }

  function bounds(x, y, r, from, to) {
    const box = [x, y, x, y];
    for (let k = 0; k <= 24; k++) {
      const a = from + (to - from) * k / 24, px = x + r * Math.cos(a), py = y + r * Math.sin(a);
      box[0] = Math.min(box[0], px); box[1] = Math.min(box[1], py); box[2] = Math.max(box[2], px); box[3] = Math.max(box[3], py);
    }
    return box;
  }

  /** Draw the sector, the arcs and their days; the symbols follow by themselves. */
  function draw(ctx, opened) {
    const { fan, x, y, from, to } = opened;
    ctx.save();
    ctx.shadowColor = "rgba(31,41,51,0.25)"; ctx.shadowBlur = 5 * panj.ratio(); ctx.shadowOffsetY = panj.ratio();
    ctx.fillStyle = "rgba(255,255,255,0.9)";
    ctx.beginPath(); ctx.moveTo(x, y); ctx.arc(x, y, fan.radius, from, to); ctx.closePath(); ctx.fill();
    ctx.shadowColor = "transparent";
    ctx.strokeStyle = "#4A545E"; ctx.lineWidth = 0.8; ctx.stroke();
    for (const arc of fan.arcs) {
      ctx.strokeStyle = "#C4CBD1"; ctx.lineWidth = 0.8;
      ctx.beginPath(); ctx.arc(x, y, arc.radius, from + arc.text / arc.radius, to - 0.5 * 10 / arc.radius); ctx.stroke();
      if (arc.label) tangent(ctx, arc, x, y, from + (arc.text / 2) / arc.radius);
    }
    ctx.restore();
  }

  /** A day's name along its arc, never upside down. */
  function tangent(ctx, arc, x, y, angle) {
    ctx.save();
    ctx.translate(x + arc.radius * Math.cos(angle), y + arc.radius * Math.sin(angle));
    let turn = angle + Math.PI / 2;
    turn = Math.atan2(Math.sin(turn), Math.cos(turn));
    if (Math.abs(turn) > Math.PI / 2 + 0.05) turn += Math.PI;
    ctx.rotate(turn);
    panj.letters.write(ctx, arc.label, 0, 4, { size: 12, align: "center", colour: "#1F2933" });
    ctx.restore();
  }

  panj.fans = { plan, open, draw };
})(window.panj);
