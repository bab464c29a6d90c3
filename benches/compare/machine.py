"""What the figures were measured on, in words."""

import datetime
import os
import platform
import subprocess
from pathlib import Path


def describe(folder: Path) -> str:
    """Date, processor, memory, system, and the file system of a folder."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        datetime.date.today().isoformat(),
        processor(),
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GiB of memory",
        f"{platform.system()} {platform.release()}",
        file_system(folder),
    ]
    return ", ".join(parts)


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(": ", 1)[1]
    return platform.machine()


def file_system(folder: Path) -> str:
    command = ["df", "--output=fstype", folder]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
