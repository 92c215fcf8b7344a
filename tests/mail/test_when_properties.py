# ruff: noqa: DTZ001 - the strategies draw naive moments
"""What holds for every text: dates come back as written, and no text is slow or raises."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.mail.when import find_days, find_times
from agent.mail.when.vocabulary import vocabulary
from tests.mail.steps import steps

ANCHOR = datetime(2026, 2, 26, 10, 0, tzinfo=timezone(timedelta(hours=1)))

LAYOUTS = [
    "{0:%A}, {0.day} {0:%B} {0.year} at {0:%H:%M}",
    "{0:%A} {0.day} {0:%B} {0.year}, {0:%H:%M}",
    "{0:%B} {0.day}, {0.year} at {0:%I:%M %p}",
    "{0:%a}, {0:%b} {0.day}, {0.year} {0:%I:%M%p}",
    "{0:%H:%M} on {0.day} {0:%B} {0.year}",
    "{0:%Y-%m-%d} {0:%H:%M}",
    "{0:%Y-%m-%d}T{0:%H:%M}:00",
    "{0:%d.%m.%Y} {0:%H:%M}",
    "{0:%d/%m/%Y} at {0:%I.%M%p}",
    "{0:%d-%b-%Y} {0:%H:%M}",
    "Date: {0:%A}, {0.day} {0:%B} {0.year}\nTime: {0:%H:%M}",
    "When | {0:%a} {0.day} {0:%b} {0.year} | Time | {0:%H:%M}",
    "{0.day} {0:%B} {0.year} ({0:%A}), {0:%I:%M %p}",
]


@given(
    moment=st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31, 23, 59)),
    layout=st.sampled_from(LAYOUTS),
)
def test_a_moment_comes_back_as_written(moment: datetime, layout: str) -> None:
    """Whatever the layout, the day and the time that were written are read."""
    text = f"We look forward to meeting you, {layout.format(moment)}, at our office."
    [mention] = find_times(text, ANCHOR, zone="UTC", country="GB")
    assert mention.start.replace(tzinfo=None) == moment.replace(second=0, microsecond=0)


@given(
    ahead=st.integers(0, 250),
    layout=st.sampled_from(
        ["{0:%A} {0.day} {0:%B}", "{0:%B} {0.day}", "{0:%a} {0:%d/%m}", "{0.day} {0:%b}"]
    ),
)
def test_a_day_to_come_needs_no_year(ahead: int, layout: str) -> None:
    """A day of the coming months is that day, not last year's."""
    day = ANCHOR.date() + timedelta(days=ahead)
    [mention] = find_days(f"on {layout.format(day)}", ANCHOR, zone="UTC", country="GB")
    assert mention.day == day


@given(minutes=st.integers(5, 600), start=st.integers(0, 23 * 60))
def test_a_range_ends_when_it_says(minutes: int, start: int) -> None:
    """A range in 24-hour time has the length that its two ends make."""
    begin = datetime(2026, 3, 3) + timedelta(minutes=start)
    end = begin + timedelta(minutes=minutes)
    text = f"Tuesday 3 March, {begin:%H:%M}–{end:%H:%M}"
    if begin.hour in range(1, 13) and end.hour in range(1, 13):
        return  # 12-hour readings: told apart by am and pm, not here
    [mention] = find_times(text, ANCHOR, zone="UTC", country="GB")
    assert mention.end is not None
    assert mention.start.hour == begin.hour
    assert (mention.end.hour, mention.end.minute) == (end.hour, end.minute)


LANGUAGES = ["en", "de", "fr", "es", "nl", "pt", "it", "pl"]
FIGURES = "0 1 3 12 31 2026 0930 1430 3/4 3.4. 10:30 2pm 14h30 : - / , . ( ) @ ' | + \n \n\n".split(
    " "
)


def words_of(language: str) -> list[str]:
    """Every word and phrase that a language's rules know, and figures."""
    known = vocabulary(language)
    phrases = [" ".join((*two, *rest)) for two, more in known.phrases.items() for rest, _ in more]
    return sorted({*known.words, *phrases, *FIGURES})


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(LANGUAGES), st.booleans())
def test_no_text_raises_and_spans_cut_it(data: st.DataObject, language: str, spaced: bool) -> None:
    """Any row of the grammar's own words gives mentions whose spans cut their words out of it."""
    words = data.draw(st.lists(st.sampled_from(words_of(language)), max_size=30))
    text = (" " if spaced else "").join(words)
    found = (
        *find_times(text, ANCHOR, zone="Europe/Berlin", country="DE", language=language),
        *find_days(text, ANCHOR, zone="Europe/Berlin", country="DE", language=language),
    )
    assert all(text[slice(*mention.span)] == mention.text != "" for mention in found)


@settings(deadline=None)
@given(st.text(max_size=300), st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))
def test_no_anchor_raises(text: str, anchor: datetime) -> None:
    """A mail may claim any Date at all."""
    at = anchor.replace(tzinfo=ANCHOR.tzinfo)
    said = f"{text} on Friday at 3, by the end of next month, within 5 business days, before Easter"
    for find in (find_times, find_days):
        for mention in find(said, at, zone="Nowhere/None", country="??", language="../x"):
            assert mention.text


HOSTILE = [
    "1 ", "mon ", "Monday ", ":", ":;", "at 3 ", "Monday at 3pm ", "1/1", "1-", "3 March ", "10 or ", "within the next ", " ",
    "\n", "a", "@", "a@b.", "http://", "10am PT/1pm ET ", "45 minutes ", "1 to ", "by EOD ", "the 3rd ", "half ", "quarter to ",
    "Monday. ", "(", "between ", "new york ", "next week Tuesday ", "1.", "1st ", "Jan 1 ", "10:00 ", "Tuesday or ", "every Monday ",
    "the following day ", "1\u00a0", "２", "\u200b", "5-7 business days ", "Europe/Berlin ", "’",
]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_text_is_quick(part: str) -> None:
    """100 KB of anything is read in a few steps a letter, so that no mail holds up the rest."""
    text = (part * (100_000 // len(part) + 1))[:100_000]
    find_times("at 3", ANCHOR, zone="UTC", country="GB")  # the words are read once
    assert steps(lambda: find_times(text, ANCHOR, zone="UTC", country="GB")) < 1_000_000
    assert steps(lambda: find_days(text, ANCHOR, zone="UTC", country="GB")) < 1_000_000


def test_words_far_down_are_still_read() -> None:
    """A time at the end of a long letter is found."""
    text = "We are glad to hear from you. " * 400 + "See you on 3 March 2026 at 14:00."
    [mention] = find_times(text, ANCHOR, zone="UTC", country="GB")
    assert mention.start.date() == date(2026, 3, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_all_days_and_months(language: str) -> None:
    """Each file of words has the seven weekdays and the twelve months."""
    words = vocabulary(language).words
    phrases = vocabulary(language).phrases
    known = [*words.values(), *(classes for rest in phrases.values() for _, classes in rest)]
    assert {classes["weekday"] for classes in known if "weekday" in classes} == set(range(7))
    assert {classes["month"] for classes in known if "month" in classes} == set(range(1, 13))


@pytest.mark.parametrize("zone", sorted({word.zone for word in vocabulary("en").zones}))
def test_every_zone_word_means_a_zone(zone: str) -> None:
    """What the words for zones stand for is in the tz database."""
    from agent.mail.when.zones import zone_info

    assert zone in ("@user", "@sender") or zone_info(zone) is not None
