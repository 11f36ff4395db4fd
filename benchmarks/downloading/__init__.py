"""What the command `downloads` is made of."""
