"""Rule files to rules: every line checked against the grammar, the facts and the vocabulary, every problem with its place."""
