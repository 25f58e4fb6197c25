"""How a picture is brought towards words: the optimisation loop, its augmentations, and what is optimised."""
