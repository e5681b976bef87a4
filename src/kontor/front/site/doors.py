"""The doors of the website. The house's pages and the withdrawal form have none: they are always open."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.doors import Door

DOORS = (
    Door(
        "contact",
        "care",
        "mail",
        _("Contact form"),
        _("Visitors write to you without logging in; each message becomes a matter."),
        "site:contact",
        # The page with your address stays: the law wants it. Only the form goes.
        ("site:write",),
    ),
    Door(
        "news",
        "press",
        "message-square-text",
        _("News"),
        _("Articles on the website, on the start page and as a feed."),
        "site:news",
        ("site:news", "site:article", "site:feed"),
    ),
)
