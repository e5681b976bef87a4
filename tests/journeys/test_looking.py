"""The look at a page ends, whatever the page does."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import AT_REST

pytestmark = pytest.mark.browser

FADES = """
<style>
  :root { color-scheme: light dark }
  button { background: light-dark(white, black); transition: background-color 120ms }
</style>
<details open><summary>More</summary><button>inside</button></details>
<button>outside</button>
"""
BACKGROUND = "getComputedStyle(document.querySelector('%s')).backgroundColor"


def test_what_fades_in_a_details_that_is_closed_meanwhile_is_not_waited_for(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(FADES)
    page.evaluate(BACKGROUND % "details button")
    page.emulate_media(color_scheme="dark")
    page.evaluate(BACKGROUND % "details button")  # the fading has begun
    page.evaluate("document.querySelector('details').open = false")
    page.evaluate(AT_REST)
    assert page.evaluate("document.getAnimations().length") == 1  # and this one is in the list for ever
    assert page.evaluate(BACKGROUND % "body > button") == "rgb(0, 0, 0)"
    page.close()
