"""What the user says and gets beside mail, kept: memos, files, nudges, undecided mails."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agent.adapters.sqlite import SqliteStore
from agent.domain.facts import Enclosure, Fact, Kind, Mattered, Thread, Told, Word
from agent.domain.memos import Memo, MemoKind, MemoStatus
from tests.making import ANN, RAJ, at, fact

TALK = at("2026-03-04T15:00")
MEMO = Memo(
    key="1:debrief:2026-03-04:0",
    application_id=1,
    account="home",
    kind=MemoKind.DEBRIEF,
    about="2026-03-04",
    starts=(TALK,),
    due_at=at("2026-03-04T16:05"),
    expires_at=at("2026-03-05T16:00"),
    questions=("Who was there?",),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "state" / "db")
    opened.new_application(fact(Kind.INTERVIEW_REQUEST, "2026-03-01T10:00"), "home")
    yield opened
    opened.close()


def test_a_note_comes_back_as_it_was(store: SqliteStore) -> None:
    """With everything in it; put again, it is replaced."""
    store.put_memo(MEMO)
    laid = replace(MEMO, status=MemoStatus.LAID, message_id="n@home.example", laid_at=MEMO.due_at)
    store.put_memo(laid)
    assert list(store.memos(1)) == [laid]
    assert store.memo_by_message_id("n@home.example") == laid
    assert store.memo_by_message_id("") is None


def test_a_planned_note_is_due_at_its_time_and_one_begun_at_once(store: SqliteStore) -> None:
    """And the next wake is the earliest of them."""
    store.put_memo(MEMO)
    assert store.next_wake() == MEMO.due_at
    assert list(store.memos_due(at("2026-03-04T16:04"))) == []
    assert list(store.memos_due(MEMO.due_at)) == [MEMO]
    begun = replace(MEMO, status=MemoStatus.LAYING)
    store.put_memo(begun)
    assert list(store.memos_due(at("2026-03-01T00:00"))) == [begun]


def test_the_users_word_comes_back_as_it_was(store: SqliteStore) -> None:
    """Every field of it, through JSON and back."""
    told = Told(
        talks=(TALK,),
        met=(RAJ,),
        met_only=True,
        matters=(Mattered("fewer calls at night", "raj@acme.example"),),
        plan="start small",
        value="https://www.example.org/a",
        steps="they decide by Friday",
        enclosures=(Enclosure("ab12", "cv.pdf", "application/pdf", 5, "raj@acme.example"),),
        moved_to=TALK,
        stage="offer",
        playbook="patient",
    )
    said = Fact(
        Word.DEBRIEF, at("2026-03-04T17:00"), Thread("r@home.example"), "Re", ANN, told=told
    )
    said = replace(
        said, decision_by=date(2026, 3, 20), bounced=("x@acme.example",), back_on=date(2026, 4, 1)
    )
    store.append_fact(1, said)
    app = store.application(1)
    assert app is not None
    assert app.facts[-1] == said


def test_a_nudge_is_heard_once(store: SqliteStore) -> None:
    """It makes the application one that waits to be looked at, at once."""
    assert list(store.waking(at("2026-03-02T00:00"))) == []
    store.nudge(1)
    store.nudge(1)
    wake = store.next_wake()
    assert wake is not None
    assert wake < at("2026-03-01T00:00")
    assert list(store.waking(at("2026-03-02T00:00"))) == [1]
    store.heed(1)
    assert list(store.waking(at("2026-03-02T00:00"))) == []


def test_files_and_undecided_mails_are_kept(store: SqliteStore) -> None:
    """Each by its key; what is not there is None."""
    store.put_file("ab12", b"\x00\xffdata")
    store.put_file("ab12", b"other")
    assert store.file("ab12") == b"\x00\xffdata"
    assert store.file("none") is None
    word = fact(Kind.STATUS_UPDATE, "2026-03-05T10:00")
    store.put_undecided("m@acme.example", word)
    assert store.undecided("m@acme.example") == word
    assert store.undecided("none") is None
