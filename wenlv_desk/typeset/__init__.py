"""Pages: fonts, official layout, tables, overprint on blanks, QR. Knows nothing of the business.

To write a page, describe it, then render it; the description is plain data and measures are mm (type sizes are points):

    from wenlv_desk.typeset import forms
    from wenlv_desk.typeset.page import Column, Pair
    from wenlv_desk.typeset.render import render

    basics = forms.pairs([("单位名称", "青禾书店"), ("法定代表人", "䶮㛃"), Pair("经营场所", "海政路1号", wide=True)])
    changes = forms.table([Column("日期", 25), Column("事项", 120)], [("2026-01-05", "变更经营场所")])
    page = forms.form("登记信息页", [forms.section("一、基本信息", basics), forms.section("二、变更", changes)],
                      office="青禾县文化和旅游局", number="登〔2026〕1号", date="2026年1月5日",
                      qr="登〔2026〕1号|3f9a", seal=True)
    pdf = render(forms.document("登记信息页", page))     # the same page gives the same bytes, always

`official` sets notices (公文) on the grid of GB/T 9704-2012, `wording` reads and fills their texts (范本), `merge` joins files;
`page` lists every block and mark for pages of another shape, `overprint` prints onto blanks, `preview` draws bitmaps,
`verify` reads text back. What would lose a character or not fit is refused with a `UserError` that names it.
"""
