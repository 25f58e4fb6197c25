"""Measurements: what is fast, and how true. Each prints tables, and one JSON object as its last line."""
