"""What a document looks like on paper and to a machine: frozen papers in, PDF, XML and SVG out.

Pure functions without models. Light, for every process: ``papers``, ``freezing``, ``girocode``, ``text``, ``press``.
Heavy, for the printing process that ``press`` starts: ``einvoice``, ``rules``, ``letters``, ``pdf``, ``printing``.
"""
