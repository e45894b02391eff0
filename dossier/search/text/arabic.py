"""Stems of Arabic words: the light stemmer `light10` (Larkey, Ballesteros and Connell 2002).

It takes articles and endings away and no more. The library's stemmer parts a word with its article from the same word
without, which no reader would forgive.
"""

_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def stem(word: str) -> str:
    """The stem of a word that was folded (`dossier.search.text.normalize.fold`)."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) > 1:
            word = word[len(article) :]
            break
    else:
        if word[0] == "و" and len(word) > 3:
            word = word[1:]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            word = word[: -len(ending)]
    return word
