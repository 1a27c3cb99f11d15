from __future__ import annotations

import pytest

from kg import plugins
from kg.errors import KGError


def test_the_core_registers_its_own_readers_and_exporters() -> None:
    assert {"html", "jsonl", "markdown", "text"} <= set(plugins.names("kg.readers"))
    assert {"graphml", "html"} <= set(plugins.names("kg.exporters"))
    for group in ("kg.readers", "kg.exporters"):
        for name in plugins.names(group):
            assert plugins.load(group, name).name == name


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(KGError, match="'gexf2'") as caught:
        plugins.load("kg.exporters", "gexf2")
    assert "graphml" in (caught.value.hint or "")
