"""The equations of the algorithms as pure functions, each with its source."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


def q_target(reward: Tensor, discount: Tensor, q_next: Tensor) -> Tensor:
    """Return r + γ max_a Q'(s', a), (B,), of `q_next` (B, A). Watkins 1989; Mnih et al. 2015.

    `discount` (B,) is γ to the number of rewards summed in `reward`, 0 after a death.
    """
    return torch.addcmul(reward, discount, q_next.amax(1))


def double_q_target(
    reward: Tensor, discount: Tensor, q_online_next: Tensor, q_target_next: Tensor
) -> Tensor:
    """Return r + γ Q'(s', argmax_a Q(s', a)), (B,). van Hasselt et al. 2016, eq. 4."""
    best = q_online_next.argmax(1, keepdim=True)
    return torch.addcmul(reward, discount, q_target_next.gather(1, best).squeeze(1))


def td_error(q: Tensor, action: Tensor, target: Tensor) -> Tensor:
    """Return target − Q(s, a), (B,), of `q` (B, A), `action` (B,). Sutton & Barto 2018, eq. 6.5."""
    return target - q.gather(1, action.unsqueeze(1)).squeeze(1)


def huber(error: Tensor) -> Tensor:
    """½ e² up to |e| = 1, |e| − ½ beyond, elementwise. Huber 1964, with δ = 1 as in Mnih et al."""
    size = error.abs()
    near = size.clamp(max=1)
    return near * (size - 0.5 * near)


def huber_slope(error: Tensor) -> Tensor:
    """Return the derivative of `huber`: e, clipped to −1..1, elementwise."""
    return error.clamp(-1, 1)


def squared(error: Tensor) -> Tensor:
    """½ e², elementwise: what `huber` is near 0."""
    return 0.5 * error * error


def squared_slope(error: Tensor) -> Tensor:
    """Return the derivative of `squared`: e itself."""
    return error


def q_slope(action: Tensor, slope: Tensor, actions: int) -> Tensor:
    """Return the derivative of a mean loss in Q, (B, A), from that in the TD errors (B,).

    Only the action taken counts, and Q enters the error with a minus.
    """
    result = torch.zeros(len(action), actions)
    return result.scatter_(1, action.unsqueeze(1), slope.unsqueeze(1) / -len(action))


def n_step_returns(
    reward: Floats, next_value: Floats, died: Flags, timed_out: Flags, *, discount: float
) -> Floats:
    """Return to the end of the window or of the life, all (T, L). Sutton & Barto 2018, eq. 7.1.

    G_t = r_t + γ G_{t+1}, where G_{t+1} is 0 after a death and V(s_{t+1}), given as
    `next_value[t]`, after a time limit and at the end of the window.
    """
    result = np.empty_like(reward)
    following = next_value[-1]
    for t in reversed(range(len(reward))):
        following = np.where(timed_out[t], next_value[t], following)
        following = reward[t] + discount * np.where(died[t], 0, following).astype(np.float32)
        result[t] = following
    return result


def gae(
    reward: Floats,
    value: Floats,
    next_value: Floats,
    died: Flags,
    timed_out: Flags,
    *,
    discount: float,
    decay: float,
) -> Floats:
    """Advantages Σ (γλ)^k δ_{t+k}, all (T, L). Schulman et al. 2016, eq. 16.

    δ_t = r_t + γ V(s_{t+1}) − V(s_t), without the second term after a death. The sum
    stops at the end of a life, whatever ended it.
    """
    surprise = reward + discount * np.where(died, 0, next_value) - value
    onwards = np.where(died | timed_out, 0, discount * decay)
    result = np.empty_like(reward)
    following: Any = 0.0
    for t in reversed(range(len(reward))):
        following = surprise[t] + onwards[t] * following
        result[t] = following
    return result


def clipped_objective(ratio: Tensor, advantage: Tensor, clip: float) -> Tensor:
    """min(ρ A, clip(ρ, 1 ± ε) A), to be maximised, shape (B,). Schulman et al. 2017, eq. 7."""
    return torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)


def entropy(log_probability: Tensor) -> Tensor:
    """−Σ_a π(a) log π(a) in nats, (B, A) to (B,). Shannon 1948."""
    return -(log_probability.exp() * log_probability).sum(1)
