"""Why something cannot be put into the basket or ordered."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class UnknownArticle(Refusal):
    message = _("This article is not for sale. Go back to the shop and choose another one.")
    status = 404


class BasketFull(Refusal):
    message = _("A basket holds up to %(most)s different articles. Order these first, then go on.")


class TooManyPieces(Refusal):
    message = _(
        "Order up to 1,000 pieces of one article at once; %(there)s of it are in your basket already. Take fewer, or"
        " call us for more."
    )
    status = 422


class BasketGone(Refusal):
    message = _("This basket no longer exists. Look at your basket and start the checkout again.")


class NoLongerSold(Refusal):
    message = _("Something in your basket is no longer for sale; it is marked there. Remove it, then go on.")


class PaymentNotOffered(Refusal):
    message = _("We no longer offer this way to pay. Choose another one, then order.")


class ContactMissing(Refusal):
    message = _("We do not know yet where to send your order. Fill in your address first.")
