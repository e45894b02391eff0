"""Signatures of archives by OpenSSH: the publisher signs with an SSH key, and a reader names that key once."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from dossier.desk.user.atomic_write import write_bytes
from dossier.desk.user.places import user_folder
from dossier.desk.user.read_input import read_input_file
from dossier.model.problems import DossierError

NAMESPACE = "dossier-archive"
"""The namespace of signatures, so that a signature of an archive is valid for nothing else, and the other way round."""
SECONDS = 60
"""Seconds within which ssh-keygen must end; it may ask for a passphrase."""
_KEY = re.compile(r"((?:sk-)?(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d+)(?:@openssh\.com)?) ([A-Za-z0-9+/=]+)(?: .*)?")
_FINGERPRINT = re.compile(rb"SHA256:[A-Za-z0-9+/]{43}")
_NAME = re.compile(r"[\w.@+-]{1,100}")


def signers_file() -> Path:
    """Return the file of the keys that the user trusts, in the form of OpenSSH's allowed signers."""
    return user_folder("config") / "signers"


def trust(key_file: Path, name: str = "") -> str:
    """Trust the archives that are signed with the key whose public half is in a file; gives the name of its owner.

    Raises:
        DossierError: the file holds no public key, or the name cannot be used.

    """
    match = _KEY.fullmatch(read_input_file(key_file, 20_000).decode("utf-8", "replace").strip())
    if match is None:
        raise DossierError(f"{key_file} holds no public key of OpenSSH; give a file such as id_ed25519.pub.")
    name = name or key_file.stem
    if not _NAME.fullmatch(name):
        raise DossierError(f"{name} cannot be the name of a key; use letters, digits and any of . @ + - _")
    line = f'{name} namespaces="{NAMESPACE}" {match[1]} {match[2]}'
    file = signers_file()
    known = read_input_file(file, 1_000_000).decode("utf-8").splitlines() if file.exists() else []
    if line not in known:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_bytes(file, "\n".join([*known, line, ""]).encode(), force=True)
    return name


def sign(file: Path, key: Path) -> None:
    """Sign a file; the signature comes beside it, with `.sig` at its end.

    Raises:
        DossierError: ssh-keygen is not here, or cannot sign with this key.

    """
    done = _run(["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)], asks=True)
    if done.returncode or not file.with_name(f"{file.name}.sig").is_file():
        raise DossierError(f"The archive cannot be signed with {key}: {_last_line(done)}")


def signer_of(data: bytes, signature: bytes, what: Path) -> tuple[str, str]:
    """Return the name and the fingerprint of the trusted key that has signed `data`.

    Raises:
        DossierError: it is signed by no key that the user trusts, or was changed since.

    """
    signers = signers_file()
    if not signers.is_file():
        raise DossierError(f"{what} is not opened: you trust no key yet; name one with dossier archive trust KEY.pub.")
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        beside = Path(folder) / "signature"
        beside.write_bytes(signature)
        found = _run(["-Y", "find-principals", "-s", str(beside), "-f", str(signers)])
        names = found.stdout.decode("utf-8", "replace").split()
        if found.returncode or not names:
            raise DossierError(f"{what} is not opened: it is signed by no key that you trust.")
        command = ["-Y", "verify", "-f", str(signers), "-I", names[0], "-n", NAMESPACE, "-s", str(beside)]
        verified = _run(command, data)
        if verified.returncode:
            raise DossierError(f"{what} is not opened: it was changed after {names[0]} had signed it.")
    fingerprint = _FINGERPRINT.search(verified.stdout)
    return names[0], fingerprint[0].decode() if fingerprint else ""


def _run(arguments: list[str], data: bytes = b"", *, asks: bool = False) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which("ssh-keygen")
    if program is None:
        raise DossierError("Archives are signed and verified by ssh-keygen, which is not here; install OpenSSH.")
    command = [program, *arguments]
    try:
        if asks:
            return subprocess.run(command, stderr=subprocess.PIPE, timeout=SECONDS, check=False)  # noqa: S603
        return subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise DossierError(f"ssh-keygen took more than {SECONDS} seconds.") from None


def _last_line(done: "subprocess.CompletedProcess[bytes]") -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"ssh-keygen ended with {done.returncode}."
