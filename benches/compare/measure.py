"""One build: its time and its memory, from the same state of the disk each time."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A build that did not do what it should, and why."""


@dataclass(frozen=True)
class Run:
    seconds: float
    #: The largest resident set of any one process; None where nothing is built.
    peak: int | None


def build(command: list, site: Path, environment: dict, limit: float) -> Run:
    """Builds a site. What the build says goes to a file beside the site."""
    with open(site.with_suffix(".log"), "wb") as log:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=site, env=os.environ | environment, stdout=log, stderr=log)
        watchdog = threading.Timer(limit, process.kill)
        watchdog.start()
        # Unlike `wait`, it tells how much memory this one process took.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    watchdog.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        why = f"more than {limit:.0f} s" if seconds >= limit else f"exit code {process.returncode}"
        raise Failed(f"{why}, see `{log.name}`")
    return Run(seconds, usage.ru_maxrss * 1024)


def set_aside(path: Path, trash: Path):
    """Moves something away. Nothing is deleted between runs: on ext4 whoever makes files soon after pays for it."""
    if path.exists():
        trash.mkdir(parents=True, exist_ok=True)
        path.rename(trash / str(time.time_ns()))


def settle():
    """Writes out what earlier builds left in memory."""
    os.sync()


def size(tree: Path) -> tuple[int, int]:
    """How many files a folder has, and how many bytes."""
    files = total = 0
    for folder, _, names in os.walk(tree):
        files += len(names)
        total += sum(os.lstat(os.path.join(folder, name)).st_size for name in names)
    return files, total
