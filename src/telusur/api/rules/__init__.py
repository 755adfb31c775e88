"""Rules of the room `api`."""
