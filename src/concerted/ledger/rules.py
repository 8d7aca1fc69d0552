import hashlib
import hmac
import json
from typing import Any


def digest_of(key: bytes, *facts: Any) -> str:
    """Keyed SHA-256 over the facts of an entry, so that a row cannot be rewritten without the server's secret."""
    text = json.dumps(facts, default=str, sort_keys=True, ensure_ascii=False)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def seal_of(key: bytes, last: str, no: int, *facts: Any) -> str:
    """The seal of a row: over the seal before it, its number in the chain, and its facts."""
    return digest_of(key, "seal", last, no, *facts)
