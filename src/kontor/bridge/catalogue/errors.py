"""Why the catalogue refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NumberUsed(Refusal):
    message = _("There is an offering with the number %(number)s already. Choose another number.")


class UnknownCategory(Refusal):
    message = _("There is no category “%(category)s”. Draw it up first, or choose another one.")


class UnknownTaxClass(Refusal):
    message = _("There is no tax class “%(tax_code)s”. Choose one of the list.")


class KindIsFixed(Refusal):
    message = _(
        "%(number)s has been used already, so its kind and its unit stay. Draw up a new offering instead."
    )


class NotReady(Refusal):
    message = _("%(number)s cannot go on sale yet. Still missing: %(missing)s.")


class TooFewSynonyms(Refusal):
    message = _("These are too few words. Write at least two different ones that mean the same.")


class EndsBeforeItBegins(Refusal):
    message = _("The end lies before the beginning. Choose a later end.")


class PriceInThePast(Refusal):
    message = _("Prices of the past stay as they were. Let the new price begin now or later.")


class UnknownCustomerGroup(Refusal):
    message = _("There is no customer group “%(group)s”. Draw it up first.")


class CodeUsed(Refusal):
    message = _("This short name is taken. Choose another one.")


class CategoryInUse(Refusal):
    message = _("Offerings or other categories stand in this category. Move them first, then remove it.")


class TooDeep(Refusal):
    message = _("Categories are two levels deep. Choose a category of the upper level.")


class NoPage(Refusal):
    message = _(
        "This offering stands on no page of the shop yet. Choose a category first, then add pictures."
    )


class TooManyPictures(Refusal):
    message = _("A page shows up to %(most)s pictures. Remove some, then add new ones.")


class SomebodyWasFaster(Refusal):
    message = _("Somebody has just drawn up an offering with this number. Reload the page.")


refuses("catalogue_offering_number_key", SomebodyWasFaster)
refuses("catalogue_offeringgroup_slug_key", CodeUsed)
refuses("an_offering_ends_after_it_begins", EndsBeforeItBegins)
refuses("catalogue_category_slug_key", CodeUsed)
refuses("catalogue_customergroup_pkey", CodeUsed)
refuses("the_list_is_no_customer_group", CodeUsed)
