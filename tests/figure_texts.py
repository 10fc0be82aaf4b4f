"""What is written on a figure, and where: read from the figure itself."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from powkg.figures.canvas import defaults
from powkg.figures.writing import DataFigure


def texts(figure: DataFigure) -> list[str]:
    """Every text of a figure."""
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def names(figure: DataFigure) -> list[str]:
    """The identifiers of its rows and places, in the order in which they are drawn."""
    return [str(text.get_gid()) for text in figure.findobj(Text) if text.get_gid()]


def boxes(figure: DataFigure) -> list[tuple[str, Bbox]]:
    """Every text with the room that it takes, in pixels."""
    with defaults():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
        found = [text for text in figure.findobj(Text) if text.get_text()]
        return [(text.get_text(), text.get_window_extent(renderer)) for text in found]


def overlaps(figure: DataFigure) -> list[tuple[str, str]]:
    """Texts that lie on each other by more than half a pixel."""
    every = [(text, box.padded(-0.5)) for text, box in boxes(figure)]
    return [
        (one, other)
        for number, (one, box) in enumerate(every)
        for other, second in every[number + 1 :]
        if box.overlaps(second)
    ]


def outside(figure: DataFigure) -> list[str]:
    """Texts that leave the page."""
    page = figure.bbox
    return [
        text
        for text, box in boxes(figure)
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]
