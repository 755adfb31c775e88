"""Figures that were pinned, read back; answers that cannot change, counted once for all processes."""
