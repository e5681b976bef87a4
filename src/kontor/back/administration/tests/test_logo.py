# ruff: noqa: E501 - drawings are lines of their own
"""Logos, as whoever uploads a good one, a lying one and a dangerous one finds them."""

from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image

from kontor.back.administration.setting_up.errors import DrawingRefused, NoPicture, PictureTooLarge
from kontor.back.administration.setting_up.logo import checked_logo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">%s</svg>'


@pytest.fixture(autouse=True)
def _in_german():
    with override("de"):
        yield


def picture(kind, size=(40, 20)):
    out = BytesIO()
    Image.new("RGB", size, (10, 90, 90)).save(out, kind)
    return out.getvalue()


def test_a_drawing_keeps_its_shapes_and_loses_what_is_not_one():
    media, clean = checked_logo(
        SVG
        % b"""<style>.a{fill:#abc;background:url(http://x)}</style><script>alert(1)</script><g onclick="x()">
        <path class="a" d="M0 0h9" fill-rule="evenodd"/></g><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>
        <image href="http://evil.example/x.png"/><use xlink:href="#a"/><use href="http://evil.example#a"/>
        <rect width="3" height="3" style="fill:red;behavior:url(x)" fill="url(http://evil.example)"/><a href="javascript:alert(1)"><circle r="1"/></a>"""
    )
    text = clean.decode()
    assert media == "image/svg+xml" and '<path fill="#abc" d="M0 0h9" fill-rule="evenodd"' in text
    assert 'href="#a"' in text and 'fill="red"' in text
    for bad in ("script", "onclick", "foreignObject", "evil", "javascript", "behavior", "<image", "<a"):
        assert bad not in text, bad
    assert checked_logo(clean) == (media, clean)  # clean already: nothing more to do


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="&a;"/></svg>',
        SVG % b"<script>1</script>",
        b"<svg><g>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    ],
    ids=["entities", "nothing left", "broken", "sizeless"],
)
def test_a_drawing_that_cannot_be_trusted_is_refused_with_the_reason(content):
    with pytest.raises(DrawingRefused, match="als einfaches SVG"):
        checked_logo(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a....",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\nbroken",
        b"<html><body>svg</body></html>",
        picture("BMP"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(content):
    with pytest.raises(NoPicture):
        checked_logo(content)


def test_a_picture_is_written_anew_and_made_small():
    out = BytesIO()
    Image.new("RGB", (2000, 1000)).save(out, "JPEG", comment=b"<script>")
    media, clean = checked_logo(out.getvalue())
    assert media == "image/jpeg" and b"<script>" not in clean
    assert Image.open(BytesIO(clean)).size == (640, 320)
    assert checked_logo(picture("PNG"))[0] == "image/png"


def test_too_large_is_too_large():
    for content in (
        b"x" * 600_000,
        picture("PNG", (4001, 10)),
        SVG % (b"<g/>" * 4001),
        SVG % (b'<use href="#a"/>' * 17),
    ):
        with pytest.raises(PictureTooLarge):
            checked_logo(content)
