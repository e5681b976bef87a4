"""The floor under a page: a bare Django view with one query, a plain loop and as many bytes."""

from importlib import resources

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

# Rows of the same size from a table every plane may read, so that the floor needs no membrane.
_QUERY = (
    "SELECT number, name_de, name_en, price, currency, color, size, unit FROM catalogue_storefrontitem"
    " ORDER BY number LIMIT %s"
)
_PAGE = resources.files(__package__).joinpath("floor.html").read_text("utf-8")


class Floor:
    """One floor page: so many rows, filled up to so many bytes."""

    rows = 24
    size = 0
    _template = None

    @classmethod
    def fit(cls, *, rows: int, size: int) -> None:
        """From now on the floor is like this; the rest of its bytes is constant text, as most of a page is."""
        cls.rows, cls.size, cls._template = rows, size, None
        short = len(cls.draw())
        cls._template = engines["django"].from_string(
            _PAGE.replace("@filler@", "x" * max(0, size - short + 8))
        )

    @classmethod
    def draw(cls) -> bytes:
        """Ask, loop, write."""
        template = cls._template or engines["django"].from_string(_PAGE)
        with connection.cursor() as cursor:
            cursor.execute(_QUERY, [cls.rows])
            return str(template.render({"rows": cursor.fetchall()})).encode()


def floor(_request: HttpRequest) -> HttpResponse:
    """The bare view."""
    return HttpResponse(Floor.draw())


urlpatterns = [path("floor/", floor)]
