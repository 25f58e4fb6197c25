"""Perceptors: image-and-text models that say how close a picture is to words. Any model that open_clip loads will do."""

from ai_artist.perception.base import Perceptor
from ai_artist.perception.clip import ClipPerceptor
from ai_artist.perception.ensemble import Ensemble
from ai_artist.perception.loading import load_perceptor, untrained
from ai_artist.perception.precision import PRECISIONS
from ai_artist.perception.vocabulary import unknown_words_note
from ai_artist.perceptor_names import BUNDLED

__all__ = ["BUNDLED", "PRECISIONS", "ClipPerceptor", "Ensemble", "Perceptor", "load_perceptor", "unknown_words_note", "untrained"]
