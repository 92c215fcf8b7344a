"""How far a page is given to lexbor."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from agent.mail.html import read_html
from agent.mail.nesting import MAX_DEPTH, MAX_TAG, MAX_TAGS, bounded
from tests.mail.steps import steps


def _tree(html: str) -> tuple[int, int]:
    """How many nodes lexbor makes of what is kept of a page, and how deep they lie."""
    root = LexborHTMLParser(bounded(html)[0]).root
    assert root is not None
    nodes = deepest = 0
    waiting: list[tuple[LexborNode, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        nodes, deepest = nodes + 1, max(deepest, depth)
        child = node.last_child
        while child is not None:
            waiting.append((child, depth + 1))
            child = child.prev
    return nodes, deepest


@pytest.mark.parametrize("tag", ["b", "FONT", "nobr", "strike"])
def test_what_is_left_open_is_not_opened_again_in_each_block(tag: str) -> None:
    """Browsers do: a hundred <b> and four thousand paragraphs would be 400,000 nodes."""
    page = "<p>" + "".join(f"<{tag} a{i}>" for i in range(100)) + "<p>x" * 4_000
    assert _tree(page)[0] < 2 * page.count("<") + 100


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<pre>x",
        "<b></p>",
        "<li><dd>",
        "<table><tr>x<td>",
        "<table><tr><td>",
        "<button><div>",
        "<div></section>",
        "<span><div></span>",
        "<div><table></div>",
        "<table><table></table><div></table>",
        '<div title="</div>">',
        "<div a='</div>'>",
        '<div =">" b="</div>">',
        "<div><!-- </div> -->",
        "<div><!x </div>",
        "<div></ </div>",
        "<div><?x </div>",
        "<div><script></div></script>",
        "<style><!--</style><div>-->",
        "<svg><style></svg><div></style>",
        "<select><title></select><div></title>",
        "<frameset><iframe></frameset><div>",
        "<div><svg><![CDATA[</div>]]></svg>",
    ],
)
def test_no_trick_hides_how_deep_a_page_is(piece: str) -> None:
    """A closing tag that closes nothing, or stands where it is none, does not count."""
    assert _tree(piece * 3_000)[1] < 5 * MAX_DEPTH


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td>a</td><td><b>b</b></td></tr>" * 800 + "</table>",
        "<table>" + "<tr><td>a<td>b" * 1_500 + "</table>",
        "<p>x" * 3_000,
        "<ul>" + "<li>x</li>" * 2_000 + "</ul>",
        "<!--[if mso]><xml>" + "<w:Exception Locked/>" * 700 + "</xml><![endif]--><p>x</p>",
        "<style>" + "td > p { color: red }" * 1_000 + "</style><p>x</p>",
        "<script>" + 'document.write("<div>");' * 700 + "</script><p>x</p>",
        "<div><b><i>x</b></i></div>" * 800,
        "<div><a href=x>y</a>" * 300 + "</div>" * 300,
    ],
)
def test_what_mail_programs_write_is_kept_whole(page: str) -> None:
    """Long tables and lists, closed or not, comments, style sheets and crossed letters."""
    assert not bounded(page)[1]


def test_a_page_goes_no_further_than_its_bounds() -> None:
    """Tags, the length of one and the depth are bounded; what stands before is read."""
    for end in ("<br>" * MAX_TAGS, "<div>" * (MAX_DEPTH + 1), f"<p {'x' * MAX_TAG}>"):
        page = read_html(f"<p>Your talk is on Tuesday.</p>{end}")
        assert page.text == "Your talk is on Tuesday."
        assert page.cut


def test_a_page_of_many_tags_reads_as_one_of_few() -> None:
    """Bold and slanted letters, buttons and pictures are of no other meaning there."""
    line = (
        "<div><b>When:</b> <i>Tue</i><button>Go</button><svg><g>x</g></svg> <s>3</s> <u>4</u></div>"
    )
    few, many = read_html(line).text, read_html(line * 200).text
    assert few == "When: TueGo 4"
    assert many == "\n".join([few] * 200)


@pytest.mark.parametrize(
    "piece", ["<a <a ", '<a b="', "<!--", "<!-- x -->", "</", "<script>", "<x a=b c>", "<pre>\n"]
)
def test_a_page_takes_steps_for_its_tags(piece: str) -> None:
    """Twice as many tags take twice as many steps, wherever they end."""
    one, two = (steps(lambda n=n: bounded(piece * n)) for n in (2_000, 4_000))
    assert two < 2.2 * one + 50
