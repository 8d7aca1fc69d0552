from django.conf import settings


def ledger_key() -> bytes:
    """What the digests of the ledger are keyed with: the server's secret, which is not in the database."""
    return settings.SECRET_KEY.encode()
