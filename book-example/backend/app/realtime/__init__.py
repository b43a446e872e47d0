"""Rooms: who looks at a scene right now."""
