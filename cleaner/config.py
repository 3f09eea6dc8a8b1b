"""Settings: defaults, then the first configuration file above the working folder, then the options of the command.

The file is ``cleaner.toml``, or the table ``[tool.cleaner]`` of ``pyproject.toml``. Every key is checked at this door:
an unknown one is refused by its full path.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.core.allow import Allow
from cleaner.core.stage import STAGES
from cleaner.errors import ConfigError, UsageError
from cleaner.plan import Plan

if TYPE_CHECKING:
    from cleaner.io.reading import Keys
    from cleaner.io.sources import Selection

Table = Mapping[str, Any]

_PACK = "give the path of a TOML file"


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options that belong to no stage.

    Attributes:
        jobs: number of processes; 0 stands for one on each core.
        include: globs of the files of a folder that are taken; none stands for all.
        exclude: globs of the files of a folder that are left out.
        text_key: the key under which a record holds its text.
        id_key: the key under which a record holds its id.
    """

    jobs: int = 0
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    text_key: str = "text"
    id_key: str = "id"

    def __post_init__(self) -> None:
        if self.jobs < 0:
            raise ConfigError(f"{self.jobs} cannot be", "run.jobs", "use 0 (one on each core) or more")


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a command can be told, and where each value came from.

    Attributes:
        run: the options that belong to no stage.
        plan: the stages and their options.
        origins: ``{"dedup.threshold": "cleaner.toml"}``; what is not named is a default.
        packs: the paths of the rule packs whose texts the plan holds.
        file: the configuration file that was read; empty when there was none.
    """

    run: RunOptions = field(default_factory=RunOptions)
    plan: Plan = field(default_factory=Plan)
    origins: Mapping[str, str] = field(default_factory=dict)
    packs: tuple[str, ...] = ()
    file: str = ""

    @property
    def selection(self) -> "Selection":
        """Which files of a folder count."""
        from cleaner.io.sources import Selection

        return Selection(self.run.include, self.run.exclude)

    @property
    def keys(self) -> "Keys":
        """The names in records."""
        from cleaner.io.reading import Keys

        return Keys(self.run.id_key, self.run.text_key)

    def rows(self) -> list[tuple[str, Any, str]]:
        """``(key, value, where it came from)`` of every setting."""
        values = {"run": self.run, **{stage: getattr(self.plan, stage) for stage in STAGES}}
        keys = [(table, name) for table, options in values.items() for name in option_names(type(options))]
        rows = {f"{table}.{name}": getattr(values[table], name) for table, name in keys}
        rows["strip.packs"] = self.packs
        return [(key, value, self.origins.get(key, "default")) for key, value in rows.items()]


def option_names(options: type) -> list[str]:
    """The names of the fields of an options class."""
    assert is_dataclass(options)  # noqa: S101 - every options class is one
    return [field.name for field in fields(options)]


def find_file(folder: Path) -> tuple[Path, Table] | None:
    """The configuration file that speaks for a folder, and what it says; the nearest above it.

    Raises:
        ConfigError: the file is no TOML.
    """
    for place in (folder.resolve(), *folder.resolve().parents):
        if (own := place / "cleaner.toml").is_file():
            return own, read_toml(own)
        if (shared := place / "pyproject.toml").is_file() and b"cleaner" in shared.read_bytes():
            table = read_toml(shared).get("tool", {}).get("cleaner")
            if table is not None:
                return shared, table
    return None


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        ConfigError: it cannot be read or is no TOML; the message names the line.
    """
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"no valid TOML: {error}", str(path)) from error


def load(options: Table, *, file: Path | None = None, folder: Path | None = None) -> Settings:
    """The settings of a command.

    Args:
        options: what the command line says, as ``{"dedup": {"threshold": 0.9}}``; it wins.
        file: a configuration file to read instead of looking for one.
        folder: where to look from; the working folder by default.

    Raises:
        ConfigError: an unknown key or a value that a setting cannot have.
        PackError: a rule pack that does not load.

    >>> load({"dedup": {"threshold": 0.9}}, folder=Path("/")).plan.dedup.threshold
    0.9
    """
    found = (file, _own_table(file)) if file else find_file(folder or Path.cwd())
    path, table = (str(found[0]), found[1]) if found else ("", {})
    checked = _validated(table, path)
    origins = {f"{name}.{key}": path for name, keys in checked.items() for key in keys if name != "allow"}
    given = _validated(options, "")
    origins |= {f"{name}.{key}": "option" for name, keys in given.items() for key in keys}
    merged = {name: {**checked.get(name, {}), **given.get(name, {})} for name in ("run", *STAGES)}
    allow = tuple(Allow(**entry) for entry in checked.get("allow", {}).get("allow", ()))
    packs = _pack_paths(checked, given, Path(path).parent)
    merged["strip"]["packs"] = tuple(_pack_text(pack) for pack in packs)
    stages = {stage: _options(_classes()[stage], merged[stage], origins, stage) for stage in STAGES}
    run = _options(RunOptions, merged["run"], origins, "run")
    return Settings(run, Plan(**stages, allow=allow), origins, tuple(map(str, packs)), path)


def _pack_paths(checked: Table, given: Table, folder: Path) -> list[Path]:
    """The rule packs that are to be read: those of the options, else those of the file, which stand relative to it."""
    if "packs" in given.get("strip", {}):
        return [Path(path) for path in given["strip"]["packs"]]
    return [folder / path for path in checked.get("strip", {}).get("packs", ())]


def _pack_text(path: Path) -> str:
    """The text of a rule pack, loaded once: whoever loads it later knows no path to name.

    Raises:
        ConfigError: it cannot be read.
        PackError: it is no rule pack.
    """
    from cleaner.strip.pack import load as load_pack

    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"the rule pack cannot be read: {error.strerror}", str(path), _PACK) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"the rule pack is no UTF-8: {error}", str(path), _PACK) from error
    load_pack(text, str(path))
    return text


def _own_table(file: Path) -> Table:
    table = read_toml(file)
    return table.get("tool", {}).get("cleaner", {}) if file.name == "pyproject.toml" else table


def _classes() -> dict[str, type]:
    return {"run": RunOptions, **{stage: type(getattr(Plan(), stage)) for stage in STAGES}}


def _options(options: type, values: Table, origins: Mapping[str, str], table: str) -> Any:
    try:
        return options(**values)
    except UsageError as error:
        key = error.where or table
        origin = origins.get(key, "option")
        raise ConfigError(error.what, _place("" if origin == "option" else origin, key), error.cure) from error


def _validated(table: Table, path: str) -> dict[str, dict[str, Any]]:
    """The table with every value in the type of its setting."""
    classes = _classes()
    checked: dict[str, dict[str, Any]] = {}
    for name, values in table.items():
        if name == "allow":
            checked["allow"] = {"allow": [_table("allow", entry, Allow, path) for entry in _list(values, path)]}
            continue
        if name not in classes:
            raise _unknown(name, [*classes, "allow"], path)
        checked[name] = _table(name, values, classes[name], path)
    return checked


def _table(name: str, values: Any, options: type, path: str) -> dict[str, Any]:
    from pydantic import ValidationError

    if not isinstance(values, Mapping):
        raise ConfigError("this is a table of settings", _place(path, name), f"write [{name}]")
    known = option_names(options)
    for key in values:
        if key not in known:
            raise _unknown(f"{name}.{key}", [f"{name}.{each}" for each in known], path)
    try:
        return dict(_model(options)(**values).model_dump(exclude_unset=True))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, (name, *first["loc"])))
        raise ConfigError(
            first["msg"].lower().replace("tuple", "list"), _place(path, key), f"it is {first['input']!r}"
        ) from error


def _list(values: Any, path: str) -> list[Any]:
    if not isinstance(values, list):
        raise ConfigError("this is a list of tables", _place(path, "allow"), "write [[allow]] for each")
    return values


@cache
def _model(options: type) -> Any:
    from pydantic import ConfigDict, create_model

    assert is_dataclass(options)  # noqa: S101 - every options class is one
    types: dict[str, Any] = {
        field.name: (field.type, ... if field.default is MISSING and field.default_factory is MISSING else None)
        for field in fields(options)
    }
    return create_model(options.__name__, __config__=ConfigDict(extra="forbid", strict=False), **types)


def _unknown(key: str, known: list[str], path: str) -> ConfigError:
    from difflib import get_close_matches

    near = get_close_matches(key, known, 1)
    cure = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    return ConfigError(f"unknown key {key!r}", _place(path, key), cure)


def _place(path: str, key: str) -> str:
    return f"{path}:{key}" if path else key
