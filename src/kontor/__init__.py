"""Kontor: a merchant's house as one program, counter in front and office behind."""
