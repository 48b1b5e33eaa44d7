"""The model card beside the weights, written from what was measured."""

from training.scores import COMPARED

_CARD = """\
# Model card: nianbao {version}

A character-level token classifier (RoFormer, {layers} layers × {width}) for Chinese annual reports on government
information disclosure. It tags section headings, table cells, narrative facts, contact data and report fields in IOB2
with {labels} labels; `tagger.json` beside the weights lists them. Serving graph: ONNX, int8, {megabytes} MB.

## Data

- Pretraining: {corpus} characters of Chinese laws and government work reports (official texts, outside copyright under
  Article 5 of the PRC Copyright Law), masked-language modelling with hidden spans; then the same, half of every batch
  cut from the composed reports below. Only learned weights are here.
- Fine-tuning: annotated reports composed by `training/synthesis` from {patterns} sentence patterns written for this
  project. No published report was used. The patterns and agencies of `annotations/test` are others, and so are two of
  its layouts.

## Recipe

`nianbao recipe`, from nothing (`nianbao recipe CORPUS --version V`) or going on from earlier weights (`--init-from`):

{history}

Calibration temperature {temperature}, fitted on {calibrated_on} composed reports that neither train nor score.

## Scores on {gold}

| what | precision | recall | F1 |
|---|---|---|---|
{rows}

Whole reports exact: {exact}. Report fields right: {fields}. Expected calibration error of cells and facts: {ece}.

## Limits

It learned from written sentences, and reads tables better than prose. A confidence is calibrated on composed reports,
not on published ones. It should not be used on anything but annual disclosure reports.
"""


def card(metrics: dict) -> str:
    """Markdown, from the metrics that `recipe.run` collects."""
    scores = metrics["scores"]
    rows = [("tags, strict, micro", scores["labels"]["micro"]), *((name, scores[name]) for name in COMPARED)]
    drawn = "\n".join(f"| {name} | {r['precision']:.4f} | {r['recall']:.4f} | {r['f1']:.4f} |" for name, r in rows)
    history = "\n".join(f"{number}. {told}" for number, told in enumerate(metrics["runs"], 1))
    exact, fields = ("{}/{}".format(*scores[name]) for name in ("reports_exact", "fields"))
    words = {"rows": drawn, "history": history, "exact": exact, "fields": fields, "ece": scores["calibration_error"]}
    return _CARD.format(**metrics, **words)
