"""Whole ledgers in other styles than ours, and everything that may go wrong with an import."""
