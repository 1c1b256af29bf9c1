"""Adam is Adam."""

import pytest
import torch

from hamlet_game.learn.optimizer import Adam
from hamlet_game.learn.parameters import Parameters


def test_it_equals_torchs_adam_with_clipping() -> None:
    generator = torch.Generator().manual_seed(0)
    ours = Parameters({"a": (7, 3), "b": (5,)})
    for name in ours:
        ours[name].normal_(generator=generator)
    theirs = [ours[name].clone().requires_grad_() for name in ours]
    adam, reference = Adam(ours, clip_norm=3.0), torch.optim.Adam(theirs, lr=0.03)
    clipped = 0
    for _ in range(200):
        for name, tensor in zip(ours, theirs, strict=True):
            ours.slope(name).copy_(torch.randn(tensor.shape, generator=generator) ** 3)
            tensor.grad = ours.slope(name).clone()
        expected = float(torch.nn.utils.clip_grad_norm_(theirs, 3.0))
        clipped += expected > 3
        reference.step()
        assert adam.step(0.03) == pytest.approx(expected, rel=1e-6)
    assert clipped > 100
    for name, tensor in zip(ours, theirs, strict=True):
        torch.testing.assert_close(ours[name], tensor.detach(), atol=1e-6, rtol=1e-6)


def test_the_first_step_is_the_learning_rate() -> None:
    parameters = Parameters({"x": (1,)})
    parameters.slope("x").fill_(3)
    assert Adam(parameters, clip_norm=100).step(0.5) == 3
    assert parameters["x"].item() == pytest.approx(-0.5)


def test_parameters_are_views_into_one_vector_and_copies_are_not() -> None:
    parameters = Parameters({"a": (2, 3), "b": (4,)})
    other = parameters.copy()
    parameters.vector.fill_(2)
    assert parameters["a"].tolist() == [[2, 2, 2], [2, 2, 2]]
    assert other["b"].tolist() == [0, 0, 0, 0]
    parameters.slope("b").fill_(5)
    assert parameters.gradient.sum() == 20


def test_names_lead_to_copies_of_one_part() -> None:
    parameters = Parameters({"actor.w": (2,), "critic.w": (3,)})
    arrays = parameters.arrays("critic.")
    assert {name: array.shape for name, array in arrays.items()} == {"w": (3,)}
    arrays["w"][:] = 7
    assert parameters["critic.w"].tolist() == [0, 0, 0]
