"""What the hallway remembers of a person's way of working. Nothing here is a record of the union."""

from __future__ import annotations

from django.db import models


class SavedList(models.Model):
    """A list with its filters, columns and order under a name of one's own. `register` is `app.Model`."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    register = models.CharField(max_length=60)
    name = models.CharField("名称", max_length=30)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "register", "name"], name="saved_list_once")]


class ReminderState(models.Model):
    """What one person said about a computed to-do: done, or not to be seen before `until`. `key` is the to-do's."""

    class State(models.TextChoices):
        DONE = "done", "已办"
        SNOOZED = "snoozed", "稍后"

    union = models.ForeignKey("unions.Union", models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State)
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union", "user", "key"], name="reminder_state_once")]
