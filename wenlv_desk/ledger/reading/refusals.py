"""Why a file cannot be read, in the clerk's words."""

from wenlv_desk.core.errors import UserError, fault


class Unreadable(UserError):  # noqa: N818 - named for what the clerk is told
    """The file cannot be read; the message names the file, the reason and the remedy."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"文件“{name}”无法读取：{reason}")
        self.reason = reason


class PasswordNeeded(Unreadable):
    """The workbook is encrypted and no password was given."""


class PasswordWrong(Unreadable):
    """The workbook is encrypted and the password given does not open it."""


class ReadingStopped(UserError):  # noqa: N818 - the clerk asked for it
    """The clerk stopped the reading."""

    def __init__(self, name: str) -> None:
        super().__init__(f"已停止读取文件“{name}”，没有导入任何内容。")


class Refusal(Exception):  # noqa: N818 - not an error of the program but its answer
    """Raised while reading, without the file's name: `reason` is Chinese, `kind` is a key of KINDS."""

    def __init__(self, reason: str, kind: str = "unreadable") -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind


KINDS: dict[str, type[Unreadable]] = {
    "unreadable": Unreadable,
    "password-needed": PasswordNeeded,
    "password-wrong": PasswordWrong,
}

DAMAGED = "文件不完整或已损坏。请用 Excel 或 WPS 打开原文件并另存一份后再试；打不开的，请重新拷贝或下载。"
LOCK_FILE = "这是 Excel 或 WPS 打开文件时留下的临时锁文件，里面没有数据。请关闭 Excel 或 WPS 后选择原文件。"
EMPTY_FILE = "文件是空的（0 字节），可能没有下载完或拷贝中断。请重新拷贝或下载。"
NO_CELLS = "所有工作表都是空的，没有任何内容。请确认选对了文件。"
UNKNOWN_FORMAT = "不是表格文件。可以读取的有 xlsx、xlsm、xls、et、xml、csv、txt、ods。"
ENTITIES = "文件中含有 XML 实体声明，正常的表格不会有，可能是恶意文件，已拒绝打开。"
PASSWORD_NEEDED = "文件设有打开密码。请输入密码。"
PASSWORD_WRONG = "密码不正确。请核对大小写后重新输入。"
NOT_UTF8_OR_GBK = "文字编码无法识别（不是 UTF-8、GBK/GB18030 或 UTF-16）。请用 Excel 打开后另存为 xlsx 再导入。"


def disk_fault(error: OSError) -> str:
    """The medium failed while reading."""
    return f"读取磁盘出错（{fault(error)}）。请检查 U 盘或网络盘是否连接正常。"


def too_slow(seconds: float) -> str:
    """The processor time is used up."""
    return f"读取时间超过 {seconds:.0f} 秒，内容异常庞大或文件有问题，已停止。请只保留需要的工作表，另存一份后再试。"


def too_large_for_memory(megabytes: int) -> str:
    """The memory is used up, most often by a stray cell far away from the table."""
    return (
        f"读取所需内存超过 {megabytes} MB，已停止。可能有内容写在很远的行或列，或者文件有问题；"
        "请删除表格以外的行列，或拆成几个文件后再试。"
    )


def too_many_cells(cells: int) -> str:
    """More filled cells than the limit."""
    return f"有内容的单元格超过 {cells:,} 个。请拆成几个文件分别导入。"


def too_scattered(area: int) -> str:
    """Few filled cells, but so far apart that the rectangle around them is enormous."""
    return f"内容分散在超过 {area:,} 个单元格的范围内，可能有内容写在很远的行或列。请删除表格以外的行列后再试。"


def too_large(megabytes: float, limit: int) -> str:
    """The file itself is over the limit."""
    return f"文件有 {megabytes:.0f} MB，超过 {limit} MB 的上限。请只保留需要的工作表，或拆成几个文件后再试。"


def unpacks_too_large(megabytes: float, limit: int) -> str:
    """The parts of a zipped workbook are over the limit, or out of all proportion."""
    return f"文件解压后有 {megabytes:.0f} MB（上限 {limit} MB，且不应远大于文件本身），可能是恶意文件，已拒绝打开。"
