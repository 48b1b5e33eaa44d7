"""Seconds against length and against number, as a picture: both must be straight lines."""

import time
from collections.abc import Callable
from pathlib import Path

from model.extract import extract
from model.tagger import Reader
from training.synthesis.compose import compose

_FIRST_SEED = 10_000_000
_STEPS = (1, 2, 4, 8, 16, 24, 32)  # reports, in one text or one after the other
_WIDTH, _HEIGHT, _MARGIN = 640, 360, 56
_COLOURS = {"one text": "#1f6f8b", "reports one by one": "#c0561f"}
Points = list[tuple[int, float]]  # characters, seconds


def measure(tagger: Reader) -> dict[str, Points]:
    """The seconds of the first so many reports, glued to one text and one by one; the quicker of two runs."""
    texts = [compose(_FIRST_SEED + number).text for number in range(_STEPS[-1])]
    extract(texts[0], tagger)
    ways: dict[str, Callable[[int], object]] = {
        "one text": lambda count: extract("\n".join(texts[:count]), tagger),
        "reports one by one": lambda count: [extract(text, tagger) for text in texts[:count]],
    }
    lengths = {count: sum(map(len, texts[:count])) for count in _STEPS}
    return {name: [(lengths[count], _quicker(way, count)) for count in _STEPS] for name, way in ways.items()}


def _quicker(way: Callable[[int], object], count: int) -> float:
    times = []
    for _ in range(2):
        begun = time.perf_counter()
        way(count)
        times.append(time.perf_counter() - begun)
    return min(times)


def draw(lines: dict[str, Points], path: Path) -> None:
    """Writes the lines as SVG, characters to the right and seconds upwards."""
    right = max(x for points in lines.values() for x, _ in points)
    top = max(y for points in lines.values() for _, y in points)

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = (_WIDTH - 2 * _MARGIN) * x / right, (_HEIGHT - 2 * _MARGIN) * y / top
        return round(_MARGIN + across, 1), round(_HEIGHT - _MARGIN - up, 1)

    drawn = [_text(at(0, top), f"{top:.1f} s", "end"), _text(at(right, 0), f"{right:,} characters", "end", 20)]
    drawn.append(_line([at(0, top), at(0, 0), at(right, 0)], "#888"))
    for number, (name, points) in enumerate(lines.items()):
        places = [at(*point) for point in points]
        drawn += [_line(places, _COLOURS[name]), *(_dot(place, _COLOURS[name]) for place in places)]
        drawn.append(_text((_MARGIN + 16, _MARGIN + 20 * number), name, "start", fill=_COLOURS[name]))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">'
    path.write_text("\n".join([head, *drawn, "</svg>"]) + "\n", "utf-8")


def _line(places: list[tuple[float, float]], colour: str) -> str:
    return f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}" fill="none" stroke="{colour}"/>'


def _dot(place: tuple[float, float], colour: str) -> str:
    return f'<circle cx="{place[0]}" cy="{place[1]}" r="3" fill="{colour}"/>'


def _text(place: tuple[float, float], text: str, anchor: str, below: int = 0, fill: str = "#333") -> str:
    x, y = place
    return f'<text x="{x}" y="{y + below}" font-size="12" text-anchor="{anchor}" fill="{fill}">{text}</text>'
