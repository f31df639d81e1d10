"""The wheel is whole: it carries its resources and runs where the checkout is not.

It is built once (100 MB of fonts): tests are given to workers file by file (`--dist loadfile` in installer/run-tests.sh).
"""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.repository import ROOT, tracked
from wenlv_desk import __version__


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the freshly built wheel was unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    wheel.unlink()
    return folder / "site"


def run(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python away from the checkout: -S reads no .pth file, so an editable installation is not seen."""
    path = os.pathsep.join([str(unpacked), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    return subprocess.run(
        [sys.executable, "-S", "-P", *arguments],
        env=os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        cwd=unpacked.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_carries_every_module_and_resource(unpacked: Path) -> None:
    modules = {name: unpacked / name for name in tracked("wenlv_desk")}
    resources = {name: unpacked / "wenlv_desk" / f"_{name}" for name in tracked("resources")}
    assert len(modules) > 10
    assert [name for name, path in (modules | resources).items() if not path.is_file()] == []


def test_the_wheel_runs_outside_the_checkout(unpacked: Path) -> None:
    assert run(unpacked, "-c", "import wenlv_desk; print(wenlv_desk.__file__)").stdout.strip().startswith(str(unpacked))
    shown = run(unpacked, "-m", "wenlv_desk", "--version")
    assert (shown.returncode, shown.stdout.strip()) == (0, f"wenlv-desk {__version__}"), shown.stderr


def test_the_wheel_finds_its_own_resources(unpacked: Path) -> None:
    name = tracked("resources")[0].removeprefix("resources/")
    ask = "import sys; from wenlv_desk.resources import resource; print(resource(sys.argv[1]).resolve(strict=True))"
    found = run(unpacked, "-c", ask, name)
    assert found.stdout.strip() == str(unpacked / "wenlv_desk" / "_resources" / name), found.stderr


def test_the_wheel_names_its_licence_and_its_command(unpacked: Path) -> None:
    (info,) = unpacked.glob("*.dist-info")
    assert (info / "licenses" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert "wenlv-desk = wenlv_desk.cli.main:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
