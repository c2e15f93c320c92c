"""Official documents: the docx engine, numbering, issued and incoming papers, files."""
