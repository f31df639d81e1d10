"""1,000 registration pages in one PDF, against a bare reportlab canvas drawing the same glyphs."""

import io
import time
from collections.abc import Callable
from typing import Any

from wenlv_desk.typeset import forms
from wenlv_desk.typeset.breaking import break_lines
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import drawn_as, pdf_font, runs
from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.page import Align, Column, Document, Page, Pair
from wenlv_desk.typeset.qr import operators
from wenlv_desk.typeset.render import render

PAGES = 1000
AIM = 2.0
ROUNDS = 3
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
_RARE = ("䶮", "㛃", "𬱖", "𠮷", "𬭎")
_PLACES = ("方圆街道海政路", "东村街道滨河路", "留格庄镇府前街", "盘石店镇文化路", "郭城镇迎宾大道")


def run() -> list[dict[str, Any]]:
    """One row: seconds of ours and of the floor (best of three, taken in turns), their ratio and the aim."""
    document = Document("登记信息页", tuple(_page(number) for number in range(PAGES)), each_apart=True)
    sheets = lay_out(document)
    drawn = [[(t.x, t.y, t.size, runs(t.text, t.face)) for t in sheet.texts] for sheet in sheets]
    ours, floor = _alternate(lambda: _ours(document), lambda: _floor(sheets, drawn))
    work = f"{PAGES} registration pages in one PDF ({len(sheets)} sheets)"
    return [{"work": work, "ours_s": ours, "floor_s": floor, "ratio": ours / floor, "aim": AIM}]


def _ours(document: Document) -> bytes:
    """Layout, line breaking and codes from nothing: what an earlier round remembered is forgotten."""
    break_lines.cache_clear()
    drawn_as.cache_clear()
    operators.cache_clear()
    return render(document)


def _alternate(ours: Callable[[], bytes], floor: Callable[[], bytes]) -> tuple[float, float]:
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(ROUNDS):
        for name, work in (("ours", ours), ("floor", floor)):
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return min(times["ours"]), min(times["floor"])


def _floor(sheets: list[Sheet], drawn: list[list[Any]]) -> bytes:
    """The same strings at the same places with drawString and the same codes, positions and fonts known beforehand; no rules."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName="NotoSerifSC-Regular")
    for sheet, texts in zip(sheets, drawn, strict=True):
        height = sheet.height
        canvas.setPageSize((sheet.width, height))
        for x, y, size, parts in texts:
            start = x
            for at, (family, text) in enumerate(parts, 1):
                canvas.setFont(family, size)
                canvas.drawString(start, height - y, text)
                if at < len(parts):
                    start += pdf_font(family).stringWidth(text, size)
        for code in sheet.codes:
            operators.cache_clear()
            side, path = operators(code.data)
            scale = code.size / side
            canvas.saveState()
            canvas.transform(scale, 0, 0, scale, code.x, height - code.y - code.size)
            canvas.addLiteral(path)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(number: int) -> Page:
    """A registration page of an invented bookshop: 36 values, three faces, one code; every fifth has a rare name."""
    person = _SURNAMES[number % 20] + _GIVEN[number % 23] + _GIVEN[number * 7 % 23]
    if number % 5 == 0:
        person = _SURNAMES[number % 20] + _RARE[number // 5 % 5]
    place = f"青禾县{_PLACES[number % 5]}{number % 399 + 1}号"
    licence = f"新出发鲁零字第370687-{number:05}号"
    unit = [
        ("许可证编号", licence), ("状态", "有效"), Pair("单位名称", f"青禾县{person}书店（个体工商户）", wide=True),
        ("统一社会信用代码", f"92370687MA3T{number:05}J"), ("负责人类型", "经营者"), ("经营者", person),
        ("证件类型", "居民身份证"), ("证件号码", "3706**********0010"), ("联系电话", f"138{number:08}"),
        Pair("经营场所", f"{place}（滨河商业广场二期B座3层317—319室，原县新华书店东侧）", wide=True),
        ("乡镇街道", _PLACES[number % 5][:4]), ("区划代码", "370687001"), ("经营方式", "零售"),
        ("网络发行", "否"), Pair("出版物种类", "图书、报纸、期刊、音像制品、电子出版物", wide=True),
        ("备案号", ""), ("备案日期", ""), ("营业面积", f"{number % 300 + 20}.00 ㎡"), ("从业人数", str(number % 9 + 1)),
        ("经济性质", "民营"), ("档案号", f"CBW-2026-{number:04}"),
    ]  # fmt: skip
    dates = [
        ("有效期起", "2022-05-01"), ("有效期止", "2027-04-30"), ("发证日期", "2022-05-01"), ("首次发证日期", "2012-05-01"),
        ("发证机关", "青禾县新闻出版局"), ("管理机关", "青禾县文化和旅游局"), ("正本份数", "1"), ("副本份数", "1"),
        ("最近年审年度", "2026"), ("年审结果", "通过"), ("网格", f"第{number % 60 + 1}网格"), ("网格员", person[0] + "某"),
        ("空白证号", f"A{number:07}"), Pair("备注", "2024年因经营场所搬迁办理变更，档案已归卷。", wide=True),
    ]  # fmt: skip
    columns = [Column("日期", 25, Align.CENTER), Column("事项", 30), Column("变更前", 60), Column("变更后", 60)]
    changes = [("2024-09-30", "经营场所", "青禾县海政路1号", place), ("2023-06-12", "经营者", "张三", person)]
    sections = [
        forms.section("一、持证单位", forms.pairs(unit)),
        forms.section("二、有效期与发证", forms.pairs(dates)),
        forms.section("三、变更记录", forms.table(columns, changes)),
    ]
    return forms.form(
        "出版物经营许可证登记信息页",
        sections,
        office="青禾县文化和旅游局",
        number=f"档案号：CBW-2026-{number:04}",
        date="2026年11月23日",
        qr=f"{licence}|{number * 7919:08x}",
        sign=("经办人", "复核人"),
        footer=licence,
    )


if __name__ == "__main__":
    for row in run():
        print(
            f"{row['work']}: {row['ours_s']:.2f} s, floor {row['floor_s']:.2f} s, {row['ratio']:.2f} (aim {row['aim']})"
        )
