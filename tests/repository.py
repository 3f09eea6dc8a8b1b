"""A git repository with a folder for seeds, and texts to stage in it."""

import subprocess
from pathlib import Path

PROSE = "会议指出，要把思想和行动统一到中央的决策部署上来，抓好各项工作落实，确保全年目标任务圆满完成。\n"
DIRTY = PROSE + "\nad1 webp\nad2 webp\n"
LONG = "".join(
    f"第{number}节，{PROSE.strip()}另据了解，{chr(0x4E00 + 97 * number)}地区的情况也大致如此。" for number in range(20)
)
NEAR = LONG.replace("大致如此", "基本如此", 2)


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def stage(name: str, data: bytes) -> str:
    Path(name).write_bytes(data)
    git("add", name)
    return name


def commit() -> None:
    git("commit", "-q", "-m", "more", "--no-verify")
