/* What lies under the pointer, from the topmost symbol down to the country; clicks and hints. */
(function (panj) {
  "use strict";

  /** Symbol, heap or tray at a point of the marks' canvas. @returns {?object} */
  function symbolAt(plan, x, y, size) {
    for (let k = plan.spots.length - 1; k >= 0; k--) {
      const s = plan.spots[k];
      if (Math.hypot(s.x - x, s.y - y) <= size * 0.78) return s.item.several ? { list: s.item.several, title: s.item.kinds + ", " + s.item.count } : { id: "event:" + s.item.id, title: s.item.title, when: s.item.when };
    }
    const heap = plan.heaps.find((h) => Math.hypot(h.x - x, h.y - y) <= panj.crowd.radius(h.n, h.maybe) + 2);
    if (heap) return { heap, title: panj.crowd.said(heap) + (heap.title ? ": " + heap.title : "") };
    const tray = plan.trays.find((t) => x >= t.x && x <= t.x + t.m.width && y >= t.y && y <= t.y + t.m.height);
    if (tray) return { list: tray.tray.all, title: tray.tray.title };
    if (plan.fans.some((f) => f.inside(x, y))) return { nothing: true };
    return null;
  }

  function near(parts, x, y, reach) {
    for (const p of parts) {
      for (let i = 0; i + 3 < p.length; i += 2) {
        const dx = p[i + 2] - p[i], dy = p[i + 3] - p[i + 1], t = Math.max(0, Math.min(1, ((x - p[i]) * dx + (y - p[i + 1]) * dy) / (dx * dx + dy * dy || 1)));
        if (Math.hypot(p[i] + t * dx - x, p[i + 1] + t * dy - y) < reach) return true;
      }
    }
    return false;
  }

  /** Base, border, range or country at a world point. */
  function groundAt(state, plan, x, y, px) {
    const t = state.theatre, base = (plan.bases || []).find((b) => Math.hypot(b.x - px[0], b.y - px[1]) < 10);
    if (base) return { id: "base:" + base.base.id, title: base.base.name };
    const named = plan.names && plan.names.texts.find((n) => n.id && px[0] >= n.x && px[0] <= n.x + n.made.width && px[1] >= n.y && px[1] <= n.y + n.made.height);
    if (named) return { id: named.id, title: panj.picture.nameOf(state, named.id) };
    const reach = 6 / px[2], meets = (b) => x > b.box[0] - reach && x < b.box[2] + reach && y > b.box[1] - reach && y < b.box[3] + reach && near(b.parts, x, y, reach);
    if (state.layers.has("borders")) {
      const line = [...t.borders].sort((a, b) => b.emphasis - a.emphasis).find(meets);
      if (line) return { id: "border:" + line.pair, title: panj.names.borderName(line), when: line.label };
    }
    const region = state.layers.has("regions") && panj.regions.at(t, meets);
    if (region) return { id: "region:" + region.ids[0], title: region.names.join("\n") };
    const drawn = new Set(plan.rings.map((r) => r.zone));
    const zone = t.zones.find((z) => z.shape && (state.layers.has("zones") || drawn.has(z)) && panj.ground.inside(z.shape, x, y));
    if (zone) return { id: "zone:" + zone.id, title: zone.name };
    const country = t.countries.find((c) => panj.ground.inside(c, x, y));
    return country ? { id: "country:" + country.code, title: country.name, when: panj.names.blocWords(state, country.code), area: true } : { id: "", title: "", sea: true };
  }

  /** Whatever is at a point of the map. @param {{x: number, y: number}} point px from the map's corner */
  function at(state, plan, view, point) {
    const x = point.x + panj.frame.map().getPixelBounds().min.x - view.x, y = point.y + panj.frame.map().getPixelBounds().min.y - view.y;
    const mark = plan && symbolAt(plan, x, y, view.size);
    return mark || groundAt(state, plan, (view.x + x) / view.scale, (view.y + y) / view.scale, [x, y, view.scale]);
  }

  /** Show or hide the hint beside the pointer. */
  function hint(found, point) {
    const tip = document.getElementById("panj-tip"), text = found && [found.title, found.when].filter(Boolean).join("\n");
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    const w = window.innerWidth, box = tip.getBoundingClientRect();
    tip.style.left = Math.min(point.x + 14, w - box.width - 8) + "px";
    tip.style.top = (point.y + 18 + box.height + 100 > window.innerHeight ? point.y - box.height - 8 : point.y + 18) + "px";
  }

  panj.hits = { at, hint };
})(window.panj);
