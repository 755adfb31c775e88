"""What the verbs of matching store in bulk: runs with their proposals, and the rows of an office's list."""
