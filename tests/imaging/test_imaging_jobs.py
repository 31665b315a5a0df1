"""What the worker does with sound, odd and hostile files; run here in the tests' own process."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.imaging.formats import readable_formats
from seedream_desktop.imaging.jobs import examine, make_thumbnails, render
from seedream_desktop.ports.errors import UndecodableError
from tests.imaging.corpus import (
    animation,
    chunk,
    encoded,
    odd_profile,
    picture,
    png_bomb,
    profile_bomb,
    text_bomb,
    turned_jpeg,
    webp_extended,
    with_chunk,
)

# A sample of every way of storing a pixel that the three formats have.
ODD = {
    "grey JPEG": encoded(picture("L"), "JPEG"),
    "CMYK JPEG": encoded(picture("CMYK"), "JPEG"),
    "progressive JPEG": encoded(picture(), "JPEG", progressive=True),
    "JPEG with profile": encoded(picture(), "JPEG", icc_profile=odd_profile()),
    "JPEG with a broken profile": encoded(picture(), "JPEG", icc_profile=b"rubbish" * 40),
    "JPEG with a profile of another kind": encoded(picture("CMYK"), "JPEG", icc_profile=odd_profile()),
    "16-bit PNG": encoded(picture("L").convert("I").point(lambda value: value * 257).convert("I;16"), "PNG"),
    "1-bit PNG": encoded(picture("1"), "PNG"),
    "palette PNG": encoded(picture("P"), "PNG"),
    "LA PNG": encoded(picture("LA"), "PNG"),
    "RGBA PNG": encoded(picture("RGBA"), "PNG"),
    "PNG with profile": encoded(picture(), "PNG", icc_profile=odd_profile()),
    "lossy WEBP": encoded(picture(), "WEBP"),
    "lossless WEBP": encoded(picture("RGBA"), "WEBP", lossless=True),
}


def written(folder: Path, data: bytes) -> Path:
    path = folder / "picture"
    path.write_bytes(data)
    return path


def thumbnails(folder: Path, data: bytes) -> dict[int, Image.Image]:
    targets = {edge: folder / f"{edge}.jpg" for edge in (16, 32)}
    make_thumbnails(written(folder, data), targets)
    return {edge: Image.open(io.BytesIO(target.read_bytes())) for edge, target in targets.items()}


def rendered(folder: Path, data: bytes) -> Image.Image:
    answer = render(written(folder, data), folder / "raw")
    raw = (folder / "raw").read_bytes()
    size = (answer["width_px"], answer["height_px"])
    assert len(raw) == size[0] * size[1] * 4
    assert set(raw[3::4]) == {255}
    return Image.frombuffer("RGB", size, raw, "raw", "BGRX", 0, 1)


@pytest.mark.parametrize("kind", ODD)
def test_every_kind_of_pixel_is_seen_light_left_and_dark_right(tmp_path: Path, kind: str) -> None:
    assert examine(written(tmp_path, ODD[kind]))["width_px"] == 120
    small = thumbnails(tmp_path, ODD[kind])
    whole = rendered(tmp_path, ODD[kind])

    assert (small[32].size, small[16].size, whole.size) == ((32, 21), (16, 11), (120, 80))
    for image in (*small.values(), whole):
        light, dark = image.getpixel((2, 5)), image.getpixel((image.width - 3, 5))
        assert isinstance(light, tuple)
        assert isinstance(dark, tuple)
        assert min(light) > 200, (image.mode, light)
        assert max(dark) < 60, (image.mode, dark)


def test_a_picture_on_its_side_is_seen_upright_and_examined_as_stored(tmp_path: Path) -> None:
    small, whole = thumbnails(tmp_path, turned_jpeg())[32], rendered(tmp_path, turned_jpeg())

    assert examine(written(tmp_path, turned_jpeg()))["width_px"] == 120
    assert (small.size, whole.size) == ((21, 32), (80, 120))
    for image in (small, whole):
        assert image.convert("L").getpixel((5, 2)) > 200  # type: ignore[operator]  # one band, one number
        assert image.convert("L").getpixel((5, image.height - 3)) < 60  # type: ignore[operator]  # the same


def test_what_is_transparent_is_shown_white(tmp_path: Path) -> None:
    clear = encoded(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG")
    palette = Image.new("P", (64, 64), 0)
    palette.putpalette([0, 0, 0] * 256)

    for data in (clear, encoded(palette, "PNG", transparency=0)):
        assert rendered(tmp_path, data).getpixel((5, 5)) == (255, 255, 255)
        assert thumbnails(tmp_path, data)[32].getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("media_format", ["JPEG", "PNG", "WEBP"])
def test_a_profile_changes_the_colours_as_it_says(tmp_path: Path, media_format: str) -> None:
    data = encoded(Image.new("RGB", (64, 64), "red"), media_format, icc_profile=odd_profile())

    for image in (rendered(tmp_path, data), thumbnails(tmp_path, data)[32]):
        red, _green, blue = image.getpixel((5, 5))  # type: ignore[misc]  # three bands
        assert (red < 60, blue > 200) == (True, True)


def test_a_picture_smaller_than_its_thumbnail_is_not_blown_up(tmp_path: Path) -> None:
    assert thumbnails(tmp_path, encoded(picture(size=(20, 10)), "PNG"))[32].size == (20, 10)


def test_thumbnails_carry_no_notes_of_the_original(tmp_path: Path) -> None:
    small = thumbnails(tmp_path, turned_jpeg())[32]

    assert not small.getexif()
    assert "icc_profile" not in small.info


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_costs_no_thumbnail(tmp_path: Path) -> None:
    data = encoded(picture(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff rubbish")

    assert thumbnails(tmp_path, data)[32].size == (32, 21)


HOSTILE = {
    "400 million pixels": png_bomb(),
    "comment of 64 MiB": text_bomb(),
    "profile of 64 MiB": profile_bomb(),
    "long and thin": encoded(Image.new("1", (24_001, 1)), "PNG"),
    "36 million pixels and one row": encoded(Image.new("1", (6_000, 6_001)), "PNG"),
    "animated PNG": animation("PNG"),
    "animated WebP": animation("WEBP"),
    "animated GIF": animation("GIF"),
    "header of a WebP and no more": webp_extended(100, 100, 0),
    "PNG without pixels": with_chunk(encoded(picture(), "PNG")[:33], chunk(b"IEND", b"")),
    "TIFF": encoded(picture(), "TIFF"),
    "BMP": encoded(picture(), "BMP"),
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "nothing": b"",
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("job", ["examine", "thumbnails", "render"])
def test_hostile_files_are_refused_by_every_job(tmp_path: Path, kind: str, job: str) -> None:
    path = written(tmp_path, HOSTILE[kind])

    with pytest.raises(UndecodableError):
        {
            "examine": lambda: examine(path),
            "thumbnails": lambda: make_thumbnails(path, {16: tmp_path / "16.jpg"}),
            "render": lambda: render(path, tmp_path / "raw"),
        }[job]()

    assert not (tmp_path / "16.jpg").exists()
    assert not (tmp_path / "raw").exists()


@pytest.mark.parametrize("media_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_shortened_file_is_refused(tmp_path: Path, media_format: str, kept: float) -> None:
    data = encoded(picture(size=(300, 200)), media_format)

    with pytest.raises(UndecodableError):
        examine(written(tmp_path, data[: int(len(data) * kept)]))


def test_pixels_missing_before_the_end_marker_are_found(tmp_path: Path) -> None:
    data = encoded(Image.effect_noise((300, 200), 90), "PNG")
    middle = len(data) // 2

    with pytest.raises(UndecodableError):
        examine(written(tmp_path, data[:middle] + bytes(50) + data[middle + 50 :]))


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(picture(), "JPEG"))
    with path.open("ab") as file:
        file.truncate(65 * 1024 * 1024)

    with pytest.raises(UndecodableError, match="64 MiB"):
        examine(path)


def test_junk_behind_a_picture_is_reported(tmp_path: Path) -> None:
    assert examine(written(tmp_path, encoded(picture(), "JPEG") + b"PK\3\4"))["trailing_bytes"] == 4


def test_a_missing_file_is_the_disks_matter(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        examine(tmp_path / "nowhere")


def test_the_three_formats_can_be_read_here() -> None:
    assert readable_formats() == ["JPEG", "PNG", "WEBP", "AVIF", "HEIC", "TIFF", "BMP", "GIF", "PSD"]
