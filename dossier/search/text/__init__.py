"""Turn text into searchable words: tokenizer, normalization, stemming."""
