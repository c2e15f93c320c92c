"""A passkey device in software: what an attacker has who may sign whatever he likes."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


@dataclass
class Device:
    """One key; `count` is what it claims to have signed, `flags` that somebody was there and was verified."""

    identity: bytes = b"a-credential-id!"
    count: int = 0
    flags: int = PRESENT | VERIFIED
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, asked: dict[str, Any], origin: str) -> str:
        """The answer to `navigator.credentials.create`."""
        options = asked["publicKey"]
        told = AttestedCredentialData.create(
            b"\0" * 16, self.identity, ES256.from_cryptography_key(self.key.public_key())
        )
        data = self._data(options["rp"]["id"], self.flags | ATTESTED, told)
        made = AttestationObject.create("none", data, {})
        client = _client("webauthn.create", options["challenge"], origin)
        return self._answer(
            {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(bytes(made))}
        )

    def sign(self, asked: dict[str, Any], origin: str) -> str:
        """The answer to `navigator.credentials.get`."""
        options = asked["publicKey"]
        data = self._data(options["rpId"], self.flags)
        client = _client("webauthn.get", options["challenge"], origin)
        signed = self.key.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(bytes(data)),
                "signature": websafe_encode(signed),
            }
        )

    def _data(self, site: str, flags: int, told: AttestedCredentialData | None = None) -> AuthenticatorData:
        more = bytes(told) if told is not None else b""
        return AuthenticatorData.create(sha256(site.encode()).digest(), flags, self.count, more)

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.identity)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _client(kind: str, challenge: Any, origin: str) -> bytes:
    words = challenge if isinstance(challenge, str) else websafe_encode(challenge)
    return json.dumps({"type": kind, "challenge": words, "origin": origin}).encode()
