"""The pages every house has, and the texts they start with."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Kind = Literal["page", "legal", "news"]


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of the website. ``in_foot``: it is linked at the foot of every public page."""

    slug: str
    kind: Kind
    label: str | Promise
    hint: str | Promise
    in_foot: bool = True


PAGES: Sequence[PageRow] = (
    PageRow("home", "page", _("Start page"), _("What visitors see first"), in_foot=False),
    PageRow("about", "page", _("About us"), _("Who you are and what you stand for")),
    PageRow("help", "page", _("Help"), _("Questions and answers")),
    PageRow("contact", "page", _("Contact"), _("How to reach you; the form follows by itself")),
    PageRow("shipping", "page", _("Delivery and payment"), _("Ways, prices and days follow by themselves")),
    PageRow("withdrawal", "legal", _("Right of withdrawal"), _("Instructions and the model form")),
    PageRow("terms", "legal", _("Terms and conditions"), _("Every order keeps the version it agreed to")),
    PageRow("privacy", "legal", _("Privacy"), _("What you do with people's data")),
    PageRow("imprint", "legal", _("Imprint"), _("Drawn from the settings of the house")),
)
BY_SLUG: Mapping[str, PageRow] = {page.slug: page for page in PAGES}

# The parts of the start page besides its head, in their order.
SECTIONS: Mapping[str, str | Promise] = {
    "promises": _("What you promise: delivery day, delivery costs, withdrawal"),
    "shelves": _("Your shelves"),
    "first": _("Offerings of the first shelf"),
    "last": _("Offerings of the last shelf"),
    "news": _("The latest news"),
    "text": _("A text of your own"),
}

WORDS = ("title", "teaser", "body")


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says in one language."""

    title: str = ""
    teaser: str = ""
    body: str = ""


@cache
def _starting() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("starting.toml").read_text("utf-8"))


def starting_text(slug: str, language: str) -> Text:
    """What a page says in ``language`` (de, en) before anybody has written it."""
    return Text(**_starting().get(slug, {}).get(language, {}))


def starting_sections() -> list[str]:
    """The parts of the start page before anybody has chosen."""
    return list(SECTIONS)
