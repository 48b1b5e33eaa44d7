"""The parts of an encoder that take longest to train on a processor, written to take less: the same mathematics, the
same names of the parameters."""

import torch
from torch import nn
from transformers.models.roformer.modeling_roformer import RoFormerSelfAttention


class Dropout(nn.Dropout):
    """Dropout that draws one random byte an element, eight of them at once; torch's own draws them one by one on a
    processor, which takes many times as long. The share dropped is `p` rounded to 1/256."""

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        dropped = round(256 * self.p)
        if not self.training or not dropped:
            return states
        eights = torch.empty(-(-states.numel() // 8), dtype=torch.int64, device=states.device)
        drawn = eights.random_(-(2**63), None).view(torch.uint8)[: states.numel()].view(states.shape)
        return states * ((drawn >= dropped).to(states.dtype) * (256 / (256 - dropped)))


class SelfAttention(nn.Module):
    """RoFormer's self-attention with one product for query, key and value, and the softmax in the products' own
    precision. Windows are never padded, so the mask is ignored; probabilities are neither dropped nor returned."""

    def __init__(self, slow: RoFormerSelfAttention):
        super().__init__()
        self.heads = slow.num_attention_heads
        self.query, self.key, self.value = slow.query, slow.key, slow.value

    def forward(self, hidden_states: torch.Tensor, attention_mask=None, sinusoidal_pos=None, **_):
        """States of shape (windows, tokens, width) to (states of the same shape, None)."""
        windows, tokens, width = hidden_states.shape
        parts = (self.query, self.key, self.value)
        weight, bias = torch.cat([part.weight for part in parts]), torch.cat([part.bias for part in parts])
        joint = nn.functional.linear(hidden_states, weight, bias)
        query, key, value = joint.view(windows, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        sin, cos = (half.repeat_interleave(2, -1) for half in sinusoidal_pos[0, 0].to(query.dtype).chunk(2, -1))
        query, key = _turned(query, sin, cos) * query.shape[-1] ** -0.5, _turned(key, sin, cos)
        mixed = torch.softmax(query @ key.transpose(-1, -2), -1) @ value
        return mixed.transpose(1, 2).reshape(windows, tokens, width), None


def _turned(states: torch.Tensor, sin: torch.Tensor, cos: torch.Tensor) -> torch.Tensor:
    """Rotary positions: each pair of columns turned by the angle of its token."""
    across = torch.stack([-states[..., 1::2], states[..., ::2]], -1).flatten(-2)
    return states * cos + across * sin


def hasten(model: nn.Module) -> nn.Module:
    """The model with every dropout and every RoFormer self-attention exchanged, in place."""
    for name, child in model.named_children():
        if isinstance(child, nn.Dropout):
            setattr(model, name, Dropout(child.p).train(child.training))
        elif isinstance(child, RoFormerSelfAttention):
            setattr(model, name, SelfAttention(child).train(child.training))
        else:
            hasten(child)
    return model
