"""What files are, by their bytes, and how much of them a message may bring."""

import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kontor.bridge.cases import errors
from kontor.bridge.cases.files import media_type_of, sent_files


class Unread(SimpleUploadedFile):
    """An upload that says how large it is and must not be read."""

    def __init__(self, size: int) -> None:
        super().__init__("a.txt", b"")
        self.size = size

    def read(self, *_args: Any) -> bytes:
        raise AssertionError("read before its size was checked")


@pytest.mark.parametrize("unit", [b"<!---->", b"<!-- -->\n ", b"<!--", b" \n"])
@pytest.mark.parametrize("rest", [b"x", b"-->", b"<", b""])
def test_comments_by_the_thousand_take_no_time(unit: bytes, rest: bytes) -> None:
    begun = time.process_time()
    assert media_type_of(unit * (4080 // len(unit)) + rest) == "text/plain"
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(
    "content",
    [
        b"<!----><html>",
        b" \n<!-- a --> <!-- > -- b -->\n<SCRIPT>",
        b"\xef\xbb\xbf<!doctype html>",
        b"<!---->" * 500 + b"<svg>",
    ],
)
def test_markup_behind_comments_is_markup(content: bytes) -> None:
    assert media_type_of(content) == "text/html"


def test_what_is_too_much_together_is_refused_unread() -> None:
    with pytest.raises(errors.FilesTooLarge, match="25"):
        sent_files([Unread(9 * 1024 * 1024) for _ in range(3)])
    with pytest.raises(errors.FileTooLarge):
        sent_files([Unread(1), Unread(11 * 1024 * 1024)])


@pytest.mark.parametrize(("is_stranger", "most"), [(True, 3), (False, 10)])
def test_strangers_send_three_files_customers_ten(is_stranger: bool, most: int) -> None:
    files = [SimpleUploadedFile(f"{place}.txt", b"a") for place in range(most + 1)]
    with pytest.raises(errors.TooManyFiles, match=str(most)):
        sent_files(files, is_stranger=is_stranger)
    assert len(sent_files(files[:most], is_stranger=is_stranger)) == most
