"""Rules of the room `opendata`."""
