"""Texts as the full-text index takes them in, and terms as it is asked for them.

SQLite's tokenizer parts words at spaces and signs, which Chinese, Japanese and Korean prompts do not have between
words. Each of their characters is therefore kept as a word of its own and a run of them asked for as a phrase, so any
part of a sentence is found, also one of two characters, for which an index of trigrams would be too coarse.

It takes accents away, but not a mark that is part of a letter, such as that of the Polish ł. Those letters are
exchanged for what people type who have no such key, in the index and in what is asked for alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from seedream_desktop.domain.query import Term
from seedream_desktop.store.rows import clean

# Ideographs with their extensions and compatibility forms, kana, bopomofo, hangul, half-width kana.
_UNSPACED: Final = re.compile(
    "([\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff])"
)
_PLAIN: Final = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ħ": "h", "Ħ": "H", "ı": "i"}
    | {"ё": "е", "Ё": "Е", "ґ": "г", "Ґ": "Г"}
)


def spaced(text: str) -> str:
    """Return *text* with spaces around every character that is written without them, and its letters made plain."""
    plain = unicodedata.normalize("NFKC", clean(text)).replace("\0", " ").translate(_PLAIN)
    return _UNSPACED.sub(r" \1 ", plain)


def match_of(terms: Sequence[Term]) -> str:
    """Return what to MATCH, every term at once; empty when there are none. No term can be read as syntax."""
    return " AND ".join(f'"{_quoted(term.text)}"{"*" if term.is_open else ""}' for term in terms)


def _quoted(text: str) -> str:
    return " ".join(spaced(text).replace('"', " ").split())
