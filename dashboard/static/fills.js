/* Areas: land, bloc tints, stripes where a country is in several blocs, hatch for observers and partners. */
(function (panj) {
  "use strict";

  const MEMBER = new Set(["member", "founding_member", "treaty_signatory"]);
  const STRIPE = 10; // px along the axes: 7.07 px across, so that a tile of whole pixels repeats without a seam
  const GAP = 13; // px along the axes: 9.2 px across

  /**
   * Who belongs where on a day.
   * @param {object} theatre @param {number} day @param {Set<string>} layers
   * @returns {Map<string, {members: string[], partners: string[], also: string[][]}>} by country; blocs in drawing order
   */
  function standing(theatre, day, layers) {
    const order = theatre.blocs.map((b) => b.id).filter((id) => layers.has(id)), found = new Map();
    for (const m of theatre.memberships) {
      if (m.from > day || m.to <= day || !layers.has(m.bloc)) continue;
      const entry = found.get(m.country) || { members: [], partners: [], also: [] };
      found.set(m.country, entry);
      if (m.sort !== "standing") { entry.also.push([m.bloc, m.role]); continue; }
      const list = MEMBER.has(m.role) ? entry.members : entry.partners;
      if (!list.includes(m.bloc)) list.push(m.bloc);
    }
    const rank = (a, b) => order.indexOf(a) - order.indexOf(b);
    for (const entry of found.values()) {
      entry.members.sort(rank);
      entry.partners = entry.partners.filter((b) => !entry.members.includes(b)).sort(rank);
    }
    return found;
  }

  /** One text per state of the shading: equal texts need no new picture. */
  const signature = (found) => [...found].map(([c, e]) => c + ":" + e.members + "/" + e.partners + "/" + e.also).sort().join(" ");

  function tile(size, ratio, paint) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.round(size * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(canvas.width / size, canvas.width / size);
    paint(ctx);
    return canvas;
  }

  /** Bands rising to the right, all equally wide. @param {string[]} tints */
  function stripes(tints, ratio) {
    const size = STRIPE * tints.length;
    return tile(size, ratio, (ctx) => {
      ctx.fillStyle = tints[0];
      ctx.fillRect(0, 0, size, size);
      tints.forEach((tint, k) => {
        if (!k) return;
        ctx.fillStyle = tint;
        for (const shift of [0, size]) {
          const from = k * STRIPE + shift, to = from + STRIPE;
          ctx.beginPath();
          ctx.moveTo(from, 0); ctx.lineTo(to, 0); ctx.lineTo(to - 2 * size, 2 * size); ctx.lineTo(from - 2 * size, 2 * size);
          ctx.fill();
        }
      });
    });
  }

  /** Thin lines of the hue falling to the right. */
  function hatch(hue, ratio) {
    return tile(GAP, ratio, (ctx) => {
      ctx.strokeStyle = hue;
      ctx.globalAlpha = 0.5;
      ctx.lineWidth = 1;
      ctx.beginPath();
      for (const shift of [-GAP, 0, GAP]) { ctx.moveTo(shift - 1, -1); ctx.lineTo(shift + GAP + 1, GAP + 1); }
      ctx.stroke();
    });
  }

  const cache = new Map();

  /** A pattern whose phase hangs on the world, not on the canvas. */
  function pattern(ctx, key, make, size, view) {
    if (!cache.has(key)) cache.set(key, make());
    const made = ctx.createPattern(cache.get(key), "repeat"), wrap = (v) => -(((v % size) + size) % size);
    const px = cache.get(key).width / size;
    made.setTransform(new DOMMatrix().translate(wrap(view.x), wrap(view.y)).scale(1 / px, 1 / px));
    return made;
  }

  const bloc = (theatre, id) => theatre.blocs.find((b) => b.id === id) || { tint: "#E4E4E0", hue: "#55606B", edge: "#333E48" };

  /** Fill style of member tints. */
  function tintStyle(ctx, theatre, members, view, ratio) {
    const tints = members.map((b) => bloc(theatre, b).tint);
    if (tints.length === 1) return tints[0];
    return pattern(ctx, tints.join() + ratio, () => stripes(tints, ratio), STRIPE * tints.length, view);
  }

  function hatchStyle(ctx, theatre, id, view, ratio, turn) {
    const hue = bloc(theatre, id).hue, shifted = { x: view.x - turn, y: view.y };
    return pattern(ctx, hue + ratio, () => hatch(hue, ratio), GAP, shifted);
  }

  /** Draw sea, land, shading. @param {CanvasRenderingContext2D} ctx @param {object} theatre @param {Map} found from standing @param {object} view */
  function draw(ctx, theatre, found, view, ratio) {
    const colour = theatre.palette;
    ctx.fillStyle = colour.WATER;
    ctx.fillRect(0, 0, view.width, view.height);
    for (const country of panj.ground.countriesFor(theatre, view)) {
      if (!panj.ground.meets(country.box, view.box)) continue;
      const path = panj.ground.pathOf([country], view), entry = country.disputed ? null : found.get(country.code);
      ctx.fillStyle = country.disputed ? colour.NOT_AGREED : colour.LAND;
      if (entry && entry.members.length) ctx.fillStyle = tintStyle(ctx, theatre, entry.members, view, ratio);
      ctx.fill(path, "evenodd");
      if (entry) entry.partners.forEach((b, k) => { ctx.fillStyle = hatchStyle(ctx, theatre, b, view, ratio, 4 * k); ctx.fill(path, "evenodd"); });
    }
    ctx.fillStyle = colour.LAKE;
    ctx.fill(panj.ground.pathOf(theatre.lakes, view), "evenodd");
  }

  panj.fills = { standing, signature, draw, bloc, tintStyle, hatchStyle };
})(window.panj);
