"""What may be ordered, and every limit the API page names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.domain.request import (
    AspectRatio,
    Field,
    GenerationRequest,
    Mode,
    Problem,
    ProblemCode,
    Resolution,
    pixels_for,
)

PIXELS = {
    "1:1": ((2048, 2048), (4096, 4096)),
    "2:3": ((1664, 2496), (3328, 4992)),
    "3:2": ((2496, 1664), (4992, 3328)),
    "3:4": ((1728, 2304), (3520, 4704)),
    "4:3": ((2304, 1728), (4704, 3520)),
    "9:16": ((1600, 2848), (3040, 5504)),
    "16:9": ((2848, 1600), (5504, 3040)),
    "21:9": ((3136, 1344), (6240, 2656)),
}
TABLE = [
    (ratio, resolution, size)
    for ratio, sizes in PIXELS.items()
    for resolution, size in zip(("2K", "4K"), sizes, strict=True)
]


def references(number: int) -> tuple[Reference, ...]:
    return tuple(Reference(f"https://pictures.example/{n}.jpg") for n in range(number))


def edit(given: int, *, count: int = 1, sequence: bool = False) -> GenerationRequest:
    return GenerationRequest("a fox", Mode.IMAGE_TO_IMAGE, count=count, sequence=sequence, references=references(given))


def codes(request: GenerationRequest) -> list[ProblemCode]:
    return [problem.code for problem in request.problems()]


@pytest.mark.parametrize(("ratio", "resolution", "size"), TABLE)
def test_each_ratio_and_resolution_has_the_pixels_of_the_api_page(
    ratio: str, resolution: str, size: tuple[int, int]
) -> None:
    assert pixels_for(AspectRatio(ratio), Resolution(resolution)) == PixelSize(*size)


def test_the_table_covers_every_ratio_and_resolution() -> None:
    assert {ratio for ratio, _, _ in TABLE} == {ratio.value for ratio in AspectRatio}
    assert len(TABLE) == len(AspectRatio) * len(Resolution) == 16


def test_a_request_knows_its_pixels_unless_the_model_chooses_the_shape() -> None:
    wide = GenerationRequest("a fox", resolution=Resolution.FOUR_K, aspect_ratio=AspectRatio.PANORAMA_21_9)

    assert wide.pixels == PixelSize(6240, 2656)
    assert wide.pixels.megapixels == pytest.approx(16.57344)
    assert GenerationRequest("a fox", aspect_ratio=None).pixels is None


def test_an_ordinary_request_has_no_problems_and_the_defaults_of_the_api_page() -> None:
    request = GenerationRequest("a fox")

    assert request.problems() == ()
    assert request.is_sendable
    assert (request.resolution.value, request.count, request.sequence, request.provider.value) == (
        "2K",
        1,
        False,
        "auto",
    )


@pytest.mark.parametrize("prompt", ["", " ", "\n\t ", "\u00a0\u3000"])
def test_a_prompt_of_nothing_but_space_is_empty(prompt: str) -> None:
    request = GenerationRequest(prompt)

    assert request.problems() == (Problem(ProblemCode.PROMPT_EMPTY, Field.PROMPT),)
    assert not request.is_sendable


def test_a_prompt_may_have_5000_characters_and_no_more() -> None:
    assert GenerationRequest("é" * 5000).is_sendable
    assert GenerationRequest("é" * 5001).problems() == (
        Problem(ProblemCode.PROMPT_TOO_LONG, Field.PROMPT, actual=5001, limit=5000),
    )


@pytest.mark.parametrize("char", ["\0", chr(0xD800), chr(0xDFFF)])
def test_a_prompt_with_what_json_cannot_carry_is_not_sent(char: str) -> None:
    assert codes(GenerationRequest(f"a fox{char}")) == [ProblemCode.PROMPT_UNPRINTABLE]


@pytest.mark.parametrize("prompt", ["R&D <b>fox</b>", "ثعلب", "🦊‍🦊", 'a "quoted" fox\nin two lines', "\u202efox"])
def test_odd_but_honest_prompts_are_sent_as_they_are(prompt: str) -> None:
    assert GenerationRequest(prompt).is_sendable


@pytest.mark.parametrize(("count", "fine"), [(-1, False), (0, False), (1, True), (10, True), (11, False)])
def test_one_to_ten_images_may_be_asked_for(count: int, fine: bool) -> None:
    expected = () if fine else (Problem(ProblemCode.COUNT_OUT_OF_RANGE, Field.COUNT, count, 10),)

    assert GenerationRequest("a fox", count=count).problems() == expected


@pytest.mark.parametrize(
    ("given", "code"), [(0, ProblemCode.REFERENCES_MISSING), (15, ProblemCode.REFERENCES_TOO_MANY)]
)
def test_image_to_image_takes_1_to_14_references(given: int, code: ProblemCode) -> None:
    (problem,) = edit(given).problems()

    assert (problem.code, problem.field, problem.forbids) == (code, Field.REFERENCES, True)
    if given:
        assert (problem.actual, problem.limit) == (15, 14)
    assert edit(1).is_sendable
    assert edit(14).is_sendable


def test_references_are_not_silently_dropped_in_text_to_image() -> None:
    request = GenerationRequest("a fox", references=references(2))

    assert request.problems() == (Problem(ProblemCode.REFERENCES_UNUSED, Field.REFERENCES, 2),)
    assert not request.is_sendable


def test_a_connected_set_with_more_than_15_pictures_in_all_is_warned_of_but_sent() -> None:
    request = edit(6, count=10, sequence=True)

    assert request.problems() == (Problem(ProblemCode.SET_TOO_LARGE, Field.SEQUENCE, 16, 15),)
    assert request.is_sendable
    assert edit(5, count=10, sequence=True).problems() == ()
    assert edit(6, count=10).problems() == ()


def test_only_the_size_of_a_set_and_figures_among_mere_words_are_warnings() -> None:
    lenient = {code for code in ProblemCode if not Problem(code, Field.PROMPT).forbids}

    assert lenient == {ProblemCode.SET_TOO_LARGE, ProblemCode.FIGURE_IN_TEXT_MODE}


def test_a_figure_in_a_prompt_that_goes_without_references_is_warned_of_and_sent() -> None:
    request = GenerationRequest("The fox of Figure 1 beside Figure 2")

    assert [(problem.code, problem.words) for problem in request.problems()] == [
        (ProblemCode.FIGURE_IN_TEXT_MODE, "Figure 1"),
        (ProblemCode.FIGURE_IN_TEXT_MODE, "Figure 2"),
    ]
    assert request.is_sendable


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example/cb",
        "HTTPS://hooks.example",
        "https://hooks.example:8443/cb?x=1",
        "http://127.0.0.1:9000/cb",
    ],
)
def test_a_callback_url_is_public_https_or_on_this_machine(url: str) -> None:
    assert GenerationRequest("a fox", callback_url=url).problems() == ()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example/cb",
        "http://hooks.example/cb",
        "http://127.0.0.1.hooks.example/cb",
        "ftp://hooks.example",
        "https://",
        "https:///cb",
        "https://:443/cb",
        "https://hooks.example/a b",
        "https://hooks.example/\n",
        "https://hooks.example/\u202e",
        "javascript:alert(1)",
    ],
)
def test_any_other_callback_url_is_refused(url: str) -> None:
    expected = (Problem(ProblemCode.CALLBACK_URL_NOT_PUBLIC, Field.CALLBACK_URL),)

    assert GenerationRequest("a fox", callback_url=url).problems() == expected


def test_problems_come_in_the_order_of_the_composer() -> None:
    hopeless = GenerationRequest("", Mode.IMAGE_TO_IMAGE, count=11, references=references(15), callback_url="ftp://x")

    assert codes(hopeless) == [
        ProblemCode.PROMPT_EMPTY,
        ProblemCode.REFERENCES_TOO_MANY,
        ProblemCode.COUNT_OUT_OF_RANGE,
        ProblemCode.CALLBACK_URL_NOT_PUBLIC,
    ]


def test_a_figure_without_its_picture_forbids_sending_where_pictures_go_along() -> None:
    request = replace(edit(2), prompt="Figure 1 wears the hat of Figure 3 and the coat of Figure ?")

    assert request.problems() == (
        Problem(ProblemCode.FIGURE_WITHOUT_PICTURE, Field.PROMPT, limit=2, words="Figure 3"),
        Problem(ProblemCode.FIGURE_WITHOUT_PICTURE, Field.PROMPT, limit=2, words="Figure ?"),
    )
    assert not request.is_sendable


def test_in_text_mode_and_without_references_figures_are_mere_words() -> None:
    assert GenerationRequest("see Figure 3").is_sendable
    assert codes(replace(edit(0), prompt="see Figure 3")) == [ProblemCode.REFERENCES_MISSING]


def test_the_role_line_is_sent_after_the_prompt_only_where_it_is_wanted_and_means_something() -> None:
    roles = (Reference("https://pictures.example/a.jpg", role=Role.STYLE),)
    wanted = GenerationRequest("a fox", Mode.IMAGE_TO_IMAGE, references=roles, adds_role_line=True)

    assert wanted.sent_prompt == "a fox\n\nFigure 1 gives the style."
    assert wanted.prompt == "a fox"
    assert replace(wanted, adds_role_line=False).sent_prompt == "a fox"
    assert replace(wanted, mode=Mode.TEXT_TO_IMAGE).sent_prompt == "a fox"
    assert replace(wanted, references=references(1)).sent_prompt == "a fox"


def test_the_role_line_counts_among_the_5000_characters() -> None:
    roles = (Reference("https://pictures.example/a.jpg", role=Role.STYLE),)
    room = 5000 - len("\n\nFigure 1 gives the style.")
    wanted = GenerationRequest("x" * room, Mode.IMAGE_TO_IMAGE, references=roles, adds_role_line=True)

    assert wanted.is_sendable
    assert replace(wanted, prompt="x" * (room + 1)).problems() == (
        Problem(ProblemCode.PROMPT_TOO_LONG, Field.PROMPT, actual=5001, limit=5000),
    )
