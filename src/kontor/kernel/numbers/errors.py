"""Why a number range refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class RangeUsed(Refusal):
    message = _(
        "Numbers of this range have been used: the next one is %(next)s and stays so. The prefix may change."
    )


refuses("a_used_number_range_does_not_jump", lambda: RangeUsed(next="…"))
