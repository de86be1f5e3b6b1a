/* The frame: takes patches from Python, paints, and answers. `window.panj.mount` and `window.panj.patch` are its doors. */
(function (panj) {
  "use strict";

  const PATIENCE = 4000; // ms after which an answer that Python never took up no longer holds a patch back
  const KEY_PAUSE = 150, BOX_PAUSE = 350;

  /** Everything the frame knows. */
  const state = { serial: -1, window: null, span: null, known: null, layers: new Set(), selected: "", numbers: null, day: 0, shown: null, standing: new Map(), plan: null };
  const waiting = { window: null, pick: null }; // answers that no patch has taken up yet
  const need = { base: false, marks: false, hist: false, asked: false };
  const fetched = new Map();
  let map = null, base = null, marks = null, fitted = 0, fit = null, moving = false, held = false, painted = 0, latest = null, reported = false, confirmed = "";

  /** Build the frame in the div that st_folium made. @param {string} id @returns {object} Leaflet's map */
  function mount(id) {
    const div = document.getElementById(id), strip = panj.pane.stage(div), still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    map = L.map(id, { center: [38.5, 68.5], zoom: 5, zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90,
                      minZoom: 2, maxZoom: 11, maxBounds: [[-75, -220], [84, 220]], maxBoundsViscosity: 0.7, boxZoom: true,
                      fadeAnimation: !still, zoomAnimation: !still, inertia: !still, keyboardPanDelta: 60 });
    panj.pane.controls(map, { home, changed: () => ask("marks") });
    base = new panj.pane.Pane(map, "panj-base", 200, 0.25, paintBase);
    marks = new panj.pane.Pane(map, "panj-marks", 410, 0.1, paintMarks);
    panj.timeline.mount(strip, { window: () => state.window || [0, 0], move: moveWindow, done: tellWindow, later: laterWindow, grip: (on) => { held = on; } });
    listen(div);
    return map;
  }

  function listen(div) {
    map.on("moveend resize", () => { panj.trays.forget(); ask("base"); if (!moving) laterBox(); });
    map.on("click", clicked);
    map.on("mousemove", hovered);
    map.on("mouseout movestart zoomstart", () => panj.hits.hint(null));
    window.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panj.list.close() && state.selected) select(""); });
    new ResizeObserver(() => { moving = true; map.invalidateSize({ animate: false, pan: false }); moving = false; applyFit(); ask("base"); need.hist = true; }).observe(div);
    window.matchMedia("(resolution: " + panj.ratio() + "dppx)").addEventListener("change", () => { panj.letters.forget(); ask("base"); });
    document.fonts.addEventListener("loadingdone", () => { panj.letters.forget(); ask("base"); });
    for (const face of ["400", "600", "700", "italic 400", "italic 600"]) document.fonts.load(face + " 13px " + panj.FONT);
  }

  /** JSON of an address, fetched once. */
  function load(url, what) {
    if (!fetched.has(url)) {
      fetched.set(url, fetch(url).then((answer) => {
        if (!answer.ok) throw new Error("the server answered " + answer.status);
        return answer.json();
      }).catch((error) => {
        fetched.delete(url);
        panj.say("The map could not load " + what + " (" + error.message + "). Reload the page, or see whether the server still runs.", error);
        throw error;
      }));
    }
    return fetched.get(url);
  }

  /** A patch from Python; an older one than the last is left aside. */
  function patch(p) {
    if (latest && p.serial < latest.serial) return;
    latest = p;
    Promise.all([load(p.theatre, "the map's shapes"), load(p.rows, "the events")]).then(([theatre, rows]) => {
      if (latest === p) apply(p, theatre, rows);
    }, () => undefined); // load() has said what is wrong
  }

  function apply(p, theatre, rows) {
    panj.unsay();
    useTheatre(p.theatre, theatre);
    if (state.rowsUrl !== p.rows) { state.rows = panj.rows.build(rows); state.rowsUrl = p.rows; }
    const n = state.rows.n, span = String(p.span);
    state.live = panj.rows.bits(p.eligible, n);
    state.plans = p.ahead ? panj.rows.bits(p.ahead, n) : null;
    state.doubt = p.doubt ? new Set(panj.rows.bits(p.doubt, n)) : null;
    state.layers = new Set(p.layers);
    state.known = p.known;
    if (span !== String(state.span)) state.span = p.span;
    panj.answers.seen(p.answered || 0);
    takeWindow(p);
    takeSelection(p);
    state.patchNumbers = p.numbers || {};
    state.confirmedWindow = p.confirmed;
    confirmed = p.confirmed;
    if (p.fit && p.fit.n !== fitted) { fit = p.fit; applyFit(); }
    need.hist = true;
    ask("base");
  }

  function useTheatre(url, data) {
    if (state.theatreUrl === url) return;
    panj.symbols.use(data);
    state.theatre = panj.ground.build(data);
    state.theatreUrl = url;
    state.zones = new Map(state.theatre.zones.map((z) => [z.id, z]));
    state.borders = new Map(state.theatre.borders.map((b) => [b.pair, b]));
    state.byCode = new Map(state.theatre.countries.map((c) => [c.code, c]));
    state.standing = new Map();
  }

  /** Whether an answer is still on its way: this patch was made before Python knew it. */
  function late(answer, p, same) {
    return answer && !same && !(p.answered >= answer.n) && performance.now() - answer.at < PATIENCE;
  }

  function takeWindow(p) {
    const [a, b] = p.window, same = waiting.window && waiting.window.text === a + "," + b;
    if (state.window && (held || laterWindow.pending() || late(waiting.window, p, same))) return;
    waiting.window = null;
    state.window = [Math.max(a, p.span[0]), Math.min(b, p.span[1])];
  }

  function takeSelection(p) {
    if (late(waiting.pick, p, waiting.pick && waiting.pick.id === p.selected)) return;
    waiting.pick = null;
    say(""); // the page says it now
    state.selected = p.selected;
  }

  function applyFit() {
    const size = map.getSize();
    if (!fit || size.x < 60 || size.y < 60) return;
    const [w, s, e, n] = fit.box;
    fitted = fit.n;
    fit = null;
    moving = true;
    map.fitBounds([[s, w], [n, e < w ? e + 360 : e]], { animate: false });
    moving = false;
  }

  const home = () => map.fitBounds([[30.5, 56], [45.5, 80.5]]);

  /** Paint in the next frame. @param {"base"|"marks"} what */
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
    if (need.hist) state.hist = panj.rows.histogram(state.rows, state.live, state.span[0], state.span[1], panj.timeline.stepFor(state.span[0], state.span[1], width));
    need.hist = false;
    panj.timeline.draw({ hist: state.hist, window: state.window, span: state.span, known: state.known });
  }

  function paintBase(ctx, view) {
    panj.fills.draw(ctx, state.theatre, state.standing, view, panj.ratio());
    panj.lines.draw(ctx, state.theatre, view, state.layers, state.day);
  }

  function paintMarks(ctx, view) {
    ctx.clearRect(0, 0, view.width, view.height);
    state.plan = panj.marks.plan(state, view);
    state.plan.apexes = panj.names.apexes(state, view, state.plan);
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
    if (confirmed) { data.confirmed = confirmed; confirmed = ""; }
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
    if (!waiting.window && state.confirmedWindow === from + ".." + to) return;
    waiting.window = { text: a + "," + b, at: performance.now(), n: 0 };
    waiting.window.n = panj.answers.tell({ what: "window", from, to });
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
    say(id);
    ask("marks");
    waiting.pick = { id, at: performance.now(), n: 0 };
    waiting.pick.n = panj.answers.tell({ what: "pick", id });
  }

  /** The name of what is selected, at the foot of the map. */
  function say(id) {
    const box = document.getElementById("panj-said"), text = id && state.theatre ? panj.picture.nameOf(state, id) : "";
    box.textContent = text;
    box.hidden = !text;
  }

  function clicked(event) {
    if (!state.plan) return;
    panj.list.close();
    const found = panj.hits.at(state, state.plan, marks.view, event.containerPoint);
    if (found.nothing) return;
    const list = found.list || (found.heap && panj.marks.heapItems(state, state.plan, found.heap));
    if (list) panj.list.show(found.title, list, (i) => select("event:" + i.id));
    else select(found.id);
  }

  let hoverAt = null;

  function hovered(event) {
    if (!state.plan) return;
    if (!hoverAt) requestAnimationFrame(() => { hover(hoverAt); hoverAt = null; });
    hoverAt = event.containerPoint;
  }

  function hover(point) {
    const found = panj.hits.at(state, state.plan, marks.view, point);
    map.getContainer().style.cursor = found.nothing || found.sea || found.area ? "" : "pointer";
    panj.hits.hint(found.nothing ? null : found, point);
  }

  /** Move the map to an event beyond its edge. */
  function goTo(i) {
    const r = state.rows, zone = state.zones.get(r.zones[i.row][0]), border = state.borders.get(r.zones[i.row][0]);
    if (r.lat[i.row] !== null) map.setView([r.lat[i.row], r.lon[i.row]], map.getZoom());
    else if (zone && zone.lat !== null) map.setView([zone.lat, zone.lon], map.getZoom());
    else if (border) {
      const [x0, y0, x1, y1] = border.box, lat = (y) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;
      map.fitBounds([[lat(y1), x0 * 360 - 180], [lat(y0), x1 * 360 - 180]]);
    }
  }

  panj.frame = { state, select, goTo, bases, map: () => map };
  panj.mount = mount;
  panj.patch = patch;
})(window.panj);
