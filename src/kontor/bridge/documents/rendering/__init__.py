"""What a document looks like on paper and to a machine: frozen papers in, PDF, XML and SVG out.

Pure functions without models. ``papers``, ``freezing``, ``girocode`` and ``text`` are light; ``einvoice``, ``rules``,
``letters``, ``typesetting`` and ``pdf`` load heavy libraries and belong to the worker.
"""
