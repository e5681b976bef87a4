"""Dated rules per jurisdiction that explain themselves; taxes first."""
