"""Word files to PDF by the LibreOffice or Word that the desk has: one start for many files, in a profile of its own, macros off.

The program brings no converter. What is found may be missing, fail or hang, and each of the three is said; a converter that brings
nothing forth for a while is ended together with all it started.
"""

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from wenlv_desk.core.errors import UserError, fault

Progress = Callable[[int, int], bool]
"""Called several times a second with the files done and how many there are; True means stop."""

NONE_PRESENT: Final = (
    "本机没有 LibreOffice 或 Word，不能把 Word 范本转换成 PDF，请安装 LibreOffice 或改用程序自带的范本"
)
STALLED: Final = 120.0  # seconds without a further PDF: the first of them on a slow desk takes half a minute
_CHUNK: Final = (
    500  # files of one start: their names must fit the command line of Windows, and a hang costs what it had done
)
_TICK: Final = 0.1
_SAID: Final = 20_000  # bytes of what a converter said that are kept in the log
_PLACES: Final = (
    "/opt/libreoffice*/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice*/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice*/program/soffice.exe",
)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Converter:
    """A program that makes PDFs of Word files; `executable` is that of LibreOffice, or PowerShell where it is to call Word."""

    executable: Path
    word: bool = False

    def command(self, files: Sequence[str], profile: Path) -> list[str]:
        """What to start in the folder of the files; the PDFs go into `out` beside them."""
        return _word(self.executable) if self.word else _libreoffice(self.executable, files, profile)


class ConversionStopped(Exception):  # noqa: N818 - no error, an answer
    """The clerk stopped the conversion; no PDF was kept."""


def find_converter(path: str | None = None, places: Iterable[str] = _PLACES) -> Converter | None:
    """LibreOffice on the search path or where it is usually installed, else Word; None where the desk has neither.

    `path` takes the place of the PATH of the environment, `places` are patterns of files.
    """
    named = (shutil.which(name, path=path) for name in ("soffice", "libreoffice"))
    found = next(filter(None, named), None) or next(_installed(places), None)
    if found:
        return Converter(Path(found))
    powershell = shutil.which("powershell", path=path)
    return Converter(Path(powershell), word=True) if powershell and _has_word() else None


def _installed(places: Iterable[str]) -> Iterator[Path]:
    """The files that fit, the newest version first."""
    for place in places:
        anchor = Path(place).anchor
        if anchor and Path(anchor).is_dir():
            yield from sorted(Path(anchor).glob(place.removeprefix(Path(anchor).as_posix())), reverse=True)


def _has_word() -> bool:
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID"):
            return True
    return False


def convert_many(
    filled: Sequence[Path],
    folder: Path,
    *,
    progress: Progress | None = None,
    find: Callable[[], Converter | None] = find_converter,
    stalled: float = STALLED,
) -> list[Path]:
    """A PDF in `folder` of each file, under its name and in the same order: all of them or none.

    Raises UserError where the desk has no converter, or naming the files that it could not convert in `stalled` seconds without a
    further PDF; ConversionStopped when `progress` says stop. ValueError for two files of one name.
    """
    targets = [folder / f"{file.stem}.pdf" for file in filled]
    if len(set(targets)) < len(targets):
        raise ValueError("two files of one name would become one PDF")
    if (converter := find()) is None:
        raise UserError(NONE_PRESENT)
    with _workplace() as place:
        work = _Work(converter, place, filled, progress, stalled)
        for start in range(0, len(filled), _CHUNK):
            work.convert(range(start, min(start + _CHUNK, len(filled))))
        _keep([work.pdf(at) for at in range(len(filled))], targets)
    if progress is not None:
        progress(len(filled), len(filled))
    return targets


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder for profile, copies and PDFs; what an ended converter still holds open may stay behind."""
    try:
        with tempfile.TemporaryDirectory(prefix="wenlv-word-", ignore_cleanup_errors=True) as name:
            yield Path(name)
    except OSError as error:
        raise UserError(f"转换 Word 文件时读写磁盘出错（{fault(error)}），请检查磁盘空间和写权限") from error


def _keep(made: Sequence[Path], targets: Sequence[Path]) -> None:
    for pdf, target in zip(made, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pdf, target)


@dataclass
class _Work:
    """A conversion under way. The files are copied under numbers: their own names may be alike, or begin with a dash."""

    converter: Converter
    place: Path
    filled: Sequence[Path]
    progress: Progress | None
    stalled: float

    def pdf(self, at: int) -> Path:
        return self.place / "out" / f"{at + 1:05}.pdf"

    def convert(self, chunk: range) -> None:
        """Convert some of the files with one start."""
        profile = _profile(self.place / "profile")
        (self.place / "out").mkdir(exist_ok=True)
        names = [f"{at + 1:05}.docx" for at in chunk]
        for at, name in zip(chunk, names, strict=True):
            shutil.copyfile(self.filled[at], self.place / name)
        with (self.place / "said").open("w+b") as said:
            in_time = self._run(self.converter.command(names, profile), said)
            missing = [at for at in chunk if not _is_pdf(self.pdf(at))]
            if missing:
                raise self._failure(missing, said, in_time)
        for name in names:
            (self.place / name).unlink()

    def _run(self, command: Sequence[str], said: IO[bytes]) -> bool:
        """Whether the converter came to its end; it is ended where nothing more comes of it, or the clerk has had enough."""
        try:
            process = subprocess.Popen(
                command,
                cwd=self.place,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},  # never a window, even where there is a screen
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                start_new_session=True,
            )
        except OSError as error:
            name = self.converter.executable.name
            raise UserError(
                f"启动不了 {name}（{fault(error)}），请重新安装 LibreOffice，或改用程序自带的范本"
            ) from error
        try:
            return self._watch(process)
        finally:
            _end(process)

    def _watch(self, process: "subprocess.Popen[bytes]") -> bool:
        made, since = -1, time.monotonic()
        while True:
            done = sum(1 for _ in (self.place / "out").glob("*.pdf"))
            if done > made:
                made, since = done, time.monotonic()
            if self.progress is not None and self.progress(max(done - 1, 0), len(self.filled)):  # one is being written
                raise ConversionStopped
            try:
                process.wait(_TICK)
            except subprocess.TimeoutExpired:
                if time.monotonic() - since > self.stalled:
                    return False
            else:
                return True

    def _failure(self, missing: Sequence[int], said: IO[bytes], in_time: bool) -> UserError:
        said.seek(0)
        log.error("converter %s: %s", self.converter.executable, said.read(_SAID).decode(errors="replace"))
        first = self.filled[missing[0]].name
        if not in_time:
            return UserError(
                f"“{first}”等了 {self.stalled:g} 秒没有转换完，已停止，没有生成 PDF。请关闭其他程序后再试；"
                "仍不行的，请检查范本里的图片和表格，或改用程序自带的范本"
            )
        more = f"等 {len(missing)} 份" if len(missing) > 1 else ""
        return UserError(
            f"“{first}”{more}转换不成 PDF。请在 LibreOffice 或 Word 里打开范本，另存一次后再试，或改用程序自带的范本"
        )


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a converter and everything it started: soffice is a script that starts a launcher that starts the program."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _is_pdf(file: Path) -> bool:
    """Whether a PDF was written to its end."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        head = stream.read(5)
        stream.seek(max(0, stream.seek(0, os.SEEK_END) - 1024))
        return head == b"%PDF-" and b"%%EOF" in stream.read()


_SETTINGS: Final = (  # no macros, no content from elsewhere, links never brought up to date
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
)


def _profile(folder: Path) -> Path:
    """A profile (用户配置) of our own: the clerk's may be in use by an open window, which would take the job and answer nothing."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True, exist_ok=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        "utf-8",
    )
    return folder


def _libreoffice(executable: Path, files: Sequence[str], profile: Path) -> list[str]:
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    work = ["--convert-to", "pdf:writer_pdf_Export", "--outdir", "out", *files]
    return [str(executable), f"-env:UserInstallation={profile.as_uri()}", *options, *work]


_WORD: Final = """$ErrorActionPreference = 'Stop'
$word = New-Object -ComObject Word.Application
try {
  $word.Visible = $false; $word.DisplayAlerts = 0; $word.AutomationSecurity = 3
  foreach ($file in Get-ChildItem -Filter *.docx | Sort-Object Name) {
    $text = $word.Documents.Open($file.FullName, $false, $true, $false)
    $text.ExportAsFixedFormat((Join-Path $file.DirectoryName "out\\$($file.BaseName).pdf"), 17)
    $text.Close(0)
  }
} finally { $word.Quit(0) }"""


def _word(powershell: Path) -> list[str]:
    """Word by its own automation. Written after its documentation and not tried: no machine of the project's has it.

    Ending PowerShell does not end a Word that hangs; it stays invisible until the clerk signs out.
    """
    script = b64encode(_WORD.encode("utf-16-le")).decode()
    return [str(powershell), "-NoProfile", "-NonInteractive", "-EncodedCommand", script]
