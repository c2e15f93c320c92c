"""交接清单: what was handed over with a post, to be signed by both and a witness. Made when asked for, kept nowhere."""

from __future__ import annotations

from datetime import datetime

from zhijia.core.dates import chinese_date
from zhijia.documents.docx.blocks import Document, Note, Paragraph, Signature, SignLines, Table, Title
from zhijia.members import posts
from zhijia.members.models import Post

_ROOM = 3  # empty lines for what comes to mind at the table


def paper(post: Post, successor: Post | None, *, union: str, created_at: datetime) -> Document:
    """The list of a post that was handed over (or laid down, without a successor)."""
    title, on = posts.title(post), post.end
    to = f"交接给{successor.person.name}" if successor else "卸任，移交工会保管"
    when = chinese_date(on) if on else "　　　年　　月　　日"
    lines = [line.strip() for line in post.handover.splitlines() if line.strip()] + [""] * _ROOM
    blocks = (
        Title("工会职务交接清单"),
        Paragraph(f"{post.person.name}担任的{title}，自{when}起{to}。下列事项当面点清。"),
        Table(("序号", "交接事项", "点清"), [(str(number), line, "") for number, line in enumerate(lines, start=1)],
              widths=(1.4, 9, 2), row_height_mm=9),
        Note("口令、U盾密码不写在清单上，当面更改。账号各用各的，不移交登录名。"),
        SignLines(("移交人（签名）", "接收人（签名）", "监交人（签名）")),
        Signature(union, on or created_at.date()),
    )  # fmt: skip
    return Document(blocks=blocks, title="工会职务交接清单", created_at=created_at, creator=union)
