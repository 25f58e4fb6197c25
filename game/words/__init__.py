"""Word packs and their loader."""
