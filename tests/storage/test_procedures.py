from dataclasses import replace

import pytest

from core.cases.procedures import parse_procedure
from storage.procedures import ProcedureChanged
from storage.store import Store
from tests.core.cases.samples import source
from tests.storage.kaltim import NOW

PILKADA, PEMILU = source("pilkada", "laporan"), source("pemilu", "laporan")


def test_the_last_published_is_in_force_and_the_others_stay(store: Store) -> None:
    with store.begin() as book:
        assert book.procedures.current("laporan") is None
        for text in (PILKADA, PEMILU):
            assert book.procedures.publish(text, parse_procedure(text), NOW)
    with store.reading() as book:
        rules = book.procedures.rulebook()
        current = rules.current("laporan")
        assert current == parse_procedure(PEMILU)
        assert rules.get("laporan", "pilkada-2024-1") == parse_procedure(PILKADA)
        assert rules.get("laporan", "lain") is None
        assert rules.current("lain") is None
        assert book.procedures.source("laporan", "pemilu-2024-1") == PEMILU
        found = [(one.name, one.version, one.law) for one in book.procedures.versions()]
        assert found == [("laporan", "pilkada-2024-1", "pilkada"), ("laporan", "pemilu-2024-1", "pemilu")]
        assert book.procedures.versions()[0].published_at == NOW


def test_the_same_again_does_nothing_and_other_content_is_refused(store: Store) -> None:
    procedure = parse_procedure(PILKADA)
    with store.begin() as book:
        assert book.procedures.publish(PILKADA, procedure, NOW)
        assert not book.procedures.publish(PILKADA, procedure, NOW)
        with pytest.raises(ProcedureChanged, match="new version"):
            book.procedures.publish(PILKADA + "\n", procedure, NOW)
        newer = PILKADA.replace("pilkada-2024-1", "pilkada-2024-2")
        assert book.procedures.publish(newer, replace(procedure, version="pilkada-2024-2"), NOW)
        assert book.procedures.current("laporan") == parse_procedure(newer)
