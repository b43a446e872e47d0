"""Orrery: a shared viewer for 3D scenes."""

__version__ = "0.4.0"
