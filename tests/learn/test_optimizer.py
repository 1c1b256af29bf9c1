"""Adam is Adam."""

import pytest
import torch

from hamlet_game.learn.optimizer import Adam
from hamlet_game.learn.parameters import Parameters


def test_it_equals_torchs_adam_with_clipping() -> None:
    generator = torch.Generator().manual_seed(0)
    ours = Parameters({"a": (7, 3), "b": (5,)})
    for name in ours:
        ours[name].detach().normal_(generator=generator)
    theirs = [ours[name].detach().clone().requires_grad_() for name in ours]
    goal = torch.randn(7, 5, generator=generator)
    x = torch.randn(5, 3, generator=generator)
    adam, reference = Adam(ours, clip_norm=1.0), torch.optim.Adam(theirs, lr=0.03)
    for _ in range(40):
        error = ours["a"] @ x.T + ours["b"] - goal
        norm = adam.minimise((error**2).sum(), 0.03)
        reference.zero_grad()
        ((theirs[0] @ x.T + theirs[1] - goal) ** 2).sum().backward()
        expected = torch.nn.utils.clip_grad_norm_(theirs, 1.0)
        reference.step()
        assert norm == pytest.approx(float(expected), rel=1e-4)
    for name, tensor in zip(ours, theirs, strict=True):
        torch.testing.assert_close(ours[name], tensor, atol=1e-6, rtol=1e-5)


def test_the_first_step_is_the_learning_rate() -> None:
    parameters = Parameters({"x": (1,)})
    Adam(parameters, clip_norm=100).minimise(3 * parameters["x"].sum(), 0.5)
    assert parameters["x"].detach().item() == pytest.approx(-0.5)


def test_parameters_are_views_into_one_vector_and_copies_are_not() -> None:
    parameters = Parameters({"a": (2, 3), "b": (4,)})
    other = parameters.copy()
    parameters.vector.fill_(2)
    assert parameters["a"].tolist() == [[2, 2, 2], [2, 2, 2]]
    assert other["b"].tolist() == [0, 0, 0, 0]
    (parameters["b"].sum() * 5).backward()
    assert parameters.gradient.sum() == 20
