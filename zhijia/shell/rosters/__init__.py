"""The personnel office's list on its way: kept sealed, compared, reviewed, applied."""
