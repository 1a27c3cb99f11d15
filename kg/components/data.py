"""Where a component's data stand: an absolute path, or one inside the installed pipelines.

A setting such as ``en_research/names.json`` lets several pipelines share one file, and a user's own pipeline
use what ships.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["data_path"]


def data_path(setting: str) -> Path:
    """The path that a setting names; whether it exists is for the caller to find out.

    >>> data_path("en_research/config.cfg").is_file()
    True
    """
    return (
        Path(setting) if Path(setting).is_absolute() else Path(str(files("kg.pipelines").joinpath(setting)))
    )
