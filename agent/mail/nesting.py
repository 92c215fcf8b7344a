"""How far an HTML page may be given to lexbor: not too long, too deep, or of too many tags.

lexbor builds the tree that browsers build, and that can be far larger than the page. Each block
opens again every <b> and <font> that was left open, so 42 KB make ten million nodes; and each
block looks through all open elements for a paragraph to close. So `bounded` counts, in one pass
over the tags, before lexbor sees them: a page goes no further than where it has too many tags,
too long a tag, or too many elements open in each other.

Tags are found as browsers find them (WHATWG HTML, 13.2.5): what stands in a comment, an
attribute, a script or a style sheet is none. An element counts as open until it is closed for
certain; those that close each other (<p>, <li>, <td>) are not counted at all.
"""

import re

MAX_CHARACTERS = 1 << 20
MAX_TAGS = 6_500  # with comments; a mail of 100 KB has 2,000 to 5,000
MAX_TAG = 1 << 14  # characters of one tag; lexbor compares each attribute with each
MAX_DEPTH = 400  # elements open in each other; long threads have three to five for each mail
FEW_TAGS = 300  # so many can do nothing

_DATA_URI = re.compile(r"data:[\w/+.;=-]{1,80},[^\"'\s>)]*")

_BLANK = r" \t\n\f\r"
_ATTRIBUTE = (
    rf"[^{_BLANK}/>][^{_BLANK}/>=]*+"
    rf"(?:[{_BLANK}]*+=[{_BLANK}]*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^{_BLANK}>]*+))?+"
)
_TAG = re.compile(
    r"<(?:!(?:--(?:-?>|(?s:.*?)(?:--!?>|\Z))|[^>]*+)|\?[^>]*+|/(?![a-z])[^>]*+"
    rf"|(?P<close>/?)(?P<name>[a-z][^{_BLANK}/>]*+)(?:[{_BLANK}/]++|{_ATTRIBUTE})*+)",
    re.I,
)
# What browsers open again in the next block is made a plain <span>, and what has other rules
# within (and is dropped by `html`) a plain element that is dropped too.
_PLAIN = {
    **dict.fromkeys("b big button code em font i nobr small strong tt u".split(), "span"),
    **dict.fromkeys("s strike".split(), "del"),
    **dict.fromkeys("svg math select frameset".split(), "canvas"),
}
_NOT_PLAIN = re.compile(rf"(?<=<)(/?)({'|'.join(_PLAIN)})(?=[{_BLANK}/>])", re.I)

# Elements whose content is no markup, up to their closing tag.
_RAW = {
    name: re.compile(rf"</{name}(?=[{_BLANK}/>])", re.I)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
# Never open for long: void, closed by the next of their kind, held by a table that counts, or there
# once.
_FLAT = frozenset(
    "a area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    "source track wbr p option td th tr tbody thead tfoot caption colgroup form html head body".split()
)


def without_data(html: str) -> str:
    """The HTML without the pictures that are written out in it."""
    return _DATA_URI.sub("", html) if "data:" in html else html


def bounded(html: str) -> tuple[str, bool]:
    """The HTML up to where it grows too long or too deep, fit for lexbor, and whether that cut it."""
    whole = without_data(html[: 4 * MAX_CHARACTERS])
    kept = whole[:MAX_CHARACTERS]
    cut = len(kept) < len(whole) or len(html) > 4 * MAX_CHARACTERS
    tags = kept.count("<")
    if tags <= FEW_TAGS and len(kept) <= MAX_TAG:
        return kept, cut
    if tags > MAX_TAGS:
        kept = kept[: -len(kept.split("<", MAX_TAGS)[-1]) - 1]
    plain = _NOT_PLAIN.sub(lambda tag: tag[1] + _PLAIN[tag[2].lower()], kept)
    end = _end(plain)
    return plain[:end], cut or tags > MAX_TAGS or end < len(plain)


def _end(html: str) -> int:
    """How far the page keeps within its bounds."""
    open_: list[str] = []
    at = 0
    while tag := _TAG.search(html, at):
        start, at = tag.span()
        closes, name = tag.groups()
        if name is None:
            continue
        if at - start > MAX_TAG:
            return start
        name = name.lower()
        if name in _FLAT:
            continue
        if closes:
            if open_ and open_[-1] == name:
                open_.pop()
        elif name in _RAW:
            at = _end_of_raw(html, at, name)
        else:
            open_.append(name)
            if len(open_) > MAX_DEPTH:
                return start
    return len(html)


def _end_of_raw(html: str, start: int, name: str) -> int:
    close = _RAW[name].search(html, start)
    return close.start() if close else len(html)
