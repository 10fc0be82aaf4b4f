"""What the store says of an entity, in the words of a reader: names, statements, claims as captions."""
