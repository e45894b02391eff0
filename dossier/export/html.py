"""A Markdown document as one HTML page that asks for nothing: no script, no picture, no request to anywhere."""

import html
import re

from dossier.export.slugs import slug
from dossier.model.clean import clean_line

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1.05rem/1.55 Georgia,'Times New Roman',serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "overflow-wrap:break-word}"
    "h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.6em 0 .5em}"
    "blockquote{margin:.5em 0 .5em 1em;padding-left:1em;border-left:3px solid GrayText}"
    "blockquote p{margin:0 0 .5em}"
    "table{border-collapse:collapse;display:block;overflow-x:auto}"
    "th,td{border:1px solid GrayText;padding:.25em .5em;text-align:left;vertical-align:top}"
    ".footnotes{font-size:.9rem}"
    "@media print{body{max-width:none;margin:0}a{color:inherit;text-decoration:none}}"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def render_html(markdown: str, title: str, language: str) -> str:
    """The page; it ends in one line feed."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only whoever asks for a page pays for the parser
    from mdit_py_plugins.anchors import anchors_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    footnote_plugin(parser, inline=False)
    anchors_plugin(parser, max_level=6, slug_func=slug)
    body = parser.render(markdown).replace('<hr class="footnotes-sep" />', "").replace("\ufe0e", "")
    lang = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    return (
        f'<!DOCTYPE html>\n<html{lang}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{html.escape(clean_line(title))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body.rstrip()}\n</main>\n</body>\n</html>\n"
    )
