"""What the project runs on itself: generated pages, and the picture in the README."""
