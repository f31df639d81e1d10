"""Files kept by their SHA-256 (附件、归档文书): written whole or not at all, never changed."""

import os
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from wenlv_desk.core.errors import UserError, fault

LIMIT = 200 * 1024 * 1024
DIGITS = 64  # of a SHA-256 in hexadecimal


class FileStore:
    """A folder of files named by their digest, two letters of it as sub-folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their digest; on disk before this returns."""
        if len(content) > LIMIT:
            raise UserError(
                f"文件有 {len(content) // 1048576} MB，超过 {LIMIT // 1048576} MB 的上限，请压缩或拆分后再添加"
            )
        digest = sha256(content).hexdigest()
        target = self.path(digest)
        if target.exists() and target.stat().st_size == len(content):
            return digest
        try:
            _write_whole(target, content)
        except OSError as error:
            raise UserError(f"文件没能存入数据文件夹（{fault(error)}），请检查磁盘空间和写权限") from error
        return digest

    def digests(self) -> Iterator[str]:
        """Every file there is."""
        for path in self.folder.glob("??/*"):
            if path.name[:2] == path.parent.name and len(path.name) == DIGITS:
                yield path.name

    def get(self, digest: str) -> bytes:
        """The bytes, checked against the digest."""
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise UserError(f"文件 {digest[:12]}… 不在数据文件夹里，请从备份恢复") from error
        except OSError as error:
            raise UserError(f"文件 {digest[:12]}… 读不出来（{fault(error)}），请检查磁盘或从备份恢复") from error
        if sha256(content).hexdigest() != digest:
            raise UserError(f"文件 {digest[:12]}… 的内容与登记时不一致，可能被改动或损坏，请从备份恢复")
        return content


def _write_whole(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
