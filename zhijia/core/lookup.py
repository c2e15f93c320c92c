"""What checks may ask about other rows, and how a name in a cell finds the row it means.

Answers come from the database and from the frames planned earlier in the same import, as one picture. Rows are named
by tokens: a primary key, or `-(i + 1)` for the new row i of an earlier frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps

from zhijia.core import bearers, naming
from zhijia.core.bearers import Bearer
from zhijia.core.canonical import canonical
from zhijia.core.record_types import Plan, Records

NARROW = 500


class Lookup:
    """One union's rows as an import or a form sees them on `today`. `union` is None while the union itself is new.

    With `few` (a form) names are asked for one by one, instead of reading all names of a table once.
    """

    def __init__(self, union: int | None, today: date, *, few: bool = False):
        self.union = union
        self.few = few
        self.today = today
        self.plans: dict[str, Plan] = {}
        self._columns: dict[tuple[str, str], dict[int, Any]] = {}
        self._names: dict[str, dict[str, list[int]]] = {}

    def add(self, plan: Plan) -> None:
        """Let later sheets see the rows of a planned frame."""
        self.plans[plan.records.label] = plan
        self._columns = {key: value for key, value in self._columns.items() if key[0] != plan.records.label}
        self._names.pop(plan.records.label, None)

    def _stored(self, label: str, path: str, tokens: Sequence[int] | None = None) -> dict[int, Any]:
        if self.union is None:
            return {}
        manager: Any = apps.get_model(label)._default_manager
        rows = manager.filter(union_id=self.union, withdrawn_on=None)
        if tokens is not None:
            rows = rows.filter(pk__in=tokens)
        return dict(rows.values_list("pk", path))

    def column(self, label: str, name: str) -> dict[int, Any]:
        """Field `name` of every row of the table, by token. References are tokens too."""
        known = self._columns.get((label, name))
        if known is not None:
            return known
        field = apps.get_model(label)._meta.get_field(name)
        values = self._stored(label, getattr(field, "attname", name))
        plan = self.plans.get(label)
        if plan is not None and name in plan.frame.columns:
            values.update(zip(plan.tokens, plan.frame.columns[name], strict=True))
        elif plan is not None:
            default = None if getattr(field, "null", False) else field.get_default()
            for index in plan.new:
                values.setdefault(plan.tokens[index], default)
        self._columns[label, name] = values
        return values

    def follow(self, tokens: Sequence[int | None], label: str, name: str) -> list[Any]:
        """Field `name` of the rows that `tokens` mean, in order; None where there is no row."""
        wanted = {token for token in tokens if token is not None}
        if label not in self.plans and (label, name) not in self._columns and len(wanted) < NARROW:
            field = apps.get_model(label)._meta.get_field(name)
            values = self._stored(label, getattr(field, "attname", name), sorted(wanted))
        else:
            values = self.column(label, name)
        return [values.get(token) if token is not None else None for token in tokens]

    def every(self, label: str, *names: str, where: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of the table (or those whose fields are as `where` says) as tuples of token and named fields."""
        if where and self.few and self.union is not None and label not in self.plans:
            model = apps.get_model(label)
            manager: Any = model._default_manager
            rows = manager.filter(union_id=self.union, withdrawn_on=None, **where)
            return list(
                rows.values_list("pk", *(getattr(model._meta.get_field(name), "attname", name) for name in names))
            )
        if where:
            rows = self.every(label, *names, *where)
            return [row[: len(names) + 1] for row in rows if row[len(names) + 1 :] == tuple(where.values())]
        columns = [self.column(label, name) for name in names]
        if not columns:
            return []
        return [(token, *(column.get(token) for column in columns)) for token in columns[0]]

    def _handle_column(self, label: str, path: str) -> dict[int, Any]:
        name, _, rest = path.partition(".")
        values = self.column(label, name)
        if not rest:
            return values
        target = apps.get_model(label)._meta.get_field(name).related_model
        names = self._handle_column(str(target._meta.label), rest)
        return {token: names.get(value) for token, value in values.items()}

    def names(self, records: Records) -> dict[str, list[int]]:
        """Every text by which a row of the table may be named, canonical, with the rows it means."""
        label = records.label
        known = self._names.get(label)
        if known is not None:
            return known
        found: dict[str, list[int]] = defaultdict(list)
        for handle in (*records.handles, ("uid",)):
            columns = [self._handle_column(label, path) for path in handle]
            own: dict[str, list[int]] = defaultdict(list)
            for token, first in columns[0].items():
                parts = [first, *(column.get(token) for column in columns[1:])]
                if any(part is None or part == "" for part in parts):
                    continue
                text = "|".join(canonical(part) for part in parts)
                own[text].append(token)
            for text, tokens in own.items():
                found.setdefault(text, tokens)
        for text, tokens in naming.dated(self.bearers(records)).items():
            found.setdefault(text, tokens)
        self._names[label] = found
        return found

    def bearers(self, records: Records) -> dict[int, Bearer]:
        """Name and period of every row of a table whose rows bear names for a time; nothing of other tables."""
        if not records.borne:
            return {}
        return {token: (name, first, end) for token, name, first, end in self.every(records.label, *records.borne)}

    def describe(self, records: Records, token: int) -> str:
        """The fullest handle of a row, to tell rows of one name apart."""
        label = records.label
        if self.few and self.union is not None and not self.plans:
            return naming.describe(records, self.union, [token]).get(token, str(token))
        if records.borne:
            return bearers.apart(self.bearers(records)).get(token, str(token))
        for handle in sorted(records.handles, key=len, reverse=True):
            parts = [self._handle_column(label, path).get(token) for path in handle]
            if all(part not in (None, "") for part in parts):
                first, *rest = [str(part) for part in parts]
                return f"{first}（{' '.join(rest)}）" if rest else first
        return str(token)

    def find(self, records: Records, text: str, day: date | None = None) -> list[int]:
        """The rows that `text` may mean: none, one, or several (then more is asked for), stored ones first, by age.

        Of rows that bore the name one after the other it means the one that bears it on the `day`, else today.
        """
        if self.few and self.union is not None and not self.plans:
            return sorted(naming.find(records, self.union, text, day or self.today))
        found = sorted(self.names(records).get(canonical(text), []), key=lambda token: (token < 0, abs(token)))
        if len(found) < 2 or not records.borne:
            return found
        return bearers.meant(found, self.bearers(records), day or self.today)
