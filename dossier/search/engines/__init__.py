"""The engine protocol and the engines behind it."""
