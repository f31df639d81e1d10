"""What somebody else changed while a form stood open, in words: field, before, now, and what was typed."""

from wenlv_desk.gui.entry.form import Form
from wenlv_desk.gui.entry.formdata import FormData


def differences(before: FormData, now: FormData, form: Form) -> list[str]:
    """One sentence a changed field; fields both changed also say what the clerk typed."""
    typed = form.changed()
    lines = []
    for one in now.fields:
        old, new = _shown(before, one.name), _shown(now, one.name)
        if old != new:
            mine = f"，您填的是“{_text(typed[one.name])}”" if one.name in typed else ""
            lines.append(f"·  {one.label}：“{old or '空'}” → “{new or '空'}”{mine}")
    return lines


def _shown(data: FormData, name: str) -> str:
    raw = data.raw[name]
    labels = dict(data.options.get(name, ()))
    if name in data.labels:
        return data.labels[name]
    if isinstance(raw, list):
        return "、".join(str(labels.get(code, code)) for code in raw)
    return str(labels.get(raw, _text(raw)))


def _text(raw: object) -> str:
    return "、".join(map(str, raw)) if isinstance(raw, list) else str(raw)
