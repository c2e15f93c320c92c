"""Long work: started from a page, done by the worker that `serve` runs, followed and found again on pages."""
