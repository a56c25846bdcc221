"""The legacy encodings of Vietnamese pages that Python lacks or only half has."""

from __future__ import annotations

import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĐĂÂÊÔƠƯ"
_BYTES = bytes.fromhex(
    "b5b6b7b8b9 a8bbbcbdbec6 a9c7c8c9cacb ae cccecfd0d1 aad2d3d4d5d6 d7d8dcddde dfe1e2e3e4"
    "abe5e6e7e8e9 aceaebecedee eff1f2f3f4 adf5f6f7f8f9 fafbfcfdfe a7a1a2a3a4a5a6"
)
TCVN3 = dict(zip(_LETTERS, _BYTES, strict=True))


def encode(text: str, codec: str) -> bytes:
    if codec == "tcvn3":
        return b"".join(map(_tcvn3, unicodedata.normalize("NFC", text)))
    if codec in ("cp1258", "windows-1258"):
        return _with_tones_apart(text).encode("cp1258", "replace")
    return text.encode(codec, "surrogatepass" if codec.startswith("utf") else "replace")


def _tcvn3(letter: str) -> bytes:
    # No toned capitals: in these pages the font makes them, the byte is the small letter's.
    known = letter if letter in TCVN3 else letter.lower()
    return bytes([TCVN3[known]]) if known in TCVN3 else letter.encode("ascii", "replace")


def _with_tones_apart(text: str) -> str:
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        out.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)))
        out.append("".join(c for c in parts if c in _TONES))
    return "".join(out)
