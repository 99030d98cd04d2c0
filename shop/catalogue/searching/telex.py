"""Reads what Telex keystrokes meant when the keyboard was not set to Vietnamese: gooms is gốm."""

import re

from shop.core.text import nfc, tidy_tones

TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
DOUBLES = (
    ("uow", "ươ"),
    ("dd", "đ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
    ("w", "ư"),
)
VOWELS = "aăâeêioôơuưy"
SYLLABLE = re.compile(rf"(?P<onset>gi(?=[{VOWELS}])|qu|[^{VOWELS}]*)(?P<vowels>[{VOWELS}]+)(?P<coda>[a-zđ]*)")
KEY_AFTER_VOWEL = re.compile(r"(?<=[aeiouyw])[a-z]*?([fsxrj])")


def decoded(keys: str) -> str | None:
    """The syllable these keys spell in Telex, or None when they hold no Telex key."""
    letters, tone = _without_tone_key(keys)
    for typed, meant in DOUBLES:
        letters = letters.replace(typed, meant)
    if not tone and letters == keys:
        return None
    syllable = SYLLABLE.fullmatch(letters)
    return _marked(syllable, tone) if syllable else None


def _without_tone_key(keys: str) -> tuple[str, str]:
    key = KEY_AFTER_VOWEL.search(keys)
    if not key:
        return keys, ""
    return keys[: key.start(1)] + keys[key.end(1) :], TONES[key[1]]


def _marked(syllable: re.Match[str], tone: str) -> str:
    onset, vowels, coda = syllable["onset"], syllable["vowels"], syllable["coda"]
    hatted = [at for at, letter in enumerate(vowels) if letter in "ăâêôơư"]
    open_pair = len(vowels) == 2 and not coda
    seat = hatted[-1] if hatted else int(len(vowels) > 1 and not open_pair)
    return tidy_tones(nfc(f"{onset}{vowels[: seat + 1]}{tone}{vowels[seat + 1 :]}{coda}"))
