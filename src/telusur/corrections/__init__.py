"""Corrections: what the house holds against what the national register says, and what became of each change sent."""
