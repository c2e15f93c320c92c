"""Wiring only: the environment comes in here, nothing of the union's work is known here."""
