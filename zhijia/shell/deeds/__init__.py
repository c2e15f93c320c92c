"""Who did what in the union: its audit lines as a page, filtered, told in plain words, and checked."""
