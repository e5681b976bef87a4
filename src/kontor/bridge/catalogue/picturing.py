"""Pictures of pages and variants: rows here, files among the house's pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kontor.bridge.catalogue import errors, events
from kontor.bridge.catalogue.actions import publish_storefront
from kontor.bridge.catalogue.models import Offering, Picture
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction

MOST_PICTURES = 20


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A stored file: its name among the house's pictures, and its size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureText:
    """What a picture says to those who do not see it, where it stands, and whether it shows this variant alone."""

    alt_de: str
    alt_en: str
    position: int
    is_own: bool


@transaction
def add_pictures(*, number: str, pictures: Sequence[NewPicture], by: Actor, at: datetime) -> int:
    """Show stored pictures on an offering's page, after those it has; returns how many are new.

    Safe to repeat: a file stands once. Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        NotFound: there is no such offering.
        NoPage: it stands on no page of the shop yet.
        TooManyPictures: there would be more than 20.
    """
    by.require("offerings.write")
    offering, group_id = _locked(number)
    known = list(Picture.objects.filter(group_id=group_id))
    fresh = [one for one in pictures if one.name not in {row.name for row in known}]
    if len(known) + len(fresh) > MOST_PICTURES:
        raise errors.TooManyPictures(most=MOST_PICTURES)
    last = max((row.position for row in known), default=0)
    Picture.objects.bulk_create(
        Picture(
            id=uuid7(),
            group_id=group_id,
            name=one.name,
            width=one.width,
            height=one.height,
            position=last + place,
        )
        for place, one in enumerate(fresh, start=1)
    )
    _tell(offering, by, at)
    return len(fresh)


@transaction
def change_pictures(
    *, number: str, texts: Mapping[UUID, PictureText], removed: Sequence[UUID], by: Actor, at: datetime
) -> list[str]:
    """Change texts and order of an offering's pictures and remove some; returns the names of files nobody shows now.

    Safe to repeat. Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        NotFound: there is no such offering.
    """
    by.require("offerings.write")
    offering, group_id = _locked(number)
    rows = {row.id: row for row in Picture.objects.filter(group_id=group_id)}
    gone = [rows[one].name for one in removed if one in rows]
    Picture.objects.filter(id__in=[one for one in removed if one in rows]).delete()
    kept = [rows[one] for one in texts if one in rows and one not in set(removed)]
    for row in kept:
        said = texts[row.id]
        row.alt_de, row.alt_en, row.position = said.alt_de, said.alt_en, said.position
        if said.is_own:
            row.offering_id = offering.id
        elif row.offering_id == offering.id:
            row.offering_id = None
    kept.sort(key=lambda row: row.position)
    for position, row in enumerate(kept, start=1):
        row.position = position
    Picture.objects.bulk_update(kept, ["alt_de", "alt_en", "position", "offering"])
    _tell(offering, by, at)
    return gone


def _locked(number: str) -> tuple[Offering, UUID]:
    offering = Offering.objects.filter(number=number).select_for_update().first()
    if offering is None:
        raise NotFound(number=number)
    if offering.group_id is None:
        raise errors.NoPage
    return offering, offering.group_id


def _tell(offering: Offering, by: Actor, at: datetime) -> None:
    publish_storefront([offering.id], currency=current_house().currency, at=at)
    changed = events.OfferingChanged(subject=offering.number, subject_id=offering.id, fields=("pictures",))
    emit([changed], by=by, at=at)
