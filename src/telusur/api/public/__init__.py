"""What the public doors of this room share: who may pass, and rows within bounds."""
