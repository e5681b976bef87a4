"""Files of customers and offerings on their way in: the file, its rows, and mappings to use again."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.kernel.ids import uuid7


class ImportFile(models.Model):
    """A file that somebody uploaded. The worker reads it, tries it, imports it, and takes it back when asked."""

    class Kind(models.TextChoices):
        CUSTOMERS = "customers", pgettext_lazy("import", "Customers")
        OFFERINGS = "offerings", _("Offerings")

    class State(models.TextChoices):
        READING = "reading", _("Is being read")
        BROKEN = "broken", _("Cannot be read")
        READ = "read", _("Columns to be assigned")
        CHECKING = "checking", _("Is being tried")
        CHECKED = "checked", _("Tried, not yet imported")
        RUNNING = "running", _("Is being imported")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Imported")
        REVERTING = "reverting", _("Is being taken back")
        REVERTED = "reverted", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    language = models.CharField(max_length=2)
    owner = models.ForeignKey("actor.StaffAccount", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())
    # What was found out about the file, to be shown and to be corrected.
    encoding = models.CharField(max_length=20, db_default="")
    delimiter = models.CharField(max_length=1, db_default="")
    decimal_mark = models.CharField(max_length=1, db_default=".")
    problem = models.CharField(max_length=300, db_default="")
    headers = ArrayField(models.CharField(max_length=200), default=list)
    # The field of each column, empty where it is left out.
    fields = ArrayField(models.CharField(max_length=20), default=list)
    sells_at_once = models.BooleanField(db_default=False)
    rows = models.PositiveIntegerField(db_default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    reverted_at = models.DateTimeField(null=True)
    # The rows that did not go in, as a workbook.
    wrong_rows = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """Whether the worker has it."""
        return self.state in ("reading", "checking", "running", "reverting")


class ImportRow(models.Model):
    """A row of a file, what became of it, and what it takes to undo that."""

    class State(models.TextChoices):
        NEW = "new", _("Not looked at")
        WRONG = "wrong", _("Wrong")
        CREATES = "creates", _("Will be new")
        CHANGES = "changes", _("Will be changed")
        KEEPS = "keeps", _("Is the same already")
        CREATED = "created", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("The same already")
        REVERTED = "reverted", _("Taken back")
        USED = "used", _("Used since, kept")

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="lines", db_index=False)
    line = models.PositiveIntegerField()
    cells = ArrayField(models.TextField())
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    reasons = ArrayField(models.TextField(), default=list)
    subject_id = models.UUIDField(null=True)
    number = models.CharField(max_length=60, db_default="")
    # A technical undo log, of interest to this import only: the fields that were changed, before and after.
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "line"], name="a_line_of_a_file_is_imported_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["file", "state", "line"], name="import_rows_by_state")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.line}"


class ImportTemplate(models.Model):
    """Which column means what, to be used again for files with the same headings."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=ImportFile.Kind)
    name = models.CharField(max_length=60)
    headers = ArrayField(models.CharField(max_length=200))
    fields = ArrayField(models.CharField(max_length=20))
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], name="an_import_template_has_a_name_of_its_own"),
            models.CheckConstraint(condition=~Q(name=""), name="an_import_template_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
