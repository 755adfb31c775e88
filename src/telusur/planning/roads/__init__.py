"""Adapters for roads: an OpenStreetMap extract in, a kept network out and in again."""
