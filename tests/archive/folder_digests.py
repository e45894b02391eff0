"""The digests of all files of a folder: what must not change."""

import hashlib


def digests(folder):
    return {file: hashlib.sha256(file.read_bytes()).digest() for file in folder.rglob("*") if file.is_file()}
