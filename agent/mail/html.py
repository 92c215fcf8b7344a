"""HTML to the text a reader sees. Nothing is fetched, no link is followed, nothing is run.

`read_html` never raises. Hidden nodes (preheaders, tracking texts), code and what is struck
through (the old time beside the new one) are dropped, blocks become lines, quoted blocks get
"> " before each line so that `reply.py` reads HTML and plain text alike, and the cells of a
table row stay together in their order. Size, nesting and node count are bounded; what lies
beyond is cut, and `cut` says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from agent.mail.characters import visible
from agent.mail.nesting import bounded

MAX_NODES = 60_000
MAX_FRAMES = 20  # quotes, lists and cells inside each other; each line is written again for each
MAX_LINKS = 500
MAX_HREF = 4_096
MAX_JSON_LD = 10

_CLASS_ALONE = re.compile(r"[a-z0-9]{0,20}\.([\w-]{1,80})", re.I)
_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden"
    r"|max-height\s{0,3}:\s{0,3}0(?:px|pt|em|%)?\s{0,3}(?:;|!|$)"
    r"|opacity\s{0,3}:\s{0,3}0(?:\.0{1,3})?\s{0,3}(?:;|!|$)"
    r"|text-decoration(?:-line)?\s{0,3}:[^:;]{0,60}line-through)",
    re.I,
)
_FONT_SIZE = re.compile(r"(?:^|[;\s])font-size\s{0,3}:\s{0,3}([\d.]{0,8})", re.I)
_PRE = re.compile(r"white-space\s{0,3}:\s{0,3}(?:pre|break-spaces)", re.I)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")

_DROPPED = frozenset(
    "head style script title meta link template select option datalist textarea svg math object "
    "iframe embed audio video canvas map noframes s strike del -comment -doctype".split()
)
# A blank line before and after, as browsers give these a margin.
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre".split())
_BLOCKS = _PARAGRAPHS | frozenset(
    "div section article header footer main aside nav address center form fieldset figure "
    "figcaption tr td th li dt dd tbody thead tfoot caption body html details summary".split()
)
# What neither ends a line nor holds any: the most frequent tags of a page.
_WITHIN_LINES = frozenset("span b i u em strong font small img br o:p".split())
_RULE = "_" * 32
_FRAMED = frozenset({"blockquote", "li", "td", "th"})
# Marks that mail programs leave around a signature; the marker line is what RFC 3676, 4.3 asks.
_SIGNATURES = frozenset({"gmail_signature", "ms-outlook-mobile-signature", "moz-signature"})


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What a reader sees, the links as (text, href) in order, and schema.org blocks as text."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    json_ld: tuple[str, ...] = ()
    cut: bool = False


@dataclass(slots=True)
class _Frame:
    """A stretch of lines that is changed as a whole when it ends: a quote, an item, a cell."""

    kind: str
    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)

    def write(self, text: str) -> None:
        if self.pieces or text.strip():  # a line does not begin with blanks
            self.pieces.append(text)

    def end_line(self, *, keep_empty: bool = False) -> None:
        if not self.pieces:  # at most of the edges of a page: one block ends where the next begins
            if keep_empty:
                self.lines.append("")
            return
        line = _SPACES.sub(" ", "".join(self.pieces)).strip()
        self.pieces.clear()
        if line or keep_empty:
            self.lines.append(line)

    def gap(self) -> None:
        if self.pieces:
            self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def write_verbatim(self, text: str) -> None:
        first, *rest = text.split("\n")
        self.write(first)
        for line in rest:
            self.end_line(keep_empty=True)
            self.write(line)


@dataclass(slots=True)
class _Style:
    """What a node inherits from those around it."""

    invisible_size: bool = False
    pre: bool = False


class _Writer:
    """Walks the tree once and keeps the open frames."""

    def __init__(self, hidden_classes: frozenset[str]) -> None:
        self.hidden_classes = hidden_classes
        self.frames = [_Frame("root")]
        self.links: list[tuple[str, str]] = []
        self.json_ld: list[str] = []
        self.link: tuple[str, list[str]] | None = None

    @property
    def frame(self) -> _Frame:
        return self.frames[-1]

    def text(self, text: str, style: _Style) -> None:
        if style.invisible_size:
            return
        if style.pre and "\n" in text:
            self.frame.write_verbatim(text)
        else:
            self.frame.write(text)
        if self.link is not None:
            self.link[1].append(text)

    def open(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self.frame.end_line(keep_empty=True)
        elif tag == "hr":
            self._rule()
        elif tag == "a":
            self.link = ((attributes.get("href") or "").strip(), [])
        elif tag not in _WITHIN_LINES:
            self._edge(tag)
        if (
            attributes
            and _is_signature(attributes)
            and self.frame.lines[-1:] not in (["--"], ["-- "])
        ):
            self.frame.end_line()
            self.frame.lines.append("-- ")
        if tag in _FRAMED and len(self.frames) < MAX_FRAMES:
            self.frames.append(_Frame(tag))

    def close(self, tag: str) -> None:
        if tag == "a":
            self._close_link()
        elif tag in _FRAMED and self.frame.kind == tag:
            self._close_frame()
        elif tag == "tr":
            self._close_row()
        else:
            self._edge(tag)

    def _edge(self, tag: str) -> None:
        """End the line at a block's edge; lists inside lists have no margin."""
        if tag not in _BLOCKS:
            return
        frame = self.frames[-1]
        if tag in _PARAGRAPHS and not (tag in {"ul", "ol"} and frame.kind == "li"):
            frame.gap()
        else:
            frame.end_line()

    def _rule(self) -> None:
        """A line across the page, one where there are several."""
        self.frame.end_line()
        if self.frame.lines[-1:] != [_RULE]:
            self.frame.lines.append(_RULE)

    def _close_link(self) -> None:
        if self.link is None:
            return
        href, pieces = self.link
        self.link = None
        if href and len(href) <= MAX_HREF and len(self.links) < MAX_LINKS:
            label = visible(_SPACES.sub(" ", "".join(pieces)[:500])).strip()
            self.links.append((label, visible(href)))

    def _close_frame(self) -> None:
        frame = self.frames.pop()
        frame.end_line()
        lines = _trimmed(frame.lines)
        if frame.kind in {"td", "th"}:
            self.frame.cells.append(lines)
        elif frame.kind == "li":
            self.frame.end_line()
            self.frame.lines += [("- " if i == 0 else "  ") + line for i, line in enumerate(lines)]
        else:
            self.frame.gap()
            self.frame.lines += [f"> {line}" if line else ">" for line in lines]
            self.frame.gap()

    def _close_row(self) -> None:
        self.frame.end_line()
        cells, self.frame.cells = [c for c in self.frame.cells if any(c)], []
        self.frame.lines += _row(cells)

    def finish(self) -> str:
        while len(self.frames) > 1:
            self._close_frame()
        self._close_row()
        return "\n".join(_collapsed(self.frame.lines))


def _row(cells: list[list[str]]) -> list[str]:
    """The lines of one table row.

    One line a cell is data ("When | Tuesday"); a short label before a longer cell still
    is; anything else is a table used for layout, whose cells follow one another.
    """
    if len(cells) == 1 and (len(cells[0]) > 1 or len(cells[0][0]) > 40):
        return ["", *cells[0], ""]
    if all(len(cell) == 1 for cell in cells):
        return [" | ".join(cell[0] for cell in cells)] if cells else []
    if len(cells) == 2 and len(cells[0]) == 1 and len(cells[0][0]) <= 40 and len(cells[1]) <= 8:
        return [f"{cells[0][0]} | {cells[1][0]}", *cells[1][1:]]
    return [line for cell in cells for line in (*cell, "")]


def _trimmed(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start]:
        start += 1
    while end > start and not lines[end - 1]:
        end -= 1
    return lines[start:end]


def _collapsed(lines: list[str]) -> list[str]:
    """Without blank lines at the ends, and with no two in a row."""
    kept: list[str] = []
    for line in visible("\n".join(lines)).split("\n"):  # at once: there may be 20,000
        shown = line if line == "-- " else line.rstrip()
        if shown or (kept and kept[-1]):
            kept.append(shown)
    return _trimmed(kept)


def _is_signature(attributes: dict[str, str | None]) -> bool:
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return "signature" in names and not _SIGNATURES.isdisjoint(names.split())


def _is_hidden(attributes: dict[str, str | None], hidden_classes: frozenset[str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if style and _HIDDEN.search(style):
        return True
    return bool(hidden_classes) and not hidden_classes.isdisjoint(
        (attributes.get("class") or "").split()
    )


def _style(attributes: dict[str, str | None], tag: str, outer: _Style) -> _Style:
    """The inherited style. A zero font size ends where a child sets another, as MJML does."""
    css = attributes.get("style")
    if tag != "pre" and not css:
        return outer
    size = _FONT_SIZE.search(css or "")
    invisible = outer.invisible_size
    if size is not None:
        invisible = not size[1].strip("0.") and bool(size[1])
    return _Style(invisible, outer.pre or tag == "pre" or bool(_PRE.search(css or "")))


def _hidden_classes(document: LexborHTMLParser, html: str) -> frozenset[str]:
    """Classes that a style sheet hides on every screen, such as ".preheader { display: none }"."""
    if "<style" not in html.lower():
        return frozenset()
    names: set[str] = set()
    for node in document.css("style")[:10]:
        everywhere = node.text()[:50_000].partition("@media")[0]
        for selectors, rules in _style_rules(everywhere):
            if _HIDDEN.search(rules):
                found = (_CLASS_ALONE.fullmatch(s.strip()) for s in selectors.split(","))
                names.update(match[1] for match in found if match)
    return frozenset(names)


def _style_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet, as what each is for and what it says."""
    for block in sheet.split("}")[:-1]:
        before, _, rules = block[-2_300:].rpartition("{")
        if before and len(rules) <= 2_000:
            yield before.rpartition("{")[2][-300:], rules


def _write(document: LexborHTMLParser, writer: _Writer) -> bool:
    """Feed the tree to the writer; True when the node limit cut it."""
    root = document.root
    if root is None:
        return False
    # (node, style) to enter; (tag, None) to leave.
    stack: list[tuple[LexborNode, _Style] | str] = [(root, _Style())]
    for _ in range(2 * MAX_NODES):
        if not stack:
            return False
        step = stack.pop()
        if isinstance(step, str):
            writer.close(step)
            continue
        node, style = step
        tag = node.tag or ""
        if tag == "-text":
            writer.text(node.text_content or "", style)
        else:
            _enter(node, tag, style, writer, stack)
    return True


def _enter(
    node: LexborNode,
    tag: str,
    style: _Style,
    writer: _Writer,
    stack: list[tuple[LexborNode, _Style] | str],
) -> None:
    if tag in _DROPPED and tag != "head":
        if tag == "script" and node.attributes.get("type") == "application/ld+json":
            writer.json_ld.append(node.text())
        return
    attributes = {} if tag.startswith("-") else node.attributes
    if attributes and _is_hidden(attributes, writer.hidden_classes):
        return
    writer.open(node, tag, attributes)
    if tag not in _WITHIN_LINES:
        stack.append(tag)
    inner = _style(attributes, tag, style)
    child = node.last_child
    while child is not None:
        stack.append((child, inner))
        child = child.prev


def read_html(html: str) -> HtmlText:
    """The text, links and schema.org blocks of an HTML part. Never raises."""
    kept, cut = bounded(html)
    document = LexborHTMLParser(kept)
    writer = _Writer(_hidden_classes(document, kept))
    cut = _write(document, writer) or cut
    return HtmlText(
        text=writer.finish(),
        links=tuple(writer.links),
        json_ld=tuple(writer.json_ld[:MAX_JSON_LD]),
        cut=cut,
    )
