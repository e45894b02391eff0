"""Layer 3: the browser on a terminal. The only place that knows Textual and Rich."""
