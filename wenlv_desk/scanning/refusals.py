"""Why a scan or one of its pages cannot be read, in the clerk's words; the file is named by whoever shows it."""

from collections.abc import Sequence

from wenlv_desk.core.errors import UserError, fault

_SHOWN = 5  # files named in one sentence


class Refusal(Exception):  # noqa: N818 - not an error of the program but its answer
    """Raised while reading, without the file's name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


PASSWORD = "PDF 有密码，请先去掉密码再导入"
FORBIDDEN = "PDF 的加密方式不能识别，请用打开它的软件另存为不加密的 PDF 再导入"
DAMAGED_FILE = "文件不完整或已损坏，请重新扫描或重新拷贝"
EMPTY = "文件是空的（0 字节），可能没有扫描完或拷贝中断，请重新拷贝"
NO_PAGES = "PDF 里一页也没有，请重新扫描"
UNKNOWN = "不是 PDF，也不是能读的图片（JPG、PNG、TIF、BMP、WEBP）"
HEIC = "是苹果手机的 HEIC 图片，不能读；请在手机“设置－相机－格式”里选“兼容性最佳”重新拍，或另存为 JPG"
FOLDER = "是文件夹，没有看里面；需要的请单独导入"
NO_FILE = "不是普通文件"

DAMAGED_PAGE = "这一页已损坏，读不出来，请重新扫描这一页"
BLANK_PAGE = "空白页，没有二维码"
NO_CODE = "没有读到二维码：可能被撕坏、遮住、折进去或太模糊，请对照缩略图人工指定，或重新扫描"
TWO_PAGES = "同一页上有不同页的二维码，不能判断是哪一页，请一页一页分开扫描，或人工指定"
TWO_WAYS = "同一页上的二维码方向不一致，可能叠放了两张，请分开扫描，或人工指定"
NOT_OURS = "页上的二维码不是本系统文书的页码，可能是别的文件混了进来"
GAVE_UP = "前面已有多页使读取程序出错，这一页没有再读，请重新扫描"


def too_large(megabytes: float, limit: int) -> str:
    """The file itself is over the limit."""
    return f"文件有 {megabytes:,.0f} MB，超过 {limit:,} MB 的上限，请分几次扫描，或降低分辨率（200 dpi 灰度即可）"


def too_many_pages(pages: int, limit: int) -> str:
    """More pages than the limit."""
    return f"有 {pages:,} 页，超过 {limit:,} 页的上限，请拆成几个文件分别导入"


def too_many_pixels(wide: int, high: int, limit: int) -> str:
    """A picture that would fill the memory."""
    return f"图片有 {wide:,} × {high:,} 点，超过 {limit} 百万点的上限，可能是恶意文件；请用 200～600 dpi 重新扫描"


def too_slow(seconds: int) -> str:
    """The time for one page is used up."""
    return f"读取超过 {seconds} 秒，内容异常，已跳过，请重新扫描"


def too_much_memory(megabytes: int) -> str:
    """The memory is used up."""
    return f"读取所需内存超过 {megabytes:,} MB，已跳过，请用 200～300 dpi 重新扫描"


def disk_fault(error: OSError) -> str:
    """The medium failed, or the file is gone."""
    return f"读取文件出错（{fault(error)}），请检查 U 盘或网络盘，文件是否被移走"


def nothing_usable(left_out: Sequence[tuple[str, str]]) -> UserError:
    """None of the files can be read; name and reason of each."""
    if not left_out:
        return UserError("没有可以读的扫描件：文件夹是空的，请选择扫描得到的 PDF 或图片")
    if len(left_out) == 1:
        ((name, why),) = left_out
        return UserError(f"“{name}”{why}")
    named = "；".join(f"“{name}”{why}" for name, why in left_out[:_SHOWN])
    more = f"；等 {len(left_out)} 个" if len(left_out) > _SHOWN else ""
    return UserError(f"没有可以读的扫描件：{named}{more}")
