"""The hallway's pages."""
