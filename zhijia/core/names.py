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


def pinyin_key(name: str) -> str:
    """Return the key that a name is sorted and found by: 张三 is "zhangsan zs", ü is v, Latin letters are small.

    Names of peoples that write a middle dot have no surname and are read character by character. Nothing readable
    gives the empty key.
    """
    syllables = _syllables(normalise_name(name))
    if not syllables:
        return ""
    return "".join(syllables) + " " + "".join([syllable[0] for syllable in syllables])
