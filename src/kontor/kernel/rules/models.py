"""The dated tax rates the house knows. They are added to and closed, never forgotten."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from kontor.kernel.ids import uuid7


class TaxRate(models.Model):
    """The rate of one tax class in one jurisdiction, from a day on until before another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    jurisdiction = models.CharField(max_length=2)  # ISO 3166-1 code; ZZ holds everywhere
    code = models.CharField(max_length=20)
    rate = models.DecimalField(max_digits=5, decimal_places=2)  # percent of the net amount
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    source_de = models.CharField(max_length=200)
    source_en = models.CharField(max_length=200)

    class Meta:
        ordering = ["jurisdiction", "code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "valid_from"], name="a_tax_rate_begins_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lt=100), name="a_tax_rate_is_between_0_and_100_percent"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_tax_rate_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="a_tax_class_has_one_rate_a_day",
                expressions=[
                    ("jurisdiction", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from", "valid_until", function="daterange", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.code} {self.rate} % from {self.valid_from}"
