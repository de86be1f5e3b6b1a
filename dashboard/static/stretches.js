/* Events without a point: bands along a border, soft rings round a range, outlines of what is selected. */
(function (panj) {
  "use strict";

  const WORLD_KM = 40075.017;

  /** How a group of events is drawn: the surest status speaks. @param {object[]} items */
  function manner(items) {
    const best = ["held", "reported", "ongoing", "planned", "announced"].map((s) => items.find((i) => i.status === s)).find(Boolean);
    if (!best) return null;
    const sure = items.find((i) => i.status === best.status && !i.possible && !i.ahead) || best;
    return { form: panj.symbols.hollow(best.status) ? "hollow" : best.status === "ongoing" ? "grey" : "solid", colour: panj.symbols.colours(sure.blocs[0] || ""),
             faint: sure.possible || sure.ahead };
  }

  /** Bands a border needs: one per manner and bloc, at most two on a side. */
  function bandsOf(items, border) {
    const bands = new Map();
    for (const item of items) {
      const look = manner([item]);
      if (!look) continue;
      const side = border.pair.includes(item.country) && item.country ? panj.lines.sideOf(border, item.country) : panj.lines.sideOf(border, border.held || "") * -1;
      const key = side + look.form + look.colour.hue, old = bands.get(key);
      if (!old || (old.look.faint && !look.faint)) bands.set(key, { side, look });
    }
    const order = { solid: 0, grey: 1, hollow: 2 }, sorted = [...bands.values()].sort((a, b) => order[a.look.form] - order[b.look.form]), seen = {};
    return sorted.filter((band) => { band.row = seen[band.side] = (seen[band.side] === undefined ? 0 : seen[band.side] + 1); return band.row < 2; });
  }

  function polyline(points) {
    const path = new Path2D();
    points.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
    return path;
  }

  /** Points of an offset line that really keep their distance: where it folds in a bend, it is left out. */
  function unfolded(points, line, px) {
    return points.filter(([x, y], i) => {
      for (let j = Math.max(0, i - 30); j < Math.min(line.length, i + 30); j += 2) if (Math.hypot(line[j][0] - x, line[j][1] - y) < px * 0.82) return false;
      return true;
    });
  }

  /** Draw the bands of a border, once per part of its line. */
  function bands(ctx, border, items, view) {
    const k = view.zoom < 5 ? 0.75 : 1;
    for (const band of bandsOf(items, border)) {
      const off = (5.9 + band.row * 7) * k, width = (band.look.form === "grey" ? 3.6 : 5.2) * k;
      for (const part of border.parts) {
        const line = panj.lines.smooth(part, view, 2, 20), path = polyline(unfolded(panj.lines.shifted(line, off, band.side), line, off));
        ctx.lineCap = "butt"; ctx.lineJoin = "round";
        stripe(ctx, path, band.look, width);
      }
    }
  }

  function stripe(ctx, path, look, width) {
    ctx.save();
    ctx.globalAlpha = look.faint ? 0.62 : 1;
    if (look.form !== "hollow") {
      ctx.strokeStyle = "#fff"; ctx.lineWidth = width + 1.6; ctx.stroke(path);
      ctx.strokeStyle = look.form === "grey" ? "#9AA0A9" : look.faint ? look.colour.tint : look.colour.hue;
      ctx.lineWidth = width; ctx.stroke(path);
    } else {
      ctx.setLineDash([11, 5]); ctx.strokeStyle = look.colour.hue; ctx.lineWidth = width + 0.8; ctx.stroke(path);
      ctx.setLineDash([8.2, 7.8]); ctx.lineDashOffset = -1.4; ctx.strokeStyle = "#fff"; ctx.lineWidth = width - 2; ctx.stroke(path);
    }
    ctx.restore();
  }

  /** Radius of a ring in px. */
  const radiusOf = (zone, view) => Math.max(5, zone.radius_km / (WORLD_KM * Math.cos(zone.lat * Math.PI / 180)) * view.scale);

  /** A range: soft edge, no centre, rim dotted when held and dashed when planned; only inside its country. */
  function ring(ctx, zone, look, view) {
    const x = zone.x * view.scale - view.x, y = zone.y * view.scale - view.y, r = radiusOf(zone, view), hue = look ? look.colour.hue : "#55606B";
    ctx.save();
    if (zone.shape || zone.land) ctx.clip(panj.ground.pathOf([zone.shape || zone.land], view), "evenodd");
    const soft = ctx.createRadialGradient(x, y, 0, x, y, r), strength = !look ? 0.4 : look.faint ? 0.55 : 1;
    const tone = (a) => hue + Math.round(a * strength * 255).toString(16).padStart(2, "0");
    soft.addColorStop(0, tone(0.13)); soft.addColorStop(0.72, tone(0.15)); soft.addColorStop(0.87, tone(0.5)); soft.addColorStop(1, tone(0));
    ctx.fillStyle = soft;
    ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
    if (zone.strip && look) { ctx.fillStyle = tone(0.62); ctx.fill(panj.ground.pathOf([zone.strip], view), "evenodd"); }
    ctx.strokeStyle = look ? look.colour.edge : "#55606B";
    ctx.lineWidth = 1.6;
    if (look && look.form === "hollow") ctx.setLineDash([6, 4]);
    else { ctx.setLineDash([0.01, 4.2]); ctx.lineCap = "round"; ctx.lineWidth = 2; }
    ctx.beginPath(); ctx.arc(x, y, r * 0.93, 0, 7); ctx.stroke();
    ctx.restore();
  }

  /** Outline of a selected country, border or range. */
  function outline(ctx, path) {
    for (const [colour, width] of [["#1F2933", 5.4], ["#FFD54A", 3.4]]) {
      ctx.strokeStyle = colour; ctx.lineWidth = width; ctx.lineJoin = "round";
      ctx.stroke(path);
    }
  }

  panj.stretches = { manner, bands, ring, radiusOf, outline };
})(window.panj);
