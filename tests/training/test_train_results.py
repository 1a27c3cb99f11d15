"""What counts as the right metric when the weights of results are trained."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("texts", "wanted", "right"),
    [
        (["Accuracy", "average accuracy", ""], {"accuracy"}, [True, False, False]),
        (["latency", "inference speedups", ""], {"speedup"}, [False, True, False]),
        (["consisting", ""], {"knowledge score"}, [False, True]),
    ],
)
def test_the_right_metric_is_exact_or_near_or_none(
    texts: list[str], wanted: set[str], right: list[bool]
) -> None:
    from train_results import right_metrics

    assert right_metrics(texts, wanted) == right
