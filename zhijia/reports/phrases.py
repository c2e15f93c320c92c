"""Official phrases of a day: the union's own dated ones, and where it keeps none, built-in ones that nobody has confirmed."""

from __future__ import annotations

from datetime import date

from zhijia.standards.rules import Phrase, Standards

GUIDING = "guiding_ideology"
KINDS = (GUIDING, "spirit", "basis")
_LEAD, _TAIL = "以", "为指导"

BUILT_IN = (
    Phrase(GUIDING, "邓小平理论和“三个代表”重要思想", "党的十六大报告", "", None, date(2002, 11, 15), date(2007, 10, 22)),
    Phrase(GUIDING, "邓小平理论、“三个代表”重要思想和科学发展观", "党的十七大报告", "", None, date(2007, 10, 22), date(2017, 10, 25)),
    Phrase(GUIDING, "习近平新时代中国特色社会主义思想", "党的十九大报告", "", None, date(2017, 10, 25), None),
    Phrase("spirit", "党的十九大和十九届历次全会精神", "党的十九大", "", None, date(2017, 10, 25), date(2022, 10, 23)),
    Phrase("spirit", "党的二十大和二十届历次全会精神", "党的二十大", "", None, date(2022, 10, 23), None),
    Phrase("basis", "工会法和中国工会章程", "工会法、中国工会章程", "", None, None, None),
)


def on(kind: str, day: date, standards: Standards) -> Phrase | None:
    """The phrase of the kind in use on a day, the union's confirmed ones first; None where there is none.

    "以…为指导" round a guiding phrase is taken off, because the sentence brings its own.
    """
    own = standards.phrases(kind, day)
    built_in = Standards(all_phrases=BUILT_IN).phrases(kind, day)
    found = sorted(own, key=lambda phrase: not phrase.confirmed) or built_in
    if not found:
        return None
    phrase = found[0]
    if kind != GUIDING:
        return phrase
    text = phrase.text.strip("。，；")
    text = text.removeprefix("坚持").removeprefix(_LEAD).removesuffix(_TAIL)
    return Phrase(phrase.kind, text, phrase.source, phrase.confirmed_by, phrase.confirmed_on, phrase.first, phrase.end)
