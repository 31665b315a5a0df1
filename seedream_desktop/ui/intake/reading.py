"""Reads what was dropped or pasted as pictures, each once whatever number of forms it comes in.

A browser offers one picture as a link, as markup, as text, as a file and as pixels; a file manager offers a file as
text too. What belongs together is told by how many there are of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData

from seedream_desktop.ui.intake import addresses, pixels
from seedream_desktop.ui.intake.addresses import looks_like_page, looks_like_picture
from seedream_desktop.ui.intake.forms import Forms
from seedream_desktop.ui.intake.offer import Intake, Offer
from seedream_desktop.ui.intake.own import PICTURE_FORMAT, own_contents

if TYPE_CHECKING:
    from seedream_desktop.ui.intake.markup import PagePicture

_MARKUP: Final = "text/html"
_TEXT: Final = "text/plain"
# Where browsers write which page something is from.
_PAGES: Final = ("chromium/x-source-url", "chromium/x-renderer-taint", "text/x-moz-url-priv")
_MOST_TITLE_CHARS: Final = 120


def intake(mime: QMimeData) -> Intake:
    """Return the pictures in *mime* in their order: files before links; empty when there is nothing of use."""
    forms = Forms(mime)
    listed = addresses.listed_addresses(forms)
    pictures = _pictures(forms)
    files = _files(forms, listed)
    if files and not (len(files) == len(pictures) == 1):
        return Intake((*files, *_links_alone(addresses.links_of(listed))))
    if len(pictures) > 1:
        return Intake(_each_once(map(_offer_of, pictures)))
    if pictures:
        return Intake((_with_pixels(_one(forms, listed, pictures[0], files), mime, forms),))
    return _without_markup(mime, forms, listed)


def may_hold_references(mime: QMimeData) -> bool:
    """Return whether `intake` is worth calling, without decoding anything; for the moment of dragging over."""
    forms = Forms(mime)
    if pixels.has_pixels(forms) or PICTURE_FORMAT in forms.names:
        return True
    listed = addresses.listed_addresses(forms)
    if addresses.paths_of(listed) or addresses.links_of(listed) or any(map(_is_written_out, listed)):
        return True
    return bool(_has_picture(forms) or addresses.titled_link(forms)[0] or _text_links(forms))


def may_be_local(mime: QMimeData) -> bool:
    """Return whether it looks like one file or one picture of our own, without opening anything."""
    forms = Forms(mime)
    files = _files(forms, addresses.listed_addresses(forms))
    return len(files) == 1 and not _has_picture(forms)


def has_files_or_bitmap(mime: QMimeData) -> bool:
    """Return whether *mime* is files or a picture rather than words, so that it is no text for the prompt.

    A link somebody wants to write down stays text; a picture dragged out of a browser has its link as text too.
    """
    forms = Forms(mime)
    if addresses.paths_of(addresses.listed_addresses(forms)):
        return True
    text = forms.text(_TEXT).strip()
    is_wordless = not text or _is_written_out(text) or bool(addresses.links_in_text(text))
    is_picture = not text or _is_written_out(text) or _has_picture(forms) or pixels.has_pixels(forms)
    return is_wordless and is_picture and may_hold_references(mime)


def _files(forms: Forms, listed: list[str]) -> list[Offer]:
    paths = list(dict.fromkeys(addresses.paths_of(listed)))
    return [
        Offer(path=path, sha256=sha256) for path, sha256 in zip(paths, own_contents(forms, len(paths)), strict=True)
    ]


def _has_picture(forms: Forms) -> bool:
    markup = forms.text(_MARKUP)
    if not markup:
        return False
    from seedream_desktop.ui.intake.markup import holds_picture

    return holds_picture(markup)


def _pictures(forms: Forms) -> list[PagePicture]:
    from seedream_desktop.ui.intake.markup import pictures_in

    page = next((link for name in _PAGES for link in addresses.links_of(forms.lines(name)[:1])), "")
    return pictures_in(forms.text(_MARKUP), page)


def _one(forms: Forms, listed: list[str], picture: PagePicture, files: list[Offer]) -> Offer:
    """Return the one picture of the markup with all that is said about it elsewhere."""
    titled, words = addresses.titled_link(forms)
    leads_to = [picture.target, *addresses.links_of(listed), titled, *_text_links(forms)]
    saved_as = [*picture.sources, *addresses.promised_links(forms)]
    offer = _offer_of(picture, leads_to, saved_as)
    return replace(offer, path=files[0].path if files else None, title=offer.title or _title(words, offer.links))


def _offer_of(picture: PagePicture, leads_to: Iterable[str | None] = (), saved_as: Iterable[str] = ()) -> Offer:
    own = [*saved_as] or [*picture.sources]
    targets = [link for link in [*leads_to] or [picture.target] if link and link not in own]
    # The full picture behind a thumbnail; a page that is known to be one is no picture.
    full = sorted((link for link in targets if not looks_like_page(link)), key=looks_like_picture, reverse=True)
    links = tuple(dict.fromkeys([*full, *own]))
    return Offer(links, data=pixels.written_out(picture.embedded), title=_title(picture.title, links))


def _without_markup(mime: QMimeData, forms: Forms, listed: list[str]) -> Intake:
    titled, words = addresses.titled_link(forms)
    written_out = [data for address in [*listed, *_embedded_text(forms)] if (data := pixels.written_out(address))]
    links = addresses.links_of(listed) or ([titled] if titled else []) or _text_links(forms)
    offers = _each_once((*_links_alone(links), *(Offer(data=data) for data in written_out)))
    if len(offers) > 1:
        return Intake(offers)
    only = offers[0] if offers else Offer()
    return _filled(_with_pixels(replace(only, title=_title(words, only.links)), mime, forms))


def _with_pixels(offer: Offer, mime: QMimeData, forms: Forms) -> Offer:
    """Add the picture itself, for when no link works: it may lie behind a login of the browser's."""
    if offer.data is not None:
        return offer
    data = pixels.picture_bytes(forms)
    return replace(offer, data=data, bitmap=None if data else pixels.bitmap(mime))


def _filled(offer: Offer) -> Intake:
    is_filled = offer.source is not None or offer.data is not None or offer.bitmap is not None
    return Intake((offer,) if is_filled else ())


def _links_alone(links: Iterable[str]) -> tuple[Offer, ...]:
    return tuple(Offer((link,)) for link in dict.fromkeys(links))


def _each_once(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple({(offer.source, offer.data): offer for offer in reversed([*offers])}.values())[::-1]


def _text_links(forms: Forms) -> list[str]:
    return addresses.links_in_text(forms.text(_TEXT))


def _embedded_text(forms: Forms) -> list[str]:
    text = forms.text(_TEXT).strip()
    return [text] if _is_written_out(text) else []


def _is_written_out(address: str) -> bool:
    return address[:11].lower() == "data:image/"


def _title(words: str, links: tuple[str, ...]) -> str:
    """Return *words* on one line, nothing when they only repeat an address."""
    title = " ".join(words.split())[:_MOST_TITLE_CHARS]
    return "" if title in links or title.lower().startswith(("http://", "https://", "data:")) else title
