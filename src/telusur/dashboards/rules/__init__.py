"""Rules of the room `dashboards`."""
