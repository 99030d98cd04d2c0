"""Vietnamese and English text as the shop compares it: one spelling, folded letters, words and slugs."""

import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
NO_BASE = {
    "đ": "d",
    "ð": "d",
    "ɖ": "d",
    "ø": "o",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ȷ": "j",
    "ƀ": "b",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    "ŋ": "n",
    "ſ": "s",
    "ĸ": "k",
}
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
WORD = re.compile(r"[^\W_]+")
SEARCHED_BLOCKS = ((0x41, 0x250), (0x1E00, 0x1F00))
LOOSE_MARKS = ((0x300, 0x370), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00))

# Two schools place the mark of an open syllable differently (hoà, hòa); typists also slip (muà, cuả).
OPEN_PAIRS = ("oa", "oe", "uy", "ua", "ia", "ưa")


def nfc(s: str) -> str:
    """The one composed spelling every text of the shop is stored in."""
    return unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """Lower case without any mark, đ as d; the same for composed and decomposed input."""
    return s.translate(FOLDING)


def tidy_tones(s: str) -> str:
    """Composed lower case with the tone mark of open syllables where the old school puts it: hoà → hòa."""
    return OPEN_SYLLABLE.sub(lambda found: FIRST_MARKED[found[0]], nfc(nfc(s).lower()))


def words(s: str) -> list[str]:
    """Every run of letters and digits, one-letter words too; nothing is a stop word."""
    return WORD.findall(nfc(s))


def slugify(s: str) -> str:
    """The words folded and joined by hyphens; empty when nothing Latin or numeric is left."""
    plain = (word.encode("ascii", "ignore").decode() for word in words(fold(s)))
    return "-".join(word for word in plain if word)


def is_marked(tidy: str) -> bool:
    """Whether lower-case text carries a tone, a hat, a horn or a barred đ."""
    return fold(tidy) != tidy


def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(sign): None for sign in INVISIBLE}
    for first, end in LOOSE_MARKS:
        table.update(dict.fromkeys(range(first, end)))
    for first, end in SEARCHED_BLOCKS:
        for code in range(first, end):
            if (letter := chr(code)).isalpha() and (base := _base(letter)) != letter:
                table[code] = base
    return table


def _base(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter.lower())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return "".join(NO_BASE.get(sign, sign) for sign in bare)


def _first_marked() -> dict[str, str]:
    pairs = ((pair, tone) for pair in OPEN_PAIRS for tone in TONES)
    return {nfc(pair + tone): nfc(pair[0] + tone + pair[1]) for pair, tone in pairs}


FOLDING = _folding()
FIRST_MARKED = _first_marked()
# After q the u belongs to the consonant (quý), after g the i does (giá): there the mark stays.
OPEN_SYLLABLE = re.compile(rf"(?<!q)(?:(?<!g)|(?!i))(?:{'|'.join(FIRST_MARKED)})(?!\w)")
