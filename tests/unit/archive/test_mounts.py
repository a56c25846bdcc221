"""Network file systems are refused, and told from local ones by the system's list of mounts."""

from pathlib import Path

import pytest

from newscrawl.archive import mounts
from newscrawl.archive.mounts import file_system_of, refuse_network_disk
from newscrawl.exceptions import ArchiveError

LINE = "{0} 1 0:{0} / {1} rw,relatime shared:1 - {2} source rw"


def listed(*points: tuple[str, str]) -> str:
    return "\n".join(LINE.format(n, point, kind) for n, (point, kind) in enumerate(points, 20))


def test_the_innermost_and_latest_mount_holds_the_folder() -> None:
    text = listed(("/", "ext4"), ("/bao", "cifs"), ("/bao/dia", "xfs"), ("/bao", "nfs"))
    assert file_system_of(Path("/bao/output"), text) == "nfs"
    assert file_system_of(Path("/bao/dia/output"), text) == "xfs"
    assert file_system_of(Path("/baothu"), text) == "ext4"
    assert file_system_of(Path("/bao"), "no mount\n20 1 0:20\n") == ""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_disk_is_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    (tmp_path / "mountinfo").write_text(listed(("/", "ext4"), (str(tmp_path), kind)))
    monkeypatch.setattr(mounts, "_MOUNTS", tmp_path / "mountinfo")
    with pytest.raises(ArchiveError, match=rf"network file system \({kind}\).*NETWORK_DISK=True"):
        refuse_network_disk(tmp_path / "output" / "bao")
    refuse_network_disk(Path("/srv/output"))


def test_where_no_mounts_are_listed_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounts, "_MOUNTS", tmp_path / "none")
    refuse_network_disk(tmp_path)
