"""Every webhook three times, at once and late; two halves of a form at once: all kept, each counted once."""

import asyncio
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import httpx2

from storage.store import Store
from tests.chaos.crowd import Supervisor, check_reports, crowd
from tests.conversations.stage import SECRET, Stage, picture, stage
from webhooks.telegram import PATH, SECRET_HEADER, secret_for


async def test_what_is_delivered_three_times_takes_effect_once(store: Store, tmp_path: Path) -> None:
    async with stage(store, tmp_path, chat_paces={}) as on:
        people = _crowd(on)
        await asyncio.gather(*(_tell_thrice(on, one) for one in people))
        turns = sum(len(one.updates()) for one in people)
        await _until_sent(on, turns)
        with store.reading() as book:
            assert book.inbox.count_failed() == 0
        check_reports(store, people)
        for one in people:
            texts = [message["text"] for message in on.telegram.sent_to(one.chat)]
            assert len(texts) == len(one.updates()), "one reply a turn, none doubled"
            assert max(Counter(texts).values()) == 1


async def test_two_halves_of_a_form_at_the_same_instant(store: Store, tmp_path: Path) -> None:
    async with stage(store, tmp_path, chat_paces={}) as on:
        people = _crowd(on)
        await asyncio.gather(*(_tell_in_halves(on, one) for one in people))
        check_reports(store, people)


def _crowd(on: Stage) -> list[Supervisor]:
    people = crowd(on.works.store, on.works.telegrams[0].account)
    for one in people:
        on.telegram.start(one.chat)
        on.telegram.put_file(f"c-hasil-{one.number}", picture(50 + one.number))
    return people


async def _tell_thrice(on: Stage, one: Supervisor) -> None:
    """Each update twice at once, and a third time when the next is already answered."""
    before = None
    for update in one.updates():
        copies = [update, update, *([before] if before else [])]
        random.shuffle(copies)
        assert {a.status_code for a in await asyncio.gather(*(_post(on, copy) for copy in copies))} == {200}
        before = update
    assert before is not None
    assert (await _post(on, before)).status_code == 200


async def _tell_in_halves(on: Stage, one: Supervisor) -> None:
    """The figures as two pasted halves that arrive together; then what they cannot say."""
    phone, figures = one.phone, one.figures
    updates = one.updates()
    for update in updates[:2]:
        await _post(on, update)
    labels = {
        "dpt/pemilih_dpt_l": "DPT L",
        "dpt/pemilih_dpt_p": "DPT P",
        "dpt/pemilih_dpt_j": "DPT jumlah",
        "pengguna/pengguna_dpt": "Pengguna DPT",
        "pengguna/pengguna_pindahan": "Pindahan (DPTb)",
        "pengguna/pengguna_tambahan": "Tambahan (DPK)",
        "pengguna/pengguna_total": "Pengguna jumlah",
        "surat_suara/ss_diterima": "Diterima",
        "surat_suara/ss_digunakan": "Digunakan",
        "surat_suara/ss_rusak": "Rusak",
        "surat_suara/ss_sisa": "Sisa",
        "suara/suara_01": "Suara 01",
        "suara/suara_02": "Suara 02",
        "suara/suara_sah": "Sah",
        "suara/suara_tidak_sah": "Suara tidak sah",
        "suara/suara_total": "Suara total",
    }
    lines = [f"{label}: {figures[place]}" for place, label in labels.items()]
    halves = [phone.text("\n".join(lines[:8])), phone.text("\n".join(lines[8:]))]
    random.shuffle(halves)
    answers = await asyncio.gather(*(_post(on, half) for half in halves))
    assert {answer.status_code for answer in answers} == {200}
    for update in updates[6:]:
        await _post(on, update)


async def _post(on: Stage, update: dict[str, object]) -> httpx2.Response:
    account = on.works.telegrams[0].account
    headers = {SECRET_HEADER: secret_for(SECRET, account)}
    return await on.client.post(PATH, json=update, headers=headers)


async def _until_sent(on: Stage, turns: int) -> None:
    """Pictures wait a moment for the rest of their album; the clock of the stage stands still, so push it."""
    async with asyncio.timeout(60):
        while len(on.telegram.sent) < turns:
            on.clock.pass_by(timedelta(seconds=1))
            on.works.delivery.wake()
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    assert len(on.telegram.sent) == turns
