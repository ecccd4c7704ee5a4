"""Content keys: a short digest that names a value by all that it holds."""

from __future__ import annotations

from hashlib import blake2b

SIZE = 16
"""Bytes in a digest: 128 bits, enough that two different values never meet by chance."""


def of_bytes(data: bytes) -> str:
    """The digest of bytes, as 32 hexadecimal digits."""
    return blake2b(data, digest_size=SIZE).hexdigest()


def of_value(value: object) -> str:
    """The digest of plain data: text, numbers, ``None``, and tuples, lists and mappings of them, to any depth.

    A value that has a ``digest`` of its own stands for itself by that digest, so that what many pages
    show is digested once. Raises ``TypeError`` for anything else: what can't be named can't be remembered.
    """
    parts: list[str] = []
    _flatten(value, parts)
    return of_bytes("\x1f".join(parts).encode("utf-8", "surrogatepass"))


def _flatten(value: object, parts: list[str]) -> None:
    # A closing mark and each text's length keep ("a", "b") and ("ab",) apart.
    if isinstance(value, str):
        parts.append(f"{len(value)}:{value}")
    elif (own := getattr(value, "digest", None)) is not None:
        parts.append(own)
    elif isinstance(value, tuple | list):
        parts.append("(")
        for item in value:
            _flatten(item, parts)
        parts.append(")")
    elif isinstance(value, dict):
        parts.append("{")
        for key, item in value.items():
            _flatten(key, parts)
            _flatten(item, parts)
        parts.append("}")
    elif value is None or isinstance(value, bool | int | float):
        parts.append(repr(value))
    else:
        raise TypeError(f"can't name a {type(value).__name__} by its content")
