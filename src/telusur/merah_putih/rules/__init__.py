"""Rules of the room `merah_putih`."""
