"""The work report as a draft: sentences that people edit, figures that stay live.

`body` the words of a section, `form_text` the same as text in a form and back, `merging` two people's changes,
`comparing` two states, `generating` the first draft, `live` today's figures, `paper` the docx; `writing`, `stages`,
`opinions` and `returning` change drafts, one transaction and one audit line each.
"""
