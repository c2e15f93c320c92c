"""Deadlines of papers. Pure."""

from __future__ import annotations

from datetime import timedelta

ANSWER_WITHIN = timedelta(
    days=15
)  # a superior union answers within 15 days (工会基层组织选举工作条例) [recall: confident]
