"""The house's own books: audit chain, change numbers, import batches, column mappings, cached facts, long work.

Rows here name a union, a user or a record by plain ids: they outlive what they tell of.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from zhijia.core.fields import SecretField
from zhijia.core.uid import uuid7


class AuditHead(models.Model):
    """The end of one union's audit chain; locked while a line is added."""

    union_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)


class AuditLine(models.Model):
    """One deed, chained to the line before by a keyed hash. Triggers refuse UPDATE and DELETE on both engines."""

    union_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField(null=True)
    user_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    batch_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    told: dict[str, Any]  # `changes` in clear, on lines that came through `person_keys.opened`

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union_id", "seq"], name="audit_line_once")]
        # The page of deeds asks by verb, by login, by time and by batch: see bench/audit_page.py.
        indexes = [
            models.Index(fields=["union_id", "subject", "subject_id"], name="audit_history"),
            models.Index(fields=["union_id", "verb", "seq"], name="audit_by_verb"),
            models.Index(fields=["union_id", "user_id", "seq"], name="audit_by_user"),
            models.Index(fields=["union_id", "at", "seq"], name="audit_by_time"),
            models.Index(
                fields=["union_id", "batch_id"], name="audit_by_batch", condition=models.Q(batch_id__isnull=False)
            ),
        ]


class PersonKey(models.Model):
    """The key under which the audit chain tells of one person: see `core.person_keys`."""

    union_id = models.BigIntegerField()
    person_id = models.BigIntegerField(unique=True)
    key = SecretField(purpose="core.person_key")


class ChangeNumber(models.Model):
    """How often one union's rows of one table were written; cached facts are good while the numbers stand."""

    union_id = models.BigIntegerField()
    table = models.CharField(max_length=63)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union_id", "table"], name="change_number_once")]


class FactCache(models.Model):
    """Measured values of one evidence set and scope, good while `stamp` fits the change numbers."""

    union_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    stamp = models.CharField(max_length=64)
    payload = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union_id", "key"], name="fact_cache_once")]


class Batch(models.Model):
    """One import. `undone_at` is set when it was taken back."""

    union_id = models.BigIntegerField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200)
    new_count = models.IntegerField(default=0)
    changed_count = models.IntegerField(default=0)
    undone_at = models.DateTimeField(null=True)


class BatchPart(models.Model):
    """The rows that a batch wrote in one table: new rows' keys, sealed before-images of changed ones."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="parts")
    position = models.IntegerField()
    model = models.CharField(max_length=60)
    new = models.BinaryField()
    changed = models.BinaryField(null=True)


class ColumnMapping(models.Model):
    """How one union's own ledger maps to a sheet, remembered by the fingerprint of its headers."""

    union_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union_id", "fingerprint"], name="column_mapping_once")]


class JobState(models.TextChoices):
    """Where long work stands."""

    QUEUED = "queued", "排队"
    RUNNING = "running", "进行中"
    DONE = "done", "做完"
    REFUSED = "refused", "没有做"
    FAILED = "failed", "出错"
    INTERRUPTED = "interrupted", "中断"


class Job(models.Model):
    """Long work that somebody started from a page: what it is, where it stands, how it ended.

    `arguments` are ids only and `result` holds no personal data. `beat_at` is when it last said where it stands.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    union_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.QUEUED)
    phase = models.CharField(max_length=80, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["union_id", "user_id", "-created_at"], name="job_of_a_user")]
