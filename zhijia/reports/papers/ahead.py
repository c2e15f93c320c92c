"""The second half of the work report: reflections (体会), measured problems, and the tasks that answer them."""

from __future__ import annotations

from collections.abc import Sequence

from zhijia.core.cube import Rate
from zhijia.core.dates import chinese_number
from zhijia.documents.docx.blocks import Block, Heading, Paragraph, Run
from zhijia.reports.material import Material
from zhijia.reports.outline import problems, reflections, tasks
from zhijia.reports.outline.problems import Problem
from zhijia.reports.outline.reflections import Reflection
from zhijia.reports.outline.tasks import FUNDS_THEME
from zhijia.reports.papers.teller import Teller
from zhijia.reports.telling import Withheld, tell

NEXT_TASKS = "plans.next_tasks"
THEMES = {"central": "centre", "care": "service"}


def offered(material: Material) -> list[Reflection]:
    """The reflections that the records carry, in their order."""
    return [one for one in reflections.REFLECTIONS if not isinstance(tell(one.sentence, material), Withheld)]


def chosen(material: Material) -> list[Reflection]:
    """The reflections that the generated report prints; a draft may take others."""
    return offered(material)[: reflections.DEFAULT_COUNT]


def applies(problem: Problem, material: Material) -> bool:
    """Whether the records show the problem."""
    if isinstance(tell(problem.sentence, material), Withheld):
        return False
    if problem.below:
        fact = material.fact(problem.below[0])
        rate = fact.value if fact else None
        return isinstance(rate, Rate) and rate.den > 0 and 100 * rate.num < problem.below[1] * rate.den
    if problem.refuted:
        return any(key in material.claims and material.claims[key].state == "refuted" for key in problem.refuted)
    if problem.rules:
        return any(finding.now and finding.rule in problem.rules for finding in material.findings)
    if problem.grades:
        key, words = problem.grades
        fact = material.fact(key)
        return any(word in text for item in (fact.items if fact else ()) for text in item.label for word in words)
    return False


def candidates(material: Material) -> list[Problem]:
    """Every problem that the records show, the weightiest kinds first, filled up to three with standing ones."""
    found = [one for one in problems.PROBLEMS if not one.fallback and applies(one, material)]
    spare = [
        one for one in problems.PROBLEMS if one.fallback and not isinstance(tell(one.sentence, material), Withheld)
    ]
    return found + spare[: max(0, problems.LEAST - len(found))]


def named(material: Material) -> list[Problem]:
    """The problems that the report names."""
    return candidates(material)[: problems.MOST]


def blocks(teller: Teller) -> list[Block]:
    """The blocks behind the review."""
    material = teller.material
    shown = named(material)
    found: list[Block] = []
    if picked := chosen(material):
        found += [Heading(1, "几点体会"), Paragraph(teller.paragraph([reflections.LEAD]))]
        for number, one in enumerate(picked, start=1):
            lead = Run(f"{chinese_number(number)}是{one.phrase}。", bold=True)
            found.append(Paragraph([lead, *teller.paragraph([one.sentence])]))
    if shown:
        found += [Heading(1, "存在的问题和不足"), Paragraph(teller.paragraph([problems.LEAD]))]
        for number, problem in enumerate(shown, start=1):
            found.append(Paragraph([Run(f"{chinese_number(number)}是"), *teller.paragraph([problem.sentence])]))
        closing = "这些问题，有的是客观条件所限，更多的是我们的工作还不够细、不够实，需要在今后的工作中认真加以解决。"
        found.append(Paragraph(closing))
    return [*found, *_tasks(teller, shown)]


def _tasks(teller: Teller, named: Sequence[Problem]) -> list[Block]:
    found: list[Block] = [Heading(1, "今后工作的建议"), Paragraph(teller.paragraph([tasks.LEAD]))]
    planned = _planned(teller.material)
    for task in tasks.TASKS:
        runs = teller.paragraph([task.sentence])
        for title in planned.pop(task.theme, ()):
            runs.append(Run(f"{title.rstrip('。；')}。"))
        themes = {task.theme} | ({FUNDS_THEME} if task.theme == "building" else set())
        runs += teller.paragraph(problem.answer for problem in named if problem.theme in themes)
        if runs:
            found += [Heading(2, task.heading), Paragraph(runs)]
    rest = [title for titles in planned.values() for title in titles]
    if rest:
        text = "；".join(title.rstrip("。；") for title in rest)
        found.append(Paragraph(f"同时，继续抓好以下工作：{text}。"))
    return found


def _planned(material: Material) -> dict[str, list[str]]:
    """The tasks recorded for the next term, by theme; their words stand as the committee wrote them."""
    found: dict[str, list[str]] = {}
    for row in material.rows(NEXT_TASKS):
        block = row.dims.get("block", "")
        theme = THEMES.get(block, block)
        found.setdefault(theme, []).append(next((word for word in row.label if word), ""))
    return {theme: [title for title in titles if title] for theme, titles in found.items()}
