"""Photograph a running demo house for the README: ``./kontor up``, then ``tools/screenshots.py [--port 8400]``.

Needs the developers' requirements and Chromium. Pictures go to ``docs/screenshots`` as WebP of at most 150 KB each.
"""

import argparse
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
]
PASSWORD = "moin-weserrad"  # noqa: S105 - that of every demo login
MOST_BYTES = 150_000
LOCALES = {"de": "de-DE", "en": "en-GB"}
WIDE, PHONE = (1280, 800), (390, 780)

type Language = Literal["de", "en"]
type Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as one reader sees it; ``offset`` is its door's distance from the first port."""

    name: str
    offset: int
    path: str
    login: str = ""
    size: tuple[int, int] = WIDE
    theme: Theme = "light"


PICTURES = (
    Picture("house", 2, "/house/", login="ken.sanchez", size=(1280, 1150)),
    Picture("shop", 0, "/"),
    Picture("inbox", 1, "/inbox/?queue=all", login="linda.mitchell"),
    Picture("ear", 2, "/improvement/suggestions/", login="ken.sanchez"),
    Picture("product", 0, "/product/tourenrad-touring-1000/", size=PHONE),
    Picture("desk", 1, "/customers/K-10001/", login="linda.mitchell"),
    Picture("back", 2, "/orders/", login="ken.sanchez"),
    Picture("books", 2, "/ledger/open-items/", login="deborah.poe", theme="dark"),
)


def photograph(browser: Browser, picture: Picture, *, port: int, language: Language) -> bytes:
    """Open the page in a browser of its own and take the picture."""
    width, height = picture.size
    context = browser.new_context(
        locale=LOCALES[language],
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.size == PHONE else 1.5,
        color_scheme=picture.theme,
        bypass_csp=True,  # for the one rule below
    )
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port + picture.offset}{picture.path}")
    if picture.login:
        _log_in(page, picture.login)
        context.add_cookies(
            [{"name": "kontor_language", "value": language, "url": f"http://127.0.0.1:{port}/"}]
        )
        page.reload()
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content="html { scrollbar-gutter: auto; scrollbar-width: none; }")
    page.evaluate("document.fonts.ready")
    taken = page.screenshot()
    context.close()
    return taken


def _log_in(page: Page, name: str) -> None:
    page.locator("input[name=username], input[name=email]").fill(f"{name}@weserrad.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button:not([name])").last.click()
    page.wait_for_url(lambda address: "/login/" not in address)


def save(taken: bytes, file: Path) -> int:
    """Write the picture as WebP, as finely as the size allows. Returns its size in bytes."""
    image = Image.open(BytesIO(taken)).convert("RGB")
    for quality in range(86, 40, -6):
        written = BytesIO()
        image.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= MOST_BYTES:
            break
    file.write_bytes(written.getvalue())
    return written.tell()


def main() -> None:
    """Take every picture in both languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8400)
    port = parser.parse_args().port
    FOLDER.mkdir(parents=True, exist_ok=True)
    languages: tuple[Language, ...] = ("de", "en")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language in languages:
            for picture in PICTURES:
                file = FOLDER / f"{picture.name}.{language}.webp"
                size = save(photograph(browser, picture, port=port, language=language), file)
                sys.stdout.write(f"{file.name}  {size / 1000:.0f} KB\n")
        browser.close()


if __name__ == "__main__":
    main()
