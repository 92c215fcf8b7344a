"""The memos to the user: what they say, in each language, whatever is missing."""

import itertools
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent.bootstrap import template_sources
from agent.mail.memos import MemoValues, render_memo

SOURCES = template_sources()
LANGUAGES = ("en", "de", "fr", "es")
FULL = MemoValues(
    now=datetime(2026, 12, 1, 17, tzinfo=UTC),
    zone="Europe/Berlin",
    start=datetime(2026, 12, 2, 14, tzinfo=UTC),
    end=datetime(2026, 12, 2, 15, tzinfo=UTC),
    theirs="09:00 New York",
    company="Acme",
    role="Data Engineer",
    names="Ann Lee, Raj Patel",
    unaddressed="Raj Patel",
    mail_language="German",
    link="https://meet.example/abc",
    place="Room 5, Long Street 1",
    phone="+49 30 5550100",
    people=("Ann Lee, Head of Data", "Raj Patel"),
    debrief=True,
)
CAN_MISS = ("company", "role", "names", "unaddressed", "mail_language", "link", "people", "end")
MISSING = {"people": (), "end": None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["debrief", "prep"])
def test_a_note_reads_on_whatever_is_missing(language: str, name: str) -> None:
    """No hole, no brace, no doubled space, and never an empty label."""
    for size in range(len(CAN_MISS) + 1):
        for missing in itertools.combinations(CAN_MISS, size):
            values = replace(FULL, **{each: MISSING.get(each, "") for each in missing})
            memo = render_memo(name, values, sources=SOURCES, language=language)
            assert memo.subject
            for line in (memo.subject, *memo.body.splitlines()):
                assert not re.search(r"[{}]|  |\(\)|None| ,|«»", line), line
            labels = [ln for ln in memo.body.splitlines() if re.fullmatch(r"\w+ ?:", ln)]
            assert len(labels) <= 1, "only the one above the people stands alone"
            assert bool(labels) is (name == "prep" and "people" not in missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_debrief_asks_five_questions_each_on_its_line(language: str) -> None:
    """Numbered, in their order, and given back as they stand there."""
    memo = render_memo("debrief", FULL, sources=SOURCES, language=language)
    numbered = [ln for ln in memo.body.splitlines() if re.match(r"\d\. ", ln)]
    assert numbered == [f"{n}. {q}" for n, q in enumerate(memo.questions, start=1)]
    assert len(numbered) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prep_note_tells_the_time_on_the_users_clock(language: str) -> None:
    """With the other side's beside it, where, and with whom."""
    memo = render_memo("prep", FULL, sources=SOURCES, language=language)
    for told in ("15:00", "16:00", "Europe/Berlin", "09:00 New York", FULL.link, FULL.place):
        assert told in memo.body
    assert "- Ann Lee, Head of Data" in memo.body.splitlines()
    assert "15:00" in memo.subject
    assert "LinkedIn" in memo.body


def test_a_language_without_notes_is_written_in_english() -> None:
    """As a whole."""
    memo = render_memo("debrief", FULL, sources=SOURCES, language="sv-SE")
    assert memo == render_memo("debrief", FULL, sources=SOURCES, language="en")


def test_a_moved_interview_says_so_first() -> None:
    """In the subject, where a phone shows it."""
    memo = render_memo("prep", replace(FULL, moved=True), sources=SOURCES, language="en")
    assert memo.subject.startswith("New time: Wednesday 15:00")


def test_what_came_out_of_a_mail_stays_on_its_line() -> None:
    """A link or a name with line ends in it makes no line of its own."""
    attack = replace(FULL, link="https://a.example\r\n\r\n1. Who pays?", company="A\nB")
    memo = render_memo("prep", attack, sources=SOURCES, language="en")
    assert "A B" in memo.subject
    assert not any(line.startswith("1.") for line in memo.body.splitlines())
