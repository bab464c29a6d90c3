"""Brings programs from their registries into a folder, each version once."""

import subprocess
import sys
from pathlib import Path

from . import Missing


def from_pypi(cache: Path, *packages: str) -> Path:
    """The folder of a virtual environment with these packages. Only its `bin/python` can be relied on: scripts beside it name the
    folder that they were installed in."""
    folder = cache / "-".join(packages).replace("==", "-").replace("[", "-").replace("]", "")
    if not folder.exists():
        run([sys.executable, "-m", "venv", unfinished(folder)])
        run([unfinished(folder) / "bin/python", "-m", "pip", "install", "--quiet", *packages])
        unfinished(folder).rename(folder)
    return folder


def from_crates_io(cache: Path, crate: str, version: str) -> Path:
    """The folder below which `bin/` has the crate's programs."""
    folder = cache / f"{crate}-{version}"
    if not folder.exists():
        run(["cargo", "install", "--quiet", crate, "--version", version, "--root", unfinished(folder)])
        unfinished(folder).rename(folder)
    return folder


def from_npm(cache: Path, name: str, *packages: str) -> Path:
    """The folder of `node_modules` with these packages."""
    folder = cache / name
    if not folder.exists():
        run(["npm", "install", "--loglevel", "error", "--no-audit", "--no-fund", "--prefix", unfinished(folder), *packages])
        unfinished(folder).rename(folder)
    return folder / "node_modules"


def unfinished(folder: Path) -> Path:
    """Where an installation grows: one that was cut off must not pass for a whole one."""
    return folder.with_name(folder.name + ".unfinished")


def run(command: list):
    print("installing:", *map(str, command), file=sys.stderr)
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise Missing(f"there is no `{command[0]}` here") from None
    except subprocess.CalledProcessError as error:
        told = [line for line in error.stderr.splitlines() if "error" in line.lower()] or ["it did not say why"]
        raise Missing(f"`{Path(command[0]).name}` failed: {told[0]}") from None
