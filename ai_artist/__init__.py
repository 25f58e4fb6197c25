"""The artist: draws words as strokes by CLIPDraw (Frans, Soros, Witkowski 2021, arXiv:2106.14843).

This package knows nothing of the game. Importing it is cheap; torch, open_clip and Numba are imported by
the modules that need them.
"""
