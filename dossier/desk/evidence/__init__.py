"""Anchors, review, revisions of articles, and verification of exported briefs."""
