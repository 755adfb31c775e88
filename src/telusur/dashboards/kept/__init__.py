"""Figures that were pinned, read back."""
