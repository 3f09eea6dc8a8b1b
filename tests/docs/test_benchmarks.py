"""Every benchmark says how it is called."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FILES = [*(ROOT / "benchmarks").rglob("*.py"), Path(__file__).with_name("reference.py")]
PROGRAMS = [path for path in FILES if 'if __name__ == "__main__"' in path.read_text("utf-8")]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_program_answers_help(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
    monkeypatch.setattr(sys, "argv", [str(path), "--help"])
    for imported in (module, f"{module}.__main__"):  # by the tests before
        monkeypatch.delitem(sys.modules, imported, raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    assert ended.value.code == 0
    assert "usage: " in capsys.readouterr().out
