"""1,000 responsibility pledges (责任状) of three sheets as one PDF, against LibreOffice printing the same text, merged beforehand.

Ours fills the wording, lays it out, draws two codes on every sheet and writes bookmarks and file; one copy of each. The rival is
given a document with everything merged, in the same faces and on the same paper, without codes. It is started headless once,
with a profile of its own that has been opened before; where soffice is not installed the row says so.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from wenlv_desk.resources import resource
from wenlv_desk.typeset.breaking import break_lines
from wenlv_desk.typeset.fonts import drawn_as
from wenlv_desk.typeset.pledge import Party, Pledge, fill_pledge, pledge_part
from wenlv_desk.typeset.qr import operators
from wenlv_desk.typeset.volume import write_volume
from wenlv_desk.typeset.wording import Filled, shipped

PLEDGES = 1000
ROUNDS = 3  # of ours; the rival takes too long to be asked more than once
AIM = 10.0
_BUREAU = "青禾市文化和旅游局"
_FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'FandolFang'"/>
<style:font-face style:name="H" svg:font-family="'Noto Sans SC'"/></office:font-face-decls>
<office:styles>
<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:line-height="22.8pt"
 fo:text-align="justify" fo:text-indent="27.6pt"/><style:text-properties style:font-name="F" style:font-name-asian="F"
 fo:font-size="13.8pt" style:font-size-asian="13.8pt" fo:language-asian="zh" fo:country-asian="CN"/></style:style>
<style:style style:name="N" style:family="paragraph" style:parent-style-name="B"><style:paragraph-properties
 fo:text-indent="0pt"/></style:style>
<style:style style:name="T" style:family="paragraph" style:parent-style-name="B"><style:paragraph-properties
 fo:text-align="center" fo:text-indent="0pt" fo:line-height="29pt" fo:break-before="page"/><style:text-properties
 style:font-name="H" style:font-name-asian="H" fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="210mm"
 fo:page-height="297mm" fo:margin-top="37mm" fo:margin-bottom="35mm" fo:margin-left="28mm" fo:margin-right="26mm"/>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles>
<office:body><office:text>"""


def run() -> list[dict[str, Any]]:
    """One row: seconds of ours (best of three) and of the rival, how many times faster ours is, and the aim."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "ours.pdf")
        ours = min(_seconds(lambda: _ours(target)) for _ in range(ROUNDS))
        rival, sheets = _rival(Path(folder))
        more = {"sheets": _sheets(target), "MB": round(target.stat().st_size / 1e6, 1), "rival_sheets": sheets}
    work = f"{PLEDGES:,} pledges of three sheets as one PDF, times as fast as LibreOffice"
    if not rival:
        work += " (soffice is not installed)"
        return [{"work": work, "ours_s": ours, "floor_s": 0.0, "ratio": 0.0, "aim": 0.0}]
    row = {"work": work, "ours_s": ours, "floor_s": rival, "ratio": rival / ours, "aim": AIM, "better": "more"}
    return [{**row, **more}]


def _seconds(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ours(target: Path) -> None:
    """From nothing: what an earlier round remembered of lines and codes is forgotten."""
    for known in (break_lines, drawn_as, operators):
        known.cache_clear()
    parts = (pledge_part(one, copies=1, group=f"WG-{at // 20:02}") for at, one in enumerate(_pledges()))
    write_volume(parts, target, title="护林防火责任状", total=PLEDGES, duplex=False)


def _pledges() -> Iterator[Pledge]:
    text = shipped("pledge_forest_fire")
    for at in range(PLEDGES):
        number = f"HLFH-2026-{at + 1:04}"
        firm = f"青禾市望海山第{at + 1}风景名胜区管理服务有限公司"
        filled = fill_pledge(text, _values(at, firm))
        code = f"{number}|{{page}}/{{pages}}|{{copy}}|a1b2c3d4{at:04x}"
        yield Pledge(number, filled, Party(_BUREAU, "林晓", "副局长"), Party(firm, "周宁", "总经理"), code)


def _values(at: int, firm: str) -> dict[str, str]:
    season = "2026年11月1日至2027年5月31日"
    return {
        "年度": "2026", "甲方": _BUREAU, "乙方": firm, "责任区域": f"第{at + 1}责任区，东至环山路，西至水库大坝，南至游客中心",
        "期限起": "2026年11月1日", "期限止": "2027年5月31日", "防火期": season, "高火险期": "2027年3月1日至4月30日",
        "网格编号": f"WG-{at // 20:02}", "份数": "两",
    }  # fmt: skip


def _rival(folder: Path) -> tuple[float, int]:
    """Seconds of the conversion and the sheets it made; nothing where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return 0.0, 0
    _convert(program, folder, _letters([next(_pledges()).text]))  # a profile is made at the first start
    merged = _letters([one.text for one in _pledges()])
    taken = _seconds(lambda: _convert(program, folder, merged))
    return taken, _sheets(folder / "letters.pdf")


def _letters(texts: list[Filled]) -> str:
    found = [_FRAME]
    for text in texts:
        sign = ("负责人（签字）：", "年　月　日")
        found += _paragraphs("T", text.title)
        found += _paragraphs("N", f"甲方：{text.party_a}", f"乙方：{text.party_b}")
        found += _paragraphs("B", *text.body)
        found += _paragraphs("N", text.party_a, *sign, text.party_b, *sign)
    return "\n".join([*found, "</office:text></office:body></office:document>"])


def _paragraphs(style: str, *lines: str) -> list[str]:
    return [f'<text:p text:style-name="{style}">{escape(line)}</text:p>' for line in lines]


def _convert(program: str, folder: Path, document: str) -> None:
    """One run of LibreOffice, that sees the program's fonts as if they were installed."""
    source, fonts = folder / "letters.fodt", folder / "fonts.conf"
    source.write_text(document, encoding="utf-8")
    fonts.write_text(
        f'<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{resource('fonts')}</dir><cachedir>{folder}/fontcache</cachedir></fontconfig>"
    )
    said = f"--headless -env:UserInstallation=file://{folder}/profile --convert-to pdf --outdir".split()
    env = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run([program, *said, str(folder), str(source)], check=True, capture_output=True, env=env)


def _sheets(pdf: Path) -> int:
    import pypdfium2

    file = pypdfium2.PdfDocument(pdf)
    try:
        return len(file)
    finally:
        file.close()
