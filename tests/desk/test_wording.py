"""The log speaks of every action in words."""

from __future__ import annotations

from thidua.base.audit.acts import ACTS
from thidua.desk.wording import SENTENCES


def test_every_action_has_its_sentence(client: object) -> None:
    import config.urls  # noqa: F401  loading the addresses loads every action

    assert not sorted(set(ACTS) - set(SENTENCES))


def test_sentences_follow_the_name_of_the_doer() -> None:
    for verb, words in SENTENCES.items():
        assert words[0].islower(), verb
        assert not words.endswith("."), verb
