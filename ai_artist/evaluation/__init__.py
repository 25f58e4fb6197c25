"""How good the artist is: people's sketches and synonyms named by the perceptor, drawings named by a judge who never saw how they came about."""
