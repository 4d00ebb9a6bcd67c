"""Files are handed in, scanned, and handed out only to their readers."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.base.files import samples
from tests.story import Story
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.files.actions import store
from thidua.base.files.inspection.kinds import XLSX
from thidua.base.files.jobs import scan_files
from thidua.base.files.models import ScanState, StoredFile
from thidua.base.files.scanner import ScannerUnavailable, scan


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def hand_in(
    year: Story, name: str = "an", data: bytes | None = None, file: str = "Báo cáo.pdf", **more
) -> StoredFile:
    upload = SimpleUploadedFile(file, samples.pdf() if data is None else data)
    return store(upload, by=year.actor(name), **more)


def fetch(client, file: StoredFile):
    """The answer to a download, read to its end (which closes it)."""
    response = client.get(f"/tep/{file.pk}/")
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


class Daemon(threading.Thread):
    """A scanner that speaks the protocol and knows one signature; `mute` breaks off without a verdict."""

    def __init__(self, place: str, *, mute: bool = False) -> None:
        super().__init__(daemon=True)
        self.mute = mute
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(place)
        self.listener.listen()

    def run(self) -> None:
        while True:
            try:
                caller, _ = self.listener.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as told:
                assert told.read(10) == b"zINSTREAM\0"
                data = b"".join(iter(lambda: told.read(struct.unpack(">I", told.read(4))[0]), b""))
                if not self.mute:
                    caller.sendall(self.verdict(data))

    @staticmethod
    def verdict(data: bytes) -> bytes:
        unpacked = samples.all_bytes(data)
        return (
            b"stream: Eicar-Test-Signature FOUND\0" if samples.TEST_SIGNATURE in unpacked else b"stream: OK\0"
        )


@pytest.fixture
def scanner(settings, tmp_path: Path) -> Iterator[str]:
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    daemon = Daemon(settings.CLAMD_SOCKET)
    daemon.start()
    yield settings.CLAMD_SOCKET
    daemon.listener.close()


def test_a_file_is_kept_under_a_random_name_outside_the_web(year: Story, files_folder: Path) -> None:
    file = hand_in(year, file="../../Báo cáo\x00 năm.PDF")
    assert file.name == "Báo cáo năm.pdf"
    assert "Báo" not in file.content.name
    assert files_folder in Path(file.content.path).parents
    assert file.scan == ScanState.UNSCANNED
    assert Entry.objects.filter(verb="files.store", subject_id=str(file.pk)).exists()


def test_what_is_refused_says_why_and_leaves_nothing(year: Story, files_folder: Path) -> None:
    for name, data, word in [
        ("a.pdf", samples.docx(), "không phải PDF"),
        ("a.docx", samples.xlsx(), "Excel"),
        ("a.jpg", samples.png(), "PNG"),
        ("a.exe", b"MZ", "chỉ nhận"),
        ("a.pdf", b"", "rỗng"),
        ("a.pdf", samples.scripted_pdf(), "mã lệnh"),
    ]:
        with pytest.raises(Refused, match=word):
            hand_in(year, data=data, file=name)
    with pytest.raises(Refused, match="chỉ nhận Excel"):
        hand_in(year, kinds=(XLSX,))
    assert not StoredFile.objects.exists()
    assert not files_folder.exists()


def test_an_oversized_file_is_refused_before_it_is_read(year: Story) -> None:
    with pytest.raises(Refused, match="20 MB"):
        hand_in(year, data=b"%PDF-" + bytes(21 * 1024 * 1024))


def test_without_an_appointment_nothing_can_be_handed_in(year: Story) -> None:
    year.people["an"].appointments.all().delete()
    with pytest.raises(NotAllowed):
        hand_in(year)


def test_only_readers_may_download(year: Story, as_user) -> None:
    file = hand_in(year, readers=[year.units["van_hoa"].pk])
    for name, status in [("an", 200), ("binh", 200), ("lan", 404), ("chi", 404), ("tam", 404)]:
        assert fetch(as_user(name), file).status_code == status, name


def test_the_public_is_sent_to_sign_in(year: Story, client) -> None:
    file = hand_in(year)
    assert fetch(client, file).status_code == 302


def test_a_download_is_an_attachment_of_a_fixed_type(year: Story, as_user) -> None:
    data = samples.pdf()
    file = hand_in(year, data=data)
    response = fetch(as_user("an"), file)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.body == data


def test_with_a_scanner_a_file_waits_until_it_is_clean(year: Story, as_user, scanner: str) -> None:
    file = hand_in(year)
    assert file.scan == ScanState.PENDING
    refused = fetch(as_user("an"), file)
    assert refused.status_code == 409
    assert "chờ quét" in refused.text
    scan_files()
    file.refresh_from_db()
    assert file.scan == ScanState.CLEAN
    assert fetch(as_user("an"), file).status_code == 200


SIGNED = {
    "pdf": samples.signed_pdf(),
    "docx": samples.repacked(samples.docx(), {"docProps/note.bin": samples.TEST_SIGNATURE}),
    "xlsx": samples.repacked(samples.xlsx(), {"docProps/note.bin": samples.TEST_SIGNATURE}),
}


@pytest.mark.parametrize("ending", SIGNED)
def test_the_test_signature_is_found_and_destroyed(
    year: Story, as_user, scanner: str, ending: str, django_capture_on_commit_callbacks
) -> None:
    file = hand_in(year, data=SIGNED[ending], file=f"a.{ending}")
    with django_capture_on_commit_callbacks(execute=True):
        scan_files()
    file.refresh_from_db()
    assert file.scan == ScanState.INFECTED
    assert not Path(file.content.path).exists()
    assert "mã độc" in fetch(as_user("an"), file).text


def test_a_scanner_that_is_down_lets_nothing_through(year: Story, as_user, settings, tmp_path: Path) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody-listens")
    file = hand_in(year)
    with pytest.raises(ScannerUnavailable):
        scan_files()
    file.refresh_from_db()
    assert file.scan == ScanState.PENDING
    assert fetch(as_user("an"), file).status_code == 409


def test_a_scanner_that_breaks_off_has_said_nothing(tmp_path: Path) -> None:
    daemon = Daemon(str(tmp_path / "mute"), mute=True)
    daemon.start()
    with pytest.raises(ScannerUnavailable):
        scan(str(tmp_path / "mute"), [b"abc"])
    daemon.listener.close()


def test_files_from_before_the_scanner_are_scanned_too(year: Story, settings, scanner: str) -> None:
    place, settings.CLAMD_SOCKET = settings.CLAMD_SOCKET, ""
    file = hand_in(year)
    settings.CLAMD_SOCKET = place
    scan_files()
    file.refresh_from_db()
    assert file.scan == ScanState.CLEAN
