"""The parts of the command faults."""
