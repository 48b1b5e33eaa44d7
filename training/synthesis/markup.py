"""A whole report as markup, where its tables are: HTML or Markdown."""

from random import Random

from training.synthesis.pieces import Piece


def _marked_up(pieces: list[Piece], rng: Random) -> list[Piece]:
    """The narrative as markup, where the tables are markup: broken lines or paragraphs, and what editors put around
    headings, figures and quotation marks."""
    paragraph = rng.choice(['<p style="text-indent:2em">', "<p>", "<p align='left'><span>"])
    end = "</span></p>" if "<span>" in paragraph else "</p>"
    between = rng.choice(["<br>\n", "<br/>", f"{end}\n{paragraph}", f"{end}\n{paragraph}"])
    quotes = rng.random() < 0.3
    shares = {"heading.": rng.choice([0, 0.9]), "fact.": rng.choice([0, 0, 0.1, 0.6])}
    marked: list[Piece] = [(paragraph, None)]
    for text, label in pieces:
        if label is None and "<" not in text:
            text = text.replace("\n", between)
            text = text.replace("“", "&ldquo;").replace("”", "&rdquo;") if quotes else text
        share = next((share for start, share in shares.items() if label and label.startswith(start)), 0)
        tag = ("strong" if label.startswith("heading.") else "span") if rng.random() < share else None
        marked += [(f"<{tag}>", None), (text, label), (f"</{tag}>", None)] if tag else [(text, label)]
    return [*marked, (end, None)]


def _in_markdown(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Headings as Markdown has them, where the tables are in Markdown."""
    before, after = rng.choice([("", ""), ("**", "**"), ("### ", ""), ("## **", "**"), ("", "  ")])
    return [
        piece
        for text, label in pieces
        for piece in (
            [(before, None), (text, label), (after, None)]
            if label and label.startswith("heading.")
            else [(text, label)]
        )
    ]


def written(pieces: list[Piece], layout: str, rng: Random) -> list[Piece]:
    """The pieces of a report as the layout of its tables has them; most layouts are plain text."""
    if layout == "html":
        return _marked_up(pieces, rng)
    return _in_markdown(pieces, rng) if "markdown" in layout else pieces
