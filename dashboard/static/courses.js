/* Names of rivers: along a straightened piece of their course, never letter by letter through the bends. */
(function (panj) {
  "use strict";

  /** Pieces of a river's parts joined end to end where they touch, in world units. */
  function joined(parts) {
    const chains = parts.map((p) => Array.from(p));
    for (let merged = true; merged;) {
      merged = false;
      for (let i = 0; i < chains.length && !merged; i++) {
        for (let j = 0; j < chains.length && !merged; j++) {
          if (i === j) continue;
          const a = chains[i], b = chains[j];
          if (Math.abs(a[a.length - 2] - b[0]) + Math.abs(a[a.length - 1] - b[1]) > 4e-6) continue;
          chains[i] = a.concat(b.slice(2));
          chains.splice(j, 1);
          merged = true;
        }
      }
    }
    return chains;
  }

  /** Straightest pieces of a line that are as long as the name. */
  function pieces(line, length, step, view) {
    const n = Math.round(length / step), found = [];
    for (let i = 0; i + n < line.length; i += 3) {
      const a = line[i], b = line[i + n], chord = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (chord < length * 0.86) continue;
      let off = 0;
      for (let k = i; k <= i + n; k += 2) off = Math.max(off, Math.abs((b[0] - a[0]) * (a[1] - line[k][1]) - (a[0] - line[k][0]) * (b[1] - a[1])) / chord);
      const x = (a[0] + b[0]) / 2, y = (a[1] + b[1]) / 2, inside = x > view.inner[0] + 30 && x < view.inner[2] - 30 && y > view.inner[1] + 20 && y < view.inner[3] - 20;
      if (inside) found.push({ x, y, turn: Math.atan2(b[1] - a[1], b[0] - a[0]), off });
    }
    return found.sort((p, q) => p.off - q.off).slice(0, 6);
  }

  const upright = (turn) => (Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn);

  /** Candidate base lines of every river named in view, the greater rivers first. */
  function find(rivers, view, style) {
    const named = new Map();
    for (const r of rivers) {
      if (!r.name || !panj.ground.meets(r.box, view.box)) continue;
      const old = named.get(r.name) || { name: r.name, main: false, parts: [], border: false };
      old.parts.push(...r.parts);
      old.border = old.border || !!r.on_border;
      old.main = old.main || r.rank === "main";
      named.set(r.name, old);
    }
    const list = [...named.values()].filter((r) => r.main || view.zoom >= 5.6);
    return list.sort((a, b) => b.main - a.main || b.border - a.border).slice(0, 30).map((river) => {
      const width = panj.letters.width(river.name, style) + 8;
      const spots = joined(river.parts).flatMap((chain) => pieces(panj.lines.smooth(chain, view, 6, 42), width, 6, view));
      return { name: river.name, width, main: river.main, border: river.border && river.main, spots: spots.filter((s) => s.off < 16) };
    });
  }

  /** Box of a turned name. */
  function boxOf(spot, width) {
    const c = Math.abs(Math.cos(spot.turn)), s = Math.abs(Math.sin(spot.turn));
    return panj.boxes.round(spot.x, spot.y, width * c + 13 * s, width * s + 13 * c);
  }

  /** The same base line beside the course: along a border the line itself is taken. */
  const aside = (spot, px) => Object.assign({}, spot, { x: spot.x - px * Math.sin(spot.turn), y: spot.y + px * Math.cos(spot.turn) });

  function choose(candidates, taken) {
    const chosen = [];
    for (const river of candidates) {
      const beside = river.border ? river.spots.flatMap((s) => [aside(s, 14), aside(s, -14)]) : river.spots, spot = beside.find((s) => taken.cost(boxOf(s, river.width), "line") < 40);
      if (!spot) continue;
      taken.add(boxOf(spot, river.width), { weight: 1 });
      chosen.push({ name: river.name, x: spot.x, y: spot.y, turn: upright(spot.turn) });
    }
    return chosen;
  }

  function draw(ctx, chosen, style) {
    for (const river of chosen) {
      ctx.save();
      ctx.translate(river.x, river.y);
      ctx.rotate(river.turn);
      panj.letters.write(ctx, river.name, -panj.letters.width(river.name, style) / 2, 4, style);
      ctx.restore();
    }
  }

  panj.courses = { find, choose, draw };
})(window.panj);
