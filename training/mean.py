"""The mean of networks that went on from one another, which often reads better than any of them (Wortsman et al. 2022,
Model soups)."""

from collections.abc import Sequence
from pathlib import Path

from model.errors import WeightsError
from training.train import from_pretrained
from training.vocabulary import save_vocabulary


def mean(folders: Sequence[Path], output: Path) -> None:
    """Writes the mean of checkpoints or exported weights, each counting the same, as a checkpoint with its vocabulary.
    Raises WeightsError where they read with different vocabularies."""
    models, vocabularies = zip(*map(from_pretrained, folders), strict=True)
    if any(vocabulary != vocabularies[0] for vocabulary in vocabularies):
        raise WeightsError(f"{', '.join(map(str, folders))}: their vocabularies differ; train one on from the other")
    states = [model.state_dict() for model in models]
    mixed = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    models[0].load_state_dict({name: value.to(states[0][name].dtype) for name, value in mixed.items()})
    models[0].save_pretrained(output)
    save_vocabulary(vocabularies[0], output)
