"""What the words in a search box mean: each word must fit, names by any part, full pinyin or initials.

Surnames are found by the reading of a surname and by the common one (单 shan, dan): see `core.names.OTHER_READINGS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from zhijia.core.names import normalise_name, read_otherwise

WORDS = 6  # words of a search; more would cost more than they tell


@dataclass(frozen=True, slots=True)
class Sought:
    """Where a register is searched: paths of texts, of persons referred to, and whether its rows are persons.

    `beside` gives the rows whose texts in columns of the union's own hold a word.
    """

    texts: Sequence[str]
    people: Sequence[str]
    persons: bool
    beside: Callable[[str], Q] | None = None


def words_of(text: str) -> list[str]:
    """The words of a search: letters that follow each other are one name in pinyin (zhang wei).

    >>> words_of("计财处 zhang wei 012")
    ['计财处', 'zhangwei', '012']
    """
    found: list[str] = []
    for word in text.split():
        if found and _letters(word) and _letters(found[-1]):
            found[-1] += word
        else:
            found.append(word)
    return found[:WORDS]


def condition(sought: Sought, text: str) -> Q:
    """The rows that every word of the text fits."""
    found = Q()
    for word in words_of(text):
        found &= _word(sought, word)
    return found


def _letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _word(sought: Sought, word: str) -> Q:
    found = sought.beside(word) if sought.beside else Q()
    if word.isascii():
        small, named = word.lower(), Q()
        for path in (*([""] if sought.persons else []), *(f"{person}__" for person in sought.people)):
            named |= _by_pinyin(path, small) if _letters(word) else Q()
        # Letters mean a name; nothing else of a register of persons is written with them alone. So the index of names
        # answers by itself, without a look at each row.
        if named:
            return found | named
        if sought.persons:
            found |= Q(staff_no__startswith=word)
            if len(word) == 4 and word.isdecimal():
                found |= Q(phone_tail=word) | Q(id_tail=word)
    # Case matters to nothing in Chinese; comparing it would cost as much as the search.
    how = "icontains" if word.lower() != word.upper() else "contains"
    for path in sought.texts:
        found |= Q(**{f"{path}__{how}": normalise_name(word) if path.endswith("name") else word})
    return found


def _by_pinyin(path: str, word: str) -> Q:
    """Full pinyin from its beginning, initials, and surnames by their other readings."""
    found = Q(**{f"{path}pinyin__startswith": word}) | Q(**{f"{path}pinyin__contains": f" {word}"})
    for part in _otherwise(path, word):
        found |= part
    return found


def _otherwise(path: str, word: str) -> Iterable[Q]:
    for surname, full, initials in read_otherwise(word):
        own = Q(**{f"{path}name__startswith": surname})
        if full is not None:
            yield own & Q(**{f"{path}pinyin__startswith": full})
        if initials:
            yield own & Q(**{f"{path}pinyin__contains": f" {initials}"})
