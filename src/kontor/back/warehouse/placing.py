"""Locations: where goods may lie."""

from datetime import datetime

from kontor.back.warehouse import errors
from kontor.back.warehouse.models import Location
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import refuses
from kontor.kernel.transactions import transaction

refuses("warehouse_location_code_key", errors.CodeUsed)


@transaction
def add_location(
    *, code: str, name_de: str, name_en: str, position: int, by: Actor, at: datetime
) -> Location:
    """Add a location. Goods are picked in the order of positions. A repeat is refused: a code is used once.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.receive``.
        CodeUsed: there is one with this code.
    """
    by.require("warehouse.receive")
    return Location.objects.create(code=code, name_de=name_de, name_en=name_en or name_de, position=position)
