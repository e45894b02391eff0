"""How Markdown parsers of several dialects read a document, as one flat list of events that can be compared."""

import html.parser
import re
from functools import cache
from urllib.parse import unquote

MAIL = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9@.+_-]+")


def squeeze(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text).strip()


def flat(nodes) -> list[tuple]:
    """`(kind, attribute, text)` in order: text merged, headings and links whole, every other node opened and closed."""
    events: list[tuple] = []

    def text(piece):
        if events and events[-1][0] == "text":
            piece = events.pop()[2] + piece
        events.append(("text", "", piece))

    def walk(nodes):
        for kind, attribute, content in nodes:
            address = kind == "code" and MAIL.fullmatch(content)  # a bare mail address, shown as it is
            if kind in ("text", "break") or address:
                text(content)
            elif isinstance(content, str):
                events.append((kind, attribute, content))
            elif kind in ("heading", "link"):
                inner = flat(content)
                assert all(event[0] == "text" for event in inner), f"markup in a {kind}: {inner}"
                events.append((kind, attribute, squeeze("".join(event[2] for event in inner))))
            else:
                events.append((f"<{kind}>", attribute, ""))
                walk(content)
                events.append((f"</{kind}>", "", ""))

    walk(nodes)
    told = [(kind, attribute, squeeze(text) if kind == "text" else text) for kind, attribute, text in events]
    return [event for event in told if event != ("text", "", "")]


@cache
def _markdown_it(github: bool):
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    parser = MarkdownIt("gfm-like" if github else "commonmark").use(footnote_plugin)
    if github:
        parser.use(deflist_plugin).use(dollarmath_plugin).use(gfm_autolink_plugin).use(tasklists_plugin)
    return parser


def markdown_it(text: str, *, github: bool) -> list[tuple]:
    from markdown_it.tree import SyntaxTreeNode

    def convert(node):
        if node.type in ("text", "code_inline", "softbreak", "html_inline", "html_block", "code_block", "fence"):
            kind = {"code_inline": "code", "softbreak": "break"}.get(node.type, node.type)
            return [(kind, "", node.content or "\n")]
        if node.type in ("root", "inline"):
            return [made for child in node.children for made in convert(child)]
        if node.type in ("footnote_anchor", "footnote_block"):
            return [made for child in node.children for made in convert(child)]
        if node.type == "footnote_ref":
            return [("note", node.meta["label"], "")]
        attribute = {"heading": node.tag, "link": unquote(str(node.attrs.get("href", "")))}.get(node.type, "")
        if node.type == "footnote":
            attribute = node.meta["label"]
        return [(node.type, attribute, [made for child in node.children for made in convert(child)])]

    return flat(convert(SyntaxTreeNode(_markdown_it(github).parse(text))))


@cache
def _mistune():
    import mistune

    plugins = (
        "strikethrough footnotes table url task_lists def_list abbr mark insert superscript subscript math ruby spoiler"
    )
    return mistune.create_markdown(renderer="ast", plugins=plugins.split())


def mistune(text: str) -> list[tuple]:
    from mistune.util import unescape

    def convert(node):
        kind, attrs = node["type"], node.get("attrs", {})
        if kind == "blank_line":
            return []
        if kind in ("text", "softbreak", "codespan"):
            kind = {"softbreak": "break", "codespan": "code"}.get(kind, kind)
            raw = node.get("raw", "\n")
            return [(kind, "", unescape(raw) if kind == "text" else raw)]  # as its HTML renderer does, late
        if kind == "footnote_ref":
            return [("note", node["raw"], "")]
        inner = [made for child in node.get("children", ()) for made in convert(child)]
        if kind in ("footnotes", "block_text"):
            return inner
        if kind == "footnote_item":
            return [("footnote", attrs["key"], inner)]
        if "children" not in node:
            return [(kind, str(attrs), node.get("raw", ""))]
        attribute = {"heading": f"h{attrs.get('level')}", "link": unquote(attrs.get("url", ""))}.get(kind, "")
        return [(kind, attribute, inner)]

    return flat([made for node in _mistune()(text) for made in convert(node)])


class _Html(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack = [("", "", [])]

    def handle_starttag(self, tag, attrs):
        self.stack.append((tag, dict(attrs), []))
        if tag in ("br", "img", "hr", "input"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        kind, attrs, inner = self.stack.pop()
        assert kind == tag
        made = {"em": "em", "code": "code", "a": "link"}.get(tag, tag)
        attribute = unquote(attrs.get("href") or "") if tag == "a" else ""
        if "footnote-backref" in (attrs.get("class") or ""):
            return
        if "footnote-ref" in (attrs.get("class") or ""):
            self.stack[-1][2].append(("note", "", ""))
        elif re.fullmatch("h[1-6]", tag):
            self.stack[-1][2].append(("heading", tag, inner))
        elif tag == "code":
            self.stack[-1][2].append((made, "", "".join(piece[2] for piece in inner)))
        else:
            self.stack[-1][2].append((made, attribute, inner))

    def handle_data(self, data):
        self.stack[-1][2].append(("text", "", data))

    def handle_comment(self, data):
        self.stack[-1][2].append(("comment", "", data))


def cmark_gfm(text: str) -> list[tuple]:
    """GitHub's own parser, where its binding is installed."""
    import cmarkgfm
    from cmarkgfm.cmark import Options

    reader = _Html()
    reader.feed(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE))
    reader.close()
    assert len(reader.stack) == 1
    return flat(reader.stack[0][2])


DIALECTS = {
    "CommonMark (markdown-it)": lambda text: markdown_it(text, github=False),
    "GitHub's (markdown-it)": lambda text: markdown_it(text, github=True),
    "mistune with every extension": mistune,
}
try:
    import cmarkgfm  # noqa: F401
except ImportError:
    pass
else:
    DIALECTS["GitHub's (cmark-gfm)"] = cmark_gfm
