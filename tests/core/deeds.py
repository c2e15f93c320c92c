"""A tiny ledger of its own for the tests of the fact engine: deeds of persons in groups, with every kind of column."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from zhijia.core.feature_types import EvidenceSet, Scope


class Team(models.Model):
    name = models.CharField(max_length=20)

    objects: ClassVar[models.Manager["Team"]] = models.Manager()

    class Meta:
        app_label = "deeds"


class Person(models.Model):
    name = models.CharField(max_length=20)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["Person"]] = models.Manager()

    class Meta:
        app_label = "deeds"


class Deed(models.Model):
    union_id = models.BigIntegerField()
    uid = models.CharField(max_length=20)
    on = models.DateField(null=True)
    until = models.DateField(null=True)
    kind = models.CharField(max_length=10, null=True)
    big = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=20, blank=True)
    fen = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    met = models.BooleanField(null=True)
    year = models.IntegerField(null=True)

    objects: ClassVar[models.Manager["Deed"]] = models.Manager()

    class Meta:
        app_label = "deeds"


class Receipt(models.Model):
    deed = models.ForeignKey(Deed, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Receipt"]] = models.Manager()

    class Meta:
        app_label = "deeds"


MODELS = (Team, Person, Deed, Receipt)
SUMS = {"due": "due"}
DIMS = {"kind": "kind", "big": "big", "team": "person__team__name"}


def deeds(scope: Scope) -> QuerySet[Deed]:
    return Deed.objects.filter(union_id=scope.union)


def answered(scope: Scope) -> QuerySet[Deed]:
    return deeds(scope).annotate(answered=Exists(Receipt.objects.filter(deed=OuterRef("pk"))))


FLOW = EvidenceSet(
    "flow",
    "往来",
    deeds,
    on="on",
    who="person_id",
    fen="fen",
    met="met",
    sums=SUMS,
    label=("name", "kind"),
    dims=DIMS,
)
NAMED = EvidenceSet("named", "按名", deeds, on="on", who="name", dims=DIMS)
STOCK = EvidenceSet(
    "stock",
    "在册",
    deeds,
    since="on",
    until="until",
    who="person_id",
    fen="fen",
    met="met",
    sums=SUMS,
    label=("name",),
    dims=DIMS,
)
YEARLY = EvidenceSet(
    "yearly", "年度", deeds, on="on", year="year", who="person_id", fen="fen", met="met", sums=SUMS, dims=DIMS
)
ANSWERED = EvidenceSet("answered", "答复", answered, on="on", met="answered", label=("name",), dims=DIMS)

TERM = Scope(union=1, first=date(2021, 6, 15), end=date(2026, 6, 15), today=date(2025, 3, 10), label="第五届", term=5)
