"""Mutated contracts through the whole of reading, and some through the whole of checking."""
