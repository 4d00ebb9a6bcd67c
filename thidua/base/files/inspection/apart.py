"""Inspection in a process of its own, with a ceiling on memory and time: a hostile file can only kill that.

Run as `python -m thidua.base.files.inspection.apart`: the file's bytes come in, one line of JSON goes
out, {"kind": …} or {"unfit": …}.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from thidua.base.files.inspection.image import JPEG_MARK, PNG_MARK, inspect_image
from thidua.base.files.inspection.kinds import KINDS, MEGABYTE, FileKind, Unfit

MEMORY = 768 * MEGABYTE
SECONDS = 20
ROOT = Path(__file__).resolve().parents[4]
TOO_HEAVY = "Hệ thống không đọc nổi tệp này. Anh/chị lưu lại tệp gọn hơn rồi tải lên."
UNKNOWN = "Nội dung tệp không phải PDF, Word, Excel, ảnh PNG hoặc JPEG. Anh/chị kiểm tra lại tệp."
TWOFOLD = "Tệp chứa một tệp nén giấu bên trong nên không được nhận. Anh/chị lưu lại tệp rồi tải lên."


def inspect(data: bytes) -> FileKind:
    """What the bytes are. Raises Unfit; meant to run apart."""
    if data.startswith(b"PK\x03\x04"):
        from thidua.base.files.inspection.office import inspect_office

        return inspect_office(data)
    if zipfile.is_zipfile(BytesIO(data)):
        raise Unfit(TWOFOLD)
    if data.startswith((PNG_MARK, JPEG_MARK)):
        return inspect_image(data)
    if data.startswith(b"%PDF-"):
        from thidua.base.files.inspection.pdf import inspect_pdf

        return inspect_pdf(data)
    raise Unfit(UNKNOWN)


def inspect_apart(data: bytes) -> FileKind:
    """`inspect` in a child process. Raises Unfit, also when the child needs too much memory or time."""
    try:
        child = subprocess.run(  # noqa: S603  our own module, no word of the user among the arguments
            [sys.executable, "-m", __name__],
            input=data,
            capture_output=True,
            cwd=ROOT,
            timeout=SECONDS * 2,
            check=False,
        )
        answer = json.loads(child.stdout or b"{}")
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as fault:
        raise Unfit(TOO_HEAVY) from fault
    if "kind" not in answer:
        raise Unfit(answer.get("unfit", TOO_HEAVY))
    return next(kind for kind in KINDS if kind.code == answer["kind"])


def main() -> None:
    """Read the file from standard input under the ceilings and say what it is."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        answer = {"kind": inspect(sys.stdin.buffer.read()).code}
    except Unfit as refusal:
        answer = {"unfit": str(refusal)}
    except (MemoryError, RecursionError):
        answer = {"unfit": TOO_HEAVY}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
