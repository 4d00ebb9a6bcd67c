"""`make run`: prepare the database, then keep server and worker running until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT", "8000")
STOP_AFTER = 10  # seconds a process gets to end by itself


def manage(*words: str) -> None:
    """One command of Django's; a failure ends the start."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True)  # noqa: S603  our own words


def prepare() -> None:
    """Bring the tables up to date, collect static files, load the demonstration once."""
    manage("migrate", "--verbosity", "0")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    if os.environ["DEMO"] == "1":
        manage("load_demo")


def start() -> list[subprocess.Popen[bytes]]:
    """The web server and the worker, each in its own group so that we alone pass on Ctrl-C."""
    server = [
        str(Path(sys.executable).parent / "granian"),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", PORT),
        *("--workers", "2", "--blocking-threads", "4", "--backpressure", "64"),
        *("--log-level", "warning", "config.wsgi:application"),
    ]
    worker = [sys.executable, "manage.py", "procrastinate", "worker"]
    return [subprocess.Popen(words, cwd=ROOT, start_new_session=True) for words in (server, worker)]  # noqa: S603


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end; insist after a while."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(STOP_AFTER)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> int:
    """Prepare, start, wait. Ends with 1 when a process died by itself."""
    os.environ.setdefault("DEMO", "0" if os.environ.get("DATABASE_URL") else "1")
    os.environ.setdefault("SITE_ADDRESS", f"http://127.0.0.1:{PORT}")
    began = time.monotonic()
    signal.signal(signal.SIGTERM, _end)
    running: list[subprocess.Popen[bytes]] = []
    try:
        prepare()
        running = start()
        announce(time.monotonic() - began)
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nĐang dừng …", flush=True)
        return 0
    else:
        return 1
    finally:
        stop(running)


def announce(seconds: float) -> None:
    """Say where it runs, and who may sign in to the demonstration."""
    print(f"\nThi Đua chạy tại {os.environ['SITE_ADDRESS']} (sau {seconds:.0f} giây)")
    if os.environ["DEMO"] == "1":
        manage("load_demo", "--logins")
    print("Nhấn Ctrl-C để dừng.\n", flush=True)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
