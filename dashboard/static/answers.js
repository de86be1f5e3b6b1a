/* What the frame tells Python, numbered, so that the same click twice is two answers. */
(function (panj) {
  "use strict";

  const KEEP = 5; // answers told again with the next one: Streamlit keeps only the newest value of a rerun that has not begun
  const AGAIN = [3000, 6000, 9000]; // ms after which answers that Python has not seen are told again: a request that comes as a run begins takes its place
  let n = Date.now(); // a frame that is loaded anew never repeats a number
  let timer = 0;
  const told = [];

  /** Send an answer. @param {object} what without its number @returns {number} its number */
  function tell(what) {
    const answer = Object.assign({ n: ++n }, what);
    if (!window.Streamlit || !window.Streamlit.setComponentValue) {
      panj.say("The map cannot reach the page: it was opened outside of it.");
      return n;
    }
    told.push(answer);
    if (told.length > KEEP + 1) told.shift();
    deliver(0);
    return n;
  }

  /** Hand over the last answers that Python has not seen, until it has or has had its time. @param {number} times how often already */
  function deliver(times) {
    window.Streamlit.setComponentValue({ panj: Object.assign({ earlier: told.slice(0, -1), times }, told[told.length - 1]) });
    clearTimeout(timer);
    if (times < AGAIN.length) timer = setTimeout(() => { if (told.length) deliver(times + 1); }, AGAIN[times]);
  }

  /** Run `fn` once nothing has asked for it for `ms`. */
  function settled(fn, ms) {
    let timer = 0;
    const later = (...args) => { clearTimeout(timer); timer = setTimeout(() => { timer = 0; fn(...args); }, ms); };
    later.cancel = () => { clearTimeout(timer); timer = 0; };
    later.pending = () => timer !== 0;
    return later;
  }

  /** Python has seen the answers up to this number: they need not be told again. */
  function seen(number) {
    while (told.length && told[0].n <= number) told.shift();
  }

  let place_it = false;

  /** Whether the next click says where an event is. @param {boolean} on */
  function place(on) {
    place_it = on;
  }

  /** Tell where was clicked, if that was asked for. @param {{lat: number, lng: number}} at @returns {boolean} whether it was */
  function placed(at) {
    if (!place_it) return false;
    place_it = false;
    tell({ what: "place", lon: at.lng, lat: at.lat });
    return true;
  }

  panj.answers = { tell, settled, seen, waiting: () => told.length > 0, place, placed, placing: () => place_it };
})(window.panj);
