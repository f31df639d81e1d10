"""Files that are no .docx, or would do more than be filled: each is refused with its remedy."""

import io
import zipfile

import pytest

from tests.issuing.words import REL, changed, linked, of_file, parts_of, pledge, rezipped, word
from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.word import placeholders_of
from wenlv_desk.issuing.word_package import LARGEST

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"


def retyped(docx: bytes, old: bytes, new: bytes) -> bytes:
    return changed(docx, TYPES, lambda part: part.replace(old, new))


def ole(stream: str) -> bytes:
    """The smallest compound file that holds one stream of this name ([MS-CFB])."""
    name = stream.encode("utf-16-le")

    def entry(raw: bytes, kind: int, child: int, size: int) -> bytes:
        chain = b"".join(n.to_bytes(4, "little") for n in (0xFFFFFFFF, 0xFFFFFFFF, child))
        tail = bytes(36) + (0xFFFFFFFE).to_bytes(4, "little") + size.to_bytes(8, "little")
        return raw.ljust(64, b"\0") + (len(raw) + 2).to_bytes(2, "little") + bytes([kind, 1]) + chain + tail

    root = entry("Root Entry".encode("utf-16-le"), 5, 1, 0)
    directory = (root + entry(name, 2, 0xFFFFFFFF, 0)).ljust(512, b"\0")
    fat = b"".join(n.to_bytes(4, "little") for n in (0xFFFFFFFD, 0xFFFFFFFE)).ljust(512, b"\xff")
    header = OLE + bytes(16) + bytes.fromhex("3e000300feff09000600") + bytes(10)
    numbers = (1, 1, 0, 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header += b"".join(n.to_bytes(4, "little") for n in numbers)
    return header.ljust(512, b"\xff") + fat + directory


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "文件是空的"),
        (ole("WordDocument"), r"旧版的 Word 文档（\.doc）。请在 Word 或 WPS 里打开，另存为"),
        (ole("EncryptedPackage"), "加了打开密码.*清空密码"),
        (ole("Workbook"), "这不是 Word 文档"),
        (OLE + b"nothing", "文件已损坏"),
        (b"%PDF-1.7", "这不是 Word 文档"),
        ("责任状".encode(), "这不是 Word 文档"),
        (b"{\\rtf1 ", "别的格式的文档"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "别的格式的文档"),
        (b"PK\x03\x04 nothing", "文件已损坏"),
        (rezipped({"责任状.txt": b"x"}), "不要改压缩包的名字"),
        (rezipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "ODF 文档"),
        (rezipped({TYPES: b"<Types/>", "xl/workbook.xml": b"<a/>"}), "这不是 Word 文档"),
    ],
)
def test_other_formats_are_named(data: bytes, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        placeholders_of(data)


def test_the_file_is_named(tmp_path) -> None:
    with pytest.raises(UserError, match=r"Word 范本“责任状\.docx”不能用：文件是空的"):
        placeholders_of(of_file(tmp_path / "责任状.docx", b""))
    with pytest.raises(UserError, match=r"“无\.docx”读不出来（文件或文件夹不存在）"):
        placeholders_of(tmp_path / "无.docx")
    with pytest.raises(UserError, match="读不出来（这是文件夹"):
        placeholders_of(tmp_path)
    with pytest.raises(UserError, match="临时文件"):
        placeholders_of(tmp_path / "~$责任状.docx")


def test_a_huge_file_is_refused_unread(tmp_path) -> None:
    file = of_file(tmp_path / "大.docx", b"PK")
    with file.open("r+b") as stream:
        stream.truncate((LARGEST + 1) << 20)
    with pytest.raises(UserError, match="超过 20 MB 的上限"):
        placeholders_of(file)
    with pytest.raises(UserError, match="超过 20 MB 的上限"):
        placeholders_of(file.read_bytes())


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (b"application/vnd.ms-word.document.macroEnabled.main+xml", "带有宏"),
        (b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", r"Word 模板（\.dotx）"),
        (b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "带有宏"),
        (b"text/plain", "文件已损坏"),
    ],
)
def test_a_document_of_another_kind_is_named(new: bytes, reason: str) -> None:
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with pytest.raises(UserError, match=reason):
        placeholders_of(retyped(pledge(), old, new))


def test_macros_under_an_innocent_type_are_found() -> None:
    with pytest.raises(UserError, match="带有宏"):
        placeholders_of(changed(pledge(), "word/vbaProject.bin", lambda _: OLE))


def test_the_strict_kind_is_named() -> None:
    loose, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with pytest.raises(UserError, match="不要选 Strict"):
        placeholders_of(changed(pledge(), "word/document.xml", lambda part: part.replace(loose, strict)))


@pytest.mark.parametrize(
    ("kind", "target", "reason"),
    [
        ("attachedTemplate", "http://example.com/evil.dotm", "另一份模板.*文档模板"),
        ("attachedTemplate", "file:///C:/Users/x/Normal.dotm", "另一份模板"),
        ("image", "http://example.com/x.png", "文件以外的图片.*插入—图片"),
        ("image", r"\\server\share\x.png", "文件以外的图片"),
        ("oleObject", "file:///C:/x.xlsx", "别的文件里的对象"),
        ("mailMergeSource", "file:///C:/名单.xlsx", "数据源.*普通 Word 文档"),
        ("frame", "http://example.com", "文件以外的内容"),
    ],
)
def test_what_lies_outside_the_file_is_refused_with_its_address(kind: str, target: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason) as error:
        placeholders_of(linked(pledge(), kind, target))
    assert target in error.value.message


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("oleObject", "OLE"), ("package", "Excel"), ("control", "ActiveX"), ("aFChunk", "altChunk"), ("vbaProject", "宏")],
)
def test_what_could_run_inside_the_file_is_refused(kind: str, reason: str) -> None:
    with pytest.raises(UserError, match=f"{reason}.*请删去它"):
        placeholders_of(linked(pledge(), kind, "embeddings/x.bin", external=False))


def test_links_outside_are_found_in_the_settings_too() -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    one = f'<Relationship Id="r1" Type="{REL}/attachedTemplate" Target="http://x/y.dotm" TargetMode="external"/>'
    link = f'<Relationships xmlns="{space}">{one}</Relationships>'
    with pytest.raises(UserError, match="另一份模板"):
        placeholders_of(changed(pledge(), "word/_rels/settings.xml.rels", lambda _: link.encode()))


def test_a_link_to_click_is_welcome_but_not_as_the_address_of_a_picture() -> None:
    click = '<w:hyperlink r:id="rId900"><w:r><w:t>网址</w:t></w:r></w:hyperlink>'
    picture = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="x"><pic:pic><pic:blipFill><a:blip r:link="rId900"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    assert placeholders_of(linked(word("{{ 年度 }}", xml=[click]), "hyperlink", "https://example.com")) == ("年度",)
    with pytest.raises(UserError, match=r"文件以外的内容.*https://example\.com"):
        placeholders_of(linked(word(xml=[click + picture]), "hyperlink", "https://example.com"))


def test_a_picture_of_the_older_kind_that_names_an_address_is_refused() -> None:
    picture = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://example.com/x.png"/></v:shape></w:pict></w:r>'
    with pytest.raises(UserError, match="文件以外的图片"):
        placeholders_of(word(xml=[picture]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", TYPES, "_rels/.rels"])
def test_entities_of_its_own_are_refused_in_every_part(part: str, encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]><a>&y;</a>'
    whole = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}'.encode(encoding)
    with pytest.raises(UserError, match="XML 实体定义"):
        placeholders_of(changed(pledge(), part, lambda _: whole))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(pledge()).items():
            archive.writestr(name, part)
        for number in range(11):
            archive.writestr(f"word/media/{number}.bmp", bytes(10 << 20))
    with pytest.raises(UserError, match="解开后超过 100 MB"):
        placeholders_of(out.getvalue())


def test_more_text_than_a_template_has_is_refused() -> None:
    long = changed(pledge(), "word/styles.xml", lambda part: part + b" " * (11 << 20))
    with pytest.raises(UserError, match="文字部分超过 10 MB"):
        placeholders_of(long)
    with pytest.raises(UserError, match="文字部分超过 10 MB"):
        placeholders_of(changed(pledge(), TYPES, lambda part: part + b" " * (11 << 20)))


def test_deep_nesting_is_refused_and_does_not_exhaust_the_stack() -> None:
    deep = b"<a>" * 50_000 + b"</a>" * 50_000
    with pytest.raises(UserError, match="文件已损坏"):
        placeholders_of(changed(pledge(), "word/styles.xml", lambda _: deep))


@pytest.mark.parametrize("name", ["../../evil.xml", "/abs.xml", "word\\x.xml"])
def test_names_that_lead_out_of_the_package_are_refused(name: str) -> None:
    with pytest.raises(UserError, match="文件已损坏"):
        placeholders_of(rezipped(parts_of(pledge()) | {name: b"<a/>"}))


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(UserError, match="文件已损坏"):
        placeholders_of(rezipped(parts_of(pledge()) | {"WORD/document.xml": b"<a/>"}))


def test_svg_is_refused() -> None:
    svg = retyped(pledge(), b"<Default ", b'<Default Extension="svg" ContentType="image/svg+xml"/><Default ')
    with pytest.raises(UserError, match="SVG"):
        placeholders_of(changed(svg, "word/media/a.svg", lambda _: b"<svg/>"))
