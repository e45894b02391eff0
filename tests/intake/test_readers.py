"""Each format gives the words of its file, what it says about itself, and every decision about words."""

import textwrap

import pytest
from intake.samples import MAIL, PAGE, PROSE, docx, epub, pdf

from dossier.intake.decoding import decode
from dossier.intake.document import IntakeOptions, Unfit
from dossier.intake.hyphens import mend_hyphens
from dossier.intake.pdf_spaces import add_spaces
from dossier.intake.readers import READERS, read_document, reader_of
from dossier.intake.text_dates import date_in_text

WRAPPED = "\n".join(textwrap.wrap(f"{PROSE} {PROSE}", 70)) + "\n"
PARAGRAPH = f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"
FILES = {
    "html": ("page.html", PAGE.encode()),
    "pdf": ("paper.pdf", pdf(["The ministers met on Monday.", "No one signed."])),
    "docx": ("note.docx", docx(PARAGRAPH)),
    "epub": ("book.epub", epub(f"<html><body><p>{PROSE}</p></body></html>")),
    "eml": ("mail.eml", MAIL.encode()),
    "markdown": ("note.md", f"# Talks\n\n{PROSE}\n".encode()),
    "text": ("note.txt", f"{PROSE}\n".encode()),
}


def read(name, data, **options):
    return read_document(name, data, IntakeOptions(**options))


def decisions(document, kind):
    return [one for one in document.decisions if one.kind == kind]


@pytest.mark.parametrize("form", READERS)
def test_every_format_is_recognized_and_read(form):
    name, data = FILES[form]
    assert reader_of(name, data).name == form
    assert "Monday" in read(name, data).text or form == "eml"
    assert read(name, data).text.endswith("\n")


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "epub", "eml"])
def test_bytes_are_recognized_whatever_the_name(form):
    assert reader_of("download", FILES[form][1]).name == form


def test_a_page_states_its_fields_and_none_of_them_is_a_guess():
    page = read(*FILES["html"])
    assert (page.title, page.published, page.author, page.publisher, page.language) == (
        "Talks stall", "2024-03-05", "Lin Po", "The Daily", "en",
    )  # fmt: skip
    assert page.url == "https://example.org/2024/03/05/talks"
    assert page.guessed == ()
    assert PROSE in page.text
    assert "Sport" not in page.text
    assert any("Sport" in one.words for one in page.decisions), "what was left out is told"


def test_a_date_from_the_address_of_a_page_is_a_guess():
    bare = PAGE.replace('"datePublished": "2024-03-05T08:00:00Z", ', "")
    page = read("page.html", bare.encode())
    assert page.published == "2024-03-05"
    assert page.guessed == ("published",)


def test_a_date_that_stands_for_none_gives_way_to_the_one_in_the_text():
    page = PAGE.replace("2024-03-05T08:00:00Z", "0001-01-01T00:00:00").replace("/2024/03/05", "")
    assert read("page.html", page.encode()).published == ""
    dated = page.replace("<h1>Talks stall</h1>", "<h1>Talks stall</h1><p>By Lin Po Nov. 19, 2019, 07:47 PM EST</p>")
    document = read("page.html", dated.encode())
    assert document.published == "2019-11-19"
    assert document.guessed == ("published",)


def test_a_page_without_an_article_is_refused_and_read_whole_when_that_is_said():
    page = b"<html><body><nav>Home</nav><p>Nothing here.</p></body></html>"
    with pytest.raises(Unfit, match="no article in it"):
        read("page.html", page)
    assert "Nothing here." in read("page.html", page, reading="whole").text


def test_a_scan_and_an_encrypted_pdf_are_refused_by_what_they_are():
    with pytest.raises(Unfit, match="no text in it: it is a scan"):
        read("scan.pdf", pdf([]))
    with pytest.raises(Unfit, match="encrypted"):
        read("secret.pdf", pdf(["Words"], encrypted=True))


def test_repeated_heads_and_feet_of_pages_leave_and_are_told_and_no_other_line_does():
    pages = [["Gazette of Laws", f"Section {n} has its own words.", "It ends here.", str(n)] for n in range(1, 6)]
    paper = read("paper.pdf", pdf(*pages))
    assert "Gazette" not in paper.text
    assert next(one.words for one in decisions(paper, "left-out")) == "Gazette of Laws (5 pages)"
    for number in range(1, 6):
        assert f"Section {number} has its own words." in paper.text


def test_a_line_that_differs_only_in_its_numbers_is_no_furniture_when_it_is_prose():
    pages = [[f"The tariff rose to {n} per cent in that year.", "It was debated."] for n in range(1, 6)]
    text = read("paper.pdf", pdf(*pages)).text
    assert all(f"The tariff rose to {n} per cent" in text for n in range(1, 6))
    assert text.count("It was debated.") == 5


def test_a_broken_word_is_joined_only_as_the_document_spells_it_elsewhere():
    text, made = mend_hyphens(
        "A tariff. A tar-\niff. A well-known\nman, a well-\nknown one. An odd-\nity. 2023-\n0379", "ask"
    )
    assert "A tariff. A tariff." in text
    assert "a well-known one" in text
    assert "odd-\nity" in text
    assert "2023-\n0379" in text
    assert [one.kind for one in made].count("hyphen-undecided") == 2
    joined, _ = mend_hyphens("odd-\nity 2023-\n0379", "join")
    assert joined == "oddity 2023-\n0379"
    assert mend_hyphens("odd-\nity", "keep")[0] == "odd-ity"


def test_a_broken_word_is_joined_when_another_form_of_it_stands_elsewhere():
    text, made = mend_hyphens(
        "Branches of branch. Cooperation. Subdirectories, self-same. Share /usr/share/doc.\n"
        "Co-\nop, a sub-\ndirectory, self-\nsufficient, ac-\ntion, Loch-\nNess, in /usr/share/-\ndoc or lib/-\nfoo",
        "ask",
    )
    assert "a subdirectory," in text
    assert " action," in text
    assert "in /usr/share/doc or lib/-\nfoo" in text
    undecided = [one.words for one in made if one.kind == "hyphen-undecided"]
    assert undecided == ["Co-\nop", "self-\nsufficient", "Loch-\nNess"]


def test_a_space_that_only_the_page_shows_is_added_and_told():
    pages = [
        "the control of a file, control of the file",
        "control the file, a controlfile and a scapegoat; the scape of a goat, scape, goat",
    ]

    def gaps(number, start, end):
        return [0.21 if pages[number].startswith("lfile", at) else 0.05 for at in range(start, end - 1)]

    made, told = add_spaces(pages, gaps)
    assert made == [pages[0], pages[1].replace("controlfile", "control file")]
    assert [(one.words, one.became, one.taken) for one in told] == [("controlfile", "control file", True)]
    assert add_spaces(pages, lambda _, start, end: [0.3] * (end - start - 1))[0] == pages, (
        "letters that are spaced out make no words"
    )


def test_the_date_in_a_text_comes_before_the_day_its_file_was_made():
    lines = [
        "Talks stall",
        "By Ada Byron",
        "Geneva, Tuesday, March 5, 2024",
        "On 3 May 2019 the ministers met in the old town hall.",
    ]
    paper = read("paper.pdf", pdf(lines, made="20261127"))
    assert paper.published == "2024-03-05"
    assert paper.guessed == ("published",)
    assert any("made on 2026-11-27" in one for one in paper.warnings)
    printed = read("paper.pdf", pdf([*lines[:2], lines[3]], made="20261127"))
    assert printed.published == "2026-11-27"
    assert printed.guessed == ("published",)
    assert any("2026-11-27 is when the file was made" in one for one in printed.warnings)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("5. März 2024", "2024-03-05"),
        ("Le 1er août 2024", "2024-08-01"),
        ("Madrid, 5 de marzo de 2024", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("Published: 2024-03-05", "2024-03-05"),
        ("5/3/2024", ""),
        ("31 February 2024", ""),
        ("They had met once before on 5 March 2024 and agreed.", ""),
    ],
)
def test_a_line_that_is_hardly_more_than_a_date_dates_its_text(line, day):
    assert date_in_text(f"A title\n{line}\n") == day


def test_lines_are_joined_and_reply_marks_taken_off_only_when_agreed_to():
    asked = read("note.txt", WRAPPED.encode())
    assert asked.text == WRAPPED
    assert [one.flag for one in asked.offers] == ["--unwrap"]
    joined = read("note.txt", WRAPPED.encode(), unwrap=True)
    assert joined.text.count("\n") == 1
    assert decisions(joined, "unwrapped")
    mail = read("mail.eml", MAIL.encode())
    assert "> We agree" in mail.text
    assert [one.flag for one in mail.offers] == ["--strip-replies"]
    assert read("mail.eml", MAIL.encode(), strip_replies=True).text.startswith("We agree to nothing.")


def test_a_mail_states_its_subject_author_and_day():
    mail = read("mail.eml", MAIL.encode())
    assert (mail.title, mail.author, mail.published) == ("Café talks", "Ada Byron", "2024-03-05")


@pytest.mark.parametrize(
    ("header", "author"),
    [
        ("=?utf-8?q?a=1B=5B31m=0A?= <a@b>", "a [31m <a@b>"),
        ("=?utf-8?q?Ana?= =?utf-8?q?_Lu=C3=ADs?= <a@b.org>", "Ana Luís"),
        ('"=?windows-1251?B?wPLo6u7iYQ==?=" <y@b.net>', "Атиковa"),
        ("Formação <a@b.org>", "Formação"),
    ],
)
def test_encoded_words_are_decoded_and_act_on_nobody(header, author):
    data = f"From: {header}\nSubject: x\n\nHello there\n".encode()
    assert read("mail.eml", data).author == author


def test_a_mail_whose_boundary_is_not_quoted_is_read():
    data = b"From: a@b\nContent-Type: multipart/mixed;\n boundary=----=_Next.1\n\n------=_Next.1\n\nHello\n------=_Next.1--\n"
    assert read("mail.eml", data).text == "Hello\n"


def test_what_only_the_page_of_a_mail_says_is_told_and_attachments_are_named():
    data = (
        b"From: a@b\nSubject: x\nContent-Type: multipart/mixed; boundary=o\n\n--o\n"
        b"Content-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/plain\n\nHello there\n"
        b"--i\nContent-Type: text/html\n\n<p>Hello there</p><p>Only the page says this sentence</p>\n--i--\n--o\n"
        b"Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--o--\n"
    )
    mail = read("mail.eml", data)
    assert mail.text == "Hello there\n"
    assert [one.words for one in decisions(mail, "left-out")] == ["Only the page says this sentence"]
    assert any("“a.pdf”" in one for one in mail.warnings)


def test_a_formula_is_taken_only_where_its_characters_say_it_all():
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    line = f"<m:oMath {space}><m:r><m:t>x=2</m:t></m:r></m:oMath>"
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    body = (
        f"<w:p><w:r><w:t>We know </w:t></w:r>{line}<w:r><w:t> and </w:t></w:r><m:oMath {space}>{half}</m:oMath></w:p>"
    )
    note = read("note.docx", docx(body))
    assert note.text == "We know x=2 and\n"
    assert [one.words for one in decisions(note, "formula")] == ["12"]
    assert note.warnings


def test_tracked_insertions_count_and_deletions_are_told():
    body = (
        "<w:p><w:r><w:t>We </w:t></w:r><w:ins><w:r><w:t>never </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>always </w:delText></w:r></w:del><w:r><w:t>sign.</w:t></w:r></w:p>"
    )
    note = read("note.docx", docx(body))
    assert note.text == "We never sign.\n"
    assert [one.words for one in decisions(note, "tracked-deletion")] == ["always "]


def test_characters_that_could_act_on_a_reader_are_in_no_text_and_no_title():
    page = PAGE.replace("Talks stall", "Talks \x1b[31m\u202estall").replace("Monday", "Mon\u200bday\x07")
    read_page = read("page.html", page.encode())
    for text in (read_page.text, read_page.title):
        assert not set("\x1b\u202e\u200b\x07") & set(text)
    assert "Monday" in read_page.text
    assert decisions(read_page, "removed")


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("naïve “café” — déjà", "cp1252", ""),
        ("Это русский текст", "cp1251", "windows-1251"),
        ("日本語の文章です。", "cp932", "shift_jis"),
        ("我们认为很重要", "gb18030", "gb2312"),
        ("Añadir", "utf-16", ""),
    ],
)
def test_bytes_become_the_text_they_were(text, codec, declared):
    assert decode(text.encode(codec), declared)[0] == text


def test_utf8_with_one_broken_byte_stays_utf8_and_says_so():
    text, warnings = decode("naïve “café”".encode() + b"\x9d")
    assert text == "naïve “café”\N{REPLACEMENT CHARACTER}"
    assert len(warnings) == 1


MARKED = (
    "<p>She said <q>the fees, as <q>they</q> call them,</q> are due; “<q>so</q>”. It is 10<sup>6</sup> m<sup>2</sup>, "
    "the 3<sup>rd</sup> in 2019<a href='#n'><sup>4</sup></a>. <s>We <del>sign</del></s> <del></del>We do not sign. "
    "<ruby>漢<rp>(</rp><rt>kan</rt></ruby>字</p>"
)
READ = "She said “the fees, as ‘they’ call them,” are due; “so”. It is 10⁶ m², the 3rd in 2019[4]. We do not sign. 漢字"


@pytest.mark.parametrize("form", ["html", "epub", "eml"])
def test_what_elements_say_is_read_and_what_is_struck_through_is_left_out_and_told(form):
    """A lost quotation mark makes a direct quote a paraphrase, and a lost exponent another number."""
    data = {
        "html": PAGE.replace(f"<p>{PROSE}</p>", f"<p>{PROSE}</p>{MARKED}").encode(),
        "epub": epub(f"<html><body>{MARKED}</body></html>"),
        "eml": f"From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n<body>{MARKED}</body>".encode(),
    }[form]
    document = read(f"x.{form}", data)
    assert READ in document.text
    assert [one.words for one in decisions(document, "struck-through")] == ["We sign"]
    assert [one.words for one in decisions(document, "ruby")] == ["kan"]


def test_struck_words_and_powers_of_a_word_document_are_what_they_look_like():
    def run(text, style=""):
        return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    power = '<w:vertAlign w:val="superscript"/>'
    parts = [run("It is 10"), run("6", power), run(", the 3"), run("rd", power), run(" we sign", "<w:strike/>")]
    parts.append(run(" we do not sign.", '<w:strike w:val="0"/>'))
    document = read("a.docx", docx(f"<w:p>{''.join(parts)}</w:p>"))
    assert document.text == "It is 10⁶, the 3rd we do not sign.\n"
    assert [one.words for one in decisions(document, "struck-through")] == ["we sign"]
