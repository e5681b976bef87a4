"""What voice refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class WrongStars(Refusal):
    message = _("A review has one to five stars. Choose one of them.")
    status = 422


class ReviewTooLong(Refusal):
    message = _("The review is longer than 4,000 characters. Shorten it.")
    status = 422


class ReviewedBefore(Refusal):
    message = _("You have reviewed this article already. One review for each article is shown.")


class NotReceived(Refusal):
    message = _(
        "Only who has received an article from us reviews it. Come back when it has been sent to you."
    )


class NoSuchReview(Refusal):
    message = _("There is no such review. Go back to the list.")
    status = 404


refuses("a_customer_reviews_an_article_once", ReviewedBefore)
