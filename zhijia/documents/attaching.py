"""Files of records: added, listed, removed. Bytes lie in `files/` of the data folder, each under its digest."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from zhijia.core import audit, db
from zhijia.core.access import Access
from zhijia.core.batches import Written
from zhijia.core.outcomes import Place, Refused, Violation
from zhijia.documents import media
from zhijia.documents.models import Attachment

FIELD = "files"
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was read and may be kept."""

    name: str
    mime: str
    data: bytes


def read(files: Sequence[Any]) -> list[Upload]:
    """What uploaded files hold; refused with every file that can not be kept. Nothing is written."""
    found, broken = [], []
    if len(files) > AT_ONCE:
        broken.append(_broken(f"一次最多{AT_ONCE}个文件", "", "请分几次上传"))
    for file in files[:AT_ONCE]:
        name = _name(file.name or "")
        try:
            if file.size > media.LIMIT:
                raise media.NotAllowed("文件超过20 MB")
            kept = media.read(file.read())
        except media.NotAllowed as error:
            broken.append(_broken(f"{name}：{error}", name, "换一个文件再传"))
        else:
            found.append(Upload(name, kept.mime, kept.data))
    if broken:
        raise Refused(broken)
    return found


def _broken(message: str, value: str, mend: str) -> Violation:
    return Violation("file", message, place=Place(column=FIELD), mend=mend)


def _name(name: str) -> str:
    """The file's name without folders and signs that are not seen."""
    plain = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:12]}" if dot else plain[:100] or "文件"


def folder() -> Path:
    """Where the bytes lie."""
    return Path(settings.ZHIJIA_HOME) / "files"


def path_of(attachment: Attachment) -> Path:
    """Where a file's bytes lie."""
    return folder() / attachment.sha256


def _keep(data: bytes) -> str:
    """Write the bytes under their digest, whole or not at all; the same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    target = folder() / digest
    if not target.exists():
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder() / f".{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
            stream.write(data)
        draft.replace(target)
    return digest


def add(record: Any, uploads: Sequence[Upload], *, by: Access) -> list[Attachment]:
    """Add files to a record, with one line in its history; one that lies there already, under its name, is left out."""
    if not uploads:
        return []
    sent = {(_keep(upload.data), upload.name): upload for upload in uploads}
    with transaction.atomic():
        audit.lock(record.union_id)
        there = set(of_record(record).values_list("sha256", "name"))
        made = [
            Attachment(
                union_id=record.union_id, label=record._meta.label, record=record.uid, sha256=digest, name=upload.name,
                mime=upload.mime, size=len(upload.data), added_at=timezone.now(), added_by=by.user,
            )
            for (digest, name), upload in sent.items()
            if (digest, name) not in there
        ]  # fmt: skip
        if made:
            Attachment.objects.bulk_create(made)
            _tell(record, "filed", by, [file.name for file in made])
    return made


@transaction.atomic
def remove(record: Any, attachment: Attachment, *, by: Access, today: date) -> None:
    """Take a file off a record; its bytes stay for the history. Refused where it was taken off already."""
    gone = Attachment.objects.filter(pk=attachment.pk, withdrawn_on=None).update(
        withdrawn_on=today, withdrawn_by=by.user
    )
    if not gone:
        raise Refused([Violation("gone", "这个文件已经移除")])
    _tell(record, "unfiled", by, [attachment.name])


def _tell(record: Any, deed: str, by: Access, names: Sequence[str]) -> None:
    verb = f"{record._meta.label}.{deed}".lower()
    audit.record(union=record.union_id, by=by, verb=verb, tables=[Attachment], subject=record, changes={"files": names})


def go_over(before: Any, after: Any) -> Written:
    """Give the files of one record to another of the same table, within the caller's transaction and batch."""
    rows = list(of_record(before).select_for_update().values_list("pk", "version"))
    db.update(
        Attachment, [pk for pk, _version in rows], [version for _pk, version in rows],
        {"record": [after.uid] * len(rows)},
    )  # fmt: skip
    return Written(Attachment, changed=[(pk, version + 1, {"record": before.uid}) for pk, version in rows])


def of_record(record: Any) -> models.QuerySet[Attachment]:
    """The files of a record, oldest first."""
    found = Attachment.objects.filter(union_id=record.union_id, label=record._meta.label, record=record.uid)
    return found.filter(withdrawn_on=None).order_by("pk")
