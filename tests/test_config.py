"""Settings: where they come from, which one wins, and what is refused."""

from pathlib import Path

import pytest

from cleaner import config
from cleaner.errors import ConfigError

PACK = (Path(__file__).parent.parent / "cleaner" / "strip" / "packs" / "ads.toml").read_text("utf-8")


def load(folder: Path, text: str, name: str = "cleaner.toml", **options: dict[str, object]) -> config.Settings:
    (folder / name).write_text(text, "utf-8")
    return config.load(options, folder=folder)


def test_the_file_wins_over_the_default_and_the_option_over_the_file(tmp_path: Path) -> None:
    settings = load(tmp_path, "[dedup]\nthreshold = 0.9\nrecall = 0.95\n", dedup={"recall": 0.97})
    assert (settings.plan.dedup.threshold, settings.plan.dedup.recall) == (0.9, 0.97)
    rows = {key: (value, origin) for key, value, origin in settings.rows()}
    assert rows["dedup.threshold"] == (0.9, str(tmp_path / "cleaner.toml"))
    assert rows["dedup.recall"] == (0.97, "option")
    assert rows["strip.mode"] == ("balanced", "default")


def test_the_nearest_file_above_the_folder_speaks(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    load(tmp_path, "[strip]\nmode = 'safe'\n")
    assert config.load({}, folder=inner).plan.strip.mode == "safe"
    load(tmp_path / "a", "[tool.cleaner.strip]\nmode = 'aggressive'\n", "pyproject.toml")
    assert config.load({}, folder=inner).plan.strip.mode == "aggressive"


def test_cleaner_toml_wins_over_pyproject_beside_it(tmp_path: Path) -> None:
    load(tmp_path, "[tool.cleaner.run]\njobs = 1\n", "pyproject.toml")
    assert load(tmp_path, "[run]\njobs = 2\n").run.jobs == 2


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    load(tmp_path, "[run]\njobs = 3\n")
    assert load(tmp_path / "a", "[tool.other]\nx = 1\n", "pyproject.toml").run.jobs == 3


@pytest.mark.parametrize(
    ("text", "where", "cure"),
    [
        ("[dedup]\ntreshold = 0.9\n", "dedup.treshold", "did you mean 'dedup.threshold'?"),
        ("[dedupe]\n", "dedupe", "did you mean 'dedup'?"),
        ("[dedup]\nthreshold = 'high'\n", "dedup.threshold", "it is 'high'"),
        ("[dedup]\nthreshold = 7\n", "dedup.threshold", "use a number"),
        ("strip = 3\n", "strip", "write [strip]"),
        ("[run]\njobs = [1]\n", "run.jobs", "it is [1]"),
        ("[run]\njobs = -1\n", "cleaner.toml:run.jobs", "use 0"),
        ("[repeats]\nmin_chars = 3\n", "cleaner.toml:repeats.min_chars", "take 10 or more"),
        ("[run]\ninclude = '*.txt'\n", "run.include", "it is '*.txt'"),
        ("[strip]\npacks = ['nosuch.toml']\n", "nosuch.toml", "give the path"),
        ("[strip]\nmode = 'bold'\n", "strip.mode", "it is 'bold'"),
        ("[allow]\n", "allow", "write [[allow]]"),
        ("[[allow]]\npath = 'a'\n", "allow.rule", "it is"),
        ("[[allow]]\npaht = 'a'\n", "allow.paht", "did you mean 'allow.path'?"),
    ],
)
def test_what_cannot_be_is_refused_by_its_full_path(tmp_path: Path, text: str, where: str, cure: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert where in caught.value.where
    assert cure in caught.value.cure


def test_an_option_that_cannot_be_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "[dedup]\nthreshold = 0.9\n", dedup={"threshold": 7})
    assert caught.value.where == "dedup.threshold"


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        load(tmp_path, "[dedup]\nthreshold = = 1\n")


def test_packs_are_read_from_beside_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PACK, "utf-8")
    settings = load(tmp_path, "[strip]\npacks = ['mine.toml']\n")
    assert settings.plan.strip.packs == (PACK,)
    assert ("strip.packs", (str(tmp_path / "mine.toml"),), str(tmp_path / "cleaner.toml")) in settings.rows()
