"""The program's sentences for its codes, the same in the window and on the command line; English until translated.

Texts stand in tables marked for the translation tools.
"""

from seedream_desktop.sentences.failures import (
    failure_sentence,
    service_words,
)
from seedream_desktop.sentences.language import (
    use_translator,
)
from seedream_desktop.sentences.money import (
    charge_sentence,
    unknown_sentence,
)
from seedream_desktop.sentences.notices import (
    KeyWords,
    copied_folder_sentence,
    key_sentence,
    rescued_sentence,
    unsent_orders_sentence,
)
from seedream_desktop.sentences.problems import (
    problem_sentence,
)
from seedream_desktop.sentences.references import (
    facts_sentence,
    preparation_sentence,
    reference_fault_sentence,
)
from seedream_desktop.sentences.states import (
    picture_word,
    state_word,
)

__all__ = [
    "KeyWords",
    "charge_sentence",
    "copied_folder_sentence",
    "facts_sentence",
    "failure_sentence",
    "key_sentence",
    "picture_word",
    "preparation_sentence",
    "problem_sentence",
    "reference_fault_sentence",
    "rescued_sentence",
    "service_words",
    "state_word",
    "unknown_sentence",
    "unsent_orders_sentence",
    "use_translator",
]
