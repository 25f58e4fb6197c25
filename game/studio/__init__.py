"""Where artists work: the seam between rooms and whatever runs the optimisation."""
