/* Rows of events as typed arrays, projected once; which of them a window shows. */
(function (panj) {
  "use strict";

  const NO_BLOC = 31; // bit and number of events that name no bloc

  /** @param {number} lon @returns {number} 0..1 from west to east */
  const worldX = (lon) => (lon + 180) / 360;

  /** @param {number} lat @returns {number} 0..1 from north to south, spherical Mercator */
  function worldY(lat) {
    const s = Math.sin(Math.max(-85.05, Math.min(85.05, lat)) * Math.PI / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  }

  /** Rows of one point share a number, so that a fan never has to compare coordinates. */
  function placeNumbers(lon, lat, n) {
    const numbers = new Int32Array(n).fill(-1), seen = new Map();
    for (let i = 0; i < n; i++) {
      if (lon[i] === null || lat[i] === null) continue;
      const key = lon[i] * 1e6 + lat[i] / 1e3;
      if (!seen.has(key)) seen.set(key, seen.size);
      numbers[i] = seen.get(key);
    }
    return numbers;
  }

  /** @param {object} data rows.json @returns {object} the same with typed arrays beside the texts */
  function build(data) {
    const n = data.n, x = new Float64Array(n).fill(-9), y = new Float64Array(n).fill(-9);
    for (let i = 0; i < n; i++) {
      if (data.lon[i] === null) continue;
      x[i] = worldX(data.lon[i]);
      y[i] = worldY(data.lat[i]);
    }
    const index = new Map();
    for (let i = 0; i < n; i++) if (data.parent[i]) index.set(data.id[i], data.parent[i]);
    return Object.assign({}, data, {
      x, y, spot: placeNumbers(data.lon, data.lat, n), parents: index,
      w0: Int32Array.from(data.w0), s0: Int32Array.from(data.s0), s1: Int32Array.from(data.s1), w1: Int32Array.from(data.w1),
      kind: Uint8Array.from(data.kind), status: Uint8Array.from(data.status), form: Uint8Array.from(data.form),
      credibility: Uint8Array.from(data.credibility),
      bloc: Uint8Array.from(data.blocs, (own) => (own.length ? own[0] : NO_BLOC)),
      mask: Uint32Array.from(data.blocs, (own) => (own.length ? own.reduce((all, b) => all | 1 << b, 0) : 1 << NO_BLOC)),
    });
  }

  /** Row numbers whose bit is set. @param {string} packed base64 of numpy.packbits @param {number} n @returns {Int32Array} */
  function bits(packed, n) {
    const text = atob(packed), found = new Int32Array(n);
    let count = 0;
    for (let i = 0; i < n; i++) {
      if (text.charCodeAt(i >> 3) >> (7 - (i & 7)) & 1) found[count++] = i;
    }
    return found.slice(0, count);
  }

  /**
   * The rows a window shows.
   * @param {object} rows from build @param {Int32Array} live eligible rows @param {number} a @param {number} b both inclusive
   * @param {Int32Array} [plans] rows to show faintly when they lie after the window
   * @returns {{row: Int32Array, certain: Uint8Array, n: number, sure: number, maybe: number, ahead: Int32Array}}
   */
  function shown(rows, live, a, b, plans) {
    const { w0, s0, s1, w1 } = rows, row = new Int32Array(live.length), certain = new Uint8Array(live.length);
    let n = 0, sure = 0;
    for (let k = 0; k < live.length; k++) {
      const i = live[k];
      if (w0[i] > b || w1[i] < a) continue;
      const c = s0[i] <= b && s1[i] >= a ? 1 : 0;
      row[n] = i;
      certain[n++] = c;
      sure += c;
    }
    return { row, certain, n, sure, maybe: n - sure, ahead: plans ? plans.filter((i) => w0[i] > b) : new Int32Array(0) };
  }

  /**
   * Certain and possible rows per bin of `step` days: each bin is asked as if it were the window.
   * @returns {{certain: Int32Array, possible: Int32Array, step: number, first: number, most: number}}
   */
  function histogram(rows, live, first, last, step) {
    const bins = Math.floor((last - first) / step) + 1, sure = new Int32Array(bins + 1), any = new Int32Array(bins + 1);
    const bin = (day) => Math.floor((day - first) / step);
    const add = (into, from, to) => {
      const p = Math.max(0, from), q = Math.min(bins - 1, to);
      if (p <= q) { into[p]++; into[q + 1]--; }
    };
    for (let k = 0; k < live.length; k++) {
      const i = live[k];
      add(any, bin(rows.w0[i]), bin(rows.w1[i]));
      add(sure, bin(rows.s0[i]), bin(rows.s1[i]));
    }
    return summed(sure, any, bins, step, first);
  }

  function summed(sure, any, bins, step, first) {
    const certain = new Int32Array(bins), possible = new Int32Array(bins);
    let s = 0, w = 0, most = 0;
    for (let k = 0; k < bins; k++) {
      s += sure[k];
      w += any[k];
      certain[k] = s;
      possible[k] = w - s;
      most = Math.max(most, w);
    }
    return { certain, possible, step, first, most };
  }

  panj.rows = { NO_BLOC, build, bits, shown, histogram, worldX, worldY };
})(window.panj);
