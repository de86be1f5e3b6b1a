/* Loaded first: whatever goes wrong in the frame is said in the frame, in words, never a blank map. */
window.panj = window.panj || {};

(function (panj) {
  "use strict";

  /** The one place where trouble is told. @returns {HTMLElement} */
  function board() {
    let box = document.getElementById("panj-alarm");
    if (!box) {
      box = document.createElement("div");
      box.id = "panj-alarm";
      box.setAttribute("role", "alert");
      box.style.cssText = "position:fixed;left:50%;top:108px;transform:translateX(-50%);z-index:2000;max-width:80%;padding:8px 12px;" +
        "background:#fff;border:2px solid #9B1C1C;border-radius:6px;color:#9B1C1C;font:600 13px/1.4 sans-serif";
      document.body.appendChild(box);
    }
    return box;
  }

  /** Say a sentence to the reader and keep it in the console. @param {string} sentence @param {*} [cause] */
  panj.say = function (sentence, cause) {
    board().textContent = sentence;
    if (cause) console.error(sentence, cause);
  };

  /** Trouble of one sort is over: take its sentence away. */
  panj.unsay = function () {
    const box = document.getElementById("panj-alarm");
    if (box) box.remove();
  };

  /** Address of a script or style sheet that did not load, empty for other errors. @param {ErrorEvent} event */
  function missing(event) {
    const target = event.target;
    return target && target !== window ? String(target.src || target.href || "") : "";
  }

  window.addEventListener("error", function (event) {
    const file = missing(event);
    if (file) return panj.say("A part of the map could not be loaded: " + file.split("/").pop().split("?")[0] + ". Reload the page.", event);
    if (/ResizeObserver loop/.test(event.message || "")) return; // the browser's note that it will look again in the next frame
    panj.say("The map stopped on an error: " + event.message + ". Reload the page.", event.error);
  }, true);

  window.addEventListener("unhandledrejection", function (event) {
    panj.say("The map stopped on an error: " + (event.reason && event.reason.message || event.reason) + ". Reload the page.", event.reason);
  });
})(window.panj);
