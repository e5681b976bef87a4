"""What the set-up checks across rooms before the house changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kontor.back.administration.setting_up import errors
from kontor.back.administration.setting_up.logo import checked_logo
from kontor.bridge.parties.furnishing import change_house, keep_logo
from kontor.bridge.parties.queries import current_house, forget_house_terms
from kontor.kernel.actor.identity import Actor
from kontor.kernel.numbers.queries import is_any_used

JURISDICTIONS = ("DE", "AT", "CH")


def change_organisation(*, changes: Mapping[str, Any], seen: int, by: Actor, at: datetime) -> int:
    """Change facts of the organisation (see ``change_house``); returns the number of the row that counts now.

    The country decides which taxes hold. Safe to repeat.

    Raises:
        CurrencyFixed: something has been booked in another currency.
    """
    by.require("administration.write")
    before = current_house()
    wanted = dict(changes)
    if wanted.get("currency", before.currency) != before.currency and is_any_used():
        raise errors.CurrencyFixed(currency=before.currency)
    if wanted.get("country") in JURISDICTIONS:
        wanted["jurisdiction"] = wanted["country"]
    starts, ends = wanted.get("small_business_from"), wanted.get("small_business_until")
    if ends is not None and (starts is None or ends <= starts):
        raise errors.LeftAndLater
    changed = change_house(changes=wanted, seen=seen, by=by, at=at)
    forget_house_terms()
    return int(changed.id)


def hang_logo(*, content: bytes, seen: int, by: Actor, at: datetime) -> int:
    """Check a picture and make it the logo of all sites. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NoPicture, PictureTooLarge, DrawingRefused: it cannot be used, with the reason.
    """
    by.require("administration.write")
    media_type, clean = checked_logo(content)
    name = keep_logo(media_type=media_type, content=clean, by=by, at=at)
    return change_organisation(changes={"logo": name}, seen=seen, by=by, at=at)
