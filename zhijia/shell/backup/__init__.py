"""Backups: one logical format for both engines, whole or not at all, verified after writing and before reading."""
