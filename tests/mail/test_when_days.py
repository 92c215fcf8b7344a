"""Days, limits and windows, as people write them.

Unless a row says otherwise the mail was written on Thursday 26 February 2026 at
10:00 in London. An answer is a date, with "!" where it is worded as a limit or a
window; every answer was worked out by hand.
"""

from datetime import datetime, timedelta, timezone

import pytest

from agent.mail.when import find_days

LONDON = datetime(2026, 2, 26, 10, 0, tzinfo=timezone.utc)  # noqa: UP017 - a mail's own offset


def read(
    text: str, anchor: datetime = LONDON, country: str = "GB", language: str = "en"
) -> list[str]:
    found = find_days(text, anchor, zone="Europe/London", country=country, language=language)
    return [f"{mention.day}{'!' if mention.deadline else ''}" for mention in found]


DAYS = [
    ("by Bonfire Night", "2026-11-05!"),
    ("no candidate will be contacted before the 20th", "2026-03-20!"),
    ("by this time next week", "2026-03-05!"),
    ("Complete before: March 12, 2026, 11:59 PM", "2026-03-12!"),
    ("in the 3rd week of April", "2026-04-17!"),
    ("you should hear on the 20th at the latest", "2026-03-20!"),
    ("can we make it Fri same time", "2026-02-27"),
    ("on Tuesday, 3 March 2026", "2026-03-03"),
    ("on 3rd March", "2026-03-03"),
    ("March 3", "2026-03-03"),
    ("the 3rd of March", "2026-03-03"),
    ("on 3/4", "2026-04-03"),
    ("3/4/2026", "2026-04-03"),
    ("03.04.26", "2026-04-03"),
    ("2026-04-03", "2026-04-03"),
    ("on Friday", "2026-02-27"),
    ("on Thursday", "2026-03-05"),
    ("next Friday", "2026-03-06"),
    ("last Friday", "2026-02-20"),
    ("today", "2026-02-26"),
    ("tomorrow", "2026-02-27"),
    ("yesterday", "2026-02-25"),
    ("the day after tomorrow", "2026-02-28"),
    ("on the 4th", "2026-03-04"),
    ("the 26th", "2026-02-26"),
    ("the 25th", "2026-03-25"),
    ("a week from Friday", "2026-03-06"),
    ("Thursday the twelfth", "2026-03-12"),
    ("at Christmas", "2026-12-25"),
    ("on Good Friday", "2026-04-03"),
]

LIMITS = [
    ("You won't hear before Tuesday 3 March", "2026-03-03!"),
    ("Nothing will happen before June", "2026-06-30!"),
    ("before Tuesday 3 March", "2026-03-02!"),
    ("Tell us by the 3rd and we'll book a room", "2026-03-03!"),
    ("before close of business on Friday", "2026-02-27!"),
    ("before Friday evening", "2026-02-27!"),
    ("before 5pm on Friday", "2026-02-27!"),
    ("before the end of next week", "2026-03-06!"),
    ("stops working on 6 March", "2026-03-06!"),
    ("by the day after Thanksgiving", "2026-11-27!"),
    ("by Friday", "2026-02-27!"),
    ("by this Friday", "2026-02-27!"),
    ("by next Friday", "2026-03-06!"),
    ("by tomorrow", "2026-02-27!"),
    ("by noon tomorrow", "2026-02-27!"),
    ("by Tuesday, 3 March", "2026-03-03!"),
    ("by the 15th", "2026-03-15!"),
    ("by the 15th of March", "2026-03-15!"),
    ("by 3/4", "2026-04-03!"),
    ("by 12/03/2026", "2026-03-12!"),
    ("no later than Tuesday", "2026-03-03!"),
    ("until Wednesday", "2026-03-04!"),
    ("on or before Wednesday", "2026-03-04!"),
    ("before Friday", "2026-02-26!"),
    ("before the 10th", "2026-03-09!"),
    ("prior to 10 March", "2026-03-09!"),
    ("Friday at the latest", "2026-02-27!"),
    ("Deadline: Friday 6 March", "2026-03-06!"),
    ("due on Friday", "2026-02-27!"),
    ("by 5pm on Friday", "2026-02-27!"),
    ("by Friday at 5pm", "2026-02-27!"),
    ("by EOD", "2026-02-26!"),
    ("by EOD Friday", "2026-02-27!"),
    ("by the end of the day on Monday", "2026-03-02!"),
    ("by end of day tomorrow", "2026-02-27!"),
    ("by close of business on Wednesday", "2026-03-04!"),
    ("by COB Friday", "2026-02-27!"),
    ("COB on the 4th", "2026-03-04!"),
    ("Friday EOD", "2026-02-27!"),
    ("by EOW", "2026-02-27!"),
    ("by Monday or Tuesday", "2026-03-03!"),
    ("before Christmas", "2026-12-24!"),
    ("before Easter", "2026-04-04!"),
    ("before Thanksgiving", "2026-11-25!"),
    ("after Easter", "2026-04-07!"),
    ("later today", "2026-02-26!"),
]

WINDOWS = [
    ("by year end", "2026-12-31!"),
    ("by the end of 2026", "2026-12-31!"),
    ("in the first days of March", "2026-03-10!"),
    ("this quarter", "2026-03-31!"),
    ("last week of March", "2026-03-27!"),
    ("this week", "2026-02-27!"),
    ("later this week", "2026-02-27!"),
    ("next week", "2026-03-06!"),
    ("sometime next week", "2026-03-06!"),
    ("by end of next week", "2026-03-06!"),
    ("by the end of the week", "2026-02-27!"),
    ("at the end of this week", "2026-02-27!"),
    ("early next week", "2026-03-03!"),
    ("by the middle of next week", "2026-03-04!"),
    ("late next week", "2026-03-06!"),
    ("the week after next", "2026-03-13!"),
    ("before next week", "2026-02-27!"),
    ("the week of the 30th", "2026-04-03!"),
    ("the week of March 30", "2026-04-03!"),
    ("w/c 30 March", "2026-04-03!"),
    ("week commencing Monday 9 March", "2026-03-13!"),
    ("the first week of March", "2026-03-06!"),
    ("over the weekend", "2026-03-01!"),
    ("after the weekend", "2026-03-02!"),
    ("early December", "2026-12-10!"),
    ("mid-March", "2026-03-15!"),
    ("in mid March", "2026-03-15!"),
    ("late March", "2026-03-31!"),
    ("by the end of March", "2026-03-31!"),
    ("at the beginning of April", "2026-04-10!"),
    ("in March", "2026-03-31!"),
    ("in May", "2026-05-31!"),
    ("in January 2027", "2027-01-31!"),
    ("by the end of January", "2027-01-31!"),
    ("next month", "2026-03-31!"),
    ("early next month", "2026-03-10!"),
    ("by the middle of next month", "2026-03-15!"),
    ("by the end of the month", "2026-02-28!"),
    ("end of month", "2026-02-28!"),
    ("by EOM", "2026-02-28!"),
    ("by the end of the year", "2026-12-31!"),
    ("end of Q1", "2026-03-31!"),
    ("in Q2", "2026-06-30!"),
    ("late March or early April", "2026-04-10!"),
    ("end of this week or early next week", "2026-03-03!"),
    ("between 2 and 6 March", "2026-03-06!"),
    ("2–6 March", "2026-03-06!"),
    ("March 2-6", "2026-03-06!"),
    ("from 3 March to 7 March", "2026-03-07!"),
    ("Monday to Wednesday", "2026-03-04!"),
    ("between Monday and Wednesday", "2026-03-04!"),
]

AHEAD = [
    ("it takes them a couple of weeks", "2026-03-12!"),
    ("everything is on hold for five weeks", "2026-04-02!"),
    ("you have ten days to do this", "2026-03-08!"),
    ("give it another week", "2026-03-05!"),
    ("two weeks, tops", "2026-03-12!"),
    ("we decide within the week", "2026-03-05!"),
    ("Deadline: 5 days", "2026-03-03!"),
    ("give it two weeks", "2026-03-12!"),
    ("10 business days", "2026-03-12!"),
    ("in the next fortnight", "2026-03-12!"),
    ("within 5–7 business days", "2026-03-09!"),
    ("within 5 to 7 working days", "2026-03-09!"),
    ("within five (5) business days", "2026-03-05!"),
    ("5-7 business days", "2026-03-09!"),
    ("in 3 business days", "2026-03-03!"),
    ("in two days", "2026-02-28!"),
    ("within 48 hours", "2026-02-28!"),
    ("within 48 hours of this email", "2026-02-28!"),
    ("within 24 hours", "2026-02-27!"),
    ("in about ten days", "2026-03-08!"),
    ("in ten days or so", "2026-03-08!"),
    ("within 10-14 days", "2026-03-12!"),
    ("in the next five days", "2026-03-03!"),
    ("over the next few days", "2026-03-01!"),
    ("in the coming days", "2026-03-01!"),
    ("in a couple of days", "2026-02-28!"),
    ("in a week", "2026-03-05!"),
    ("within a week", "2026-03-05!"),
    ("in the next week or so", "2026-03-05!"),
    ("in a week or two", "2026-03-12!"),
    ("in the next week or two", "2026-03-12!"),
    ("in one to two weeks", "2026-03-12!"),
    ("in two weeks' time", "2026-03-12!"),
    ("two weeks from now", "2026-03-12!"),
    ("in a fortnight", "2026-03-12!"),
    ("in 2-3 weeks", "2026-03-19!"),
    ("over the next couple of weeks", "2026-03-12!"),
    ("in the coming weeks", "2026-03-19!"),
    ("within a month", "2026-03-26!"),
    ("please allow up to two weeks", "2026-03-12!"),
    ("it usually takes about 10 days", "2026-03-08!"),
]


@pytest.mark.parametrize(("text", "expected"), [*DAYS, *LIMITS, *WINDOWS, *AHEAD])
def test_one_day_is_read(text: str, expected: str) -> None:
    """A day or a window worded so is read as exactly one day."""
    assert read(text) == [expected]


@pytest.mark.parametrize("text", [
    "we may be in touch", "march on", "I sat the exam", "COVID-19", "3-5 years' experience", "24/7", "a 2:1 degree",
    "one of the top 10", "the 2nd round", "the first interview", "version 1.2.26", "REQ-2026-03-04", "3/4 of candidates",
    "https://x.example/2026-03-04/a", "ann.may@x.example", "5 March Street", "in the sun", "you may 3", "the second of three rounds",
    "+49 30 12.03.45.67", "10.0.12.26", "call 555-03-04", "2 of 3", "for 3 years", "10 years ago", "a 30-day trial",
    "last week", "last month", "on Mondays", "every Friday", "the week", "a month", "© 2026", "May I ask", "April Jones will meet you",
    "our Q&A", "the weekday shift", "1/2 day", "second to none", "Sun Microsystems", "March on!", "dec 64-bit",
])  # fmt: skip
def test_what_is_no_day_is_left_alone(text: str) -> None:
    """Words and numbers that only look like days are none."""
    assert read(text) == []


SEVERAL = [
    ("They meet on the 19th and I call that weekend.", ["2026-03-19", "2026-03-22!"]),
    (
        "It is on Friday 20 March. After that they vote by Tuesday and I call you Wednesday.",
        ["2026-03-20", "2026-03-24!", "2026-03-25"],
    ),
    ("The talk is on 4 March; you hear that evening.", ["2026-03-04", "2026-03-04"]),
    ("We meet on 4 March and decide the morning after.", ["2026-03-04", "2026-03-05"]),
    ("We meet on 4 March and decide a week later.", ["2026-03-04", "2026-03-11!"]),
    (
        "We meet on 4 March and decide within a week of the interview.",
        ["2026-03-04", "2026-03-11!"],
    ),
    (
        "The closing date is 6 March, interviews are on 20 March, and you hear within four weeks of the closing date.",
        ["2026-03-06!", "2026-03-20", "2026-04-03!"],
    ),
    (
        "The call is on 4 March, with an answer by the Tuesday after that.",
        ["2026-03-04", "2026-03-10!"],
    ),
    ("Sorry, I was away that evening.", []),
    (
        "We meet on Monday 9 March and then you hear from us by Tuesday.",
        ["2026-03-09", "2026-03-10!"],
    ),
    (
        "The interview is on Monday 9 March, please confirm by Friday.",
        ["2026-03-09", "2026-02-27!"],
    ),
    (
        "The board meets on 4 March; I write by the Friday of that week.",
        ["2026-03-04", "2026-03-06!"],
    ),
    ("Interviews are next week and we decide the week after.", ["2026-03-06!", "2026-03-13!"]),
    (
        "The board meets on 4 March and decides by the end of that week.",
        ["2026-03-04", "2026-03-06!"],
    ),
    ("The board meets on 4 March; I'll ring you the day after.", ["2026-03-04", "2026-03-05"]),
    ("You start on the 29th, which is a Sunday.", ["2026-03-29"]),
    ("Tuesday or Wednesday", ["2026-03-03", "2026-03-04"]),
    ("3 or 4 March", ["2026-03-03", "2026-03-04"]),
    ("We meet on Tuesday 3 March and decide by Friday 6 March.", ["2026-03-03", "2026-03-06!"]),
    ("Interviews run next week and we will decide by 13 March.", ["2026-03-06!", "2026-03-13!"]),
    ("Please sign by Friday; you start on 4 May.", ["2026-02-27!", "2026-05-04"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_days_in_order(text: str, expected: list[str]) -> None:
    """Each day is given once, in text order."""
    assert read(text) == expected


def test_thanksgiving_is_the_countrys() -> None:
    """Canada gives thanks in October."""
    november = datetime(2026, 9, 2, 9, tzinfo=LONDON.tzinfo)
    assert read("before Thanksgiving", november, "CA") == ["2026-10-11!"]
    assert read("before Thanksgiving", november, "US") == ["2026-11-25!"]


def test_business_days_skip_public_holidays() -> None:
    """Good Friday and Easter Monday are no working days in England, and are in the United States."""
    before_easter = datetime(2026, 4, 1, 9, tzinfo=LONDON.tzinfo)
    assert read("within 3 business days", before_easter, "GB") == ["2026-04-08!"]
    assert read("within 3 business days", before_easter, "US") == ["2026-04-06!"]


def test_unknown_country_has_no_holidays() -> None:
    """A country that no calendar knows still has weekends."""
    before_easter = datetime(2026, 4, 1, 9, tzinfo=LONDON.tzinfo)
    assert read("within 3 business days", before_easter, "ZZ") == ["2026-04-06!"]


def test_end_of_week_said_on_a_weekend_is_the_next() -> None:
    """On a Saturday the end of the week is still to come."""
    saturday = datetime(2026, 2, 28, 9, tzinfo=LONDON.tzinfo)
    assert read("by the end of the week", saturday) == ["2026-03-06!"]


def test_next_week_said_on_a_sunday_begins_tomorrow() -> None:
    """Weeks begin on Monday."""
    sunday = datetime(2026, 3, 1, 9, tzinfo=LONDON.tzinfo)
    assert read("next week", sunday) == ["2026-03-06!"]


def test_hours_count_in_the_senders_zone() -> None:
    """48 hours from late evening end on the sender's day after next."""
    evening = datetime(2026, 2, 26, 23, tzinfo=timezone(timedelta(hours=-5)))
    assert read("within 48 hours", evening) == ["2026-02-28!"]


def test_contradicting_weekday_is_a_doubt() -> None:
    """The date counts; the weekday is named in the doubt."""
    [mention] = find_days("by Tuesday 4 March 2026", LONDON, zone="Europe/London", country="GB")
    assert mention.day.isoformat() == "2026-03-04"
    assert mention.doubts == ("Tuesday is not 4 March 2026 (a Wednesday)",)


def test_span_covers_the_limit() -> None:
    """The span cuts the whole wording out of the text, so that others can tell what it governs."""
    text = "Please reply by 5pm on Friday, thanks"
    [mention] = find_days(text, LONDON, zone="Europe/London", country="GB")
    assert text[slice(*mention.span)] == mention.text == "by 5pm on Friday"


def test_impossible_dates_are_none() -> None:
    """30 February and the 32nd are no days, and raise nothing."""
    assert read("30 February 2026, 32 March, 31/02/2026, 2026-13-45") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We meet on Monday 16th. On the Monday we have two.", ["2026-03-16", "2026-03-16"]),
        ("We meet on Monday 16th. Reply by Monday.", ["2026-03-16", "2026-03-02!"]),
        (
            "Between March 1 and March 11. Reply by close of business Wednesday.",
            ["2026-03-11!", "2026-03-04!"],
        ),
        ("the 10th or 12th at 5", ["2026-03-10", "2026-03-12"]),
    ],
)
def test_a_weekday_said_again_is_the_date_named_before(text: str, expected: list[str]) -> None:
    """A limit counts from today all the same."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("A decision will be made by a week tomorrow.", ["2026-03-06!"]),
        ("You will know two weeks today.", ["2026-03-12"]),
        ("We hope to let candidates know this day week.", ["2026-03-05"]),
        ("It was a week yesterday that we met.", ["2026-02-25"]),
    ],
)
def test_weeks_from_today_or_tomorrow(text: str, days: list[str]) -> None:
    """So many weeks after a day that is said by its distance; not after one that is over."""
    assert read(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Two weeks, and you'll have it straight from me.", ["2026-03-12!"]),
        ("Two to three weeks. Sorry!", ["2026-03-19!"]),
        ("She says two to three weeks.", ["2026-03-19!"]),
        ("Two weeks' notice is needed.", []),
        ("Six weeks of holiday a year.", []),
    ],
)
def test_a_length_that_is_all_of_its_clause(text: str, days: list[str]) -> None:
    """ "Two weeks." is a wait from now; a length of something else is none."""
    assert read(text) == days


def test_hours_of_a_talk_count_from_its_day() -> None:
    """ "Within 48 hours of the call" is two days after the day of the call."""
    text = "Your call is on Tuesday 10 March. You will hear within 48 hours of the call."
    assert read(text) == ["2026-03-10", "2026-03-12!"]


def test_the_end_of_the_following_week_counts_from_the_day_named() -> None:
    """As "the following week" does."""
    text = "Interviews are on Tuesday 10 March. You will hear by the end of the following week."
    assert read(text) == ["2026-03-10", "2026-03-20!"]


def test_within_two_weeks_after_that_counts_from_the_day_named() -> None:
    """ "After that" is after the day that the posting closes."""
    text = "The posting closes on 20 March. Everybody gets a reply within two weeks after that."
    assert read(text)[-1] == "2026-04-03!"


def test_before_the_weekend_said_on_a_sunday_is_the_next_one() -> None:
    """The weekend of the mail is nearly over; nobody means its Friday."""
    sunday = datetime(2026, 3, 1, 9, tzinfo=LONDON.tzinfo)
    assert read("before the weekend", sunday) == ["2026-03-06!"]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("und am 22. gehen die Briefe raus", "de", ["2026-03-22"]),
        ("A escolha continua apontada para o dia 21.", "pt", ["2026-03-21"]),
        ("Mais uma semaninha, e você terá a resposta.", "pt", ["2026-03-05!"]),
        ("Lamentamos, e antes do dia 19 não haverá decisão.", "pt", ["2026-03-19!"]),
    ],
)
def test_days_as_other_languages_lead_to_them(text: str, language: str, wanted: list[str]) -> None:
    """A word that joins, a number behind its article, a small week, a limit that is denied."""
    assert read(text, language=language) == wanted
