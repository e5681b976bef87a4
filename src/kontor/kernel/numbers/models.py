"""Gapless number ranges: one row each, drawn last, in the shortest lock."""

from typing import ClassVar

from django.db import models


class NumberRange(models.Model):
    """A gapless range of numbers (Nummernkreis), such as the invoices of a year. Only the back draws."""

    code = models.CharField(primary_key=True, max_length=40)
    prefix = models.CharField(max_length=20)
    width = models.PositiveSmallIntegerField(default=5)
    next_value = models.BigIntegerField(default=1)
    first_value = models.BigIntegerField(default=1, db_default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(next_value__gte=1), name="a_number_range_counts_up"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_used(self) -> bool:
        """Whether a number has been drawn."""
        return self.next_value > self.first_value

    def example(self) -> str:
        """The next number as it will be written."""
        return f"{self.prefix}{self.next_value:0{self.width}d}"
