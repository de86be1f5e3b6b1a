/* The page round a portable map: it answers the map's frame as the dashboard would, from what the file holds, and asks nobody else. */
(function () {
  "use strict";

  const own = JSON.parse(byId("panj-portable").textContent), first = own.patch.window.join(), all = (query) => [...document.querySelectorAll(query)];
  const frame = byId("portable-map"), panel = byId("portable-record");
  const rows = new Map(all("#part-table tr[data-pick]").map((row) => [row.dataset.pick, row]));
  const records = new Map(all("template[data-record]").map((kept) => [kept.dataset.record, kept]));
  let patch = own.patch, panj = null, painted = "";

  /** @param {string} id */
  function byId(id) { return document.getElementById(id); }

  /** Tell the frame what is different. @param {object} change keys of a patch */
  function send(change) {
    patch = Object.assign({}, patch, change, { serial: patch.serial + 1 });
    panj.patch(patch);
  }

  /** What the frame says. @param {{n: number, what: string}} told */
  function hear(told) {
    if (told.what === "window") send({ answered: told.n, window: [panj.days.parse(told.from), panj.days.parse(told.to)], confirmed: told.from + ".." + told.to });
    if (told.what === "pick") choose(told.id, told.n);
  }

  /** Select something and open its record. @param {string} id `event:EV20`, ... or empty @param {number} [answered] */
  function choose(id, answered) {
    const name = records.has(id) ? id : "", change = { selected: name, lit: own.lit[name] || "" };
    send(answered === undefined ? change : Object.assign(change, { answered }));
    open(name);
  }

  function open(id) {
    const inside = panel.contains(document.activeElement);
    panel.replaceChildren(records.get(id).content.cloneNode(true), live());
    panel.scrollTop = 0;
    for (const [name, row] of rows) { row.classList.toggle("panj-on", name === id); row.setAttribute("aria-selected", String(name === id)); }
    byId("portable-open").value = id;
    if (inside) panel.focus({ preventScroll: true });
    tellRecord();
  }

  /** The line that says how the record stands to the window. */
  function live() {
    const made = document.createElement("p");
    made.id = "portable-live";
    made.setAttribute("role", "status");
    return made;
  }

  /** Certainty of each event in the window, by id. @returns {Map<string, string>} */
  function standing() {
    const { state } = panj.frame, { shown, rows: data } = state, found = new Map();
    if (!state.layers.has("events")) return found;
    for (let k = 0; k < shown.n; k++) found.set("event:" + data.id[shown.row[k]], shown.certain[k] ? "certain" : "possible");
    shown.ahead.forEach((row) => found.set("event:" + data.id[row], "ahead"));
    return found;
  }

  function tellRecord() {
    const id = patch.selected, line = byId("portable-live"), at = painted && id.startsWith("event:") && panj.frame.state.layers.has("events") ? standing().get(id) : "certain";
    const told = panel.querySelector("[data-told=counts]"), other = painted && panj.frame.state.window.join() !== first;
    if (told) told.textContent = byId("portable-counts").textContent;
    line.textContent = !id && other ? "The notes were written for " + own.window + ", the window this file was made for."
      : id && !id.startsWith("event:") && other ? "Written for " + own.window + ", the window this file was made for."
      : { undefined: "Outside of the window shown.", possible: "Its date is not exact: it may lie outside of the window shown.", ahead: "Planned for after the window shown." }[at] || "";
    line.hidden = !line.textContent;
  }

  /** The sentence of the counts; that of the file for the window it was made for. */
  function counts(n) {
    if (panj.frame.state.window.join() === first && panj.frame.state.layers.has("events")) return own.counts;
    const figures = (v) => v.toLocaleString("en"), ahead = n.ahead ? ", " + figures(n.ahead) + " planned for later" : "";
    return (n.certain + n.possible + n.ahead ? figures(n.certain) + " certain, " + figures(n.possible) + " possible" + ahead : "No events in this view") + "." + own.held;
  }

  /** Follow what the frame has painted. */
  function follow() {
    const { state } = panj.frame, text = state.window.join() + [...state.layers].join() + state.known;
    if (text === painted) return;
    painted = text;
    const found = standing(), n = { certain: 0, possible: 0, ahead: 0 };
    found.forEach((how) => n[how]++);
    const [a, b] = state.window;
    byId("portable-window").textContent = state.window.join() === first ? own.window : a === b ? panj.days.long(a) : panj.days.long(a) + " – " + panj.days.long(b);
    byId("portable-counts").textContent = counts(n);
    byId("portable-asof").textContent = own.asof.replace(/^As of .*? \(/, "As of " + panj.days.long(state.day) + " (");
    for (const [id, row] of rows) list(row, found.get(id));
    byId("portable-none").hidden = found.size > 0;
    byId("tab-table").lastChild.textContent = " " + found.size.toLocaleString("en");
    tellRecord();
  }

  function list(row, how) {
    row.hidden = !how;
    row.querySelectorAll("[data-when]").forEach((said) => { said.hidden = said.dataset.when !== how; });
  }

  /** One tab per part below the map. */
  function tabs() {
    const bar = document.createElement("div"), parts = all("#portable-listing > section");
    bar.className = "panj-tabs";
    bar.setAttribute("role", "tablist");
    bar.setAttribute("aria-label", "Below the map");
    parts.forEach((part) => bar.append(tab(part, parts)));
    byId("portable-listing").prepend(bar);
    bar.addEventListener("keydown", (event) => {
      const keys = [...bar.children], to = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (to) { const next = keys[(keys.indexOf(document.activeElement) + to + keys.length) % keys.length]; next.focus(); next.click(); }
    });
    bar.firstChild.click();
  }

  function tab(part, parts) {
    const made = document.createElement("button"), count = document.createElement("span"), items = part.querySelectorAll(":scope > ol > li").length;
    made.type = "button";
    made.id = "tab-" + part.id.slice(5);
    made.setAttribute("role", "tab");
    made.setAttribute("aria-controls", part.id);
    made.append(part.dataset.name, count);
    count.className = "panj-soft";
    count.textContent = items ? " " + items : "";
    part.setAttribute("role", "tabpanel");
    made.addEventListener("click", () => {
      parts.forEach((other) => { other.classList.toggle("portable-folded", other !== part); });
      for (const key of made.parentElement.children) { key.setAttribute("aria-selected", String(key === made)); key.tabIndex = key === made ? 0 : -1; }
    });
    return made;
  }

  function switched() {
    const boxes = all("#portable-layers input");
    boxes.forEach((box) => box.parentElement.classList.toggle("panj-off", !box.checked));
    send({ layers: boxes.filter((box) => box.checked).map((box) => box.value) });
  }

  function listen() {
    document.addEventListener("click", (event) => {
      const picked = event.target.closest("[data-pick]"), header = event.target.closest("th[data-column]");
      if (picked) choose(picked.dataset.pick);
      if (header) sortBy(header);
    });
    document.addEventListener("keydown", (event) => {
      const row = event.target.closest("tr[data-pick]"), header = event.target.closest("th[data-column]");
      if (header && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); sortBy(header); }
      if (row && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(row.dataset.pick); }
      if (row && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); beside(row, event.key === "ArrowDown" ? 1 : -1); }
      if (event.key === "Escape" && patch.selected) choose("");
    });
    byId("portable-layers").addEventListener("change", switched);
    byId("portable-open").addEventListener("change", (event) => choose(event.target.value));
  }

  /** The next row of the table that can be seen. */
  function beside(row, by) {
    const seen = all("#part-table tr[data-pick]:not([hidden])"), next = seen[seen.indexOf(row) + by];
    if (next) next.focus();
  }

  /** The frame is there: give it what it shows. */
  function start() {
    panj = frame.contentWindow.panj;
    new MutationObserver(follow).observe(frame.contentDocument.body, { attributes: true, attributeFilter: ["data-painted"] });
    panj.patch(patch);
    open(patch.selected);
  }

  window.panjPage = { hear };
  tabs();
  listen();
  const there = () => frame.contentDocument && frame.contentDocument.readyState === "complete" && frame.contentWindow.panj;
  if (there()) start(); else frame.addEventListener("load", start);
})();
