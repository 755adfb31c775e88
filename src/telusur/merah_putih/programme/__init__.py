"""The programme itself: tables of stages, members and capital, and lists of members that are counted and forgotten."""
