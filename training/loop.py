"""The training loop that pretraining and fine-tuning share: minutes or steps, a resumable state, a falling rate."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import Progress

from training.swift import hasten

_SAVE_EVERY = 120  # seconds
_WARMUP, _DECAY = 0.15, 0.7  # shares of the time; with a shorter warm-up, runs of a few minutes never learn


def rate(progress: float) -> float:
    """Factor on the peak rate at `progress` (0 start, 1 end): linear up, hold, linear down over the last _DECAY."""
    if progress < _WARMUP:
        return progress / _WARMUP
    return min(1.0, max(0.0, (1.0 - progress) / _DECAY))


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def halved() -> bool:
    """Whether products in bfloat16 are faster here; on processors without instructions for them they are far slower."""
    return device() == "cuda" or torch.cpu.get_capabilities().get("avx512_bf16", False)


def train(
    name: str,
    model: torch.nn.Module,
    batches: Iterable,
    loss_of: Callable[..., torch.Tensor],
    minutes: float,
    peak: float,
    state: Path,
    steps: int | None = None,
) -> dict:
    """Trains `model` on `loss_of(model, *batch)` for `minutes` of wall time, so that a recipe takes the same time on
    any machine; or for so many `steps`, so that what networks learnt compares. A run that was cut off goes on from the
    file `state`. Returns {"steps", "loss", "minutes"}; the loss is a moving average over about 100 steps."""
    hasten(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=peak, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    taken, loss, spent = _restore(state, model, optimiser)
    saved, begun = spent, time.monotonic() - spent
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(name, total=1)
        for batch in batches:
            spent = time.monotonic() - begun
            done, whole = (spent, 60 * minutes) if steps is None else (taken, steps)
            if done >= whole:
                break
            for group in optimiser.param_groups:
                group["lr"] = peak * rate(done / whole)
            loss = _step(model, optimiser, loss_of, batch, loss)
            taken += 1
            bar.update(task, completed=done / whole, description=f"{name}: step {taken}, loss {loss:.4f}")
            if spent - saved > _SAVE_EVERY:
                saved = spent
                _save(state, model, optimiser, taken, loss, spent)
                bar.console.print(f"{name}: step {taken}, loss {loss:.4f}, {spent:.0f} s")
    state.unlink(missing_ok=True)
    return {"steps": taken, "loss": loss, "minutes": round(spent / 60, 1)}


def _step(model, optimiser, loss_of, batch, loss: float | None) -> float:
    with torch.autocast(device(), torch.bfloat16, enabled=halved()):
        current = loss_of(model, *(torch.as_tensor(part, device=device()) for part in batch))
    current.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return current.item() if loss is None else 0.99 * loss + 0.01 * current.item()


def _restore(state: Path, model, optimiser) -> tuple[int, float | None, float]:
    if not state.exists():
        return 0, None, 0.0
    saved = torch.load(state)
    model.load_state_dict(saved["model"])
    optimiser.load_state_dict(saved["optimiser"])
    return saved["steps"], saved["loss"], saved["spent"]


def _save(state: Path, model, optimiser, steps: int, loss: float, spent: float) -> None:
    """Written beside and renamed: a run cut off while saving loses nothing."""
    half = state.with_suffix(".part")
    weights = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
    torch.save({**weights, "steps": steps, "loss": loss, "spent": spent}, half)
    half.rename(state)
