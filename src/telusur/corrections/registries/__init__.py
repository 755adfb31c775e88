"""Ways to the national registry by machine. Off unless an office sets an address of its own."""
