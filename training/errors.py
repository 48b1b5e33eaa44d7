"""Every miss in its sentence, what was tagged against gold, as one HTML page (displaCy)."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from spacy import displacy

from model.spans import Span
from model.tagger import Reader
from model.text import sentences
from model.view import view
from training.evaluate import Document, documents

_MOST = 600  # characters of one sentence shown; a table without line breaks is cut


def page(gold: Path, tagger: Reader) -> tuple[str, int]:
    """(HTML, number of sentences with a miss). Where the gold has no spans, the narrative facts alone are compared."""
    parts, count = [], 0
    for document in documents(gold):
        seen = view(document.text)
        said = tagger.spans(seen.text)
        wanted = seen.locate(document.spans if document.spans is not None else _fact_spans(document))
        if document.spans is None:
            facts = [span for span in said if span.label.startswith("fact.")]
            said = [span._replace(label=span.label.partition("@")[0]) for span in facts]
        misses = list(_misses(seen.text, wanted, said))
        count += len(misses)
        parts += [f"<h2>{escape(document.name)}</h2>", *misses] if misses else []
    head = "<!doctype html><meta charset=utf-8><title>Misses</title>"
    return f"{head}<h1>{count} sentences with a miss</h1>{''.join(parts)}", count


def _fact_spans(document: Document) -> list[Span]:
    """The gold facts at the places where their text is printed next, in the order of the gold."""
    spans, at = [], 0
    for fact in document.report.get("facts", []):
        found = document.text.find(fact["text"], at)
        start = found if found >= 0 else document.text.find(fact["text"])
        if start >= 0:
            spans.append(Span(start, start + len(fact["text"]), f"fact.{fact['kind']}"))
            at = start + 1
    return sorted(set(spans))


def _misses(text: str, gold: list[Span], said: list[Span]) -> Iterator[str]:
    """The sentences in which the two differ, each drawn twice: gold first."""
    for start, end in sentences(text):
        both = [[span for span in spans if start <= span.start < end] for spans in (gold, said)]
        if {span[:3] for span in both[0]} != {span[:3] for span in both[1]}:
            drawn = (_drawn(text[start:end], spans, start) for spans in both)
            yield "".join(f"<h4>{title}</h4>{one}" for title, one in zip(("gold", "tagged"), drawn, strict=True))


def _drawn(sentence: str, spans: list[Span], offset: int) -> str:
    ends = ((s.start - offset, s.end - offset, s.label.removeprefix("fact.")) for s in spans)
    entities = [{"start": start, "end": end, "label": label} for start, end, label in ends if end <= _MOST]
    shown = {"text": sentence[:_MOST], "ents": entities, "title": None}
    return displacy.render(shown, style="ent", manual=True, page=False, jupyter=False)
