"""Choosing among candidates by weighed signs."""

import pytest

from agent.mail.choice import best, score, table


def test_signs_add_up_once_each_and_unknown_ones_weigh_nothing() -> None:
    """A candidate's score is the sum of what the table says of its signs."""
    signs = ("near", "far", "far", "unheard of")
    assert score({"near": 1.5, "far": -0.5}, signs) == pytest.approx(1.0)


def test_the_heaviest_candidate_is_best_and_the_first_of_equals() -> None:
    """None may be a candidate; without any there is nothing to choose."""
    weights = {"near": 1.0, "far": -1.0}
    assert best(weights, {None: (), "a": ("near",), "b": ("near",)}) == "a"
    assert best(weights, {None: (), "a": ("far",)}) is None
    assert best(weights, {}) is None


def test_the_shipped_table_has_weights_by_sign() -> None:
    """Comments are no rows; a name that the domain is made of speaks for itself."""
    weights = table("employers")
    assert not any(sign.startswith("#") for sign in weights)
    assert weights["institution"] > 0 > weights["given"]
