"""Figures of the resolver on real lists; skipped where these are absent."""
