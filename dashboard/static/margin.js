/* What the map cannot show as a point, and what lies beyond its edge: counted by place, every event within reach. */
(function (panj) {
  "use strict";

  const FEW = 4, FEWER = 1; // places named before the rest is only counted; on a low frame
  let written = "";

  /** Groups of the margin: beyond the edge first, then what has no point. @returns {{title: string, items: object[], far: boolean}[]} */
  function groups(state, plan) {
    const found = [...plan.off].map(([title, items]) => ({ title, items, far: true })), listed = new Map();
    for (const i of plan.listed) {
      const title = listedTitle(state, i);
      if (!listed.has(title)) listed.set(title, []);
      listed.get(title).push(i);
    }
    found.push(...[...listed].map(([title, items]) => ({ title, items, far: false })));
    return found.sort((a, b) => b.far - a.far || b.items.length - a.items.length);
  }

  function listedTitle(state, i) {
    if (i.form === "country") return (state.byCode.get(i.country) || { name: i.place || i.country }).name + " as a whole";
    if (i.form === "region") {
      const region = state.theatre.regions.find((r) => state.rows.zones[i.row].includes(r.id));
      return region ? region.name : i.place || "a region";
    }
    return i.place ? i.place + " (place not known)" : "place not known";
  }

  /** Numbers of some items: `29–31`, or how many there are. */
  function figures(items) {
    const n = items.map((i) => i.number).filter((v) => v !== undefined).sort((a, b) => a - b);
    if (n.length < items.length || !n.length) return String(items.length);
    return n[n.length - 1] - n[0] === n.length - 1 && n.length > 1 ? n[0] + "–" + n[n.length - 1] : n.length > 3 ? items.length + "" : n.join(", ");
  }

  function part(state, group) {
    const button = panj.list.element("button", "panj-place");
    button.type = "button";
    button.append(panj.list.element("span", "", group.title + " "), panj.list.element("b", "", panj.crowd.counted(group.items)));
    button.title = group.far ? "Beyond the edge of the map: list and go there" : "Without a point on the map: list";
    button.addEventListener("click", () => panj.list.show(group.title, group.items, (i) => pick(i, group.far)));
    return button;
  }

  function pick(i, far) {
    panj.frame.select("event:" + i.id);
    if (far) panj.touch.goTo(i);
  }

  function every(state, plan) {
    const button = panj.list.element("button", "panj-all", "List all " + (state.shown.n + state.shown.ahead.length).toLocaleString("en"));
    button.type = "button";
    button.addEventListener("click", () => panj.list.show("Drawn in this window", panj.marks.items(state), (i) => pick(i, false)));
    return button;
  }

  /** Write the box anew if it says something else than before. */
  function update(state, plan) {
    const list = groups(state, plan), few = panj.pane.low() && list.length > 2 ? FEWER : FEW;
    const any = state.layers.has("events") && state.shown.n + state.shown.ahead.length > 0;
    const named = state.layers.has("regions") ? state.theatre.regions : [], text = JSON.stringify([few, any, named.length && state.selected, list.map((g) => [g.title, g.items.map((i) => i.id), panj.crowd.counted(g.items)]), plan.beyond, state.shown.n, state.shown.ahead.length]);
    if (text === written) return;
    written = text;
    const box = document.getElementById("panj-margin"), body = panj.list.element("div", "panj-margin-body");
    box.hidden = !any && !named.length;
    if (list.length || plan.beyond) body.append(panj.list.element("b", "", "Not on this view"));
    list.slice(0, few).forEach((g) => body.append(part(state, g)));
    const rest = list.slice(few).flatMap((g) => g.items);
    if (rest.length) body.append(part(state, { title: list.length - few + " more places", items: rest, far: true }));
    if (plan.beyond) body.append(beyond(state, plan));
    if (any) body.append(every(state, plan));
    box.replaceChildren(body);
    if (named.length) body.append(regions(named, state.selected));
  }

  /** The regions of the theatre, to be chosen. */
  function regions(named, selected) {
    const box = panj.list.element("select", "panj-regions"), add = (text, value) => { box.append(panj.list.element("option", "", text)); box.lastChild.value = value; };
    box.setAttribute("aria-label", "Regions");
    add("Regions", "");
    named.forEach((region) => add(region.name, "region:" + region.id));
    box.value = selected.startsWith("region:") ? selected : "";
    box.addEventListener("change", () => panj.frame.select(box.value));
    return box;
  }

  function beyond(state, plan) {
    const button = panj.list.element("button", "panj-place", plan.beyond.toLocaleString("en") + " events");
    button.type = "button";
    button.addEventListener("click", () => panj.list.show("Not on this view", panj.marks.beyondItems(state, plan), (i) => pick(i, true)));
    return button;
  }

  panj.margin = { update, figures };
})(window.panj);
