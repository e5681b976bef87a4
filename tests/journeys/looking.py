"""What is looked at on every page of a journey: axe finds nothing, light and dark, and nothing sticks out."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from kontor.kernel.ui.tests.test_pages_browser import OVERFLOWING

WIDTHS = (320, 360, 768, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# A theme that changes fades: axe would measure colours half-way. A browser under load may draw no picture for seconds
# and leave them at their first colour, so nothing is waited for: what fades is put at its end, until nothing fades any
# more in two pictures in a row. What fades inside a closed ``details`` stays in the list for ever, though it is
# finished; and a page that is never quiet is looked at as it is.
AT_REST = """async () => {
  const ended = () => {
    const fading = document.getAnimations().filter(
      (one) => one instanceof CSSTransition && one.playState !== "finished");
    fading.forEach((one) => one.finish());
    return fading.length === 0;
  };
  const picture = () => new Promise((drawn) => { requestAnimationFrame(drawn); setTimeout(drawn, 200); });
  const patience = performance.now() + 5000;
  for (let quiet = 0; quiet < 2 && performance.now() < patience; quiet = ended() ? quiet + 1 : 0) await picture();
}"""


def looks_right(page: Page) -> None:
    """Look at the page in both themes and at every width; the reader's own width and theme come back afterwards."""
    page.wait_for_load_state()
    own = page.viewport_size
    found = _sticking_out(page) + _barriers(page)
    if own is not None:
        page.set_viewport_size(own)
    assert found == [], "\n".join([page.url, *found])


def _sticking_out(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width} px: {what}" for what in page.evaluate(OVERFLOWING)]
    return found


def _barriers(page: Page) -> list[str]:
    found = []
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.evaluate(AT_REST)
        said: dict[str, Any] = Axe().run(page).response
        found += [
            f"{theme}: {fault['id']} {node['target']} {node['failureSummary']}"
            for fault in said["violations"]
            for node in fault["nodes"]
        ]
    page.emulate_media(color_scheme="dark" if is_dark else "light")
    return found
