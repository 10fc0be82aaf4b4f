"""The graph of each sentence held against the sentence itself, in a reader's own copy. `rules` is the way in."""
