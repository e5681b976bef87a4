"""Pages for machines: schema.org as JSON that cannot end its script element."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from kontor.front.site.markup import Question


def _said(page: dict[str, Any]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", **page}, ensure_ascii=False)
    return SafeString(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def organisation(firm: Any, url: str) -> SafeString:
    """The house itself, for the start page, the imprint and the contact page."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": firm.street,
        "postalCode": firm.postal_code,
        "addressLocality": firm.city,
        "addressCountry": firm.country,
    }
    known = {"telephone": firm.phone, "email": firm.email, "vatID": firm.vat_id}
    page: dict[str, Any] = {"@type": "Organization", "name": firm.name, "url": url}
    page |= {name: value for name, value in known.items() if value}
    return _said(page | ({"address": address} if firm.street else {}))


def questions(found: Sequence[Question], url: str) -> SafeString:
    """Questions and answers."""
    asked = [
        {"@type": "Question", "name": one.words, "acceptedAnswer": {"@type": "Answer", "text": one.plain}}
        for one in found
    ]
    return _said({"@type": "FAQPage", "url": url, "mainEntity": asked})


def article(*, title: str, teaser: str, url: str, picture_url: str, at: datetime, author: str) -> SafeString:
    """An article of the news."""
    page: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": title,
        "description": teaser,
        "url": url,
        "datePublished": at.isoformat(),
        "author": {"@type": "Organization", "name": author},
    }
    return _said(page | ({"image": picture_url} if picture_url else {}))
