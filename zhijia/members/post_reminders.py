"""To-dos about posts: a deputy's time that ends, a chair that stays empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from zhijia.core.access import Access
from zhijia.core.conditions import holds
from zhijia.core.feature_types import Reminder
from zhijia.members import post_board, post_rules, posts
from zhijia.members.models import Post


def reminders(access: Access, today: date) -> Iterable[Reminder]:
    """For those who register posts: deputies whose time ends within a month, and the chair before half a year is over.

    Three queries. Working time is optional: nobody is reminded of it.
    """
    if not access.may(posts.APPOINT):
        return
    soon = Post.objects.in_union(access.union).filter(holds(today), acting=True)
    soon = soon.filter(end__lte=today + post_rules.REMIND_BEFORE).select_related("person", "group")
    for post in soon.defer("person__id_number", "person__phone").order_by("end", "pk"):
        assert post.end is not None
        last = post_rules.last_day(post.end)
        text = f"{post.person.name}{posts.title(post)}到{last.isoformat()}为止：登记新的人，或延长"
        yield Reminder(
            f"members.deputy.{post.uid}.{last}", text, last, "", posts.APPOINT, "members.Post", str(post.uid)
        )
    since = post_board.chair_vacant_since(access.union, today)
    if since is not None and today - since >= post_rules.WARN_AFTER:
        due = since + post_rules.VACANCY
        text = f"主席从{since.isoformat()}起空缺，{due.isoformat()}满半年：尽快补选"
        url = f"{reverse('members:take_up')}?{urlencode({'office': post_rules.CHAIR})}"
        yield Reminder(f"members.chair.{since}", text, due, url, posts.APPOINT)
