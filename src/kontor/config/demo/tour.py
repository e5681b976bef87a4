"""The tour of the demo house: an order goes in, a moved day comes out, a complaint goes in, its answer comes out."""

from django.utils.translation import gettext_lazy as _

from kontor.config.demo.logins import ALL_DEPARTMENTS, CUSTOMER, DEMO_PASSWORD
from kontor.kernel.actor.tour import Guest, Step, Stop, Tour

# A bicycle that is none of those on stock: the works are building it.
_BICYCLE = "/product/tourenrad-touring-1000/?variant=BK-T79U-60"

TOUR = Tour(
    steps=(
        Step(
            "in",
            _("Order a bicycle"),
            _(
                "It has still to be built, and the shop names a day all the same. Put it in the basket and order it,"
                " as the customer."
            ),
            (Stop("shop", _("The bicycle in the shop"), "customer", _BICYCLE),),
        ),
        Step(
            "in",
            _("See it arrive"),
            _(
                "Seconds later it stands in order administration: checked, confirmed, and what is still missing."
            ),
            (Stop("orders:list", _("Orders"), "staff"),),
        ),
        Step(
            "out",
            _("Move its day"),
            _(
                "Tick the production order of the blue touring bicycle, press “Move …”, choose a day and a reason."
                " The customer’s open page shows both within seconds."
            ),
            (
                Stop("production:list", _("Production orders"), "staff"),
                Stop("accounts", _("The customer’s orders"), "customer", "/account/"),
            ),
        ),
        Step(
            "in",
            _("Complain"),
            _(
                "On an order’s page: “Something is wrong?” Sign with a name. Product conception reads it within"
                " seconds, without the name."
            ),
            (
                Stop("accounts", _("The customer’s orders"), "customer", "/account/"),
                Stop("design:feed", _("What customers meet"), "staff"),
            ),
        ),
        Step(
            "out",
            _("Answer it"),
            _(
                "Make one problem of what looks alike, and answer: done, or declined and why. Everybody behind it is"
                " told, each once."
            ),
            (
                Stop("improvement:suggestions", _("Suggestions"), "staff"),
                Stop("accounts", _("The customer’s matters"), "customer", "/account/matters/"),
            ),
        ),
    ),
    guests={
        "customer": Guest(_("Anna Behrens, customer"), CUSTOMER),
        "staff": Guest(_("Ken Sánchez, staff"), ALL_DEPARTMENTS),
    },
    password=DEMO_PASSWORD,
)
