"""From text to searchable words: tokenizer, normalization, stemming."""
