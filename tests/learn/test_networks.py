"""Heads, masks and initial weights."""

import pytest
import torch
from torch import tensor

from hamlet_game.learn.networks import ActorCritic, QNetwork, dueling, masked


def test_dueling_adds_the_value_to_centred_advantages() -> None:
    value_and_advantages = tensor([[10.0, 1, 2, 6]])
    assert (value_and_advantages @ dueling(3)).tolist() == [[8, 9, 13]]


def test_a_masked_action_never_wins() -> None:
    scores = masked(tensor([[1.0, 2], [3, 4]]), tensor([[True, False], [True, True]]))
    assert scores.argmax(1).tolist() == [0, 1]
    assert torch.isfinite(scores * 0).all()


@pytest.mark.parametrize("is_dueling", [True, False])
def test_a_new_q_network_has_hes_spread_and_small_values(*, is_dueling: bool) -> None:
    network = QNetwork(200, [300], 4, is_dueling=is_dueling)
    parameters = network.create(torch.Generator().manual_seed(0))
    assert float(parameters["hidden0.weight"].detach().std()) == pytest.approx(0.1, rel=0.02)
    q = network(parameters, torch.randn(50, 200)).detach()
    assert q.shape == (50, 4)
    assert q.abs().max() < 1


def test_a_new_actor_is_undecided_and_orthogonal() -> None:
    network = ActorCritic(20, [30], 4)
    parameters = network.create(torch.Generator().manual_seed(0))
    weight = parameters["actor.hidden0.weight"].detach()
    torch.testing.assert_close(weight @ weight.T, 2 * torch.eye(20), atol=1e-4, rtol=0)
    obs = torch.randn(50, 20)
    assert network.logits(parameters, obs).softmax(1).detach().sub(0.25).abs().max() < 0.05
    assert network.values(parameters, obs).shape == (50,)


def test_the_mlp_by_hand() -> None:
    network = QNetwork(1, [2], 1, is_dueling=False)
    parameters = network.create(torch.Generator().manual_seed(0))
    for name, value in {
        "hidden0.weight": [[1.0, -1.0]],
        "hidden0.bias": [0.0, 1.0],
        "head.weight": [[2.0], [3.0]],
        "head.bias": [0.5],
    }.items():
        parameters[name].data.copy_(tensor(value))
    # x = 2: relu(2), relu(−1) → 4 + 0 + ½; x = −1: relu(−1), relu(2) → 0 + 6 + ½
    assert network(parameters, tensor([[2.0], [-1.0]])).tolist() == [[4.5], [6.5]]
