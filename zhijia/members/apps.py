"""The room of members: its database view stands while no migration runs."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from zhijia.members import stretch_view


class MembersConfig(AppConfig):
    """Takes the view down before migrations and makes it after them."""

    name = "zhijia.members"

    def ready(self) -> None:
        """Listen."""
        pre_migrate.connect(stretch_view.before_migrations, sender=self, dispatch_uid="members.stretch.drop")
        post_migrate.connect(stretch_view.after_migrations, sender=self, dispatch_uid="members.stretch.make")
