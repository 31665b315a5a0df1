"""The viewer: one picture large, in the place of the gallery or in a window of its own."""
