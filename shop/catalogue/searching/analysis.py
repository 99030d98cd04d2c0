"""How a product becomes words of the index: folded, exact with place names in one piece, pairs, body."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from shop.catalogue.searching.rows import Row
from shop.core.text import fold, nfc, tidy_tones, words

NAME_F, NAME_X, NAME_B, ABOUT, BODY = FIELDS = ("name_f", "name_x", "name_b", "about", "body_f")

# A letter to every regular expression, and on no keyboard: bát (bowl) can never meet bátǀtràng.
JOINER = "\u01c0"
START, END = "^", "$"

GENERIC = frozenset(("làng", "nghề", "phố", "thôn", "xã", "phường", "quận", "huyện", "thị", "trấn", "tổ", "khu"))
CAPITALISED_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")

Name = tuple[str, ...]


def analyse(row: Row) -> dict[str, list[str]]:
    """The words of each field of one product."""
    names = _place_names(row)
    spoken = [tidy_words(text) for text in row.name.values()]
    own = [JOINER.join(name) for name in proper_names(row.village.get("vi", "")) if len(name) > 1]
    exact = unique([*own, *(word for text in spoken for word in joined(text, names))])
    about = [*row.village.values(), row.maker, *row.group.values(), *row.places]
    about_words = [word for text in about for word in joined(tidy_words(text), names)]
    body = [word for text in row.body.values() for word in joined(tidy_words(text), names)]
    return {
        NAME_F: unique(map(fold, exact)),
        NAME_X: exact,
        NAME_B: unique(pair for text in spoken for pair in pairs([START, *map(fold, text), END])),
        ABOUT: unique([*about_words, *map(fold, about_words)]),
        BODY: unique(map(fold, body)),
    }


def tidy_words(text: str) -> list[str]:
    return words(tidy_tones(text))


def pairs(folded: Sequence[str]) -> list[str]:
    """Neighbours as single terms, so that a phrase needs no positions."""
    return [f"{left}_{right}" for left, right in pairwise(folded)]


def proper_names(text: str) -> list[Name]:
    """The names inside 'Làng khảm trai Chuôn Ngọ (Chuyên Mỹ)': capitalised runs, less generic words."""
    return [name for piece in CAPITALISED_RUN.findall(nfc(text)) for name in _capitalised(piece)]


def joined(tidy: list[str], names: Sequence[Name]) -> list[str]:
    """The words with each place name in one piece, also where the listing writes that name without marks."""
    if not any(part in tidy for name in names for part in (name[0], fold(name[0]))):
        return tidy
    out: list[str] = []
    at = 0
    while at < len(tidy):
        name = next((name for name in names if _stands_at(tidy, at, name)), None)
        out.append(JOINER.join(name) if name else tidy[at])
        at += len(name) if name else 1
    return out


def unique(terms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(terms))


def _place_names(row: Row) -> list[Name]:
    texts = (row.village.get("vi", ""), *row.places)
    found = {name for text in texts for name in proper_names(text) if len(name) > 1}
    return sorted(found, key=lambda name: (-len(name), name))


def _capitalised(piece: str) -> Iterator[Name]:
    run: list[str] = []
    for word in [*piece.split(" "), ""]:
        tidy = tidy_tones(word)
        if word[:1].isupper() and not (tidy in GENERIC and not run):
            run.append(tidy)
        elif run:
            yield tuple(run)
            run = []


def _stands_at(tidy: list[str], at: int, name: Name) -> bool:
    here = tidy[at : at + len(name)]
    return len(here) == len(name) and all(word in (part, fold(part)) for word, part in zip(here, name, strict=True))


# Raise the number when the analysis changes in a way the probe below does not show.
VERSION = 1
PROBE = Row(
    product_id=1,
    name={
        "vi": "Bộ ấm trà gốm Bát Tràng, men hoà sắc, thuỷ ba",
        "en": "Bat Trang water-blue tea set (5 pieces)",
    },
    village={"vi": "Làng gốm sứ Bát Tràng (Kim Lan)", "en": "Bát Tràng ceramics village"},
    maker="Hợp tác xã Đồng Tâm",
    group={"vi": "Thủ công mỹ nghệ", "en": "Handicrafts"},
    body={"vi": "Đất sét trắng, nung 1.300 độ", "en": "White clay"},
    places=("Xã Bát Tràng", "Huyện Gia Lâm"),
)
# An index made by other rules is unreadable to these: its directory carries this fingerprint.
ANALYSER_VERSION = hashlib.sha256(f"{VERSION} {analyse(PROBE)}".encode()).hexdigest()[:12]
