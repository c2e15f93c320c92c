"""Ledgers that people upload: kept for a day, matched to our sheets, previewed, mended, imported."""
