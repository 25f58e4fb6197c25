"""Ink: few black strokes of one width, the best of several beginnings. What the game draws with, for people guess lines best."""

from typing import Final

from ai_artist.synthesis.brush import Brush
from ai_artist.synthesis.method import StrokeMethod
from ai_artist.synthesis.priors import Priors

INK: Final = StrokeMethod(
    "ink",
    "few black strokes of one width, the best of eight beginnings",
    candidates=8,
    looks=8,
    rate=3.0,  # with so few strokes each has farther to go, and a turn is short
    contrasted=True,
    seconded=True,
    priors=Priors(length=0.03),
    tidy=True,
    brush=Brush(thinnest=0.022, thickest=0.022),
)
