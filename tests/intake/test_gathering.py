"""The files of folders and zips are taken in, each of them once, within bounds."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from khplans.errors import KhplansError
from khplans.intake import gathering
from khplans.intake.gathering import gather


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_of_one_name_are_each_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for words in ("KẾ HOẠCH một", "KẾ HOẠCH hai"):
            archive.writestr("a.txt", words)
    texts = [sent.receive().taken.text for sent in gather([tmp_path / "a.zip"])]
    assert texts == ["KẾ HOẠCH một", "KẾ HOẠCH hai"]


def test_a_folder_is_read_no_further_than_its_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text("a")
    monkeypatch.setattr(gathering, "_MOST_FILES", 3)
    looked_at: list[object] = []
    is_file = Path.is_file
    monkeypatch.setattr(Path, "is_file", lambda path: looked_at.append(path) or is_file(path))
    with pytest.raises(KhplansError, match="hơn 3 tệp một lúc"):
        gather([tmp_path])
    assert len(looked_at) < 10


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr(Path, "open", refuse)
    (sent,) = gather([tmp_path])
    with pytest.raises(KhplansError, match=r"a\.txt: không đọc được"):
        sent.receive()
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(KhplansError, match="không đọc được"):
        gather([tmp_path])
