"""What the command `compare` is made of."""
