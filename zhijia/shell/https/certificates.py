"""The folder's own certificate authority and the server's certificate, in `$ZHIJIA_HOME/keys` beside the other keys.

Phones trust the authority once; it is good for ten years. The server's certificate names this computer and is good for
397 days, the most that phones accept; it is made anew when the names change or its last 30 days begin. Both keys are
readable by the owner only. The authority may sign nothing but names of local networks (name constraints), so that
trusting it gives nobody power over other sites.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY, AUTHORITY_KEY = "https-ca.crt", "https-ca.key"
SERVER, SERVER_KEY = "https-server.crt", "https-server.key"
DAYS, AUTHORITY_DAYS = 397, 3650
RENEW = timedelta(days=30)
_SINCE = timedelta(days=1)  # phones whose clocks are slow
_LOCAL_NETS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "100.64.0.0/10")
_LOCAL_NETS_6 = ("fc00::/7", "fe80::/10", "::1/128")
_LOCAL_ZONES = ("localhost", "local", "lan", "internal", "home.arpa")


@dataclass(frozen=True, slots=True)
class Files:
    """What the server reads. `certificate` holds the server's own and the authority's."""

    certificate: Path
    key: Path
    authority: Path
    renewed: bool


def ensure(folder: Path, names: Iterable[str], *, now: datetime | None = None) -> Files:
    """Make what is missing or over, and return the files; `names` are host names and addresses of this computer."""
    moment = now or datetime.now(UTC)
    wanted = sorted({name.lower() for name in names})
    files = [folder / name for name in (SERVER, SERVER_KEY, AUTHORITY, AUTHORITY_KEY)]
    fresh = _good_authority(folder, wanted, moment)
    if fresh is None:
        fresh = _make_authority(folder, wanted, moment)
    elif _good_server(folder, wanted, moment, fresh[0]):
        _close(files[1], files[3])
        return Files(files[0], files[1], files[2], renewed=False)
    _make_server(folder, wanted, moment, *fresh)
    return Files(files[0], files[1], files[2], renewed=True)


def fingerprint(file: Path) -> str:
    """The SHA-256 of a certificate, in the form in which phones and browsers show it."""
    digest = x509.load_pem_x509_certificate(file.read_bytes()).fingerprint(hashes.SHA256())
    return ":".join(f"{byte:02X}" for byte in digest)


def names_in(certificate: x509.Certificate) -> list[str]:
    """The names and addresses that a certificate is for."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = [str(address) for address in found.get_values_for_type(x509.IPAddress)]
    return sorted([*found.get_values_for_type(x509.DNSName), *addresses])


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _alternative(name: str) -> x509.GeneralName:
    address = _address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _permitted(names: Iterable[str]) -> list[x509.GeneralName]:
    """What the authority may sign for: local networks and zones, and this computer's own names as they are now."""
    nets = [ipaddress.ip_network(net) for net in (*_LOCAL_NETS, *_LOCAL_NETS_6)]
    found: list[x509.GeneralName] = [x509.IPAddress(net) for net in nets]
    found += [x509.DNSName(zone) for zone in _LOCAL_ZONES]
    for name in names:
        address = _address(name)
        if address is None:
            if not any(name == zone or name.endswith(f".{zone}") for zone in _LOCAL_ZONES):
                found.append(x509.DNSName(name))
        elif not any(address in net for net in nets if net.version == address.version):
            found.append(x509.IPAddress(ipaddress.ip_network(address)))
    return found


def _good_authority(
    folder: Path, names: list[str], now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
    """The authority there, where it is readable, lasts longer than a new certificate, and may sign for the names."""
    try:
        certificate = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
        key = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
        permitted = certificate.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound):
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate.public_key() != key.public_key():
        return None
    if certificate.not_valid_after_utc - timedelta(days=DAYS) < now:
        return None
    known = set(permitted)
    return (certificate, key) if all(one in known for one in _permitted(names)) else None


def _good_server(folder: Path, names: list[str], now: datetime, authority: x509.Certificate) -> bool:
    try:
        certificate = x509.load_pem_x509_certificates((folder / SERVER).read_bytes())[0]
        key = serialization.load_pem_private_key((folder / SERVER_KEY).read_bytes(), None)
        certificate.verify_directly_issued_by(authority)
    except Exception:  # noqa: BLE001 - missing, damaged or of another authority: made anew all the same
        return False
    if certificate.public_key() != key.public_key() or certificate.not_valid_after_utc - RENEW < now:
        return False
    return certificate.not_valid_before_utc <= now and names_in(certificate) == names


def _make_authority(
    folder: Path, names: list[str], now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "职家"),
        x509.NameAttribute(NameOID.COMMON_NAME, f"职家 本机证书 {secrets.token_hex(3)}"),
    ])  # fmt: skip
    usage = _usage(key_cert_sign=True, crl_sign=True)
    certificate = (
        _builder(name, name, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _place(folder / AUTHORITY_KEY, _private(key), 0o600)
    _place(folder / AUTHORITY, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    return certificate, key


def _make_server(
    folder: Path, names: list[str], now: datetime, authority: x509.Certificate, signer: ec.EllipticCurvePrivateKey
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64] if names else "localhost")])
    certificate = (
        _builder(own, authority.subject, key, now, DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    chain = [one.public_bytes(serialization.Encoding.PEM) for one in (certificate, authority)]
    _place(folder / SERVER_KEY, _private(key), 0o600)
    _place(folder / SERVER, b"".join(chain), 0o644)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    first = now - _SINCE
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(first).not_valid_after(first + timedelta(days=days) - timedelta(seconds=1))


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=key_cert_sign, crl_sign=crl_sign,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _place(file: Path, content: bytes, mode: int) -> None:
    """Put a file in its place whole or not at all, never readable by more than `mode`."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _close(*files: Path) -> None:
    for file in files:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            file.chmod(0o600)
