"""The draw in three acts: `draw commit|seed|run|show|abandon`, and `draw rehearse`."""

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, record_of
from wenlv_desk.cli.parser import ChineseParser, some_text
from wenlv_desk.cli.text import table
from wenlv_desk.core.errors import UserError, fault

if TYPE_CHECKING:
    from wenlv_desk.registries.inspection.draw import InspectionDraw
    from wenlv_desk.store.desk import Desk
    from wenlv_desk.store.gate import Done
    from wenlv_desk.store.office import Office

TASK = "抽查任务的编号、名称或任务编号"
OF = "抽查任务，或抽取的封存码"


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    draw = commands.add_parser("draw", help="随机抽取的三步：封存名单、录入种子、抽取；随时可查看，放弃的也留着")
    steps = draw.add_subparsers(
        dest="step",
        metavar="步骤",
        help="封存、定种子、抽取、查看、放弃或者预演",
        parser_class=ChineseParser,
        required=True,
    )
    commit = steps.add_parser("commit", help="封存名单：谁能抽、谁排除、抽几户，封存后不能改")
    commit.add_argument("task", metavar="任务", help=TASK)
    commit.add_argument(
        "--source", required=True, type=some_text, metavar="来源", help="DICE 骰子、BALLS 号码球、LOTTERY 彩票"
    )
    commit.add_argument("--said", required=True, type=some_text, metavar="说明", help="如：双色球第2026138期，尚未开奖")
    commit.set_defaults(run=run_commit)
    seed = steps.add_parser("seed", help="录入种子：当场的数字，录两遍")
    seed.add_argument("draw", metavar="抽取", help=OF)
    seed.add_argument("--digits", type=some_text, metavar="种子", help="第一遍；不写则在屏幕上问")
    seed.add_argument("--again", type=some_text, metavar="种子", help="第二遍；不写则在屏幕上问")
    seed.add_argument("--witnesses", required=True, type=some_text, metavar="姓名", help="见证人，用“、”隔开")
    seed.set_defaults(run=run_seed)
    run = steps.add_parser("run", help="抽取：算票号，按分层取最小的，配检查人员")
    run.add_argument("draw", metavar="抽取", help=OF)
    run.set_defaults(run=run_run)
    show = steps.add_parser("show", help="看一次抽取：封存、种子、结果、放弃的各次；--out 存下可公开的记录")
    show.add_argument("draw", metavar="抽取", help=OF)
    show.add_argument("--out", type=Path, metavar="文件夹", help="把封存文件、抽取记录和核对网页存到这里")
    show.set_defaults(run=run_show)
    abandon = steps.add_parser("abandon", help="放弃一次抽取；它连同原因留在记录里")
    abandon.add_argument("draw", metavar="抽取", help=OF)
    abandon.add_argument("--why", required=True, type=some_text, metavar="原因", help="会随以后的抽取记录公开")
    abandon.add_argument("--approver", required=True, type=some_text, metavar="姓名", help="批准放弃的负责人")
    abandon.set_defaults(run=run_abandon)
    rehearse = steps.add_parser("rehearse", help="演练：看看会怎样，什么也不写，不是抽取结果")
    rehearse.add_argument("task", metavar="任务", help=TASK)
    rehearse.set_defaults(run=run_rehearse)


def run_commit(shell: Shell) -> int:
    """First act."""
    with shell.office() as office:
        clerk = shell.clerk(office)
        with office.desk(clerk) as desk:
            task = record_of(desk, office.catalogue.registry("inspection_task"), shell.options.task)
        given = {"source": shell.options.source, "source_said": shell.options.said}
        done = _perform(shell, office, "commit", "inspection_task", task, given)
        with office.desk(clerk) as desk:
            draw = _draw(desk, done.value)
            shell.say(f"{_lines(done)}\n封存码：{draw.code}\n封存摘要：{draw.commitment_sha256}", _data(draw))
    return 0


def run_seed(shell: Shell) -> int:
    """Second act; what is not given as an option is asked for, twice."""
    with shell.office() as office:
        with office.desk(shell.clerk(office)) as desk:
            draw = _found(desk, shell.options.draw)
            draw_id, source = draw.id, draw.source.label
        digits = shell.options.digits or _ask(f"种子（{source}），第一遍：")
        again = shell.options.again or _ask("种子，第二遍：")
        given = {"digits": digits, "again": again, "witnesses": shell.options.witnesses}
        done = _perform(shell, office, "seed", "inspection_draw", draw_id, given)
        shell.say(f"{_lines(done)}\n种子：{done.value}", {"seed": done.value})
    return 0


def _ask(prompt: str) -> str:
    """A line from the keyboard. UserError where there is none."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise UserError("没有读到种子，没有录入。请用 --digits 和 --again 各写一遍")
    return line


def run_run(shell: Shell) -> int:
    """Third act."""
    with shell.office() as office:
        clerk = shell.clerk(office)
        with office.desk(clerk) as desk:
            draw_id = _found(desk, shell.options.draw).id
        done = _perform(shell, office, "run", "inspection_draw", draw_id, {})
        with office.desk(clerk) as desk:
            rows = _drawn(desk, draw_id)
            shell.say(f"{_lines(done)}\n{_drawn_table(rows)}", _data(_draw(desk, draw_id)) | {"drawn": rows})
    return 0


def run_show(shell: Shell) -> int:
    """Everything about a draw and the other draws of its task."""
    with shell.office() as office, office.desk(shell.clerk(office)) as desk:
        draw = _found(desk, shell.options.draw)
        every = _of_task(desk, draw.task_id)
        saved = _save(desk, draw, shell.options.out) if shell.options.out else []
        rows = _drawn(desk, draw.id)
        parts = [_story(draw), _drawn_table(rows) if rows else ""]
        others = [[one.title, one.status.label, one.code, one.why_abandoned or ""] for one in every]
        parts.append("本任务的各次抽取：\n" + table(["抽取", "状态", "封存码", "放弃原因"], others))
        parts += [f"已存：{path}" for path in saved]
        data = _data(draw) | {"drawn": rows, "draws": [_data(one) for one in every], "saved": [str(p) for p in saved]}
        shell.say("\n".join(part for part in parts if part), data)
    return 0


def run_abandon(shell: Shell) -> int:
    """Give a draw up."""
    with shell.office() as office:
        with office.desk(shell.clerk(office)) as desk:
            draw_id = _found(desk, shell.options.draw).id
        given = {"why": shell.options.why, "approver": shell.options.approver}
        done = _perform(shell, office, "abandon", "inspection_draw", draw_id, given)
        shell.say(_lines(done), {"entry": done.entry_id, "title": done.title})
    return 0


def run_rehearse(shell: Shell) -> int:
    """A rehearsal on trial digits."""
    from wenlv_desk.registries.inspection.rehearsing import rehearse

    with shell.office() as office, office.desk(shell.clerk(office)) as desk:
        task = record_of(desk, office.catalogue.registry("inspection_task"), shell.options.task)
        made = rehearse(desk, task, random.SystemRandom())
    lines = ["【演练】不是抽取结果，什么也没有写入，票号与任何一次抽取都不同"]
    lines.append(f"{made.task}：可抽 {len(made.pool)} 户，排除 {len(made.excluded)} 户，应抽 {made.wanted} 户")
    lines += [f"  {one.title}：{one.rule}，{one.size} 户里抽 {one.wanted} 户" for one in made.layers]
    lines += [f"  排除 {name}：{why}" for name, why in made.excluded]
    lines.append(f"可派的检查人员：{'、'.join(made.inspectors) or '没有'}")
    lines += [f"  不派：{said}" for said in (*made.unfit, *made.short)]
    rows = [[one.stratum, str(one.rank), one.name, one.team] for one in made.drawn]
    lines.append(table(["分层", "名次", "【演练】单位", "检查人员"], rows) if rows else "现在还抽不了，理由见上")
    data = {"rehearsal": True, "task": made.task, "pool": len(made.pool), "wanted": made.wanted, "drawn": rows}
    shell.say("\n".join(lines), data | {"excluded": dict(made.excluded), "short": made.short, "unfit": made.unfit})
    return 0


def _perform(shell: Shell, office: "Office", name: str, register: str, record: int, given: dict[str, Any]) -> "Done":
    from wenlv_desk.store.gate import perform

    return perform(office, shell.clerk(office), name, register, record, arguments=given)


def _lines(done: "Done") -> str:
    return "\n".join([f"已办：{done.title}（流水 {done.entry_id}）", *(f"注意：{note}" for note in done.notes)])


def _draw(desk: "Desk", draw_id: int) -> "InspectionDraw":
    from wenlv_desk.registries.inspection.draw import InspectionDraw

    return desk.get(InspectionDraw, draw_id)


def _of_task(desk: "Desk", task_id: int) -> "list[InspectionDraw]":
    from sqlalchemy import select

    from wenlv_desk.registries.inspection.draw import InspectionDraw

    mine = select(InspectionDraw).where(InspectionDraw.task_id == task_id)
    return list(desk.session.scalars(mine.order_by(InspectionDraw.attempt)))


def _found(desk: "Desk", text: str) -> "InspectionDraw":
    """The draw of that code, or the newest of that task."""
    draws = desk.lookup.find("inspection_draw", text.strip().upper())
    if draws:
        return _draw(desk, draws[0])
    registry = desk.catalogue.registry("inspection_task")
    found = _of_task(desk, record_of(desk, registry, text))
    if not found:
        raise UserError(f"抽查任务“{text}”还没有抽取过，请先办 draw commit")
    return found[-1]


def _drawn(desk: "Desk", draw_id: int) -> list[dict[str, Any]]:
    from sqlalchemy import select

    from wenlv_desk.registries.inspection.check import InspectionCheck

    mine = select(InspectionCheck).where(InspectionCheck.draw_id == draw_id).order_by(InspectionCheck.id)
    return [
        {
            "check": one.check_no,
            "stratum": one.stratum,
            "rank": one.rank,
            "unit": one.unit_name,
            "ticket": one.ticket,
            "inspectors": one.inspectors,
            "state": one.status.label,
        }
        for one in desk.session.scalars(mine)
    ]


def _drawn_table(rows: list[dict[str, Any]]) -> str:
    from wenlv_desk.standards.consistent_sampler import shown

    cells = [
        [
            one["stratum"],
            str(one["rank"]),
            one["unit"],
            shown(one["ticket"] or ""),
            one["inspectors"] or "",
            one["state"],
        ]
        for one in rows
    ]
    return table(["分层", "名次", "单位", "票号", "检查人员", "状态"], cells)


def _story(draw: "InspectionDraw") -> str:
    """A draw in lines."""
    lines = [
        f"{draw.title}：{draw.status.label}",
        f"封存 {draw.committed_at:%Y-%m-%d %H:%M}（{draw.committed_by}），封存码 {draw.code}",
        f"名单 {draw.pool_size} 户，排除 {draw.excluded_count} 户，应抽 {draw.wanted} 户，可派 {draw.inspector_count} 人",
        f"种子来源：{draw.source.label}（{draw.source_said}）",
    ]
    if draw.seeded_at is not None:
        lines.append(f"种子 {draw.seed_digits}，{draw.seeded_at:%Y-%m-%d %H:%M} 录入，见证人 {draw.witnesses}")
    if draw.abandoned_at is not None:
        lines.append(f"{draw.abandoned_at:%Y-%m-%d %H:%M} 放弃：{draw.why_abandoned}（{draw.abandon_approver}批准）")
    return "\n".join(lines)


def _data(draw: "InspectionDraw") -> dict[str, Any]:
    names = (
        "title",
        "code",
        "commitment_sha256",
        "pool_size",
        "excluded_count",
        "wanted",
        "seed_digits",
        "record_sha256",
    )
    return {name: getattr(draw, name) for name in names} | {"state": draw.status.label, "id": draw.id}


def _save(desk: "Desk", draw: "InspectionDraw", folder: Path) -> list[Path]:
    """The documents of a draw as files of their own names."""
    from wenlv_desk.registries.inspection.drawing import files_of

    saved = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files_of(desk, draw):
            path = folder / name
            path.write_bytes(content)
            saved.append(path)
    except OSError as error:
        raise UserError(f"写不了“{folder}”（{fault(error)}），请换一个文件夹") from error
    return saved
