"""The scripts of the training are no package: they are found by their folder, as when they run."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "pipelines" / "en_research" / "training"))
