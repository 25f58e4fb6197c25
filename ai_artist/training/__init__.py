"""How the bundled perceptor, doodle-clip, is made. Needs the `training` extra; playing needs nothing of it."""
