"""What the service can be told from outside: the environment, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from model.errors import NianbaoError


class SettingsError(NianbaoError):
    """An environment variable that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """`max_characters`: code points of the longest text read. `weights`: None means those that are shipped.
    `api_key`: what `/v1/` demands as X-Api-Key, None for nothing. `max_waiting`: texts that may wait for their turn.
    `time_limit`: seconds until a text is given up. `jobs`: the SQLite file of jobs, made with the first one."""

    max_characters: int = 1_000_000
    weights: Path | None = None
    api_key: str | None = field(default=None, repr=False)
    max_waiting: int = 32
    time_limit: int = 60
    jobs: Path = Path("nianbao-jobs.sqlite3")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Settings from the variables NIANBAO_<FIELD>; an empty variable counts as unset."""
        weights = environment.get("NIANBAO_WEIGHTS")
        return cls(
            max_characters=_positive(environment, "NIANBAO_MAX_CHARACTERS", cls.max_characters),
            weights=Path(weights) if weights else None,
            api_key=environment.get("NIANBAO_API_KEY") or None,
            max_waiting=_positive(environment, "NIANBAO_MAX_WAITING", cls.max_waiting),
            time_limit=_positive(environment, "NIANBAO_TIME_LIMIT", cls.time_limit),
            jobs=Path(environment.get("NIANBAO_JOBS") or cls.jobs),
        )


def _positive(environment: Mapping[str, str], name: str, default: int) -> int:
    written = environment.get(name) or str(default)
    if not written.isdecimal() or int(written) == 0:
        raise SettingsError(f"{name}={written} is not a whole number above zero; set it to one, or unset it")
    return int(written)
