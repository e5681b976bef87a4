"""A request reads in one lazy READ ONLY transaction; a refusal becomes a page."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kontor.kernel.errors import NotFound, OnlySent, Refusal

type Respond = Callable[[HttpRequest], HttpResponse]


class ReadingMiddleware:
    """Begins reading with the first statement of the request and ends with its response."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.start_request()  # type: ignore[attr-defined]  # Kontor's own database wrapper
        try:
            return self.respond(request)
        finally:
            connection.end_request()  # type: ignore[attr-defined]


class RefusalMiddleware:
    """A refusal that no view turned into a form error is shown as a page with its status.

    So is the answer to who opens the address of a form, out of the history or a bookmark: it would be blank.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:  # no number and no name holds one, and the database refuses to be asked
            return self._page(request, NotFound(number=request.path_info.replace("\0", "")))
        response = self.respond(request)
        if response.status_code == OnlySent.status and request.method == "GET":
            page = self._page(request, OnlySent())
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return self._page(request, exception)
        return None

    @staticmethod
    def _page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return render(request, "ui/refusal.html", {"refusal": refusal}, status=refusal.status)
