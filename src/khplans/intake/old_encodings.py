"""Vietnamese of before Unicode: TCVN3, VNI and VISCII, whose letters stand where those of Latin-1 do, and windows-1258.

Which one it is, all of a text or the name of its font says, never a few words.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from operator import itemgetter
from typing import Literal

from khplans.errors import KhplansError, refusal
from khplans.text.syllables import vietnamese_words

OldEncoding = Literal["TCVN3", "VNI", "VISCII", "windows-1258"]

_OF_FONTS: tuple[OldEncoding, ...] = ("TCVN3", "VNI", "VISCII")
_WINDOWS: OldEncoding = "windows-1258"
_FEWEST_WORDS = 12
"""Words with letters outside ASCII by which an encoding is told."""
_MOST_SHARE = 0.85
"""Of these words, how many are Vietnamese in the encoding that a text is in; in real texts 91 % and more."""
_ADVANTAGE = 0.08
"""By how much the share of words is above that of any other encoding; in real texts 10 % and more."""
_LEAST_SHARE = 0.8
"""Of the words in a font of before Unicode, how many are Vietnamese as they are or in its encoding, lest nobody can read them."""
_MOST_UNICODE_LETTERS = 10
"""Words for each letter that Latin-1 lacks, which a text in an old encoding has by chance only."""
_UNICODE_LETTER = re.compile("[Ă-ăĐđĨĩŨũƠ-ơƯ-ưẠ-ỹ]")
_SAMPLE = 20_000
_MOST_NAMES, _LONGEST_NAME = 3, 40
_CAPITALS_FONT = re.compile(r"[^ ]+H\b")
_MISSING_IN_VNI = str.maketrans({"î": "ỵ", "Î": "Ỵ"})
_MISSING_PAIRS = (("aú", "ẳ"), ("AÚ", "Ẳ"))
_WINDOWS_SIGNS = {
    code: bytes([code]).decode("cp1252", "replace")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_WORD = re.compile(r"[^\W\d_]+")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*(windows-125[28]|iso-8859-1)\b", re.IGNORECASE)
_HEAD = 2_048
_NUL_SHARE = 0.25
"""Of every other byte of a text in UTF-16, at the least: its blanks and plain letters."""


@dataclass(frozen=True, slots=True)
class FontEncoding:
    """What a font's name tells: the encoding of its letters, and whether it shows capitals for small ones."""

    encoding: OldEncoding
    capitals: bool = False


def font_encoding(font: str) -> FontEncoding | None:
    """What the name of a font tells of its letters; None for a font of Unicode, as far as one can tell.

    >>> font_encoding(".VnTimeH"), font_encoding("VNI-Times"), font_encoding("Times New Roman")
    (FontEncoding(encoding='TCVN3', capitals=True), FontEncoding(encoding='VNI', capitals=False), None)
    """
    name = font.strip("\"' ")
    if name[:3].lower() == ".vn":
        return FontEncoding("TCVN3", _CAPITALS_FONT.match(name) is not None)
    return FontEncoding("VNI") if name[:4].lower() == "vni-" else None


def encoding_of(text: str, where: str = "") -> OldEncoding | None:
    """The old encoding of a text whose characters were taken for Latin-1; None for one that isn't.

    Raises `KhplansError` where viparse isn't installed.

    >>> encoding_of("Uû ban nh©n d©n tØnh")  # too few words to tell

    >>> encoding_of("Uû ban nh©n d©n tØnh giao Së Y tÕ chñ tr×, phèi hîp víi c¸c ®¬n vÞ thùc hiÖn kÕ ho¹ch n¨m ®ã.")
    'TCVN3'
    """
    sample = _sample(text)
    good, words = vietnamese_words(sample)
    in_unicode = max(
        good / _MOST_SHARE, _MOST_UNICODE_LETTERS * len(_UNICODE_LETTER.findall(sample))
    )
    if words < _FEWEST_WORDS or in_unicode >= words:
        return None
    as_is: dict[OldEncoding | None, str] = {None: sample}
    return _most_vietnamese(as_is | _readings(sample, where))


def converted(text: str, encoding: OldEncoding, where: str = "") -> str:
    """The text in Unicode, NFC, of characters that were taken for Latin-1.

    Raises `KhplansError` where viparse isn't installed.

    >>> converted("S¾C LÖNH sè 68", "TCVN3"), converted("Keá hoaïch", "VNI")
    ('SẮC LỆNH số 68', 'Kế hoạch')
    """
    if encoding == "VISCII":
        return _by_table(text, encoding, where)
    text = text.translate(_WINDOWS_SIGNS)
    if encoding == _WINDOWS:
        data = text.encode("cp1252", "replace")
        return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if encoding == "TCVN3":
        return "".join(map(_capitals, _by_table(text, encoding, where).splitlines(keepends=True)))
    for old, letter in _MISSING_PAIRS:
        text = text.replace(old, letter)
    return _by_table(text.translate(_MISSING_IN_VNI), encoding, where)


class FontTexts:
    """The texts of a document by the names of their fonts, of which all together tell the encodings.

    Raises `KhplansError` that names the fonts where what is set in them is Vietnamese neither as it is nor in
    the encoding that they are named for.
    """

    def __init__(self, pieces: Iterable[tuple[str, str]], where: str) -> None:
        self._where = where
        by_encoding: dict[OldEncoding | None, list[str]] = {}
        self._fonts: dict[OldEncoding | None, set[str]] = {}
        for font, text in pieces:
            known = font_encoding(font)
            encoding = known.encoding if known else None
            by_encoding.setdefault(encoding, []).append(text)
            self._fonts.setdefault(encoding, set()).add(font)
        self._told: dict[OldEncoding | None, OldEncoding] = {}
        for named, texts in by_encoding.items():
            told = self._judged(named, "\n".join(texts))
            if told:
                self._told[named] = told

    @property
    def encodings(self) -> tuple[OldEncoding, ...]:
        """The encodings that pieces are in, by name."""
        return tuple(sorted(set(self._told.values())))

    def encoding(self, font: str) -> OldEncoding | None:
        """The old encoding of what is set in a font, if it is in one."""
        known = font_encoding(font)
        return self._told.get(known.encoding if known else None)

    def as_seen(self, text: str, font: str) -> str:
        """A piece as a reader sees it; one that has letters of Unicode itself stays as it is."""
        encoding = self.encoding(font)
        if encoding is None or _UNICODE_LETTER.search(text):
            return text
        known = font_encoding(font)
        shown = converted(text, encoding, self._where)
        return shown.upper() if known and known.capitals else shown

    def _judged(self, named: OldEncoding | None, text: str) -> OldEncoding | None:
        if named is None:
            return encoding_of(text, self._where)
        sample = _sample(text)
        plain = converted(sample, named, self._where)
        as_is, words = vietnamese_words(sample)
        right, others = vietnamese_words(plain)
        if words >= _FEWEST_WORDS and max(_share(sample), _share(plain)) < _LEAST_SHARE:
            raise _untold(sorted(self._fonts[named]), named, self._where)
        has_old = any("\x80" <= sign <= "\xff" for sign in sample)
        return named if has_old and right * words >= as_is * others else None


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, and the encodings that they were in where that isn't UTF-8."""

    text: str
    encodings: tuple[str, ...] = ()


def decoded(data: bytes, where: str, *, is_page: bool) -> Decoded:
    """A file's characters, whatever its encoding.

    Of a web page in TCVN3, VNI or VISCII they are those of Latin-1: its fonts tell more. Raises
    `KhplansError` for bytes of which the encoding can't be told.

    >>> decoded("Kế hoạch".encode("utf-16"), "a.txt", is_page=False)
    Decoded(text='Kế hoạch', encodings=('UTF-16',))
    """
    wide = _utf16(data)
    if wide:
        return Decoded(_wide(data, wide, where), ("UTF-16",))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decoded_old(data, error.start, where, is_page=is_page)
    encoding = None if is_page else encoding_of(text, where)
    return Decoded(converted(text, encoding, where), (encoding,)) if encoding else Decoded(text)


def _decoded_old(data: bytes, place: int, where: str, *, is_page: bool) -> Decoded:
    surface = data.decode("latin-1")
    encoding = _most_vietnamese(_readings(_sample(surface), where))
    declared = _DECLARED.search(data[:_HEAD]) if is_page else None
    if encoding in _OF_FONTS and is_page:
        return Decoded(surface, (encoding,))
    if encoding:
        return Decoded(converted(surface, encoding, where), (encoding,))
    if declared is None:
        raise _unknown(data, place, where)
    name = declared[1].decode().lower().replace("iso-8859-1", "windows-1252")
    return Decoded(unicodedata.normalize("NFC", data.decode(name, "replace")), (name,))


def _readings(sample: str, where: str) -> dict[OldEncoding | None, str]:
    """What a text would be in each encoding."""
    return {x: converted(sample, x, where) for x in (*_OF_FONTS, _WINDOWS)}


def _most_vietnamese(readings: Mapping[OldEncoding | None, str]) -> OldEncoding | None:
    """The encoding in which a text is Vietnamese, and in no other nearly as much.

    >>> text = "Sở Y tế chủ trì thực hiện kế hoạch trồng rừng phòng hộ trên địa bàn các huyện miền núi của tỉnh. " * 3
    >>> broken = text.encode("utf-8").decode("latin-1")
    >>> _most_vietnamese({None: broken, "viscii": text}), _most_vietnamese({"tcvn3": text, "viscii": text})
    ('viscii', None)
    >>> _most_vietnamese({"tcvn3": broken, "viscii": broken})
    """
    shares = sorted(((_share(text), x) for x, text in readings.items()), key=itemgetter(0))
    (second, _), (best, encoding) = shares[-2:]
    return encoding if best >= _MOST_SHARE and best - second >= _ADVANTAGE else None


def _share(text: str) -> float:
    """The share of a text's words that are Vietnamese; none of a text of few words.

    >>> _share("Sở Y tế"), _share("Sở Y tế chủ trì thực hiện kế hoạch trồng rừng phòng hộ trên địa bàn tỉnh " * 3) > 0.5
    (0.0, True)
    """
    good, words = vietnamese_words(text)
    return good / words if words >= _FEWEST_WORDS else 0.0


def _sample(text: str) -> str:
    """The text, or stretches from its beginning, middle and end.

    >>> _sample("abc"), len(_sample("a" * 9 * _SAMPLE)) == 3 * _SAMPLE + 2
    ('abc', True)
    """
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def tools_for(encodings: Iterable[str]) -> tuple[str, ...]:
    """What put words in these encodings into Unicode, with its version, where that wasn't Python.

    >>> tools_for(["UTF-16"])
    ()
    """
    return (f"viparse {version('viparse')}",) if set(encodings) & set(_OF_FONTS) else ()


def _by_table(text: str, encoding: OldEncoding, where: str) -> str:
    try:
        from viparse.normalize.encodings import get_charmap
        from viparse.normalize.tables import convert
    except ImportError:
        raise refusal("viparse-missing", where, encoding=encoding) from None
    return str(convert(text, get_charmap(encoding.lower())))


def _capitals(line: str) -> str:
    """A line of TCVN3, which has no accented capitals, with those that its words call for.

    >>> _capitals("SắC LệNH của Sở Y tế"), _capitals("Lệ PHí"), _capitals("Sở Y tế")
    ('SẮC LỆNH của Sở Y tế', 'LỆ PHÍ', 'Sở Y tế')
    """
    in_capitals = {word for word in _WORD.findall(line) if _is_in_capitals(word)}
    if in_capitals and not any("a" <= letter <= "z" for letter in line):
        return line.upper()
    return _WORD.sub(lambda word: word[0].upper() if word[0] in in_capitals else word[0], line)


def _is_in_capitals(word: str) -> bool:
    """Whether a capital stands after its first letter, and no plain small one anywhere.

    >>> _is_in_capitals("K\\u00d5HOẠCH"), _is_in_capitals("kHOACH"), _is_in_capitals("Khoach")
    (True, False, False)
    """
    plain = "".join(filter(str.isascii, word[1:]))
    return plain.isupper() and not "a" <= word[0] <= "z"


def _utf16(data: bytes) -> str | None:
    """The name of the UTF-16 that bytes are in, by their mark or by the zeros of plain letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = (data[start : 2 * _SAMPLE : 2].count(0) for start in (0, 1))
    least = _NUL_SHARE * min(len(data), 2 * _SAMPLE) / 2
    if odd > least and not even:
        return "utf-16-le"
    return "utf-16-be" if even > least and not odd else None


def _wide(data: bytes, name: str, where: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise refusal("utf16-damaged", where, error=error) from None


def _untold(fonts: Sequence[str], named: OldEncoding, where: str) -> KhplansError:
    shown = ", ".join(font[:_LONGEST_NAME] for font in fonts[:_MOST_NAMES])
    return refusal("fonts-unknown", where, shown=shown, named=named)


def _unknown(data: bytes, place: int, where: str) -> KhplansError:
    line = data.count(b"\n", 0, place) + 1
    return refusal(
        "not-of-known-encodings", f"{where}:{line}", byte=data[place], known=", ".join(_OF_FONTS)
    )
