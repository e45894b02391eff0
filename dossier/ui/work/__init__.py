"""Work beside the screen: threads, editor, searches, setup."""
