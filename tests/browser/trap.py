"""What a script from a file would be caught by: every way to speak up is noted, and whatever stands on the page is looked through."""

from __future__ import annotations

from tests.browser.screen import Screen

_SET = """
window.panjTrap = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  Object.defineProperty(window, name, { value: (...said) => { window.panjTrap.push([name, ...said].join(" ")); } });
"""

_FOUND = """ours => {
  const never = "img, script, style, iframe, object, embed, base, link, meta, form:not([data-form]), math, video, audio, marquee";
  const odd = (element) => element.matches(ours ? never : "img")
    || element.getAttributeNames().some((name) => name.startsWith("on"))
    || /^\\s*(javascript|vbscript|data):/i.test(element.getAttribute("href") || "");
  const roots = ours ? [...document.querySelectorAll(ours)] : [document];
  const elements = roots.flatMap((root) => [...root.querySelectorAll("*")]).filter(odd).map((element) => element.outerHTML.slice(0, 200));
  return [...window.panjTrap, ...elements];
}"""


class Trap:
    """Set before a page is opened; `caught` is empty when text stayed text."""

    def __init__(self, screen: Screen) -> None:
        """Set it in every document the window opens from now on."""
        self._screen, self._dialogs = screen, []
        screen.context.add_init_script(_SET)
        screen.page.on("dialog", self._dialog)

    def _dialog(self, dialog) -> None:
        self._dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def caught(self) -> list[str]:
        """What ran, and every element that no text of a file may become, in the page's own pieces and in the map."""
        page, *frames = self._screen.page.frames
        return [*self._dialogs, *page.evaluate(_FOUND, ".panj-piece"), *(found for frame in frames for found in frame.evaluate(_FOUND, ""))]
