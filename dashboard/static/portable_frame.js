/* Last script of a portable map's frame: the data lie in the page round it, the answers go there, and the timeline can play. */
(function (panj) {
  "use strict";

  const page = window.parent, TICK = 120, CALM = 700, STEPS = 120; // ms per step of playing, ms where motion is unwelcome, steps of a whole span
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0, button = null;

  /** Two numbers after two numbers: differences in steps of 1/by degree, as points. @param {number[]} flat @param {number} by */
  function points(flat, by) {
    const made = new Array(flat.length / 2);
    for (let i = 0, x = 0, y = 0; i < flat.length; i += 2) made[i / 2] = [(x += flat[i]) / by, (y += flat[i + 1]) / by];
    return made;
  }

  const lines = (nested, by) => (typeof nested[0] === "number" ? points(nested, by) : nested.map((part) => lines(part, by)));

  /** Undo what `dashboard/portable/shapes.py` does. */
  function unpacked(key, value) {
    return value && value.by ? { type: value.type, coordinates: lines(value.coordinates, value.by) } : value;
  }

  /** Data of the file by name, in the place of an address. @param {string} name @returns {Promise<object>} */
  panj.shelf = (name) => Promise.resolve(JSON.parse(page.document.getElementById("panj-" + name).textContent, unpacked));

  /** Text faces of the page. */
  function dress() {
    const faces = page.document.querySelector("style");
    document.head.append(document.importNode(faces, true));
  }

  /** Move the window by some days; at the end of the timeline it stops. */
  function step() {
    const state = panj.frame.state, [a, b] = state.window, by = Math.max(1, Math.ceil((state.span[1] - state.span[0]) / STEPS));
    const free = Math.min(by, state.span[1] - b);
    if (free <= 0) return stop();
    state.window = [a + free, b + free];
    panj.frame.ask("marks");
  }

  function start() {
    const state = panj.frame.state, [a, b] = state.window;
    if (b >= state.span[1]) state.window = [state.span[0], state.span[0] + b - a];
    timer = window.setInterval(step, still ? CALM : TICK);
    show();
  }

  function stop() {
    window.clearInterval(timer);
    timer = 0;
    show();
    const [a, b] = panj.frame.state.window;
    panj.answers.tell({ what: "window", from: panj.days.iso(a), to: panj.days.iso(b) });
  }

  function show() {
    button.textContent = timer ? "❚❚ stop" : "▶ play";
    button.setAttribute("aria-pressed", String(timer !== 0));
  }

  function player() {
    button = panj.list.element("button", "panj-step panj-play");
    button.type = "button";
    button.title = "Move the window along the timeline";
    button.addEventListener("click", () => (timer ? stop() : start()));
    document.querySelector(".panj-steps").append(button);
    document.getElementById("panj-strip").addEventListener("pointerdown", (event) => { if (timer && !event.target.closest("button")) stop(); });
    show();
  }

  window.Streamlit = { setComponentValue: (value) => { page.panjPage.hear(value.panj); panj.answers.seen(value.panj.n); } };
  dress();
  panj.columns.left = 142;
  panj.mount("map_div");
  player();
})(window.panj);
