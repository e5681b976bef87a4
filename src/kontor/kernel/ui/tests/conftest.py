"""The look is tested alone: without a database, without logins."""

import pytest

LEAN = [
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kontor.kernel.ui.messages.MessagesMiddleware",
]


@pytest.fixture(autouse=True)
def _only_what_pages_need(settings):
    settings.MIDDLEWARE = LEAN
