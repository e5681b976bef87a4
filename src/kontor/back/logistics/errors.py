"""Why a shipment is refused."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NothingToShip(Refusal):
    message = _(
        "Nothing of order %(number)s can be shipped now. It is not released, waits for goods, or has left already."
    )


class AlreadyShipping(Refusal):
    message = _("This shipment is being created already. Reload the page to see it.")


refuses("logistics_shipment_key_key", AlreadyShipping)
