"""No address that takes a 编号 answers with, or does anything to, what belongs to another union on the same server."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.shell.people import PASSWORD, client_of
from tests.shell.test_attacks import everything, unions
from zhijia.accounts import invitations, resets
from zhijia.accounts.models import Invitation, ResetRequest
from zhijia.accounts.services import make_login
from zhijia.core.demo import World
from zhijia.core.models import AuditLine
from zhijia.members import services as members
from zhijia.members.models import Person

__all__ = ["unions"]
# Where nothing of the own is found one is led to: the list, whose pages are the own union's.
LEADS_BACK = {
    "shell:exported", "shell:invitation_revoke", "shell:roster", "shell:roster_columns", "shell:roster_confirm",
    "shell:roster_discard", "shell:security_passkey_remove",
    *(f"shell:import_{page}" for page in ("columns", "confirm", "discard", "marked", "preview")),
}  # fmt: skip
ANSWERS_ANYBODY = {"shell:verify_card"}  # the check of a membership card
REGISTERS = {"room", "kind"}  # tried register by register in test_attacks


def addresses(patterns: Any, space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every address with a 编号 or a number in it: its name and what stands in it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            kinds = {name: type(one).__name__ for name, one in pattern.pattern.converters.items()}
            if "UUIDConverter" in kinds.values() and not REGISTERS & set(kinds):
                yield f"{space}:{pattern.name}", [f"{name}={kind}" for name, kind in kinds.items()]


def theirs(union: int) -> dict[str, list[UUID]]:
    """The 编号 of the latest record of every table of the union, by room."""
    found: dict[str, list[UUID]] = {}
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "uid" in names and names & {"union", "union_id"}:
            row: Any = model._base_manager.filter(union_id=union).order_by("-pk").first()
            if row is not None:
                found.setdefault(model._meta.app_label, []).append(row.uid)
    return found


def filled(parts: list[str], uid: UUID) -> dict[str, Any]:
    values = {"UUIDConverter": uid, "IntConverter": 1}
    return {name: values.get(kind, "x") for name, _, kind in (part.partition("=") for part in parts)}


def test_no_page_knows_another_unions_record(unions: tuple[World, World], today: date) -> None:
    mine, other = unions
    client = client_of(everything(mine, today))
    person = Person.objects.in_union(other.union).filter(user=None).order_by("-pk").first()
    now, user = timezone.now(), make_login("theirs", PASSWORD)
    invitations.invite([person.pk], by=other.by, now=now)
    members.link_login(person.pk, user.pk)
    resets.ask(user, person.pk, union=other.union, lost_device=False, by=other.by, now=now)
    records = theirs(other.union)
    lines = AuditLine.objects.filter(union_id=other.union).count()
    sent = {"do": "x", "reason": "weil ich es kann", "sure": "1", "seen": "1", "version": "1"}
    wrong, tried = [], 0
    for name, parts in addresses(get_resolver().url_patterns):
        if name in ANSWERS_ANYBODY:
            continue
        room = name.partition(":")[0]
        for uid in (*records["accounts" if room == "shell" else room], person.uid):
            address = reverse(name, kwargs=filled(parts, uid))
            for answer in (client.get(address), client.post(address, sent)):
                tried += 1
                led_back = answer.status_code in (302, 303) and name in LEADS_BACK
                if answer.status_code not in (403, 404, 405) and not led_back:
                    wrong.append((name, answer.status_code, answer.headers.get("Location", "")))
    assert wrong == []
    assert tried > 300
    assert AuditLine.objects.filter(union_id=other.union).count() == lines
    assert not Invitation.objects.exclude(revoked_at=None).exists()
    assert not ResetRequest.objects.exclude(vouched_at=None, refused_at=None).exists()
