"""Why purchasing refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NothingOrdered(Refusal):
    message = _("Nothing would be ordered. Enter at least one article with a quantity above zero.")
    status = 422


class NothingCame(Refusal):
    message = _("Nothing came in. Enter a quantity for at least one line, or say that nothing more comes.")
    status = 422


class PurchaseClosed(Refusal):
    message = _("%(numbers)s: received or called off already. Nothing can be changed there any more.")


class LinesClosed(Refusal):
    message = _(
        "%(lines)s: a colleague has received or called off the rest meanwhile. Nothing was booked. "
        "Compare with the order, then empty the quantity there and book the other lines."
    )


class SupplierKnown(Refusal):
    message = _("There is a supplier of this name already. Choose it from the list.")


refuses("a_supplier_stands_once", SupplierKnown)
