"""Files of other programs, made here as small as they can be."""

import io
import zipfile

PROSE = (
    "The ministers met on Monday in the old town hall to talk about tariffs on steel and grain. "
    "“We will not sign before the tariffs are gone,” said Ada Byron, who leads the delegation. "
    "Her counterpart answered that no one had asked her to sign anything yet."
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks | Daily</title>
<link rel="canonical" href="https://example.org/2024/03/05/talks">
<meta property="og:site_name" content="The Daily">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Talks stall",
"datePublished": "2024-03-05T08:00:00Z", "author": {{"name": "Lin Po"}}}}</script></head>
<body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav><article><h1>Talks stall</h1>
<p>{PROSE}</p><p>{PROSE.replace("Monday", "Tuesday")}</p></article><footer>Copyright</footer></body></html>"""
MAIL = (
    "From: Ada Byron <ada@example.org>\nSubject: =?utf-8?q?Caf=C3=A9?= talks\n"
    "Date: Tue, 05 Mar 2024 08:00:00 +0000\n\n> We agree to nothing.\n\nNeither do we.\n"
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(*parts: tuple[str, str | bytes], stored: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as file:
        for name, data in parts:
            file.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, *more: tuple[str, str | bytes]) -> bytes:
    """A Word document of the XML of its paragraphs."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    return archive(("[Content_Types].xml", types), ("word/document.xml", document), *more)


def epub(chapter: str, href: str = "a.xhtml") -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="c.opf"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>A book</dc:title><dc:date>2020-05-01</dc:date></metadata><manifest>"
        f'<item id="a" href="{href}" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    parts = [("mimetype", "application/epub+zip"), ("META-INF/container.xml", container), ("c.opf", package)]
    return archive(*parts, ("a.xhtml", chapter), stored=True)


def pdf(*pages: list[str], encrypted: bool = False, made: str = "") -> bytes:
    """A PDF with lines of ASCII text on each page; `encrypted` so that nobody has its password, `made` on a day (YYYYMMDD)."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 40 760 Td {shown}ET"
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
                "/Resources << /Font << /F1 3 0 R >> >> >>"
            ),
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    info = f"/Info {len(objects) + 1} 0 R " if made else ""
    objects += [f"<< /CreationDate (D:{made}120000Z) >>"] if made else []
    written = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{one}\nendobj\n"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>] "
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {info}{lock if encrypted else ''}>>"
    xref = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}{xref}".encode("latin-1")
