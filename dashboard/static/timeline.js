/* The timeline strip: days as stacked columns, the window with two handles, all at the hand's speed. */
(function (panj) {
  "use strict";

  const SIDE = 12; // px left and right of the days
  const h = {}; // the strip's elements
  let wide = 1, span = [0, 1], grip = null, act = null;

  /** @param {number} day @returns {number} px of the day's beginning */
  const at = (day) => SIDE + (day - span[0]) / (span[1] - span[0] + 1) * (wide - 2 * SIDE);

  /** @param {number} x px @returns {number} day under it */
  const dayAt = (x) => span[0] + Math.floor((x - SIDE) / (wide - 2 * SIDE) * (span[1] - span[0] + 1));

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
    const x = event.clientX - h.strip.getBoundingClientRect().left, perDay = (wide - 2 * SIDE) / (span[1] - span[0] + 1);
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

  /** Draw the strip. @param {{hist: object, window: number[], span: number[], known: ?number}} s */
  function draw(s) {
    span = s.span;
    const w = wide = h.strip.clientWidth, xa = at(s.window[0]), xb = at(s.window[1] + 1), unknown = s.known === null || s.known >= span[1] ? w : Math.max(SIDE, at(s.known + 1));
    h.keyEnd = panj.columns.draw(h.canvas, w, at, Object.assign({ xa, xb, unknown }, s));
    place(s, xa, xb, unknown, w);
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

  panj.timeline = { mount, draw };
})(window.panj);
