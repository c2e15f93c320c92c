"""The official-document engine: blocks in, docx bytes out, laid out as GB/T 9704-2012 asks.

`blocks` holds the words a document is described in, `engine.render` writes it, `template` fills a
union's own template, `reading` reads a docx back. Pure: no Django, no database, no clock.
"""
