"""Official phrases of a day: the union's own dated ones; where it keeps none, built-in ones, unconfirmed."""

from __future__ import annotations

from datetime import date

from zhijia.standards.rules import Phrase, Standards

GUIDING, BASIS = "guiding_ideology", "basis"
KINDS = (GUIDING, BASIS)

BUILT_IN = Standards(
    all_phrases=(
        Phrase(
            GUIDING,
            "以邓小平理论和“三个代表”重要思想为指导",
            "党的十六大",
            "",
            None,
            date(2002, 11, 15),
            date(2012, 11, 15),
        ),
        Phrase(
            GUIDING,
            "以邓小平理论、“三个代表”重要思想、科学发展观为指导",
            "党的十八大",
            "",
            None,
            date(2012, 11, 15),
            date(2017, 10, 25),
        ),
        Phrase(GUIDING, "以习近平新时代中国特色社会主义思想为指导", "党的十九大", "", None, date(2017, 10, 25), None),
        Phrase(BASIS, "按照《工会法》和《中国工会章程》的要求", "工会法、中国工会章程", "", None, None, None),
    )
)


def on(kind: str, day: date, standards: Standards) -> Phrase | None:
    """The newest phrase of the kind in use on a day, the union's own before the built-in; None if there is none."""
    own = standards.phrases(kind, day)
    found = sorted(own, key=lambda phrase: not phrase.confirmed) or BUILT_IN.phrases(kind, day)
    return found[0] if found else None
