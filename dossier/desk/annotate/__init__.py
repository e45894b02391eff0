"""Writing a dossier without a screen: entries written, changed and deleted in its YAML, with undo and redo.

`AnnotationService` (`service.py`, as `Desk.annotations`) is the way in; `model/text_spans.py` finds the stretch of an
article that a reader means, `completion.py` proposes what a field may hold.
"""
