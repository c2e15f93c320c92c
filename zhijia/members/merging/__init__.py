"""Two rows of the register that are one person: found, judged, merged into one, and taken apart again."""
