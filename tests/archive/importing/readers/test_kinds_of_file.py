"""Files of every kind, as people have them: read, or refused in one sentence."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from archive.importing.problems import FileUnreadable
from archive.importing.readers import Read, Remark, Row, SourceFile, iter_rows

RIS = (
    "TY  - NEWS\nTI  - رسالة من البصرة\nAU  - ناصر, سالم\nT2  - لغة العرب\n"
    "DA  - 1925/05//\nVL  - 3\nSP  - 12\nEP  - 14\nER  - \n"
)
BIBTEX = (
    "@article{nasir1925,\n title = {رسالة من {البصرة}},\n"
    " author = {ناصر, سالم and ليلى البحري},\n journal = {لغة العرب},\n"
    " year = {1925}, month = may\n}\n"
)
RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>لغة العرب</title><item><title>رسالة من البصرة</title>"
    "<link>https://example.org/1</link>"
    "<pubDate>Tue, 02 Mar 2021 10:00:00 +0300</pubDate><category>صحافة</category>"
    "<content:encoded><![CDATA[<p>نص <b>الرسالة</b></p><p>فقرة</p>]]>"
    "</content:encoded></item></channel></rss>"
)
WXR = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><title>لغة العرب</title><wp:author>"
    "<wp:author_login>salem</wp:author_login>"
    "<wp:author_display_name>سالم ناصر</wp:author_display_name></wp:author><item>"
    "<title>صورة</title><wp:post_type>attachment</wp:post_type></item><item>"
    "<title>رسالة من البصرة</title><dc:creator>salem</dc:creator>"
    "<wp:post_id>7</wp:post_id><wp:post_date>2021-03-02 10:00:00</wp:post_date>"
    "<wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>"
    "</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>لغة العرب</title><entry>'
    '<title type="html">رسالة من &lt;b&gt;البصرة&lt;/b&gt;</title><id>urn:1</id>'
    '<link href="https://example.org/1"/><updated>2021-03-02T10:00:00Z</updated>'
    "<author><name>سالم ناصر</name></author></entry></feed>"
)
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><sourceDesc>'
    '<biblStruct><monogr><title level="j" xml:lang="ar">لغة العرب</title>'
    '<imprint><date when="1925-05-01"/></imprint>'
    '<biblScope unit="volume">3</biblScope></monogr></biblStruct></sourceDesc>'
    '</fileDesc></teiHeader><text><body><div type="section">'
    '<div type="article" xml:id="a1"><head>رسالة من البصرة</head><byline>'
    "<persName>سالم ناصر</persName></byline>"
    '<p>كتب <persName ref="oape:pers:4">سالم</persName> من<lb/>البصرة<note>هامش</note>'
    "</p></div></div></body></text></TEI>"
)
MODS = (
    '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo>'
    '<title>رسالة من البصرة</title></titleInfo><name type="personal">'
    '<namePart type="family">ناصر</namePart>'
    '<namePart type="given">سالم</namePart></name><originInfo>'
    '<dateIssued>1925-05</dateIssued></originInfo><relatedItem type="host">'
    '<titleInfo><title>لغة العرب</title></titleInfo><part><detail type="volume">'
    "<number>3</number></detail></part></relatedItem></mods>"
)
MARC = (
    '<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim">'
    '<record><controlfield tag="001">m1</controlfield><datafield tag="245">'
    '<subfield code="6">880-01</subfield><subfield code="a">Risala /</subfield>'
    '</datafield><datafield tag="880"><subfield code="6">245-01</subfield>'
    '<subfield code="a">رسالة من البصرة /</subfield></datafield>'
    '<datafield tag="773"><subfield code="t">لغة العرب</subfield></datafield>'
    "</record></collection>"
)
CAPTION = "أرشيف 1925,,\nالعنوان,النص,التاريخ\nرسالة من البصرة,نص,1925\n"
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item><title>&a;</title>'
    "</item></channel></rss>"
)
CSL = '[{"id": "x1", "title": "رسالة من البصرة", "container-title": "لغة العرب"}]'
WRAPPED = '{"status": "ok", "news": [{"title": "رسالة من البصرة"}]}'
INDENTED = '{\n "title": "رسالة من البصرة",\n "tags": []\n}\n'

READ = {
    "RIS": ("a.ris", RIS),
    "RIS named as text": ("a.txt", RIS),
    "BibTeX": ("a.bib", BIBTEX),
    "RSS": ("a.xml", RSS),
    "WordPress": ("a.xml", WXR),
    "Atom": ("a.atom", ATOM),
    "TEI": ("a.xml", TEI),
    "MODS": ("a.xml", MODS),
    "MARCXML": ("a.xml", MARC),
    "CSL-JSON": ("a.json", CSL),
    "a wrapped list": ("a.json", WRAPPED),
    "an indented object": ("a.json", INDENTED),
    "JSON Lines named as a table": ("a.csv", '{"title": "رسالة من البصرة"}\n' * 2),
    "a caption above the heading": ("a.csv", CAPTION),
    "a mark of Excel": ("a.csv", "sep=;\nالعنوان;النص\nرسالة من البصرة;نص\n"),
    "line ends of old": ("a.csv", "العنوان,النص\rرسالة من البصرة,نص\r"),
}  # fmt: skip
REFUSED = {
    "SQL": ("a.sql", "-- dump\nINSERT INTO `t` VALUES (1,'رسالة');\n"),
    "a binary MARC record": ("a.mrc", "00079nam a2200037 a 4500\x1e10\x1faرسالة"),
    "mnemonic MARC": ("a.mrk", "=LDR  00000nab a2200000\n=245  10$aرسالة\n"),
    "mail": ("a.mbox", "From salem Tue Mar  2 10:00:00 2021\nSubject: x\n"),
    "Turtle": ("a.ttl", '@prefix d: <http://purl.org/dc/terms/> .\n<x> a "y" .\n'),
    "Markdown": ("a.md", "---\ntitle: رسالة\n---\nنص\n"),
    "a table in HTML": ("a.xls", "<table><tr><th>العنوان</th></tr></table>"),
    "unknown XML": ("a.xml", "<?xml version='1.0'?><catalog><book/></catalog>"),
    "XML that declares entities": ("a.xml", BOMB),
    "plain text": ("a.txt", "رسالة من البصرة\n\nكتب مراسلنا أن المطر نزل.\n"),
    "Parquet": ("a.parquet", "PAR1\0\0PAR1"),
    "a table named as JSON": ("a.json", "title,body\nرسالة,نص\n"),
    "broken JSON": ("a.json", '[{"title": "رسالة"'),
    "OpenITI": ("a.txt", "######OpenITI#\n#META#Header#End#\n"),
    "RTF": ("a.rtf", "{\\rtf1\\ansi x}"),
}  # fmt: skip


def read(path: Path, content: str | bytes) -> list[Read]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with SourceFile(path) as source:
        return list(iter_rows(source))


def rows(found: list[Read]) -> list[Row]:
    return [row for row in found if isinstance(row, Row)]


def titles(found: list[Read]) -> set[object]:
    return {
        title
        for row in rows(found)
        for name in ("title", "العنوان")
        if (title := row.columns.get(name))
    }


class TestFormats:
    @pytest.mark.parametrize("kind", READ)
    def test_kind_of_file_is_read(self, tmp_path: Path, kind: str) -> None:
        name, content = READ[kind]
        assert titles(read(tmp_path / name, content)) == {"رسالة من البصرة"}

    @pytest.mark.parametrize("kind", REFUSED)
    def test_other_kind_is_refused_as_a_whole(self, tmp_path: Path, kind: str) -> None:
        name, content = REFUSED[kind]
        with pytest.raises(FileUnreadable, match=name):
            read(tmp_path / name, content)

    @pytest.mark.parametrize("kind", ["RIS", "RSS", "a wrapped list"])
    def test_compressed_file_is_read(self, tmp_path: Path, kind: str) -> None:
        name, content = READ[kind]
        found = read(tmp_path / f"{name}.gz", gzip.compress(content.encode()))
        assert titles(found) == {"رسالة من البصرة"}

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf16_is_read_with_and_without_its_mark(
        self, tmp_path: Path, encoding: str
    ) -> None:
        table = "العنوان\tالنص\r\nرسالة من البصرة\tنص\r\n".encode(encoding)
        assert titles(read(tmp_path / "a.txt", table)) == {"رسالة من البصرة"}

    def test_windows_1256_is_read_where_it_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes("العنوان,النص\nرسالة من البصرة,نص\n".encode("cp1256"))
        with SourceFile(path) as source, pytest.raises(FileUnreadable) as refused:
            list(iter_rows(source))
        assert "العنوان,النص" in str(refused.value)
        with SourceFile(path, encoding="windows-1256") as source:
            assert titles(list(iter_rows(source))) == {"رسالة من البصرة"}


class TestColumns:
    def test_ris_names_are_turned_and_parts_are_kept(self, tmp_path: Path) -> None:
        (row,) = rows(read(tmp_path / "a.ris", RIS))
        assert row.columns == {
            "title": "رسالة من البصرة",
            "source": "لغة العرب",
            "published": "1925/05//",
            "volume": "3",
            "pages": "12-14",
            "authors": ["سالم ناصر"],
            "reference_type": "NEWS",
        }

    def test_bibtex_has_authors_and_a_month(self, tmp_path: Path) -> None:
        (row,) = rows(read(tmp_path / "a.bib", BIBTEX))
        assert row.columns["authors"] == ["سالم ناصر", "ليلى البحري"]
        assert row.columns["published"] == "1925-05"
        assert row.columns["external_id"] == "nasir1925"

    def test_bibtex_strings_stand_for_their_values(self, tmp_path: Path) -> None:
        text = '@string{j = "لغة العرب"}\n@article{a, title = "خبر", journal = j}\n'
        (row,) = rows(read(tmp_path / "a.bib", text))
        assert row.columns["source"] == "لغة العرب"

    def test_feed_has_text_without_tags_and_the_title_of_the_site(
        self, tmp_path: Path
    ) -> None:
        (row,) = rows(read(tmp_path / "a.xml", RSS))
        assert row.columns["body"] == "نص الرسالة\n\nفقرة"
        assert row.columns["published"] == "2021-03-02"
        assert row.columns["container"] == "لغة العرب"
        assert row.columns["topics"] == ["صحافة"]

    def test_wordpress_leaves_out_pictures_and_names_its_authors(
        self, tmp_path: Path
    ) -> None:
        found = read(tmp_path / "a.xml", WXR)
        (row,) = rows(found)
        assert row.columns["byline"] == "سالم ناصر"
        assert row.columns["status"] == "draft"
        (remark,) = [each for each in found if isinstance(each, Remark)]
        assert remark.note.code == "entries_skipped"

    def test_tei_article_has_its_journal_and_identified_names(
        self, tmp_path: Path
    ) -> None:
        (row,) = rows(read(tmp_path / "a.xml", TEI))
        assert row.columns["source"] == "لغة العرب"
        assert row.columns["published"] == "1925-05-01"
        assert row.columns["body"] == "كتب سالم من البصرة"
        assert row.columns["authors"] == ["سالم ناصر"]
        assert row.columns["actors"] == [
            {"name": "سالم", "kind": "person", "ref": "oape:pers:4"}
        ]

    def test_mods_has_its_host_and_author(self, tmp_path: Path) -> None:
        (row,) = rows(read(tmp_path / "a.xml", MODS))
        assert row.columns["source"] == "لغة العرب"
        assert row.columns["authors"] == ["سالم ناصر"]
        assert row.columns["volume"] == "3"

    def test_marc_prefers_the_original_script(self, tmp_path: Path) -> None:
        (row,) = rows(read(tmp_path / "a.xml", MARC))
        assert row.columns["title"] == "رسالة من البصرة"
        assert row.columns["source"] == "لغة العرب"

    def test_broken_xml_keeps_what_was_good(self, tmp_path: Path) -> None:
        found = read(tmp_path / "a.xml", RSS.replace("</channel>", "<item>"))
        assert titles(found) == {"رسالة من البصرة"}
        assert [each.note.code for each in found if not isinstance(each, Row)] == [
            "bad_xml"
        ]


class TestHeadings:
    def test_second_heading_reorders_the_columns_and_is_told(
        self, tmp_path: Path
    ) -> None:
        table = "title,url\nأول,https://a.org/1\nurl,title\nhttps://a.org/2,ثان\n"
        found = read(tmp_path / "a.csv", table)
        assert titles(found) == {"أول", "ثان"}
        assert [each.line for each in found if isinstance(each, Remark)] == [3]

    def test_row_of_words_that_are_headings_elsewhere_stays_a_row(
        self, tmp_path: Path
    ) -> None:
        table = "title,body,topics\nتاريخ,نص في التاريخ,أدب\n"
        assert titles(read(tmp_path / "a.csv", table)) == {"تاريخ"}

    def test_table_without_heading_quotes_its_first_line(self, tmp_path: Path) -> None:
        table = "خبر أول,2024-04-01,نص أول\nخبر ثان,2024-04-02,نص ثان\n"
        with pytest.raises(FileUnreadable, match="خبر أول"):
            read(tmp_path / "a.csv", table)

    def test_blank_rows_are_no_records(self, tmp_path: Path) -> None:
        assert len(read(tmp_path / "a.csv", "title,body\n,\nأ,ب\n , \n")) == 1


class TestPages:
    HTML = (
        "<html><head><title>رسالة - موقع</title>"
        '<meta property="article:published_time" content="2021-03-02"></head><body>'
        "<nav>قائمة</nav><h1>رسالة من البصرة</h1><p>نص الرسالة</p></body></html>"
    )

    def test_folder_has_an_article_a_page(self, tmp_path: Path) -> None:
        (tmp_path / "inner").mkdir()
        (tmp_path / "inner/a.html").write_text(self.HTML, "utf-8")
        (tmp_path / "2021-03-05.txt").write_text("خبر\n\nنص الخبر", "utf-8")
        (tmp_path / "picture.png").write_bytes(b"x")
        with SourceFile(tmp_path) as source:
            text, page = rows(list(iter_rows(source)))
        assert text.columns["published"] == "2021-03-05"
        assert page.columns == {
            "title": "رسالة من البصرة",
            "body": "نص الرسالة",
            "published": "2021-03-02",
            "external_id": "inner/a.html",
        }

    def test_zip_archive_of_pages_is_read(self, tmp_path: Path) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.html", self.HTML)
            archive.writestr("__MACOSX/a.html", "x")
        assert titles(read(tmp_path / "a.zip", buffer.getvalue())) == {
            "رسالة من البصرة"
        }

    def test_page_in_its_declared_encoding_is_read(self, tmp_path: Path) -> None:
        html = f'<meta charset="windows-1256">{self.HTML}'
        (tmp_path / "a.html").write_bytes(html.encode("cp1256"))
        with SourceFile(tmp_path) as source:
            assert titles(list(iter_rows(source))) == {"رسالة من البصرة"}

    def test_archive_of_other_files_is_refused(self, tmp_path: Path) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.png", "x")
        with pytest.raises(FileUnreadable, match=r"\.html"):
            read(tmp_path / "a.zip", buffer.getvalue())

    def test_bomb_is_refused(self, tmp_path: Path) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", b"0" * 40_000_000)
        with pytest.raises(FileUnreadable, match="200"):
            read(tmp_path / "a.zip", buffer.getvalue())
