"""Addresses of rows, many at a time: an address is looked up once and filled in for each row."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse

from kontor.kernel.ui.listing.declaring import Row

_PLACE = "-kontor-"


def row_url(url_name: str, key: str) -> Callable[[Row], str]:
    """The ``url`` of a list whose pages take one value of the row: ``row_url("orders:detail", "number")``."""

    def of(row: Row) -> str:
        before, after = _parts(url_name, get_urlconf(), get_script_prefix())
        return f"{before}{quote(str(row[key]), safe='')}{after}"

    return of


@lru_cache(maxsize=256)
def _parts(url_name: str, _urlconf: str | None, _prefix: str) -> tuple[str, str]:
    before, _place, after = reverse(url_name, args=[_PLACE]).partition(_PLACE)
    return before, after
