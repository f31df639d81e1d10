"""Errors a clerk can meet, apart from bugs."""

import errno


class UserError(Exception):
    """The clerk's business: a Chinese sentence that names the thing and the remedy, shown as it stands."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OvertakenError(UserError):
    """Somebody else wrote to the record after the clerk had opened it; nothing was written."""


FAULTS = {  # by name, for no system has them all
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件太大，或超过了系统的限额",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EROFS": "磁盘是只读的",
    "ENOENT": "文件或文件夹不存在",
    "ENOTDIR": "路径中间有一段不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "EEXIST": "已有同名的文件",
    "ENAMETOOLONG": "名称太长",
    "ELOOP": "链接绕成了圈",
    "EBUSY": "正被别的程序占用",
    "ETXTBSY": "正被别的程序占用",
    "EIO": "读写磁盘出错",
    "ENODEV": "磁盘或网络盘已断开",
    "ESTALE": "网络盘已断开",
    "EMFILE": "打开的文件太多",
}


def fault(error: OSError) -> str:
    """What the system says of a file or folder, in Chinese; a fault not listed keeps the system's number."""
    name = errno.errorcode.get(error.errno or 0, "")
    return FAULTS.get(name, f"系统错误 {name or error.errno or error}")
