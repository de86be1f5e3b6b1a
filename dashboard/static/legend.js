/* The legend: exactly what is drawn in the window, whatever part of the map is in view. */
(function (panj) {
  "use strict";

  const STATUS = ["held", "reported", "ongoing", "planned", "announced", "cancelled"];
  const GRADE = { 1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "cannot be judged" };
  const FORMS = { ring: "range, somewhere inside", border: "stretch of border", virtual: "by video", region: "region, listed", country: "country, listed", margin: "no place, listed" };
  const CHANGED = { new: "new", status: "status changed", grade: "re-graded", amended: "amended" };
  let written = "";

  /** Which values occur among the drawn rows, as marks per value; one pass, nothing kept per row. */
  function used(state) {
    const { rows, shown } = state, kinds = new Uint8Array(256), statuses = new Uint8Array(256), grades = new Uint8Array(8), forms = new Uint8Array(16);
    const changed = new Set();
    let blocs = 0;
    const note = (i) => {
      if (state.changed.size) changed.add(state.changed.get(rows.id[i]));
      kinds[rows.kind[i]] = statuses[rows.status[i]] = grades[rows.credibility[i]] = forms[rows.form[i]] = 1;
      blocs |= rows.mask[i];
    };
    if (state.layers.has("events")) {
      for (let k = 0; k < shown.n; k++) note(shown.row[k]);
      shown.ahead.forEach(note);
    }
    return { kinds, statuses, grades, forms, changed, bloc: (k) => blocs >>> k & 1 };
  }

  function fills(state) {
    const order = state.theatre.blocs.map((b) => b.id), mixes = new Set(), hatched = new Set();
    for (const entry of state.standing.values()) {
      if (entry.members.length) mixes.add(entry.members.join("+"));
      entry.partners.forEach((b) => hatched.add(b));
    }
    const name = (id) => state.theatre.blocs.find((b) => b.id === id).name;
    const sorted = [...mixes].sort((a, b) => a.split("+").length - b.split("+").length || order.indexOf(a.split("+")[0]) - order.indexOf(b.split("+")[0]));
    const entries = sorted.map((m) => ["member:" + m, m.split("+").map(name).join(" + ")]);
    order.filter((b) => hatched.has(b)).forEach((b) => entries.push(["observer:" + b, name(b) + " observer or partner"]));
    if (entries.length && state.theatre.countries.some((c) => c.disputed)) entries.push(["disputed", "status not agreed"]);
    return entries;
  }

  function symbols(state, u) {
    const t = state.theatre, kinds = t.kinds.filter((_, k) => u.kinds[k]).map((k) => ["kind:" + k.id, k.name]);
    const blocs = t.blocs.filter((_, k) => u.bloc(k)).map((b) => ["colour:" + b.id, b.name]);
    if (u.bloc(panj.rows.NO_BLOC)) blocs.push(["colour:none", "no bloc named"]);
    const statuses = STATUS.filter((s) => u.statuses[t.statuses.findIndex((x) => x.id === s)]).map((s) => ["status:" + s, t.statuses.find((x) => x.id === s).label]);
    if (state.layers.has("events") && state.shown.maybe) statuses.push(["certainty:possible", "possible date"]);
    if (state.layers.has("events") && state.shown.ahead.length) statuses.push(["certainty:ahead", "planned for later"]);
    const since = state.since === null || state.since === undefined ? "the earlier file" : panj.days.short(state.since);
    Object.keys(CHANGED).filter((c) => u.changed.has(c)).forEach((c) => statuses.push(["changed:" + c, CHANGED[c] + " since " + since]));
    const grades = [1, 2, 3, 4, 5, 6].filter((g) => u.grades[g]).map((g) => ["credibility:" + g, g + " " + GRADE[g]]);
    const forms = Object.keys(FORMS).filter((f) => u.forms[t.forms.indexOf(f)]).map((f) => ["form:" + f, FORMS[f]]);
    return { kinds, blocs, statuses, grades, forms };
  }

  function lines(state) {
    const t = state.theatre, on = state.layers, entries = [];
    if (on.has("zones") && t.zones.some((z) => z.shape)) entries.push(["zone", "exercise range"]);
    if (on.has("bases") && panj.frame.bases().length) entries.push(["base", "military base"]);
    const strong = t.borders.filter((b) => b.emphasis);
    if (on.has("borders") && strong.length) {
      entries.push(["line:emphasis", "border with reported length"]);
      if (strong.some((b) => b.status && b.from <= state.day && state.day < b.to)) entries.push(["control", t.control]);
    }
    if (on.has("regions") && t.regions.length) entries.push(["line:region", "named region"]);
    entries.push(["line:boundary", "boundary"]);
    if (t.disputed.some((d) => d.kind !== "line_of_control")) entries.push(["line:disputed", "disputed"]);
    if (t.disputed.some((d) => d.kind === "line_of_control")) entries.push(["line:line_of_control", "line of control"]);
    if (on.has("rivers")) entries.push(["line:river", "river"]);
    if (state.near) entries.push(["line:distance", state.near.km + " km from the border"]);
    if (state.compare) entries.push(["compare", "differs from " + panj.days.long(state.compare.day)]);
    return entries;
  }

  /** All entries in groups. */
  function entries(state) {
    const u = used(state), s = symbols(state, u);
    return [["Blocs on " + panj.days.short(state.day), fills(state)], ["Status = fill", s.statuses], ["Credibility = ring", s.grades], ["Bloc = colour", s.blocs],
            ["Kind = shape", s.kinds], ["Places and lines", s.forms.concat(lines(state))]].filter(([, list]) => list.length);
  }

  /** Write the legend anew if something else is drawn than before. */
  function update(state) {
    const groups = entries(state), keys = groups.flatMap(([, list]) => list.map(([key]) => key)).sort().join(" ");
    document.body.dataset.legend = keys;
    const title = document.querySelector(".panj-legend-title");
    if (title && groups[0][1].some(([key]) => key.startsWith("member:"))) title.textContent = groups[0][0];
    if (keys === written) return;
    written = keys;
    const body = document.getElementById("panj-legend-body");
    body.replaceChildren(...groups.map(([title, list]) => {
      const box = panj.list.element("div", "panj-legend-group");
      box.append(panj.list.element("div", "panj-legend-title", title));
      const grid = panj.list.element("ul", "");
      list.forEach(([key, label]) => {
        const line = panj.list.element("li", "");
        line.append(panj.swatch(state, key), panj.list.element("span", "", label));
        grid.append(line);
      });
      box.append(grid);
      return box;
    }));
  }

  panj.legend = { CHANGED, update, entries };
})(window.panj);
