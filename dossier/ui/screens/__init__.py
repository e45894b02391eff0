"""The screens: one module each, named for what one does there."""
