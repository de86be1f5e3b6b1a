/* Days are integers since 1970-01-01; this file turns them into words and holds the rule of time. */
(function (panj) {
  "use strict";

  const MS = 86400000;
  const INF = 100000;
  const SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const LONG = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  /** @param {number} day @returns {Date} */
  const date = (day) => new Date(day * MS);

  /** @param {number} day @returns {string} `2021-09-16` */
  const iso = (day) => date(day).toISOString().slice(0, 10);

  /** @param {string} text an ISO day @returns {number} */
  const parse = (text) => Math.round(Date.parse(text + "T00:00:00Z") / MS);

  /** @param {number} day @returns {string} `16 Sep` */
  const short = (day) => date(day).getUTCDate() + " " + SHORT[date(day).getUTCMonth()];

  /** @param {number} day @returns {string} `16 September 2021` */
  const long = (day) => date(day).getUTCDate() + " " + LONG[date(day).getUTCMonth()] + " " + date(day).getUTCFullYear();

  /** @param {number} day */
  const year = (day) => date(day).getUTCFullYear();

  /** Both days inclusive. @param {number} a @param {number} b @returns {string} `13–19 Sep`, `28 Sep – 3 Oct` */
  function range(a, b) {
    if (a === b) return short(a);
    if (year(a) !== year(b)) return short(a) + " " + year(a) + " – " + short(b) + " " + year(b);
    if (date(a).getUTCMonth() === date(b).getUTCMonth()) return date(a).getUTCDate() + "–" + short(b);
    return short(a) + " – " + short(b);
  }

  /** First days of months from a to b. @returns {{day: number, label: string, january: boolean}[]} */
  function months(a, b) {
    const first = date(a), found = [];
    for (let y = first.getUTCFullYear(), m = first.getUTCMonth(); ; m++) {
      const start = Date.UTC(y, m, 1) / MS;
      if (start > b) return found;
      const month = date(start);
      found.push({ day: Math.max(start, a), label: LONG[month.getUTCMonth()], short: SHORT[month.getUTCMonth()],
                   year: month.getUTCFullYear(), january: month.getUTCMonth() === 0 });
    }
  }

  /** The rule of time, the same as in Python. @returns {number} 2 certain, 1 possible, 0 out */
  function standing(w0, s0, s1, w1, a, b) {
    if (w0 > b || w1 < a) return 0;
    return s0 <= b && s1 >= a ? 2 : 1;
  }

  panj.days = { INF, iso, parse, short, long, year, range, months, standing, LONG, SHORT, date };
})(window.panj);
