"""Product conception's own: which days were digested."""

from django.db import models


class Digest(models.Model):
    """A day whose digest was made; its mails were queued in the same transaction, so nobody gets it twice."""

    on = models.DateField(primary_key=True)
    made_at = models.DateTimeField()
    signals = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.on.isoformat()
