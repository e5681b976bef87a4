"""A browser whose every request is answered by Django itself, without a server and without a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

ORIGIN = "http://testserver"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def open_page(
    browser: Browser,
    path: str,
    *,
    width: int = 1280,
    language: str = "de",
    theme: str = "light",
    density: str = "",
    errors: list[str] | None = None,
    script: str = "",
) -> Page:
    """Open ``path`` as a reader with this width, language, theme and density; what the browser complains about goes
    into ``errors``; ``script`` runs before the page's own."""
    context = browser.new_context(viewport={"width": width, "height": 900}, permissions=["clipboard-write"])
    page = context.new_page()
    if script:
        page.add_init_script(script)
    page.route("**/*", _Answers(language, theme, density))
    page.set_default_timeout(5000)
    heard = errors if errors is not None else []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.goto(f"{ORIGIN}{path}")
    return page


class _Answers:
    """Answers one reader's requests."""

    def __init__(self, language: str, theme: str, density: str) -> None:
        self.client = Client()
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        self.client.cookies["kontor_theme"] = theme
        if density:
            self.client.cookies["kontor_density"] = density

    def __call__(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            found = finders.find(address.path.removeprefix("/static/"))
            assert isinstance(found, str), address.path
            with open(found, "rb") as file:
                route.fulfill(
                    body=file.read(), content_type=TYPES.get(found.rsplit(".", 1)[-1], "text/plain")
                )
            return
        asked = {
            name: value for name, value in route.request.headers.items() if name.startswith(("x-", "hx-"))
        }
        answer = self.client.get(f"{address.path}?{address.query}", headers=asked)
        route.fulfill(
            status=answer.status_code,
            body=answer.content,
            headers={
                name.lower(): value for name, value in answer.items() if name.lower() != "content-length"
            },
        )
