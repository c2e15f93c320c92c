"""Personal names: one spelling for storing and comparing, and a pinyin key for sorting and search.

Surnames are read as surnames (仇 qiu, 单 shan), which general readers do not do. Given names take each character's
commonest reading, so that the key of a name never depends on its neighbours.
"""

import re
import unicodedata

# Surnames whose reading differs from the character's commonest one, or is easily mistaken.
SURNAMES: dict[str, str] = dict(
    re.findall(
        r"(\S)([a-z]+)",
        """
        仇qiu 单shan 解xie 曾zeng 区ou 任ren 华hua 查zha 翟zhai 缪miao 乐yue 盖ge 朴piao 秘bi 冼xian 洗xian 覃qin
        谌chen 卜bu 句gou 种chong 燕yan 纪ji 宓mi 逄pang 折she 繁po 黑he 员yun 贠yun 召shao 祭zhai 尉wei 万wan
        郇xun 隗wei 都du 阚kan 么yao 幺yao 能nai 佴nai 重chong 长chang 乜nie 郄qie 厍she 薄bo 角jue 颉xie 粘nian
        晁chao 眭sui 訾zi 宁ning 车che 牟mou 葛ge 石shi 费fei 柏bai 应ying 过guo
        """,
    )
)
COMPOUND_SURNAMES: dict[str, list[str]] = {
    surname: reading.split("-")
    for surname, reading in re.findall(
        r"([^\sa-z]{2})([a-z]+-[a-z]+)",
        """
        尉迟yu-chi 长孙zhang-sun 万俟mo-qi 单于chan-yu 澹台tan-tai 乐正yue-zheng 乐羊yue-yang 宰父zai-fu 皇甫huang-fu
        鲜于xian-yu 拓跋tuo-ba 亓官qi-guan 令狐ling-hu 夏侯xia-hou
        """,
    )
}
# Readings by which people look for a surname besides the one it is sorted by: the character's common one, or a second
# one of the surname itself.
OTHER_READINGS: dict[str, list[str]] = {
    surname: readings.split("/")
    for surname, readings in re.findall(
        r"([^\sa-z]+)([a-z/]+)",
        """
        仇chou 单dan 解jie 曾ceng 区qu 查cha 翟di 缪mou/miu 乐le 盖gai 朴pu/po 秘mi 冼xi 洗xi 覃tan 谌shen 句ju
        种zhong 宓fu 逄feng 折zhe 繁fan 黑hei 员yuan 召zhao 祭ji 尉yu 郇huan 隗kui 都dou 能neng 佴er
        乜mie 郄xi 薄bao 角jiao 颉jie 牟mu 柏bo 卜bo
        尉迟weichi 万俟wansi/wanqi 单于danyu/shanyu 澹台dantai 乐正lezheng 乐羊leyang 宰父zaifu 令狐lingfu
        """,
    )
}
# In given names these are read otherwise than in most words.
GIVEN = {"晟": "sheng", "长": "chang", "莞": "wan", "翟": "zhai", "卜": "bu", "缪": "miao", "曾": "zeng", "都": "du"}

DOT = "·"
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅●᛫․﹒", DOT))
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PLAIN = re.compile(r"[\u4e00-\u9fff]+").fullmatch
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_DOT_BETWEEN = re.compile(rf"(?<=[{_HAN}])\s*[.{DOT}]\s*(?=[{_HAN}])")
_SPACE_BETWEEN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_TOKEN = re.compile(rf"[{_HAN}]|[^\W{_HAN}_]+")


def normalise_name(name: str) -> str:
    """Return the one spelling of a name: no spaces between Chinese characters, half-width letters, the middle dot ·.

    张　三 is 张三; 阿不都•买买提 and 阿不都.买买提 are 阿不都·买买提; Latin names keep single spaces and
    their capitals.
    """
    if _PLAIN(name):
        return name
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name).translate(_DOTS)).translate(_DOTS)
    text = _SPACE_BETWEEN.sub("", _DOT_BETWEEN.sub(DOT, text))
    return " ".join(text.split())


class _Readings(dict[str, str]):
    """Each character's commonest reading, or a Latin word itself, asked of pypinyin once only."""

    def __missing__(self, token: str) -> str:
        from pypinyin import lazy_pinyin  # a quarter of a second that most commands do not need

        self[token] = reading = "".join(lazy_pinyin(token)).lower()
        return reading


_readings = _Readings(GIVEN)


def _syllables(name: str) -> list[str]:
    if not _PLAIN(name):
        return [_readings[token] for token in _TOKEN.findall(name)]
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return [*COMPOUND_SURNAMES[name[:2]], *[_readings[sign] for sign in name[2:]]]
    return [SURNAMES.get(name[0]) or _readings[name[0]], *[_readings[sign] for sign in name[1:]]]


def read_otherwise(word: str) -> list[tuple[str, str | None, str]]:
    """What a word in letters means where it reads a surname in another way than its key: (surname, key, initials).

    `key` is how the key of such names begins (None: not meant in full), `initials` what their initials begin with
    (empty: the word is too long, or the reading begins with the same letter).

    >>> read_otherwise("danwei")
    [('单', 'shanwei', '')]
    >>> ("单", None, "sw") in read_otherwise("dw")
    True
    """
    found = []
    for surname, readings in OTHER_READINGS.items():
        own = COMPOUND_SURNAMES.get(surname) or [SURNAMES.get(surname) or _readings[surname]]
        for reading in readings:
            full = _full(word, reading, "".join(own))
            other = word[0] != own[0][0] and reading[0] == word[0] and _initials(word, own)
            if full is not None or other:
                found.append((surname, full, own[0][0] + word[1:] if other else ""))
    return found


def _initials(word: str, own: list[str]) -> bool:
    """Whether the word can be the initials of a name with that surname: two characters follow it at most."""
    return len(word) <= len(own) + 2 and all(sign == part[0] for sign, part in zip(word[1:], own[1:], strict=False))


def _full(word: str, reading: str, own: str) -> str | None:
    """How the key begins where the word spells the reading out, or begins to."""
    if word.startswith(reading):
        return own + word.removeprefix(reading)
    return own if len(word) > 1 and reading.startswith(word) else None


def pinyin_key(name: str) -> str:
    """Return the key that a name is sorted and found by: 张三 is "zhangsan zs", ü is v, Latin letters are small.

    Names of peoples that write a middle dot have no surname and are read character by character. Nothing readable
    gives the empty key.
    """
    syllables = _syllables(normalise_name(name))
    if not syllables:
        return ""
    return "".join(syllables) + " " + "".join([syllable[0] for syllable in syllables])
