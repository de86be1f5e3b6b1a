/* The frame: takes patches from Python, paints, and answers. `window.panj.mount` and `window.panj.patch` are its doors. */
(function (panj) {
  "use strict";

  const KEY_PAUSE = 150, BOX_PAUSE = 350;

  /** Everything the frame knows. */
  const state = { serial: -1, window: null, span: null, known: null, layers: new Set(), selected: "", numbers: null, day: 0, shown: null, standing: new Map(), plan: null,
                  waiting: { window: null, pick: null }, // answers that no patch has taken up yet
                  confirming: "" };
  const need = { base: false, marks: false, hist: false, asked: false };
  let map = null, base = null, marks = null, wanted = null, moving = false, held = false, painted = 0, reported = false, kept = null;

  /** Build the frame in the div that st_folium made. @param {string} id @returns {object} Leaflet's map */
  function mount(id) {
    const div = document.getElementById(id), strip = panj.pane.stage(div), still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    map = L.map(id, { center: [38.5, 68.5], zoom: 5, zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90,
                      minZoom: 2, maxZoom: 11, maxBounds: [[-75, -220], [84, 220]], maxBoundsViscosity: 0.7, boxZoom: true,
                      fadeAnimation: !still, zoomAnimation: !still, inertia: !still, keyboardPanDelta: 60 });
    panj.pane.controls(map, { home, changed: () => ask("marks") });
    base = new panj.pane.Pane(map, "panj-base", 200, 0.2, paintBase);
    marks = new panj.pane.Pane(map, "panj-marks", 410, 0.1, paintMarks);
    panj.timeline.mount(strip, { window: () => state.window || [0, 0], move: moveWindow, done: tellWindow, later: laterWindow, grip: (on) => { held = on; } });
    listen(div);
    return map;
  }

  function listen(div) {
    map.on("moveend resize", () => { panj.trays.forget(); ask("base"); if (!moving) { kept = null; laterBox(); } });
    map.on("move", () => { if (base.strayed()) ask("base"); });
    map.on("click", panj.touch.clicked);
    map.on("mousemove", panj.touch.hovered);
    map.on("mouseout movestart zoomstart", () => panj.hits.hint(null));
    window.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panj.list.close() && state.selected) select(""); });
    new ResizeObserver(() => { moving = true; map.invalidateSize({ animate: false, pan: false }); moving = false; wanted = wanted || kept; applyFit(); ask("hist"); ask("base"); }).observe(div);
    window.matchMedia("(resolution: " + panj.ratio() + "dppx)").addEventListener("change", () => { panj.letters.forget(); ask("base"); });
    document.fonts.addEventListener("loadingdone", () => { panj.letters.forget(); ask("base"); });
    for (const face of ["400", "600", "700", "italic 400", "italic 600"]) document.fonts.load(face + " 13px " + panj.FONT);
  }

  /** Show a box once the frame has a size. @param {number[]} box west, south, east, north */
  function fit(box) {
    wanted = box;
    applyFit();
  }

  function applyFit() {
    const size = map.getSize();
    if (!wanted || size.x < 60 || size.y < 60) return;
    const [w, s, e, n] = kept = wanted; // the frame may still grow: until the reader moves the map, it keeps showing this box
    wanted = null;
    moving = true;
    map.fitBounds([[s, w], [n, e < w ? e + 360 : e]], { animate: false });
    moving = false;
  }

  /** The theatre's own frame, once it is known. */
  function home() {
    const [w, s, e, n] = state.theatre ? state.theatre.home : [56, 30.5, 80.5, 45.5];
    map.fitBounds([[s, w], [n, e]]);
  }

  /** Paint in the next frame. @param {"base"|"marks"|"hist"} what */
  function ask(what) {
    need[what] = true;
    need.marks = true;
    if (need.asked) return;
    need.asked = true;
    requestAnimationFrame(paint);
  }

  function paint() {
    need.asked = false;
    if (!state.rows || !state.window) return;
    const size = map.getSize();
    if (size.x < 2 || size.y < 2) return;
    count();
    shade();
    strip();
    panj.legend.update(state);
    const whole = need.base;
    need.base = need.marks = false;
    if (whole) { base.draw(); panj.pane.scaleBar(map); state.ready = panj.names.prepare(state, marks.measure()); }
    marks.draw();
    report();
  }

  /** Apply the window. */
  function count() {
    const [a, b] = state.window;
    state.day = state.known === null ? b : Math.min(b, state.known);
    state.shown = panj.rows.shown(state.rows, state.live, a, b, state.plans);
    if (state.doubt) doubt(state.shown);
    state.numbers = state.confirmedWindow === panj.days.iso(a) + ".." + panj.days.iso(b) ? state.patchNumbers : null;
  }

  /** Rows that only may be near the border asked for are possible at most. */
  function doubt(shown) {
    for (let k = 0; k < shown.n; k++) {
      if (shown.certain[k] && state.doubt.has(shown.row[k])) { shown.certain[k] = 0; shown.sure--; shown.maybe++; }
    }
  }

  /** Memberships and border statuses of the day; the base is drawn anew only when they differ. */
  function shade() {
    const found = panj.fills.standing(state.theatre, state.day, state.layers), force = state.theatre.borders.map((b) => +panj.lines.inForce(b, state.day)).join("");
    const text = panj.fills.signature(found) + force + [...state.layers].join();
    if (text === state.shading) return;
    Object.assign(state, { standing: found, shading: text, partnerWord: partnerWords() });
    need.base = true;
  }

  /** What a country is to a bloc it does not belong to, in a word. */
  function partnerWords() {
    const words = { observer: "observer", dialogue_partner: "partner", associate_member: "associate" }, found = new Map();
    for (const m of state.theatre.memberships) if (m.sort === "standing" && m.from <= state.day && m.to > state.day && words[m.role]) found.set(m.country + m.bloc, words[m.role]);
    return found;
  }

  function strip() {
    const width = document.getElementById("panj-strip").clientWidth;
    if (need.hist) state.hist = panj.rows.histogram(state.rows, state.live, state.span[0], state.span[1], panj.columns.stepFor(state.span[0], state.span[1], width));
    need.hist = false;
    panj.timeline.draw({ hist: state.hist, window: state.window, span: state.span, known: state.known });
  }

  function paintBase(ctx, view) {
    panj.fills.draw(ctx, state.theatre, state.standing, view, panj.ratio());
    panj.lines.draw(ctx, state.theatre, view, state.layers, state.day);
    panj.asked.draw(ctx, state, view);
    if (view.zoom >= panj.ground.FINE) panj.finer();
  }

  function paintMarks(ctx, view) {
    ctx.clearRect(0, 0, view.width, view.height);
    state.plan = panj.marks.plan(state, view);
    state.plan.bases = panj.picture.basesOf(state, view, bases());
    state.plan.names = panj.names.choose(state, view, state.plan, state.ready);
    panj.picture.draw(ctx, state, view);
    panj.margin.update(state, state.plan);
  }

  /** Bases that are there on the day. */
  const bases = () => state.theatre.bases.filter((b) => b.x !== null && b.from <= state.day && state.day < b.to);

  function report() {
    const data = document.body.dataset, s = state.shown, on = state.layers.has("events");
    data.drawn = on ? s.n : 0;
    data.window = panj.days.iso(state.window[0]) + ".." + panj.days.iso(state.window[1]);
    if (on && s.n <= 500) data.ids = Array.from(s.row.subarray(0, s.n), (i) => state.rows.id[i]).join(" ");
    else if (on) delete data.ids;
    else data.ids = "";
    if (state.confirming) { data.confirmed = state.confirming; state.confirming = ""; }
    data.painted = ++painted;
    if (!reported) { reported = true; tellBox(); }
  }

  function moveWindow(a, b) {
    if (!state.window || (a === state.window[0] && b === state.window[1])) return;
    state.window = [a, b];
    ask("marks");
  }

  function tellWindow() {
    laterWindow.cancel();
    const [a, b] = state.window, from = panj.days.iso(a), to = panj.days.iso(b);
    if (!state.waiting.window && state.confirmedWindow === from + ".." + to) return;
    state.waiting.window = { text: a + "," + b, at: performance.now(), n: 0 };
    state.waiting.window.n = panj.answers.tell({ what: "window", from, to });
  }

  const laterWindow = panj.answers.settled(() => tellWindow(), KEY_PAUSE);

  function tellBox() {
    const b = map.getBounds(), cut = (v, most) => Math.round(Math.max(-most, Math.min(most, v)) * 1e4) / 1e4;
    panj.answers.tell({ what: "box", box: [cut(b.getWest(), 180), cut(b.getSouth(), 90), cut(b.getEast(), 180), cut(b.getNorth(), 90)], zoom: map.getZoom() });
  }

  const laterBox = panj.answers.settled(() => { if (reported) tellBox(); }, BOX_PAUSE);

  /** Select something: marked and named at once, then told. @param {string} id `event:EV20`, ... or empty */
  function select(id) {
    state.selected = id;
    panj.touch.say(id);
    ask("marks");
    state.waiting.pick = { id, at: performance.now(), n: 0 };
    state.waiting.pick.n = panj.answers.tell({ what: "pick", id });
  }

  /** Whether the hand is still at the timeline. */
  const busy = () => held || laterWindow.pending();

  panj.frame = { state, ask, fit, busy, select, bases, map: () => map, view: () => marks.view };
  panj.mount = mount;
})(window.panj);
