"""Layers, heads, masks and initial weights."""

import pytest
import torch
from torch import Tensor, tensor

from hamlet_game.learn.mlp import Mlp, mlp_shapes
from hamlet_game.learn.networks import ActorCritic, QNetwork, dueling, masked
from hamlet_game.learn.parameters import Parameters


def test_the_mlp_by_hand() -> None:
    parameters = Parameters(mlp_shapes("", 1, [2], 1))
    for name, value in {
        "hidden0.weight": [[1.0, -1.0]],
        "hidden0.bias": [0.0, 1.0],
        "head.weight": [[2.0], [3.0]],
        "head.bias": [0.5],
    }.items():
        parameters[name].copy_(tensor(value))
    mlp = Mlp(parameters, "", 1)
    # x = 2: relu(2), relu(−1) → 4 + 0 + ½; x = −1: relu(−1), relu(2) → 0 + 6 + ½
    out, trace = mlp.forward(tensor([[2.0], [-1.0]]))
    assert out.tolist() == [[4.5], [6.5]]
    mlp.backward(trace, tensor([[1.0], [10.0]]))
    slopes = {name: parameters.slope(name).tolist() for name in parameters}
    assert slopes == {
        "head.bias": [11],
        "head.weight": [[2], [20]],  # relu(x) times 1 and 10
        "hidden0.bias": [2, 30],  # 1 x 2 through the first unit, 10 x 3 through the second
        "hidden0.weight": [[4, -30]],
    }


def with_autograd(network: QNetwork, depth: int, obs: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
    """Return Q-values computed the ordinary way, and the leaves they come from."""
    p = network.parameters
    leaves = {name: p[name].clone().requires_grad_() for name in p}
    x = obs
    for number in range(depth):
        x = torch.relu(x @ leaves[f"hidden{number}.weight"] + leaves[f"hidden{number}.bias"])
    out = x @ leaves["head.weight"] + leaves["head.bias"]
    if out.shape[1] == 5:
        return out, leaves
    value, advantage = out[:, :1], out[:, 1:]
    return value + advantage - advantage.mean(1, keepdim=True), leaves


@pytest.mark.parametrize("is_dueling", [True, False])
@pytest.mark.parametrize("hidden", [[], [7], [64, 64], [32, 16, 8]])
def test_values_and_gradients_are_those_of_autograd(hidden: list[int], *, is_dueling: bool) -> None:
    generator = torch.Generator().manual_seed(len(hidden))
    network = QNetwork(11, hidden, 5, is_dueling=is_dueling)
    network.parameters.vector.normal_(0, 0.3, generator=generator)
    obs = torch.randn(100, 11, generator=generator)
    slope = torch.randn(100, 5, generator=generator) / 100
    expected, leaves = with_autograd(network, len(hidden), obs)
    expected.backward(slope)
    q, trace = network.forward(obs)
    network.backward(trace, slope)
    torch.testing.assert_close(q, expected.detach(), atol=1e-6, rtol=1e-5)
    for name, leaf in leaves.items():
        torch.testing.assert_close(network.parameters.slope(name), leaf.grad, atol=1e-6, rtol=1e-5)


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
    network.randomise(torch.Generator().manual_seed(0))
    assert float(network.parameters["hidden0.weight"].std()) == pytest.approx(0.1, rel=0.02)
    q = network(torch.rand(50, 200))
    assert q.shape == (50, 4)
    assert q.abs().max() < 1


def test_a_copied_network_says_the_same_and_shares_nothing() -> None:
    network = QNetwork(4, [8], 2, is_dueling=True)
    network.randomise(torch.Generator().manual_seed(0))
    obs, other = torch.rand(5, 4), network.copy()
    before = network(obs)
    assert torch.equal(before, other(obs))
    network.parameters.vector.zero_()
    assert torch.equal(before, other(obs))


def test_a_new_actor_is_undecided_and_orthogonal() -> None:
    network = ActorCritic(20, [30], 4)
    network.randomise(torch.Generator().manual_seed(0))
    weight = network.parameters["actor.hidden0.weight"]
    torch.testing.assert_close(weight @ weight.T, 2 * torch.eye(20), atol=1e-4, rtol=0)
    obs = torch.rand(50, 20)
    assert network.actor(obs).softmax(1).sub(0.25).abs().max() < 0.05
    assert network.critic(obs).shape == (50, 1)
