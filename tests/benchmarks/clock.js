/** Notes, in every frame and from its start, when inputs happened and when the page showed what came of them; in ms since 1970. */
window.clock = (() => {
  "use strict";
  const now = () => performance.timeOrigin + performance.now();
  const clock = { now, opened: performance.timeOrigin, inputs: {}, painted: [], confirmed: [], watched: [], moves: 0 };

  for (const type of ["keydown", "pointerup"]) {
    addEventListener(type, (event) => { clock.inputs[type] = performance.timeOrigin + event.timeStamp; }, true);
  }
  addEventListener("pointermove", () => { clock.moves += 1; }, true);

  const observer = new MutationObserver((changes) => {
    const data = document.body.dataset;
    for (const name of new Set(changes.map((change) => change.attributeName))) {
      if (name === "data-painted") clock.painted.push({ at: now(), value: data.window, drawn: Number(data.drawn) });
      if (name === "data-confirmed") clock.confirmed.push({ at: now(), value: data.confirmed });
    }
  });
  // a frame keeps its window, but not its document, when it goes from its first empty page to its own
  const observe = () => observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-painted", "data-confirmed"] });
  observe();
  addEventListener("DOMContentLoaded", observe);

  /** Note every change of what `look` gives, and no longer of what was looked at before. @param {() => unknown} look */
  clock.watch = (look) => {
    let last = null;
    const check = () => {
      const value = look();
      if (value !== last) clock.watched.push({ at: now(), value });
      last = value;
    };
    clock.watcher?.disconnect();
    clock.watcher = new MutationObserver(check);
    clock.watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    check();
  };

  return clock;
})();
