"""Where files stand on the disk: those of the day under their state, those of snapshots under their hash."""
