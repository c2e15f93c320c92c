"""Who is meant by a row that names a person of the register, or somebody outside it by name."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce, Concat


def whom() -> Any:
    """One text per person: the number in the register, or the name of somebody outside it (never like a number)."""
    outside = Concat(Value("~"), "person_name", output_field=CharField())
    return Coalesce(Cast("person_id", CharField()), outside, output_field=CharField())
