"""HTML to what a reader sees."""

import pytest

from agent.mail.html import read_html
from tests.mail.steps import steps
from tests.mail.structure import sample


def test_a_mail_reads_as_it_looks() -> None:
    """Hidden text gone, rows on a line, lists and quotes marked."""
    assert sample("html_only.eml").text == (
        "Hello Sam,\n\nyour interview is confirmed.\nSee you!\n\n"
        "When | Tuesday, 5 May 2026, 10:00 CEST\nWhere | Join the call\n\n"
        "- Bring your passport\n- Ring at the door\n\n"
        "On Fri, May 1, 2026 at 9:00 AM Sam Beck <sam@beck.example> wrote:\n\n"
        "> I am free on Tuesday."
    )


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none">x</div>',
        '<span style="color:red;visibility:hidden">x</span>',
        '<div style="max-height:0px;overflow:hidden">x</div>',
        '<p style="font-size:0">x</p>',
        '<p style="opacity:0">x</p>',
        "<p hidden>x</p>",
        '<p aria-hidden="true">x</p>',
        "<style>p{}</style>",
        "<script>x</script>",
        "<!-- x -->",
    ],
)
def test_what_nobody_sees_is_dropped(hidden: str) -> None:
    """Preheaders, tracking texts and code."""
    assert read_html(f"<p>Seen</p>{hidden}").text == "Seen"


@pytest.mark.parametrize(
    "old",
    [
        "<s>3pm</s>",
        "<strike>3pm</strike>",
        '<del cite="x">3pm</del>',
        '<span style="color:red; text-decoration: line-through">3pm</span>',
        '<span style="TEXT-DECORATION-LINE:underline line-through">3pm</span>',
        '<s>3<b style="text-decoration:none">pm</b></s>',
    ],
)
def test_what_is_struck_through_is_not_said(old: str) -> None:
    """The old time beside the new one; a line through it goes through all that is in it."""
    assert read_html(f"<p>Tuesday at {old} <ins>4pm</ins></p>").text == "Tuesday at 4pm"


def test_a_style_sheet_may_strike_through() -> None:
    """Word processors give the line through a class of its own."""
    sheet = "<style>span.old { color: red; text-decoration: line-through }</style>"
    assert read_html(f'{sheet}<p>At <span class="old">3pm</span> 4pm</p>').text == "At 4pm"


def test_another_line_than_one_through_hides_nothing() -> None:
    """Underlined text is said, and so is what follows a rule of links without lines."""
    page = '<p><u>Tue</u> <span style="text-decoration:underline">3pm</span> '
    page += '<a style="text-decoration:none" href="x">Join</a></p>'
    assert read_html(page).text == "Tue 3pm Join"


def test_a_zero_font_size_ends_where_a_child_sets_another() -> None:
    """Mail builders wrap whole columns in font-size:0 against gaps between images."""
    page = '<table><tr><td style="font-size:0px"><div style="font-size:13px">Hi</div></td></tr></table>'
    assert read_html(page).text == "Hi"


def test_cells_with_several_lines_keep_their_label() -> None:
    """A short label stays with the first line of what it labels."""
    page = "<table><tr><td>Where</td><td>Acme<br>12 High Street</td></tr></table>"
    assert read_html(page).text == "Where | Acme\n12 High Street"


def test_layout_columns_follow_one_another() -> None:
    """Cells with paragraphs in them are columns, not data."""
    page = "<table><tr><td><p>a</p><p>b</p></td><td><p>c</p><p>d</p></td></tr></table>"
    assert read_html(page).text == "a\n\nb\n\nc\n\nd"


def test_links_keep_text_and_target() -> None:
    """In order, with the entities of the target resolved."""
    page = '<a href="https://a.example/?x=1&amp;y=2">Pick\n a <b>time</b></a><a href="">none</a>'
    assert read_html(page).links == (("Pick a time", "https://a.example/?x=1&y=2"),)


def test_quotes_inside_quotes_are_marked_twice() -> None:
    """So that the scanner for plain text reads them."""
    page = "new<blockquote>old<blockquote>older</blockquote></blockquote>"
    assert read_html(page).text == "new\n\n> old\n>\n> > older"


def test_a_marked_signature_gets_its_line() -> None:
    """Mail programs name the node; the text gets the mark of RFC 3676."""
    assert read_html('<p>Hi</p><div class="gmail_signature">Jane</div>').text == "Hi\n\n-- \nJane"


def test_preformatted_lines_stay_lines() -> None:
    """<pre> and white-space keep their breaks."""
    assert read_html("<pre>a\nb</pre>").text == "a\nb"
    assert read_html('<p style="white-space: pre-wrap">a\nb</p>').text == "a\nb"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000,
        "<blockquote>x" * 9_000,
        "<b><i><a><p>" * 8_000,
        "<table><tr><td>" * 6_000,
        "<p " + " ".join(f"a{i}=b" for i in range(15_000)) + ">x",
        "<style>" + "a{" * 25_000 + "</style>",
        '<p style="' + "display " * 12_000 + '">x',
        "<ul><li>x" * 9_000,
    ],
)
def test_hostile_pages_take_no_time(page: str) -> None:
    """Depth, nodes and attributes are bounded."""
    read_html("<p>x</p>")
    assert steps(lambda: read_html(page)) < 250_000


def test_a_page_grows_no_more_than_by_the_marks_of_twenty_quotes() -> None:
    """Each quote marks each line in it; one that is deeper marks none."""
    page = "<blockquote>" * 38 + "x<br>" * 1_000
    assert read_html(page).text.count(">") <= 20 * 1_002


def test_rules_that_follow_one_another_are_one() -> None:
    """A hundred kilobytes of them would be eight hundred of text."""
    rule = "_" * 32
    assert read_html("a<hr><hr><div><hr></div>b<hr>c").text == f"a\n{rule}\nb\n{rule}\nc"


def test_what_was_cut_is_said() -> None:
    """A page beyond the bounds says so."""
    assert read_html("<div>" * 20_000).cut
    assert not read_html("<p>Hi</p>").cut
