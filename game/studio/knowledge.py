"""What is known of an artist before it is at work."""

from ai_artist.drawable import undrawable_words

__all__ = ["undrawable_words"]
