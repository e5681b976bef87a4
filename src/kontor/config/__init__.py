"""Knows every room and is known by none: settings, planes, the command line, the processes."""
