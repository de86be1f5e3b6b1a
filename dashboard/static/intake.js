/* Patches from Python: what they ask for is fetched, then taken over, without jerking what the hand has just done. */
(function (panj) {
  "use strict";

  const PATIENCE = 4000; // ms after which a patch with an older number is one of a new session
  const HELD = 20000; // ms after which an answer that Python never took up no longer holds a patch back: a busy machine may need some
  const fetched = new Map();
  let latest = null, came = 0, fitted = 0;

  /** JSON from the server. */
  function served(url) {
    return fetch(url).then((answer) => {
      if (!answer.ok) throw new Error("the server answered " + answer.status);
      return answer.json();
    });
  }

  /** JSON of an address, fetched once; a file that holds its own data has a shelf. */
  function load(url, what) {
    if (!fetched.has(url)) {
      fetched.set(url, (panj.shelf || served)(url).catch((error) => {
        fetched.delete(url);
        panj.say("The map could not load " + what + " (" + error.message + "). Reload the page, or see whether the server still runs.", error);
        throw error;
      }));
    }
    return fetched.get(url);
  }

  /** A patch from Python; an older one than the last is left aside. */
  function patch(p) {
    if (latest && p.serial < latest.serial && performance.now() - came < PATIENCE) return;
    if (latest && p.serial < latest.serial) { // an older number after a pause is a new session, not an old patch: it knows none of our answers
      panj.frame.state.waiting.window = panj.frame.state.waiting.pick = null;
    }
    came = performance.now();
    latest = p;
    Promise.all([load(p.theatre, "the map's shapes"), load(p.rows, "the events")]).then(([theatre, rows]) => {
      if (latest === p) apply(p, theatre, rows);
    }, () => undefined); // load() has said what is wrong
  }

  function apply(p, theatre, rows) {
    const state = panj.frame.state;
    panj.unsay();
    useTheatre(p.theatre, theatre);
    if (state.rowsUrl !== p.rows) { state.rows = panj.rows.build(rows); state.rowsUrl = p.rows; }
    const n = state.rows.n, span = String(p.span);
    state.live = panj.rows.bits(p.eligible, n);
    state.plans = p.ahead ? panj.rows.bits(p.ahead, n) : null;
    state.doubt = p.doubt ? new Set(panj.rows.bits(p.doubt, n)) : null;
    state.layers = new Set(p.layers);
    state.known = p.known;
    panj.asked.take(state, p);
    if (span !== String(state.span)) state.span = p.span;
    panj.answers.seen(p.answered || 0);
    panj.answers.place(Boolean(p.placing));
    takeWindow(p);
    takeSelection(p);
    state.patchNumbers = p.numbers || {};
    state.confirmedWindow = p.confirmed;
    state.confirming = p.confirmed;
    if (p.fit && p.fit.n !== fitted) { fitted = p.fit.n; panj.frame.fit(p.fit.box); }
    panj.frame.ask("hist");
    panj.frame.ask("base");
  }

  function useTheatre(url, data) {
    const state = panj.frame.state;
    if (state.theatreUrl === url) return;
    panj.symbols.use(data);
    state.theatre = panj.ground.build(data);
    state.theatreUrl = url;
    state.zones = new Map(state.theatre.zones.map((z) => [z.id, z]));
    state.borders = new Map(state.theatre.borders.map((b) => [b.pair, b]));
    state.byCode = new Map(state.theatre.countries.map((c) => [c.code, c]));
    state.standing = new Map();
  }

  /** The finer countries are fetched when somebody first looks closely enough. */
  function finer() {
    const t = panj.frame.state.theatre, name = t.finer, url = panj.frame.state.theatreUrl;
    if (!name) return;
    t.finer = "";
    load(url.slice(0, url.lastIndexOf("/") + 1) + name, "the finer shapes").then((data) => { t.detail = panj.ground.shapes(data); panj.frame.ask("base"); },
                                                                                () => { t.finer = name; });
  }

  /** Whether an answer is still on its way: this patch was made before Python knew it. */
  function late(answer, p, same) {
    return answer && !same && !(p.answered >= answer.n) && performance.now() - answer.at < HELD;
  }

  function takeWindow(p) {
    const state = panj.frame.state, [a, b] = p.window, same = state.waiting.window && state.waiting.window.text === a + "," + b;
    if (state.window && (panj.frame.busy() || late(state.waiting.window, p, same))) return;
    state.waiting.window = null;
    state.window = [Math.max(a, p.span[0]), Math.min(b, p.span[1])];
  }

  function takeSelection(p) {
    const state = panj.frame.state;
    if (late(state.waiting.pick, p, state.waiting.pick && state.waiting.pick.id === p.selected)) return;
    state.waiting.pick = null;
    panj.touch.say(""); // the page says it now
    state.selected = p.selected;
  }

  panj.patch = patch;
  panj.finer = finer;
})(window.panj);
