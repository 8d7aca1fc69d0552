"""Serve Concerted with granian, and keep one worker process beside it."""

import argparse
import datetime
import ipaddress
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from concerted.kit.forwarded import trusted


def _from_one_to(most: int) -> Callable[[str], int]:
    """Reads a number an operator writes, so that a wrong one is told before anything starts."""

    def read(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 to {most}.")
        return int(text)

    return read


#: Ports that are tried, from the wanted one on.
_TRIES = 50


def port_for(wanted: int, *, behind_proxy: bool) -> int:
    """`wanted`, or the next port nobody uses. Raises SystemExit when there is none.

    Behind a proxy it is `wanted` or nothing: on the next one we would answer where nobody passes requests on to.
    """
    tried = range(wanted, min(wanted + (1 if behind_proxy else _TRIES), 65_536))
    for port in tried:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    between = f"Port {wanted} is not free" if behind_proxy else f"No free port between {tried[0]} and {tried[-1]}"
    raise SystemExit(f"{between}. Stop what listens there, or choose another with --port.")


def _own_address() -> str:
    """The address of this machine on its network; no packet is sent to learn it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def made_certificate(folder: Path, address: str) -> tuple[Path, Path]:
    """A certificate for this address, signed by itself, made anew when it is missing or runs out within a week."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    certificate, key = folder / f"lan-{address}.pem", folder / f"lan-{address}.key"
    now = datetime.datetime.now(datetime.UTC)
    if certificate.exists() and key.exists():
        held = x509.load_pem_x509_certificate(certificate.read_bytes())
        if held.not_valid_after_utc > now + datetime.timedelta(days=7):
            return certificate, key
    folder.mkdir(parents=True, exist_ok=True)
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "concerted")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(address))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=90))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(
            private.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    return certificate, key


def options_of(arguments: list[str]) -> argparse.Namespace:
    """`concerted serve [--port N] [--bind ADDRESS | --lan] [--threads N] [--no-worker]`."""
    parser = argparse.ArgumentParser(prog="concerted serve")
    parser.add_argument(
        "--port",
        type=_from_one_to(65_535),
        default=8000,
        help="8000, or the next that is free; behind a proxy this one or none",
    )
    listens = parser.add_mutually_exclusive_group()
    listens.add_argument(
        "--bind",
        metavar="ADDRESS",
        default="127.0.0.1",
        help="the address of this machine to listen on, for a proxy on another one (default: this machine alone)",
    )
    listens.add_argument("--lan", action="store_true", help="HTTPS for other devices on this network")
    parser.add_argument("--threads", type=_from_one_to(512), default=8, help="answers worked on at once; 8 if not said")
    parser.add_argument("--no-worker", action="store_true", help="a worker runs elsewhere")
    return parser.parse_args(arguments)


def serve(arguments: list[str]) -> None:
    """Bring the database and the static files up to date, then answer until stopped."""
    options = options_of(arguments)
    port = port_for(options.port, behind_proxy=bool(trusted(os.environ.get("CONCERTED_BEHIND_PROXY", ""))))
    host = _own_address() if options.lan else "localhost"
    address = f"https://{host}:{port}" if options.lan else f"http://localhost:{port}"
    os.environ.setdefault("CONCERTED_SITE_URL", address)
    if options.lan:
        os.environ.setdefault("ALLOWED_HOSTS", f"localhost,127.0.0.1,{host}")
        os.environ.setdefault("CSRF_TRUSTED_ORIGINS", address)

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    tls = made_certificate(settings.HOME / "tls", host) if options.lan else (None, None)
    worker = None if options.no_worker else subprocess.Popen([sys.executable, "-m", "concerted", "worker"])
    print(f"\nOpen {settings.SITE_URL}", flush=True)
    if options.lan:
        print("The certificate is made by this machine: the phone asks once whether to trust it.", flush=True)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    try:
        Granian(
            "concerted.config.wsgi:application",
            address="0.0.0.0" if options.lan else options.bind,  # noqa: S104  other devices are the point of --lan
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=options.threads,
            ssl_cert=tls[0],
            ssl_key=tls[1],
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        if worker:
            worker.terminate()
