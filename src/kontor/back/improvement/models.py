"""Improvement: groups of signals that look alike, and problems worked on from cause to answer (PDCA)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.kernel.ids import uuid7

_KINDS = (("problem", _("Problem")), ("need", _("Need")))


class Problem(models.Model):
    """A problem or a need that several signals tell of. ``signals`` to ``score`` are counted by ``ranking``."""

    class State(models.TextChoices):
        PLAN = "plan", _("Find the cause")
        DO = "do", _("Act")
        CHECK = "check", _("Check the effect")
        ACT = "act", _("Answer")
        CLOSED = "closed", pgettext_lazy("matters", "Closed")

    class Harm(models.IntegerChoices):
        NONE = 0, _("No harm")
        NUISANCE = 1, _("Annoying")
        DAMAGE = 2, _("Damage to things")
        DANGER = 3, _("Danger to people")

    class Cause(models.TextChoices):
        DESIGN = "design", _("Construction or concept")
        MATERIAL = "material", _("Material or bought part")
        MAKING = "making", _("Manufacture or assembly")
        PACKING = "packing", _("Packing or transport")
        WORDS = "words", _("Description or instructions")
        SERVICE = "service", _("Service or process")
        USE = "use", _("Use otherwise than intended")
        MISSING = "missing", _("Something we do not offer")

    class Effect(models.TextChoices):
        WORKED = "worked", _("It works")
        PARTLY = "partly", _("It works in part")
        FAILED = "failed", _("It does not work")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Drawn by the database (sequence improvement_number).
    number = models.CharField(max_length=20, unique=True, db_default="")
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8, choices=_KINDS)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=6, choices=State, db_default="plan")
    offering = models.ForeignKey(
        "catalogue.Offering", models.PROTECT, null=True, related_name="+", db_index=False
    )
    lot = models.CharField(max_length=60, blank=True, db_default="")
    owner = models.ForeignKey("actor.StaffAccount", models.PROTECT, null=True, related_name="+")
    harm = models.PositiveSmallIntegerField(choices=Harm, db_default=0)
    harm_by_name = models.CharField(max_length=120, blank=True, db_default="")  # empty: guessed from words
    opened_at = models.DateTimeField(db_default=Now())
    opened_by_name = models.CharField(max_length=120)
    due_at = models.DateTimeField(null=True)
    due_steps = models.JSONField(null=True)  # how the due date came about, for people
    # Plan: why, and why that, down to the cause.
    whys = ArrayField(models.CharField(max_length=300), default=list, size=5)
    cause = models.TextField(blank=True, db_default="")
    cause_kind = models.CharField(max_length=10, choices=Cause, blank=True, db_default="")
    planned_at = models.DateTimeField(null=True)
    # Do: what is changed, by whom, until when.
    action = models.TextField(blank=True, db_default="")
    action_due_on = models.DateField(null=True)
    acted_at = models.DateTimeField(null=True)
    # Check: what it brought.
    effect = models.CharField(max_length=8, choices=Effect, blank=True, db_default="")
    effect_note = models.TextField(blank=True, db_default="")
    checked_at = models.DateTimeField(null=True)
    # Act: what is told, in voice_answer.
    answer_id = models.UUIDField(null=True)
    verdict = models.CharField(max_length=8, blank=True, db_default="")
    closed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    rounds = models.PositiveSmallIntegerField(db_default=1)
    # Counted, so that the list is sorted by an index.
    signals = models.PositiveIntegerField(db_default=0)
    voices = models.PositiveIntegerField(
        db_default=0
    )  # signals by how often each was heard, in the last 90 days
    affected_amount = models.DecimalField(max_digits=14, decimal_places=2, db_default=0)
    score = models.DecimalField(max_digits=8, decimal_places=1, db_default=0)
    last_signal_at = models.DateTimeField(null=True)
    ranked_at = models.DateTimeField(db_default=Now())
    recurred = models.PositiveIntegerField(db_default=0)  # signals since it was closed that look like it

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, answer_id__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="a_closed_problem_has_an_answer",
            ),
            models.CheckConstraint(condition=Q(harm__lte=3), name="harm_is_none_to_danger"),
            models.CheckConstraint(
                condition=Q(state="plan") | Q(state="closed", verdict="declined") | ~Q(cause=""),
                name="nobody_acts_without_a_cause",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("check", "act")) | Q(acted_at__isnull=False),
                name="an_effect_follows_an_action",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-score", "-id"], name="problems_by_rank"),
            models.Index(fields=["state", "-score", "-id"], name="problems_by_state_and_rank"),
            models.Index(fields=["-opened_at", "-id"], name="problems_by_date"),
            models.Index(fields=["ranked_at"], name="problems_by_ranking"),
        ]

    def __str__(self) -> str:
        return self.number


class Group(models.Model):
    """Signals that look alike: a suggestion until somebody confirms it; then it goes on listening for its problem."""

    class State(models.TextChoices):
        OPEN = "open", _("Suggested")
        TAKEN = "taken", _("Belongs to a problem")
        REJECTED = "rejected", _("Rejected")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=_KINDS)
    state = models.CharField(max_length=8, choices=State, db_default="open")
    offering = models.ForeignKey(
        "catalogue.Offering", models.PROTECT, null=True, related_name="+", db_index=False
    )
    lot = models.CharField(max_length=60, blank=True, db_default="")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="groups")
    members = models.PositiveIntegerField(db_default=0)  # whose middle the terms are
    size = models.PositiveIntegerField(db_default=0)  # signals that wait for somebody to confirm them
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=120, blank=True, db_default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="taken", problem__isnull=False) | (~Q(state="taken") & Q(problem=None)),
                name="a_taken_group_has_a_problem",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-size", "-id"],
                condition=~Q(state="rejected") & Q(size__gt=0),
                name="groups_that_wait_by_size",
            ),
        ]


class GroupTerm(models.Model):
    """The middle of a group, word by word: an index that a new signal is looked up in."""

    pk = models.CompositePrimaryKey("term", "group_id")
    term = models.CharField(max_length=120)
    group = models.ForeignKey(Group, models.CASCADE, related_name="terms")
    weight = models.FloatField()


class Term(models.Model):
    """In how many signals a feature stood: the more, the less it says."""

    term = models.CharField(max_length=120, primary_key=True)
    signals = models.PositiveIntegerField()


class Membership(models.Model):
    """A signal's place: in a group by likeness, and in a problem once a person confirmed it (many signals to one)."""

    signal = models.OneToOneField("voice.Signal", models.PROTECT, primary_key=True, related_name="membership")
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    likeness = models.FloatField()
    heard_at = models.DateTimeField()  # the signal's own instant
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="links", db_index=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_name = models.CharField(max_length=120, blank=True, db_default="")
    # Where somebody said that it does not belong: not suggested there again.
    parted_from = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(problem=None, confirmed_at=None)
                | Q(problem__isnull=False, confirmed_at__isnull=False),
                name="a_link_says_who_confirmed_it_and_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["problem", "-heard_at"], name="signals_of_a_problem"),
            models.Index(
                fields=["group", "-likeness"],
                condition=Q(problem=None),
                name="signals_that_wait_in_a_group",
            ),
        ]
