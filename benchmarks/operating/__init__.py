"""What an operator does, tried on the assembled server."""
