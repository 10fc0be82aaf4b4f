"""Whether the ontology and the facts can all be true, by the OWL 2 DL reasoner HermiT, and if not, why.

`diagnosis` is the whole: from statements to the conflicts in them. `projection` says what the reasoner reads of them,
`hermit` runs it, `conflict` shrinks what cannot be true to a smallest set, and `modules` cuts the way short.
"""
