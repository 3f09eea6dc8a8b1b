"""The docs are true: their commands run, their options exist, their links lead somewhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner.cli import application
from cleaner.cli.options import flags_of
from cleaner.core.stage import STAGES
from tests.docs.reference import PAGE, commands, page

ROOT = Path(__file__).parent.parent.parent
RECIPES = ROOT / "docs" / "recipes.md"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [*READMES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_first_two_commands_install_run_and_test(readme: Path) -> None:
    first, second = blocks(readme, "sh")[:2]
    assert first == "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/cleaner run seeds -o out\n"
    assert second == ".venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest -q -n auto\n"


@pytest.mark.parametrize("page", [*READMES, RECIPES], ids=lambda path: path.name)
def test_every_other_shell_block_runs(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    for block in blocks(page, "sh")[0 if page == RECIPES else 2 :]:
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            cwd=tmp_path,
            env={"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, f"{block}{result.stderr}"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_findings_that_are_quoted_are_those_of_check(readme: Path) -> None:
    result = CliRunner().invoke(application(), ["check", str(ROOT / "seeds")])
    quoted = [line for block in blocks(readme, "text") for line in block.splitlines() if ".txt:" in line]
    assert len(quoted) == 4
    assert set(quoted) <= set(result.stdout.splitlines())


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_python_block_runs(readme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for block in blocks(readme, "python"):
        exec(compile(block, str(readme), "exec"), {})  # noqa: S102 - our own example
    assert "strip/ads/image-name" in capsys.readouterr().out


@pytest.mark.parametrize("block", blocks(RECIPES, "python"), ids=lambda block: block.split()[1])
def test_every_recipe_runs(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "datasets" in block:
        pytest.importorskip("datasets", reason="the library datasets is not installed")
        monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    exec(compile(block, str(RECIPES), "exec"), {})  # noqa: S102 - our own example


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_toml_block_is_a_configuration(readme: Path, tmp_path: Path) -> None:
    from cleaner import config

    for block in blocks(readme, "toml"):
        (tmp_path / "cleaner.toml").write_text(block, "utf-8")
        config.load({}, folder=tmp_path)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_names_every_command(readme: Path) -> None:
    text = readme.read_text("utf-8")
    for names, _ in commands():
        name, _, below = names.partition(" ")
        assert re.search(rf"^cleaner {name}\b.*{below}", text, re.MULTILINE), names


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.docs.reference"


def test_every_command_and_option_explains_itself() -> None:
    for names, command in commands():
        assert command.help, names
        assert command.epilog.startswith("Example: cleaner "), names
        for parameter in command.params:
            assert parameter.help, f"{names}: {parameter.name}"


@pytest.mark.parametrize("stage", STAGES)
def test_the_page_of_a_stage_names_its_options_and_what_it_never_does(stage: str) -> None:
    text = (ROOT / "docs" / f"{stage}.md").read_text("utf-8")
    assert "## What it never does" in text
    for (_, name), flag in flags_of([stage]).items():
        assert any(said in text for said in (f"`{name}`", flag, f"--no-{flag[2:]}")), flag


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target
