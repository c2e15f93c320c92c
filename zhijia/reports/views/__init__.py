"""Pages of the report workbench."""
