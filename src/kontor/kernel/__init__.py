"""Mechanisms without business nouns."""
