"""The keys of an installation: several data keys of which one is current, and one root for indexes and digests.

They live outside the database: in `$ZHIJIA_HOME/keys/keyring.json` (file 0600, folder 0700), or as the same JSON in
the environment variable ZHIJIA_KEYS. That variable is read here and not in the settings, which error pages show.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FILE = "keyring.json"
_VARIABLE = "ZHIJIA_KEYS"
_KEY_BYTES = 32
_KEY_IDS = 1 << 16  # two bytes in front of every secret
_SEAL_MARK = b"ZJK1"
_SALT_BYTES, _NONCE_BYTES = 16, 12
_SCRYPT = {"n": 1 << 16, "r": 8, "p": 2, "maxmem": 1 << 27, "dklen": _KEY_BYTES}  # 64 MB, a third of a second
SHORTEST_PASSPHRASE = 10


class SecretError(Exception):
    """A key or a secret that can not be used; the message never contains keys or values."""


class Keyring:
    """Data keys by their number, the number of the current one, and the root that is never changed."""

    def __init__(self, data: Mapping[int, bytes], current: int, root: bytes) -> None:
        keys = [*data.values(), root]
        if (
            current not in data
            or any(len(key) != _KEY_BYTES for key in keys)
            or not all(0 < i < _KEY_IDS for i in data)
        ):
            raise SecretError("密钥内容不完整：请从备份恢复密钥文件")
        self.current = current
        self._data = dict(data)
        self._root = root
        self._ciphers = {number: AESGCM(key) for number, key in data.items()}
        self._subkeys: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return f"<Keyring of {len(self._data)}, current {self.current}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyring) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.current, *sorted(self._data)))

    @classmethod
    def new(cls) -> Self:
        """A keyring with one new key. Key numbers are random, so that another installation's secrets are told apart."""
        number = 1 + secrets.randbelow(_KEY_IDS - 1)
        return cls({number: secrets.token_bytes(_KEY_BYTES)}, number, secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what to_json wrote; refused with SecretError where it is damaged."""
        try:
            body = json.loads(text)
            data = {int(number): _decoded(key) for number, key in body["data"].items()}
            return cls(data, int(body["current"]), _decoded(body["root"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise SecretError("密钥文件已损坏，读不出来：请从备份恢复") from None

    def to_json(self) -> str:
        """The keys in clear: only for the key file and for sealing."""
        data = {str(number): _encoded(key) for number, key in sorted(self._data.items())}
        return json.dumps({"version": 1, "current": self.current, "data": data, "root": _encoded(self._root)})

    def rotated(self) -> Self:
        """A keyring with a new current key; all earlier keys stay for reading, and the root stays."""
        free = [number for number in range(1, _KEY_IDS) if number not in self._data]
        number = secrets.choice(free)
        return type(self)({**self._data, number: secrets.token_bytes(_KEY_BYTES)}, number, self._root)

    def with_current_only(self) -> Self:
        """A keyring without the earlier keys, once nothing stored needs them any more; the root stays."""
        return type(self)({self.current: self._data[self.current]}, self.current, self._root)

    def __contains__(self, number: int) -> bool:
        return number in self._data

    def cipher(self, number: int) -> AESGCM:
        """The cipher of one data key; an unknown number is refused with SecretError."""
        try:
            return self._ciphers[number]
        except KeyError:
            raise SecretError(f"没有编号 {number} 的密钥：这些内容用另一套密钥加密，请恢复当时的密钥文件") from None

    def subkey(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, derived from the root and so the same after every rotation."""
        if purpose not in self._subkeys:
            self._subkeys[purpose] = hmac.digest(self._root, b"zhijia:" + purpose.encode(), hashlib.sha256)
        return self._subkeys[purpose]


def _encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


_in_use: list[Keyring] = []


def keyring() -> Keyring:
    """The keyring of this installation, read once; made on first use where there is none yet."""
    if not _in_use:
        use(_from_environment() or ensure(_folder()))
    return _in_use[0]


def use(ring: Keyring | None) -> None:
    """Let this process work with `ring` from now on; None reads the stored one again on next use."""
    _in_use[:] = [ring] if ring else []


def ensure(folder: Path) -> Keyring:
    """Return the keyring stored in `folder`; make a new one where there is none. Closes the folder to others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close(folder, 0o700)
    file = folder / FILE
    if not file.exists():
        _place(Keyring.new(), file, over=False)
    _close(file, 0o600)
    return Keyring.from_json(file.read_text(encoding="ascii"))


def store(ring: Keyring, folder: Path) -> None:
    """Put `ring` into `folder` in place of the one there, as a restore does: whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close(folder, 0o700)
    _place(ring, folder / FILE, over=True)


def rotate() -> Keyring:
    """Add a new current key to the stored keyring and use it; old keys stay for reading.

    Refused with SecretError where the keys come from ZHIJIA_KEYS, or while another process is doing the same.
    """
    if _from_environment():
        raise SecretError(f"密钥由环境变量 {_VARIABLE} 提供，不能在这里更换：请在提供它的地方更换")
    folder = _folder()
    ensure(folder)
    with _alone(folder / "rotating"):
        ring = ensure(folder).rotated()
        store(ring, folder)
    use(ring)
    return ring


def _folder() -> Path:
    return Path(settings.ZHIJIA_HOME) / "keys"


def _from_environment() -> Keyring | None:
    text = os.environ.get(_VARIABLE, "").strip()
    return Keyring.from_json(text) if text else None


def _close(path: Path, mode: int) -> None:
    if os.name != "posix" or path.stat().st_mode & 0o777 == mode:
        return
    try:
        path.chmod(mode)
    except OSError:
        raise SecretError(f"密钥{'文件夹' if path.is_dir() else '文件'}能被别人读到，又改不了权限：{path}") from None


def _place(ring: Keyring, file: Path, *, over: bool) -> None:
    draft = file.with_name(f".{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as out:
            out.write(ring.to_json())
            out.flush()
            os.fsync(out.fileno())
        if over:
            draft.replace(file)
            return
        try:
            file.hardlink_to(draft)  # fails where another process that starts just now was first: its keys hold
        except OSError:
            if not file.exists():  # a file system without hard links
                draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(mark: Path) -> Iterator[None]:
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise SecretError(f"另一个程序正在更换密钥；如果确定没有，请删除 {mark} 后再试") from None
    try:
        yield
    finally:
        mark.unlink()


def _stretched(passphrase: str, salt: bytes) -> AESGCM:
    word = unicodedata.normalize("NFKC", passphrase).encode()
    options: dict[str, Any] = dict(_SCRYPT)
    return AESGCM(hashlib.scrypt(word, salt=salt, **options))


def seal(ring: Keyring, passphrase: str) -> bytes:
    """Return the keyring locked with a passphrase (scrypt, AES-GCM), fit to lie in a backup.

    Passphrases of fewer than SHORTEST_PASSPHRASE characters are refused with SecretError.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise SecretError(f"口令太短：至少 {SHORTEST_PASSPHRASE} 个字符")
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    head = _SEAL_MARK + salt + nonce
    return head + _stretched(passphrase, salt).encrypt(nonce, ring.to_json().encode(), head)


def unseal(sealed: bytes, passphrase: str) -> Keyring:
    """Open what seal made; a wrong passphrase or damaged bytes are refused with SecretError."""
    head_bytes = len(_SEAL_MARK) + _SALT_BYTES + _NONCE_BYTES
    head, body = sealed[:head_bytes], sealed[head_bytes:]
    if not head.startswith(_SEAL_MARK) or len(head) < head_bytes:
        raise SecretError("这不是职家的密钥备份")
    salt, nonce = head[len(_SEAL_MARK) : -_NONCE_BYTES], head[-_NONCE_BYTES:]
    try:
        text = _stretched(passphrase, salt).decrypt(nonce, body, head)
    except InvalidTag:
        raise SecretError("口令不对，或密钥备份已损坏") from None
    return Keyring.from_json(text.decode())
