"""The one zip of given contents: strict, stored, and the same bytes on every machine."""

import io
import zipfile

import pytest

from shop.provenance.ocop_verify import archive
from shop.provenance.ocop_verify.archive import Tampered, Unreadable, pack, unpack

FILES = {"manifest.json": b"{}", "proofs/0.tlog-proof": b"proof\n", "TỰ-KIỂM-TRA.txt": "đọc".encode()}


def test_what_is_packed_is_unpacked_and_any_zip_program_reads_it():
    data = pack(FILES)
    assert unpack(data) == FILES
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        assert {name: read.read(name) for name in read.namelist()} == FILES
        assert read.testzip() is None and read.namelist()[0] == "manifest.json"


def test_the_order_of_the_files_does_not_change_the_bytes():
    assert pack(dict(reversed(FILES.items()))) == pack(FILES)


def zipped(*files, compression=zipfile.ZIP_STORED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as write:
        for name, content in files:
            write.writestr(zipfile.ZipInfo(name), content, compression)
    return made.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "data",
    [
        pack(FILES) + b"\0",
        b"\0" + pack(FILES),
        pack(FILES)[:-1],
        pack(FILES)[: len(pack(FILES)) // 2],
        pack(FILES) + pack(FILES),
        zipped(("manifest.json", b"{}")),
        zipped(("manifest.json", b"{}" * 9_000_000), compression=zipfile.ZIP_DEFLATED),
        zipped(("a.txt", b"1"), ("a.txt", b"2")),
        zipped(("../../etc/passwd", b"1")),
        zipped(("/etc/passwd", b"1")),
        zipped(("a\\..\\b", b"1")),
        zipped(("a/b/c", b"1")),
        b"",
        b"%PDF-1.7",
        b"PK\5\6" + bytes(18),
    ],
)
def test_what_pack_did_not_make_is_refused(data):
    with pytest.raises((Tampered, Unreadable)):
        unpack(data)


def test_too_many_files_and_too_many_bytes_are_not_even_read(monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    with pytest.raises(Unreadable, match="more than 2 files"):
        unpack(pack(FILES))
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(Unreadable, match="more than 100"):
        unpack(pack(FILES))
