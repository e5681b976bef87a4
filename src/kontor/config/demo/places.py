"""Where the demo house is to be found, and when it is open."""

from datetime import datetime, timedelta

from kontor.bridge.parties.models import OpeningSpan, Place, SpecialDay, SpecialSpan
from kontor.config.demo.reading import house
from kontor.kernel.transactions import transaction


@transaction
def load_places(*, at: datetime) -> None:
    """The shop and the works with their hours and two special days. Safe to repeat: places that stand stay."""
    if Place.objects.exists():
        return
    for position, row in enumerate(house()["place"]):
        week, special = row.pop("week"), row.pop("special")
        place = Place.objects.create(**row, position=position)
        OpeningSpan.objects.bulk_create(
            OpeningSpan(place=place, weekday=weekday, from_minute=opens, until_minute=closes)
            for weekday, opens, closes in week
        )
        for wanted in special:
            day = SpecialDay.objects.create(
                place=place,
                on=(at + timedelta(days=wanted["days_ahead"])).date(),
                reason_de=wanted["reason_de"],
                reason_en=wanted["reason_en"],
            )
            SpecialSpan.objects.bulk_create(
                SpecialSpan(day=day, from_minute=opens, until_minute=closes)
                for opens, closes in wanted["spans"]
            )
