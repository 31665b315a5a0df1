"""The recipe in a picture file: written as XMP that others can read, and read back from anybody's bytes.

The prompt stands in ``dc:description``, where picture programs show it, the program in ``xmp:CreatorTool``; all of it
stands as JSON in ``recipe:json`` of a name space of our own, described in docs/recipe.md. Worker process only.
"""

from __future__ import annotations

import json
import re
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from seedream_desktop.domain.recipe import Recipe, recipe_from_json, recipe_to_json
from seedream_desktop.imaging.packets import MAX_JPEG_PACKET_BYTES, read_packet, with_packet

_OURS: Final = "urn:seedream-desktop:recipe:1#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BEGIN: Final = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END: Final = '<?xpacket end="w"?>'
_DESCRIBED: Final = (
    '<rdf:Description rdf:about="" xmlns:rdf="{rdf}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">{prompt}</rdf:li>'
    "</rdf:Alt></dc:description><xmp:CreatorTool>{program}</xmp:CreatorTool></rdf:Description>"
)
_OWN: Final = (
    '<rdf:Description rdf:about="" xmlns:rdf="{rdf}" xmlns:recipe="{ours}"><recipe:json>{json}</recipe:json>'
    "</rdf:Description>"
)
# XML cannot hold these in any form (XML 1.0, section 2.2); JSON can write them out.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RDF_END: Final = re.compile(rb"</[A-Za-z_][\w.-]*:RDF\s*>")
_TAKEN: Final = re.compile(rb"description|CreatorTool")
_UNSAFE: Final = (b"<!DOCTYPE", b"<!ENTITY")


def with_recipe(data: bytes, recipe: Recipe) -> bytes:
    """Return the file with *recipe* in it and every pixel as it was; other XMP in it stays where it can be read.

    Raises:
        UndecodableError: when it is no still JPEG, PNG or WebP picture.
        ValueError: when the recipe does not fit.
    """
    packet = _packet(recipe, read_packet(data))
    return with_packet(data, packet if len(packet) <= MAX_JPEG_PACKET_BYTES else _packet(recipe, None, is_short=True))


def read_recipe(data: bytes) -> Recipe | None:
    """Return the recipe in a picture file of anybody's; None when there is none that makes sense."""
    packet = read_packet(data)
    if packet is None or _OURS.encode() not in packet:
        return None
    text = _own_text(packet)
    try:
        return recipe_from_json(json.loads(text)) if text else None
    except (ValueError, RecursionError):
        return None


def _packet(recipe: Recipe, old: bytes | None, *, is_short: bool = False) -> bytes:
    """Return a packet with the recipe; *is_short* without the words for other programs."""
    own = _OWN.format(rdf=_RDF, ours=_OURS, json=escape(_json(recipe)))
    words = _DESCRIBED.format(rdf=_RDF, prompt=escape(_writable(recipe.prompt)), program=escape(recipe.program))
    if old is not None and (joined := _joined(old, own, words)) is not None:
        return joined
    inner = own if is_short else words + own
    return (
        f'{_BEGIN}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">{inner}</rdf:RDF></x:xmpmeta>{_END}'
    ).encode()


def _joined(old: bytes, own: str, words: str) -> bytes | None:
    """Return *old* with ours at its end; None when it cannot be read, or has one of ours."""
    ends = list(_RDF_END.finditer(old))
    if _OURS.encode() in old or not ends or _parsed(old) is None:
        return None
    added = own if _TAKEN.search(old) else words + own
    joined = old[: ends[-1].start()] + added.encode() + old[ends[-1].start() :]
    # What looks like the end of the old one may stand in a comment.
    return joined if len(joined) <= MAX_JPEG_PACKET_BYTES and _own_text(joined) else None


def _own_text(packet: bytes) -> str | None:
    root = _parsed(packet)
    return None if root is None else root.findtext(f".//{{{_OURS}}}json")


def _parsed(packet: bytes) -> ElementTree.Element | None:
    if any(mark in packet for mark in _UNSAFE) or b"\0" in packet:
        return None  # UTF-16 could hide the marks
    try:
        return ElementTree.fromstring(packet.strip(b"\xef\xbb\xbf \t\r\n"))  # noqa: S314 - see above
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def _json(recipe: Recipe) -> str:
    text = json.dumps(recipe_to_json(recipe), ensure_ascii=False)
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
