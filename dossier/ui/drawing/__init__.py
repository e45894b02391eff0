"""Drawing: text from files, styles, themes, row layout."""
