/* Names on the map, placed by rank: a lower rank moves aside, then goes. */
(function (panj) {
  "use strict";

  const COUNTRY = { size: 13, weight: 600, colour: "#46505A", track: 1.7, halo: 3 };
  const UNDER = { size: 12, weight: 400, colour: "#46505A", halo: 3 };
  const CAPITAL = { size: 13, weight: 600, colour: "#1F2933", halo: 3 };
  const TOWN = { size: 12, weight: 400, colour: "#1F2933", halo: 3 };
  const RIVER = { size: 12.5, weight: 600, italic: true, colour: "#2F6E8F", track: 1, halo: 3 };
  const VAGUE = { size: 11.5, italic: true, colour: "#3A444D", halo: 3 };
  const BORDER = [{ size: 12.5, weight: 700, colour: "#1F2933", halo: 3 }, { size: 11.5, weight: 400, colour: "#1F2933", halo: 3 }];

  /** `Tajikistan–Afghanistan border` @param {{name: string}} border */
  const borderName = (border) => border.name.replace("-", "–") + (/border/i.test(border.name) ? "" : " border");

  const ALSO = { chair: "chair", frozen: "participation frozen", guest: "guest", applicant: "applicant", accession_approved: "accession under way",
                 partner_decided: "partnership decided", not_invited: "seat not invited" };

  /** Everything else a country is to a bloc that day, in words. */
  const alsoWords = (entry, id) => entry.also.filter(([bloc]) => bloc === id).map(([, role]) => ALSO[role] || role.replace(/_/g, " "));

  /** Second line of a country's name: its blocs in words, so that grey is safe. @param {boolean} [brief] standing only */
  function blocWords(state, code, brief) {
    const on = state.theatre.blocs.filter((b) => state.layers.has(b.id)), own = state.standing.get(code);
    const entry = brief && own ? Object.assign({}, own, { also: [] }) : own, loose = entry ? [...new Set(entry.also.map(([bloc]) => bloc))] : [];
    const called = (id) => state.theatre.blocs.find((b) => b.id === id).name, also = (id) => alsoWords(entry, id).join(", ");
    const name = (id) => called(id) + (also(id) ? " (" + also(id) + ")" : "");
    if (!on.length) return "";
    if (!entry || !(entry.members.length + entry.partners.length + loose.length)) return on.length === 1 ? "not in the " + on[0].name : on.length === 2 ? "in neither bloc" : "in none of the blocs";
    const members = entry.members.map(name).join(" + ");
    const partners = entry.partners.map((id) => called(id) + " " + (state.partnerWord.get(code + id) || "observer") + (also(id) ? " (" + also(id) + ")" : "")).join(", ");
    const others = loose.filter((id) => !entry.members.includes(id) && !entry.partners.includes(id)).map((id) => called(id) + " " + also(id)).join(", ");
    return [members, partners, others].filter(Boolean).join(", ");
  }

  /** What does not change while a window is dragged: room for country names, base lines for rivers. @returns {object} */
  function prepare(state, view) {
    return { room: panj.room.find(state, view), regions: state.layers.has("regions") ? panj.regions.ties(state.theatre, view) : [], rivers: state.layers.has("rivers") ? panj.courses.find(state.theatre.rivers, view, RIVER) : [] };
  }

  const boxAt = (x, y, made, pad) => [x - made.width / 2 - pad, y - made.height / 2 - pad, x + made.width / 2 + pad, y + made.height / 2 + pad];
  const fits = (box, view) => box[0] >= view.inner[0] + 2 && box[1] >= view.inner[1] + 2 && box[2] <= view.inner[2] - 2 && box[3] <= view.inner[3] - 2;

  function centred(out, taken, view, made, spots, pad, limit) {
    for (const p of spots) {
      const box = boxAt(p.x, p.y, made, pad);
      if (!fits(box, view) || taken.cost(box) > (limit || 0)) continue;
      taken.add(box, { weight: 2 });
      out.push({ made, x: p.x - made.width / 2, y: p.y - made.height / 2, line: p.line });
      return true;
    }
    return false;
  }

  function countries(state, view, ready, taken, out, told) {
    const rank = new Map(state.theatre.labels.map((l) => [l.code, l]));
    const list = [...ready.room.entries()].map(([code, room]) => ({ code, room, label: rank.get(code), named: state.standing.has(code) }));
    list.sort((a, b) => b.room[0].depth - a.room[0].depth);
    for (const { code, room, label } of list) {
      if (told.has(code)) continue;
      const country = state.byCode.get(code);
      if (!label || room[0].depth < (view.zoom < 4.4 ? 15 : 12)) continue;
      if (country.disputed) {
        const made = panj.letters.sprite([{ text: country.name, style: VAGUE }, { text: "status not agreed", style: VAGUE }]);
        centred(out, taken, view, made, room.filter((p) => p.depth > 14), 2);
        continue;
      }
      const small = view.zoom < 4.4, name = Object.assign({}, COUNTRY, small ? { size: 11.5, track: 1 } : {});
      for (const words of small ? [""] : new Set([blocWords(state, code), blocWords(state, code, true)])) {
        const full = panj.letters.sprite([{ text: label.name.toUpperCase(), style: name }].concat(words ? [{ text: words, style: UNDER }] : []));
        const near = room.filter((p) => p.depth * 2.6 > full.width * 0.5);
        if (centred(out, taken, view, full, near.length ? near : room.slice(0, 4), 3)) break;
      }
    }
  }

  const AROUND = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.8, -0.9], [0.8, 0.9], [-0.8, -0.9], [-0.8, 0.9]];

  /** Name beside a point at x, y. */
  function beside(out, taken, view, made, x, y, gap, skip) {
    for (const [dx, dy] of AROUND) {
      const cx = x + dx * (gap + made.width / 2), cy = y + dy * (gap * 0.8 + made.height / 2) * (dx ? 1 : 1.1), box = boxAt(cx, dx && !(dy) ? y : cy, made, 1);
      if (!fits(box, view) || taken.cost(box, skip) > 0) continue;
      taken.add(box, { weight: 1.5 });
      out.push({ made, x: box[0] + 1, y: box[1] + 1 });
      return true;
    }
    return false;
  }

  /** The name of a fan's town stands below its apex, away from the fan, and is placed with it, before anything else. */
  function apex(state, view, plan, fan) {
    if (!state.layers.has("places")) return;
    fan.capital = false;
    const town = state.theatre.places.find((p) => Math.hypot(p.x * view.scale - view.x - fan.x, p.y * view.scale - view.y - fan.y) < 6);
    if (!town || plan.named.has(town.id)) return;
    const made = panj.letters.sprite([{ text: town.name, style: Object.assign({}, CAPITAL, { size: 14 }) }]), away = (fan.from + fan.to) / 2 + Math.PI;
    const tries = [0, 0.7, -0.7, 1.2, -1.2, 1.5, -1.5].map((t) => ({ x: fan.x + Math.cos(away + t) * (9 + made.width / 2), y: fan.y + Math.sin(away + t) * (8 + made.height / 2) }));
    const cost = tries.map((t, k) => plan.taken.cost(boxAt(t.x, t.y, made, 5), fan.group) + 9 * k), spot = tries[cost.indexOf(Math.min(...cost))], box = boxAt(spot.x, spot.y, made, 0);
    plan.taken.add(box, { weight: 6 });
    plan.named.add(town.id);
    fan.capital = town.capital;
    plan.apexes.push({ made, x: box[0], y: box[1] });
  }

  /** Towns by rank; the dot goes with its name. */
  function towns(state, view, plan, taken, out, dots) {
    const limit = view.zoom < 4.2 ? 0 : view.zoom < 5 ? 1 : view.zoom < 5.8 ? 2 : view.zoom < 6.6 ? 3 : 9;
    const list = state.theatre.places.filter((p) => !plan.named.has(p.id) && (p.rank <= limit || (p.capital && view.zoom > 4.4)));
    for (const p of list.sort((a, b) => b.capital - a.capital || a.rank - b.rank)) {
      const x = p.x * view.scale - view.x, y = p.y * view.scale - view.y;
      if (x < view.inner[0] || x > view.inner[2] || y < view.inner[1] || y > view.inner[3]) continue;
      const events = plan.spots.find((s) => s.alone && Math.hypot(s.x - x, s.y - y) < 6), heap = plan.heaps.find((h) => Math.hypot(h.x - x, h.y - y) < 6);
      const made = panj.letters.sprite([{ text: p.name, style: p.capital ? CAPITAL : TOWN }]), gap = events ? view.size * 0.78 : heap ? panj.crowd.radius(heap.n, heap.maybe) + 3 : 7;
      const dot = panj.boxes.round(x, y, 9);
      if (!(events || heap || taken.free(dot)) || !beside(out, taken, view, made, x, y, gap)) continue;
      plan.named.add(p.id);
      taken.add(dot);
      if (!events && !heap) dots.push({ x, y, capital: p.capital });
    }
  }

  /** The emphasised borders with their reported lengths, tied by a fine leader. */
  function borders(state, view, taken, out) {
    if (!state.layers.has("borders") || view.zoom < 4.9) return;
    for (const border of state.theatre.borders.filter((b) => b.emphasis && b.label)) {
      const points = border.parts.flatMap((part) => panj.lines.smooth(part, view, 12, 24)).filter(([x, y]) => fits([x, y, x, y], view));
      if (points.length * 12 < 90) continue;
      const made = panj.letters.sprite([{ text: borderName(border), style: BORDER[0] }, { text: border.label, style: BORDER[1] }], "left"), tries = [];
      for (const far of [22, 40, 64]) {
        for (let k = 0; k < points.length; k += Math.max(1, Math.floor(points.length / 10))) {
          for (const [dx, dy] of [[0, 1], [0, -1], [1, 0], [-1, 0]]) {
            const [px, py] = points[k];
            tries.push({ x: px + dx * (far + made.width / 2), y: py + dy * (far + made.height / 2), line: [px, py] });
          }
        }
      }
      centred(out, taken, view, made, tries, 2);
    }
  }

  function ranges(state, view, plan, taken, out) {
    if (!state.layers.has("zones") || view.zoom < 5.4) return;
    for (const zone of state.theatre.zones.filter((z) => z.shape)) {
      if (plan.trays.some((t) => t.tray.key === "ring:" + zone.id)) continue;
      const x = zone.x * view.scale - view.x, y = zone.y * view.scale - view.y, made = panj.letters.sprite([{ text: zone.name.replace(/ \(.*\)/, ""), style: VAGUE }]);
      beside(out, taken, view, made, x, y, panj.stretches.radiusOf(zone, view));
    }
  }

  /** Choose every name of a frame; the great towns come before countries, the others after. @returns {{texts: object[], dots: object[], courses: object[]}} */
  function choose(state, view, plan, ready) {
    const taken = plan.taken, texts = [], dots = [], on = state.layers.has("places");
    const told = panj.asked.differing(state, ready, taken, texts, view);
    borders(state, view, taken, texts);
    if (on) towns(state, Object.assign({}, view, { zoom: Math.min(view.zoom, 4.9) }), plan, taken, texts, dots);
    countries(state, view, ready, taken, texts, told);
    panj.regions.names(ready.regions, taken, texts, view);
    ranges(state, view, plan, taken, texts);
    const courses = panj.courses.choose(ready.rivers, taken);
    if (on) towns(state, view, plan, taken, texts, dots);
    return { texts, dots, courses };
  }

  function draw(ctx, chosen) {
    for (const d of chosen.dots) dot(ctx, d);
    panj.courses.draw(ctx, chosen.courses, RIVER);
    for (const t of chosen.texts) {
      if (t.line) leader(ctx, t);
      if (t.panel) panj.letters.panel(ctx, t.x - 6, t.y - 3, t.made.width + 12, t.made.height + 6, 4, 0.96);
      panj.letters.put(ctx, t.made, t.x, t.y);
    }
  }

  function leader(ctx, t) {
    const x = Math.max(t.x, Math.min(t.x + t.made.width, t.line[0])), y = t.line[1] < t.y ? t.y : t.line[1] > t.y + t.made.height ? t.y + t.made.height : t.line[1];
    for (const [colour, width] of [["#fff", 2.8], ["#1F2933", 0.9]]) {
      ctx.strokeStyle = colour; ctx.lineWidth = width;
      ctx.beginPath(); ctx.moveTo(t.line[0], t.line[1]); ctx.lineTo(x, y); ctx.stroke();
    }
  }

  function dot(ctx, { x, y, capital }) {
    ctx.fillStyle = "#fff"; ctx.strokeStyle = "#1F2933"; ctx.lineWidth = 1.4;
    ctx.beginPath();
    if (capital) ctx.rect(x - 3.5, y - 3.5, 7, 7); else ctx.arc(x, y, 2.8, 0, 7);
    ctx.fill(); ctx.stroke();
    if (!capital) return;
    ctx.fillStyle = "#1F2933"; ctx.fillRect(x - 1.2, y - 1.2, 2.4, 2.4);
  }

  panj.names = { COUNTRY, centred, apex, prepare, choose, draw, borderName, blocWords, dot };
})(window.panj);
