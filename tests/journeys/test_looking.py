"""The look at a page ends, whatever the page does."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import AT_REST

pytestmark = pytest.mark.browser

FADES = """
<style>
  button { background: white; transition: background-color 120ms }
  .dark button { background: black }
</style>
<details open><summary>More</summary><button>inside</button></details>
<button>outside</button>
"""
# In one breath: the fading begins, and the details is closed over it.
CLOSE_OVER_IT = """() => {
  const inside = document.querySelector("details button");
  getComputedStyle(inside).backgroundColor;
  document.body.className = "dark";
  getComputedStyle(inside).backgroundColor;
  document.querySelector("details").open = false;
}"""


def test_what_fades_in_a_details_that_is_closed_meanwhile_is_put_at_its_end(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(FADES)
    page.evaluate(CLOSE_OVER_IT)
    page.evaluate(AT_REST)
    assert page.evaluate("document.getAnimations().every((one) => one.playState === 'finished')")
    outside = page.evaluate("getComputedStyle(document.querySelector('body > button')).backgroundColor")
    assert outside == "rgb(0, 0, 0)"
    page.close()


# Fading that never comes to an end by itself, as in a browser that draws no picture for seconds.
STAND_STILL = """() => {
  const outside = document.querySelector("body > button");
  getComputedStyle(outside).backgroundColor;
  document.body.className = "dark";
  document.getAnimations().forEach((one) => one.pause());
}"""


def test_a_fading_that_does_not_come_to_its_end_is_put_there(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(FADES)
    page.evaluate(STAND_STILL)
    outside = "getComputedStyle(document.querySelector('body > button')).backgroundColor"
    assert page.evaluate(outside) == "rgb(255, 255, 255)"
    page.evaluate(AT_REST)
    assert page.evaluate(outside) == "rgb(0, 0, 0)"
    page.close()
