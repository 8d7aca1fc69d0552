"""Concerted: capacity development for coordinated responses to violence against women and girls."""

__version__ = "0.1.0"
