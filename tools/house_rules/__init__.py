"""The rules of the house that no bought linter knows: rooms, sizes, words, templates.

``python -m tools.house_rules`` prints every breach and fails. Breaches that are known and borne stand in
``tools/house_rules/ratchet.txt``; that list only shrinks: an entry that no longer fires fails too.
"""
