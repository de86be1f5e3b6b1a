/* The timeline strip: days as stacked columns, the window with two handles, all at the hand's speed. */
(function (panj) {
  "use strict";

  const TOP = 22, BASE = 68, TRACK = 79, LABEL = 94, SIDE = 12;
  const DARK = "#1F2933", CERTAIN = "#6B7785", POSSIBLE = "#CDD3D9", INSIDE = "#9AA5B1";
  const h = {}; // the strip's elements
  let span = [0, 1], grip = null, act = null;

  /** @param {number} day @returns {number} px of the day's beginning */
  const at = (day) => SIDE + (day - span[0]) / (span[1] - span[0] + 1) * (h.strip.clientWidth - 2 * SIDE);

  /** @param {number} x px @returns {number} day under it */
  const dayAt = (x) => span[0] + Math.floor((x - SIDE) / (h.strip.clientWidth - 2 * SIDE) * (span[1] - span[0] + 1));

  function handle(name) {
    const made = panj.list.element("div", "panj-handle");
    made.setAttribute("role", "slider");
    made.setAttribute("tabindex", "0");
    made.setAttribute("aria-label", "Dates - " + name);
    made.setAttribute("aria-orientation", "horizontal");
    made.addEventListener("keydown", (event) => key(event, name));
    return made;
  }

  function step(sign) {
    const made = panj.list.element("button", "panj-step", sign < 0 ? "‹" : "›");
    made.type = "button";
    made.setAttribute("aria-label", sign < 0 ? "Window of the same length before" : "Window of the same length after");
    made.title = made.getAttribute("aria-label");
    made.addEventListener("click", () => { const [a, b] = act.window(); shift(sign * (b - a + 1)); act.done(); });
    return made;
  }

  /**
   * Build the strip.
   * @param {HTMLElement} strip @param {{window: function(): number[], move: function(number, number), done: function(), later: function(), grip: function(boolean)}} actions
   */
  function mount(strip, actions) {
    act = actions;
    h.strip = strip;
    h.canvas = panj.list.element("canvas", "panj-columns");
    h.canvas.setAttribute("aria-hidden", "true");
    h.range = panj.list.element("div", "panj-range");
    h.flag = panj.list.element("div", "panj-flag");
    h.known = panj.list.element("div", "panj-known");
    h.start = handle("start");
    h.end = handle("end");
    h.steps = panj.list.element("div", "panj-steps");
    h.steps.append(step(-1), step(1));
    strip.append(h.canvas, h.range, h.known, h.flag, h.steps, h.start, h.end);
    strip.addEventListener("pointerdown", down);
    strip.addEventListener("pointermove", moved);
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) strip.addEventListener(end, up);
  }

  const clamp = (day) => Math.max(span[0], Math.min(span[1], day));

  /** Move the whole window, keeping its length where the span allows. */
  function shift(by) {
    const [a, b] = act.window(), free = Math.max(span[0] - a, Math.min(span[1] - b, by));
    act.move(a + free, b + free);
  }

  function setEnd(name, day) {
    const [a, b] = act.window();
    if (name === "start") act.move(clamp(Math.min(day, b)), b);
    else act.move(a, clamp(Math.max(day, a)));
  }

  function key(event, name) {
    const [a, b] = act.window(), now = name === "start" ? a : b, week = event.shiftKey ? 7 : 1;
    const to = { ArrowLeft: now - week, ArrowDown: now - week, ArrowRight: now + week, ArrowUp: now + week, PageUp: now + 30, PageDown: now - 30,
                 Home: name === "start" ? span[0] : a, End: name === "start" ? b : span[1] }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setEnd(name, to);
    act.later();
  }

  function down(event) {
    if (event.button !== 0 || event.target.closest("button")) return;
    const x = event.clientX - h.strip.getBoundingClientRect().left, [a, b] = act.window(), xa = at(a), xb = at(b + 1);
    const near = Math.abs(x - xa) <= Math.abs(x - xb) ? "start" : "end", distance = Math.min(Math.abs(x - xa), Math.abs(x - xb));
    const middle = x > xa && x < xb && (distance > 9 || event.target === h.range);
    grip = event.target === h.start ? { end: "start" } : event.target === h.end ? { end: "end" } : distance <= 9 ? { end: near } : middle ? { middle: true } : { end: near };
    Object.assign(grip, { x, a, b, moved: false });
    act.grip(true);
    h.strip.setPointerCapture(event.pointerId);
    if (grip.end) (grip.end === "start" ? h.start : h.end).focus({ preventScroll: true });
    if (grip.end && distance > 9) setEnd(grip.end, dayAt(x));
    event.preventDefault();
  }

  function moved(event) {
    if (!grip) return;
    const x = event.clientX - h.strip.getBoundingClientRect().left, perDay = (h.strip.clientWidth - 2 * SIDE) / (span[1] - span[0] + 1);
    if (Math.abs(x - grip.x) > 2) grip.moved = true;
    if (!grip.moved) return;
    if (grip.middle) {
      const by = Math.max(span[0] - grip.a, Math.min(span[1] - grip.b, Math.round((x - grip.x) / perDay)));
      act.move(grip.a + by, grip.b + by);
    } else setEnd(grip.end, grip.end === "start" ? Math.round(span[0] + (x - SIDE) / perDay) : Math.round(span[0] + (x - SIDE) / perDay) - 1);
  }

  function up() {
    if (!grip) return;
    grip = null;
    act.grip(false);
    act.done();
  }

  /** Draw the columns. @param {{hist: object, window: number[], span: number[], known: ?number}} s */
  function draw(s) {
    span = s.span;
    const w = h.strip.clientWidth, ratio = panj.ratio();
    if (h.canvas.width !== Math.round(w * ratio)) { h.canvas.width = Math.round(w * ratio); h.canvas.height = Math.round(100 * ratio); }
    const ctx = h.canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, w, 100);
    const xa = at(s.window[0]), xb = at(s.window[1] + 1);
    ctx.fillStyle = "#FFF1C2"; ctx.fillRect(xa, TOP, xb - xa, BASE - TOP);
    const unknown = s.known === null || s.known >= span[1] ? w : Math.max(SIDE, at(s.known + 1));
    notKnown(ctx, unknown, w - SIDE);
    grid(ctx, s.hist, w);
    columns(ctx, s.hist, s.window);
    ticks(ctx, s.hist, w);
    months(ctx, w);
    key0(ctx, w, s.known !== null);
    place(s, xa, xb, unknown, w);
  }

  function notKnown(ctx, from, to) {
    if (from >= to) return;
    ctx.save();
    ctx.beginPath(); ctx.rect(from, TOP, to - from, BASE - TOP); ctx.clip();
    ctx.fillStyle = "rgba(233,228,216,0.55)"; ctx.fillRect(from, TOP, to - from, BASE - TOP);
    ctx.strokeStyle = "#CFC9BC"; ctx.lineWidth = 1;
    ctx.beginPath();
    for (let x = from - 60; x < to; x += 9) { ctx.moveTo(x, TOP); ctx.lineTo(x + 50, TOP + 50); }
    ctx.stroke();
    ctx.restore();
  }

  /** A round number near a third of the height. */
  function tick(most) {
    const power = Math.pow(10, Math.floor(Math.log10(Math.max(1, most / 2))));
    return [5, 2, 1].map((k) => k * power).find((v) => v <= most / 2) || 1;
  }

  const height = (n, most) => (BASE - TOP - 3) * n / Math.max(1, most);

  function grid(ctx, hist, w) {
    const each = Math.max(1, tick(hist.most));
    ctx.strokeStyle = "rgba(31,41,51,0.14)"; ctx.lineWidth = 1; ctx.beginPath();
    for (let v = each; v <= hist.most; v += each) { const y = Math.round(BASE - height(v, hist.most)) + 0.5; ctx.moveTo(SIDE, y); ctx.lineTo(w - SIDE, y); }
    ctx.stroke();
  }

  /** Numbers of the grid, over the columns. */
  function ticks(ctx, hist, w) {
    const each = Math.max(1, tick(hist.most)), style = { size: 11, align: "right", colour: "#3A444D", halo: 2 };
    for (let v = each, under = BASE; v <= hist.most; v += each) {
      const y = Math.max(TOP + 9, BASE - height(v, hist.most) - 1);
      if (under - y < 10) continue;
      panj.letters.write(ctx, v.toLocaleString("en"), w - SIDE - 3, y, style);
      under = y;
    }
  }

  function columns(ctx, hist, [a, b]) {
    const bins = hist.certain.length;
    for (let k = 0; k < bins; k++) {
      const day = hist.first + k * hist.step, x = at(day), x2 = Math.min(at(day + hist.step), at(span[1] + 1)), gap = x2 - x > 2.6 ? 0.7 : 0;
      const inside = day + hist.step - 1 >= a && day <= b, c = height(hist.certain[k], hist.most), p = height(hist.possible[k], hist.most);
      if (p) { ctx.fillStyle = inside ? INSIDE : POSSIBLE; ctx.fillRect(x, BASE - c - p, x2 - x - gap, p); }
      if (c) { ctx.fillStyle = inside ? DARK : CERTAIN; ctx.fillRect(x, BASE - c, x2 - x - gap, c); }
    }
    ctx.fillStyle = "#7B858E"; ctx.fillRect(SIDE, BASE, h.strip.clientWidth - 2 * SIDE, 1.2);
    ctx.fillStyle = "#CDD3D9"; ctx.beginPath(); ctx.roundRect(SIDE - 2, TRACK - 2, h.strip.clientWidth - 2 * SIDE + 4, 4, 2); ctx.fill();
  }

  function months(ctx, w) {
    const list = panj.days.months(span[0], span[1]), room = (w - 2 * SIDE) / list.length, every = Math.max(1, Math.ceil(34 / room));
    list.forEach((m, k) => {
      const x = at(m.day), show = every === 1 ? true : every < 12 ? (m.january || k % every === 0) : m.january && m.year % Math.ceil(every / 12) === 0;
      ctx.fillStyle = "#7B858E"; ctx.fillRect(Math.round(x), BASE, 1, 5);
      if (!show) return;
      const year = k === 0 || m.january, text = every >= 12 ? String(m.year) : room < 84 ? m.short + (year ? " " + m.year : "") : m.label + (year ? " " + m.year : "");
      if (x + 10 < w - SIDE) panj.letters.write(ctx, text, x + 4, LABEL, { size: 12, colour: "#3A444D" });
    });
  }

  /** The strip's own small key, left of the steps. */
  function key0(ctx, w, known) {
    let x = 84;
    for (const [colour, text] of [[CERTAIN, "certain"], [POSSIBLE, "possible"]].concat(known ? [["", "not known"]] : [])) {
      if (colour) { ctx.fillStyle = colour; ctx.fillRect(x, 7, 10, 10); } else {
        ctx.fillStyle = "#EFEBE1"; ctx.fillRect(x, 7, 10, 10); ctx.strokeStyle = "#B9B3A5"; ctx.lineWidth = 1; ctx.strokeRect(x + 0.5, 7.5, 9, 9);
        ctx.beginPath(); ctx.moveTo(x, 7); ctx.lineTo(x + 10, 17); ctx.stroke();
      }
      panj.letters.write(ctx, text, x + 14, 16, { size: 12.5, colour: "#3A444D" });
      x += 26 + panj.letters.width(text, { size: 12.5 });
    }
    h.keyEnd = x;
  }

  /** Put handles, flags and the window's name where they belong. */
  function place(s, xa, xb, unknown, w) {
    h.start.style.left = xa + "px";
    h.end.style.left = xb + "px";
    h.range.style.left = xa + "px";
    h.range.style.width = Math.max(0, xb - xa) + "px";
    values(h.start, s.window[0], span[0], s.window[1]);
    values(h.end, s.window[1], s.window[0], span[1]);
    h.flag.textContent = panj.days.range(s.window[0], s.window[1]);
    h.known.hidden = s.known === null || s.known > span[1];
    const flag = h.flag.offsetWidth;
    if (!h.known.hidden) {
      h.known.textContent = "known on " + panj.days.short(s.known);
      const right = unknown + h.known.offsetWidth + 4 < w;
      h.known.classList.toggle("panj-known-left", !right);
      h.known.style.left = (right ? unknown : unknown - h.known.offsetWidth) + "px";
    }
    let x = Math.max(h.keyEnd, Math.min(w - flag - 8, (xa + xb) / 2 - flag / 2));
    if (!h.known.hidden) x = clear(x, flag, h.known.offsetLeft, h.known.offsetWidth, w);
    h.flag.style.left = x + "px";
  }

  /** Keep the window's name off the flag: on its left if there is room, else on its right. */
  function clear(x, width, other, otherWidth, w) {
    if (x + width + 6 < other || x > other + otherWidth + 6) return x;
    return other - width - 6 >= h.keyEnd ? other - width - 6 : Math.min(w - width - 4, other + otherWidth + 6);
  }

  function values(el, now, min, max) {
    el.setAttribute("aria-valuemin", min);
    el.setAttribute("aria-valuemax", max);
    el.setAttribute("aria-valuenow", now);
    el.setAttribute("aria-valuetext", panj.days.long(now));
  }

  /** Days per column: a week when a day would be thinner than a pixel and a half. */
  const stepFor = (first, last, width) => ((width - 2 * SIDE) / (last - first + 1) >= 1.5 ? 1 : (width - 2 * SIDE) / (last - first + 1) >= 0.25 ? 7 : 30);

  panj.timeline = { mount, draw, stepFor };
})(window.panj);
