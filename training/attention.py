"""RoFormer's self-attention as two operators of ONNX, which run in one kernel each where transformers' own code runs in
many: the same numbers in less time."""

import torch
from transformers.models.roformer.modeling_roformer import RoFormerSelfAttention


class FusedSelfAttention(torch.nn.Module):
    """Takes the place of `RoFormerSelfAttention` in an encoder that is only to be exported. Windows are never padded,
    so the mask is ignored; attention probabilities are not returned."""

    def __init__(self, trained: RoFormerSelfAttention):
        super().__init__()
        self.heads = trained.num_attention_heads
        parts = (trained.query, trained.key, trained.value)
        self.projection = torch.nn.Linear(trained.query.in_features, 3 * trained.all_head_size)
        with torch.no_grad():
            self.projection.weight.copy_(torch.cat([part.weight for part in parts]))
            self.projection.bias.copy_(torch.cat([part.bias for part in parts]))

    def forward(self, hidden_states: torch.Tensor, attention_mask=None, sinusoidal_pos=None, **_):
        """States of shape (windows, tokens, width) to (states of the same shape, None)."""
        query, key, value = self.projection(hidden_states).chunk(3, dim=-1)
        sin, cos = sinusoidal_pos[0, 0].expand(hidden_states.shape[0], -1, -1).chunk(2, dim=-1)
        query, key = (
            torch.onnx.ops.rotary_embedding(part, cos, sin, interleaved=True, num_heads=self.heads)
            for part in (query, key)
        )
        return torch.onnx.ops.attention(query, key, value, q_num_heads=self.heads, kv_num_heads=self.heads)[0], None


def fuse(model: torch.nn.Module) -> torch.nn.Module:
    """The model with every RoFormer self-attention fused, in place; a model that has none stays as it is."""
    for name, child in model.named_children():
        if isinstance(child, RoFormerSelfAttention):
            setattr(model, name, FusedSelfAttention(child))
        else:
            fuse(child)
    return model
