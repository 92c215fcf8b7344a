"""Panels: who is thanked for what, and in which words."""

from pathlib import Path

from tests.service.letters import Letter, replayed

PANEL = Letter(
    "2026-05-08T09:00",
    "Your interviews at Harbour Foods: Lab Engineer",
    """Dear Alex,

we are pleased to confirm your interviews for the Lab Engineer position.

Tuesday, 12 May 2026
10:00 - 11:00 Lena Vogt <lena@harbourfoods.example>
11:00 - 12:00 Tom Hale <tom@harbourfoods.example>

Wednesday, 13 May 2026
09:30 - 10:30 Tom Hale
14:00 - 15:00 Mia Wong <mia@harbourfoods.example>

Kind regards
Ruth Okafor
""",
)


async def test_each_of_a_panel_over_two_days_is_thanked_on_the_day_of_the_talk(
    tmp_path: Path,
) -> None:
    """Lena and Tom on Tuesday; Tom and Mia on Wednesday, after the last talk of each day."""
    told = await replayed(tmp_path, PANEL, until="2026-05-14T12:00", sends=30)
    assert sorted((note.at, note.to) for note in told.notes) == [
        ("2026-05-12 12:15", "lena@harbourfoods.example"),
        ("2026-05-12 12:15", "tom@harbourfoods.example"),
        ("2026-05-13 15:15", "mia@harbourfoods.example"),
        ("2026-05-13 15:15", "tom@harbourfoods.example"),
    ]


async def test_two_thank_yous_to_one_person_on_two_days_differ(tmp_path: Path) -> None:
    """Tom reads no paragraph twice, and nobody else at the employer reads one of his."""
    told = await replayed(tmp_path, PANEL, until="2026-05-14T12:00", sends=30)
    said = [paragraph for note in told.notes for paragraph in note.paragraphs]
    told_of_days = [each.replace("Tuesday", "DAY").replace("Wednesday", "DAY") for each in said]
    assert len(told_of_days) == 16
    assert len(set(told_of_days)) == len(told_of_days)


async def test_a_draft_says_in_its_header_until_when_it_is_on_time(tmp_path: Path) -> None:
    """Eight hours after the talk, on the user's clock; not where the user wants no such field."""
    told = await replayed(tmp_path, PANEL, until="2026-05-12T13:00")
    assert {note.send_by for note in told.notes} == {"Tue, 12 May 2026 20:00:00 +0100"}
    off = "[drafting]\nsend_by = false\n"
    told = await replayed(tmp_path, PANEL, until="2026-05-12T13:00", more=off)
    assert {note.send_by for note in told.notes} == {""}


async def test_talks_one_after_the_other_are_no_panel(tmp_path: Path) -> None:
    """Who was met alone is not thanked for a panel of several people."""
    told = await replayed(tmp_path, PANEL, until="2026-05-14T12:00", sends=30)
    assert not [note for note in told.notes if "panel" in (note.subject + note.body).lower()]


async def test_no_two_invitations_to_connect_read_alike(tmp_path: Path) -> None:
    """Also to those who were met on another day."""
    told = await replayed(tmp_path, PANEL, until="2026-05-14T12:00", sends=30)
    texts = [t["text"].partition("\n")[2] for t in told.of("task") if t["task"] == "linkedin"]
    assert len(texts) == 3
    assert len(set(texts)) == 3
