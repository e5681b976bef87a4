"""The reader's view: every component and every frame at every width, in both themes and languages, by eye of axe."""

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from kontor.kernel.ui.tests.browser import ORIGIN, chromium, open_page

pytestmark = [pytest.mark.browser, pytest.mark.urls("kontor.kernel.ui.tests.pages")]
PAGES = ["/components/", "/frame/public/", "/frame/desk/", "/frame/back/", "/frame/gate/"]
WIDTHS = [320, 360, 768, 1280]
OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth;
  const inScroller = (element) => {
    for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(parent).overflowX)) return true;
    }
    return false;
  };
  const whole = document.documentElement.scrollWidth;
  const found = whole > wide ? [`the page itself: ${whole}`] : [];
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const box = element.getBoundingClientRect();
    if (box.width && box.right > wide + 1 && !inScroller(element) && element.checkVisibility()) {
      found.push(`${element.tagName}.${element.getAttribute("class")} ${Math.round(box.right)}`);
    }
  }
  return found;
}"""
CUT_WORDS = """() => [...document.querySelectorAll("main .button, main .pill, main label, main .tabs a")]
  .filter((element) => element.checkVisibility() && element.clientWidth > 2
    && element.scrollWidth > element.clientWidth + 1
    && getComputedStyle(element).display !== "inline" && !element.matches(".visually-hidden"))
  .map((element) => element.textContent.trim())"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def faults(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, path: str, theme: str) -> None:
    errors: list[str] = []
    page = open_page(browser, path, theme=theme, errors=errors)
    assert faults(page) == []
    assert errors == []
    page.context.close()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_at_any_width(browser: Browser, path: str, language: str) -> None:
    page = open_page(browser, path, language=language)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, page.evaluate(OVERFLOWING), page.evaluate(CUT_WORDS)) == (width, [], [])
    page.context.close()


@pytest.mark.parametrize("density", ["compact", "touch"])
def test_every_density_fits_a_telephone(browser: Browser, density: str) -> None:
    page = open_page(browser, "/components/", width=320, density=density)
    assert page.evaluate(OVERFLOWING) == []
    page.context.close()


def test_the_palette_opens_with_ctrl_k_and_closes_with_escape(browser: Browser) -> None:
    page = open_page(browser, "/frame/back/")
    page.keyboard.press("Control+k")
    assert page.locator("#palette").is_visible()
    page.locator("#palette a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator("#palette a:focus").inner_text().startswith("Anna Behrens-Osterloh")
    page.keyboard.press("b")
    assert page.locator("#palette input:focus").input_value() == "b"
    page.keyboard.press("Escape")
    assert not page.locator("#palette").is_visible()
    page.context.close()


def test_rows_are_walked_and_ticked_with_the_keyboard(browser: Browser) -> None:
    page = open_page(browser, "/components/")
    for key in "jjx":
        page.keyboard.press(key)
    assert page.locator("tr.is-here .row-link").inner_text() == "A-1479"
    assert page.locator("tr.is-here .tick").is_checked()
    assert page.locator(".bulk").inner_text().startswith("1 ")
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    page.context.close()


def test_the_theme_changes_at_once_and_stays(browser: Browser) -> None:
    page = open_page(browser, "/frame/public/")
    page.locator("[data-menu] summary").click()
    page.locator("button[name=theme][value=dark]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert "kontor_theme=dark" in page.evaluate("document.cookie")
    page.context.close()


def test_the_departments_open_without_scripts_on_a_telephone(browser: Browser) -> None:
    page = open_page(browser, "/frame/back/", width=360)
    assert not page.locator("#side nav").is_visible()
    page.locator("a[href='#side']").click()
    assert page.locator("#side nav").is_visible()
    page.locator(".back-close").click()
    page.wait_for_timeout(300)
    assert not page.locator("#side nav").is_visible()
    page.context.close()


def test_the_menus_at_the_foot_of_the_office_stay_within_its_side(browser: Browser) -> None:
    page = open_page(browser, "/frame/back/", width=1280)
    for summary in page.locator(".back-foot summary").all():
        summary.click()
        panel = summary.locator("xpath=..").locator(".menu-panel").bounding_box()
        side = page.locator(".back-side").bounding_box()
        assert panel is not None and side is not None
        assert side["x"] <= panel["x"] and panel["x"] + panel["width"] <= side["x"] + side["width"]
        summary.click()
    page.context.close()


def test_a_field_whose_files_are_on_their_way_takes_no_others(browser: Browser) -> None:
    page = open_page(browser, "/components/", width=1280)
    drop = """(isDisabled) => {
      const place = document.querySelector("[data-file-drop]"), field = place.querySelector("input");
      field.disabled = isDisabled;
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["words"], "letter.txt"));
      place.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      return field.files.length;
    }"""
    assert page.evaluate(drop, True) == 0
    assert page.evaluate(drop, False) == 1
    page.context.close()


def test_nothing_moves_while_the_page_arrives(browser: Browser) -> None:
    page = open_page(browser, "/frame/public/", width=360)
    shift = page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 600);
        })"""
    )
    assert shift <= 0.05
    page.context.close()


def test_a_live_part_is_exchanged_alone(browser: Browser) -> None:
    errors: list[str] = []
    page = open_page(browser, "/live/", errors=errors)
    page.locator("#state p", has_text="again").wait_for()
    assert page.locator("#state").count() == 1 and errors == []
    page.context.close()


def test_where_no_stream_can_be_had_a_part_is_read_every_few_seconds(browser: Browser) -> None:
    page = open_page(browser, "/frame/public/")
    page.route("**/watch/**", lambda route: route.abort())
    page.goto(f"{ORIGIN}/live/")
    began = monotonic()
    page.locator("#state p", has_text="again").wait_for(timeout=9000)
    assert monotonic() - began <= 7  # four and the reading; the machine may be busy
    # It goes on: what is old again is read again.
    page.evaluate("document.querySelector('#state p').textContent = 'old'")
    page.locator("#state p", has_text="again").wait_for(timeout=9000)
    page.context.close()


STREAMS = """
window.streams = [];
window.EventSource = class extends EventTarget {
  static OPEN = 1;
  static CLOSED = 2;
  readyState = 1;
  constructor() { super(); streams.push(this); }
  close() {}
};
window.ring = () => streams.forEach((stream) => stream.dispatchEvent(new Event("refresh")));
"""


def test_many_events_on_two_parts_are_few_readings_and_none_waits_for_quiet(browser: Browser) -> None:
    page = open_page(browser, "/live/?parts=2", script=STREAMS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "x-live" in request.headers else None)
    page.evaluate("ring()")
    page.locator("#state p", has_text="again").wait_for()
    page.locator("#state2 p", has_text="again").wait_for()
    assert len(asked) == 1

    page.evaluate("window.bell = setInterval(ring, 20)")
    page.wait_for_timeout(5000)
    while_it_rings = len(asked)
    page.evaluate("clearInterval(bell)")
    assert 3 <= while_it_rings <= 35  # two at least, if each takes so long that two seconds of rest follow
    page.wait_for_timeout(3000)
    assert len(asked) <= while_it_rings + 2  # the last event is read, and no more
    page.context.close()


def test_nothing_is_exchanged_under_the_fingers_of_somebody_who_types(browser: Browser) -> None:
    page = open_page(browser, "/live/", script="addEventListener('DOMContentLoaded', () => typed.focus())")
    page.keyboard.type("half a word")
    page.wait_for_timeout(500)
    assert page.locator("#state p").inner_text() == "first"
    page.locator("h1").click()
    page.locator("#state p", has_text="again").wait_for()
    page.context.close()


def test_nor_of_somebody_who_begins_to_type_while_the_part_is_read_again(browser: Browser) -> None:
    page = open_page(browser, "/live/", script=STREAMS)
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if "x-live" in route.request.headers and not held:
            held.append(route)
        else:
            route.fallback()

    page.route("**/live/", hold_first)
    with page.expect_request(lambda request: "x-live" in request.headers):
        page.evaluate("ring()")
    page.locator("#typed").fill("half a word")
    with page.expect_response(lambda answer: "x-live" in answer.request.headers):
        held[0].fallback()
    page.wait_for_timeout(300)
    assert page.locator("#typed").input_value() == "half a word"
    page.locator("h1").click()
    page.locator("#state p", has_text="again").wait_for()
    page.context.close()
