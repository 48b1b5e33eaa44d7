"""What the service can be told from outside: the environment, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model.errors import NianbaoError


class SettingsError(NianbaoError):
    """An environment variable that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """`max_characters`: code points of the longest text read. `weights`: None means those that are shipped."""

    max_characters: int = 1_000_000
    weights: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Settings from NIANBAO_MAX_CHARACTERS and NIANBAO_WEIGHTS; an empty variable counts as unset."""
        weights = environment.get("NIANBAO_WEIGHTS")
        return cls(
            max_characters=_positive(environment, "NIANBAO_MAX_CHARACTERS", cls.max_characters),
            weights=Path(weights) if weights else None,
        )


def _positive(environment: Mapping[str, str], name: str, default: int) -> int:
    written = environment.get(name) or str(default)
    if not written.isdecimal() or int(written) == 0:
        raise SettingsError(f"{name}={written} is not a whole number above zero; set it to one, or unset it")
    return int(written)
