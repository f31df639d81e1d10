"""Shipped files are found from the package, whatever the working folder."""

from pathlib import Path

import pytest

from wenlv_desk.resources import resource


def test_resources_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert resource("regions", "gbt2260.csv").is_file()
    assert resource().is_dir()


def test_a_missing_resource_is_a_path_that_does_not_exist() -> None:
    assert not resource("regions", "no-such-file").exists()
