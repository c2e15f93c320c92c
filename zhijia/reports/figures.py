"""The figures that one document prints: each run carries a bookmark, each is told in figures.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhijia.core.cube import Rate
from zhijia.core.money import yuan
from zhijia.documents.docx.blocks import Run
from zhijia.reports.material import Material
from zhijia.reports.pattern import Ask
from zhijia.reports.prose import Figure, Span, figure_text


@dataclass(slots=True)
class Figures:
    """Notes what a document prints. Call it as rooms' papers do: `figures("care.visits", by={"year": "2021"})`."""

    material: Material
    noted: list[dict[str, Any]] = field(default_factory=list)

    def run(self, figure: Figure, *, bold: bool = False, bare: bool = False, mark: str = "") -> Run:
        """The run of a figure; `bare` leaves figures.json out (a second copy of the same paper).

        `mark` is the bookmark of a figure that bears one already; others are counted.
        """
        if bare:
            return Run(figure.text, bold=bold)
        mark = mark or f"F{len(self.noted) + 1}"
        value = figure.value
        self.noted.append(
            {
                "mark": mark,
                "text": figure.text,
                "key": figure.key,
                "by": dict(figure.by),
                "value": {"num": value.num, "den": value.den} if isinstance(value, Rate) else value,
                "evidence_count": self.material.evidence_count(figure.key, figure.by),
            }
        )
        return Run(figure.text, bold=bold, mark=mark)

    def runs(self, spans: list[Span]) -> list[Run]:
        """Spans as runs, figures marked."""
        return [self.run(span) if isinstance(span, Figure) else Run(span.text) for span in spans]

    def __call__(self, key: str, by: Mapping[str, str] | None = None, form: str = "") -> Run:
        """The run of a fact's value or part; `form` "table" gives bare numbers (yuan with two decimals for money).

        A fact that no room declares is a KeyError; a part without records prints "0" in tables.
        """
        fact = self.material.values[key]
        parts = _texts(by)
        value = self._value(key, parts)
        if isinstance(value, Rate) and not value.den:
            return Run("—")
        if value is None:
            return Run("—")
        if form == "table":
            text = (
                yuan(value)
                if fact.unit == "fen"
                else str(value)
                if isinstance(value, int)
                else figure_text(value, fact.unit)
            )
        else:
            text = figure_text(value, fact.unit, form=form)
        return self.run(Figure(key, text, value, parts))

    def share(
        self, key: str, whole: str, by: Mapping[str, str] | None = None, whole_by: Mapping[str, str] | None = None
    ) -> Run:
        """A part as a percentage of another fact (or of another part), traced to the part; a dash without a whole.

        It stands in tables: one decimal in every row, and what is too small for it is said to be below 0.1%.
        """
        part, all_of = self._value(key, _texts(by)), self._value(whole, _texts(whole_by))
        if not isinstance(part, int) or not isinstance(all_of, int) or all_of <= 0 or part < 0:
            return Run("—")
        tenths = (2000 * part + all_of) // (2 * all_of)
        text = f"{tenths / 10:.1f}%" if tenths or not part else "不足0.1%"
        return self.run(Figure(key, text, Rate(part, all_of), _texts(by)))

    def _value(self, key: str, parts: dict[str, str]) -> Any:
        fact = self.material.values[key]
        if not parts:
            return fact.value
        for order in _orders(tuple(parts)):
            axis = "+".join(order)
            if axis in fact.by:
                none: Any = Rate(0, 0) if isinstance(fact.value, Rate) else 0
                return fact.by[axis].get("+".join(parts[name] for name in order), none)
        got = self.material.get(Ask(key, tuple(parts.items())))
        return got.value if got else None


def _texts(by: Mapping[str, str] | None) -> dict[str, str]:
    return {axis: str(code) for axis, code in (by or {}).items()}


def _orders(axes: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [axes] if len(axes) == 1 else [axes, axes[::-1]]
