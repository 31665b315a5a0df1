"""What the engine needs of the world, as protocols, and the only errors it has to understand."""
