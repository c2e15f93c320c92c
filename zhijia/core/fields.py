"""Model fields for secrets: what is read from the database shows nothing until it is revealed on purpose."""

import base64
from typing import Any, NoReturn

from django.db import models

from zhijia.core import secrets

HIDDEN = "●●●"


class Sealed:
    """A stored secret. Printed, logged or shown on a page it is ●●●; only `reveal()` decrypts."""

    __slots__ = ("ciphertext", "context")

    def __init__(self, ciphertext: bytes, context: bytes = b"") -> None:
        self.ciphertext = ciphertext
        self.context = context

    @classmethod
    def of(cls, text: str, context: bytes = b"") -> "Sealed":
        """Seal a text with the current key."""
        return cls(secrets.encrypt(text, context=context), context)

    def reveal(self) -> str:
        """Return the text in clear. Callers log it first; templates can not call it."""
        return secrets.decrypt(self.ciphertext, context=self.context)

    reveal.alters_data = True  # type: ignore[attr-defined]  # Django's mark for what a template must not call

    def __repr__(self) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        """Equal where the stored bytes are: the same text sealed twice differs."""
        return isinstance(other, Sealed) and self.ciphertext == other.ciphertext

    def __hash__(self) -> int:
        return hash(self.ciphertext)


def plain(value: Any) -> Any:
    """A stored value to compare with: a secret in clear. Never shown."""
    return value.reveal() if isinstance(value, Sealed) else value


class _BytesField(models.BinaryField):
    """A BinaryField that is left empty (NULL) rather than b"" where nothing was given."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_default(self) -> Any:
        return super().get_default() if self.has_default() else None

    def to_python(self, value: Any) -> Any:
        return value


class SecretField(_BytesField):
    """Text that is stored encrypted; reads give Sealed, writes take str, Sealed or what `encrypt` returned.

    `purpose` binds the ciphertext to this column: then it must be given as `context` (its UTF-8 bytes) wherever values
    are encrypted beside the field. Can be filtered by `isnull` only (not by `=None`); put an IndexField beside it to
    search.
    """

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    @property
    def context(self) -> bytes:
        return self.purpose.encode()

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose} if self.purpose else kwargs

    def from_db_value(self, value: bytes | memoryview | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value), self.context)

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        if isinstance(value, str):
            return secrets.encrypt(value, context=self.context)
        if isinstance(value, Sealed):
            if value.context != self.context:
                raise secrets.SecretError(f"{self.name} 不能保存为另一栏加密的内容")
            return value.ciphertext
        if isinstance(value, bytes) and secrets.is_sealed(value):
            return value
        raise secrets.SecretError(f"{self.name} 只能保存文字或密文")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """After a save the instance no longer holds the text in clear."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = Sealed.of(value, self.context)
            setattr(model_instance, self.attname, value)
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        value = self.get_prep_value(self.value_from_object(obj))
        return "" if value is None else base64.b64encode(value).decode("ascii")

    def formfield(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A secret has no form field of its own: take a CharField and pass its text to a service.")


class IndexField(_BytesField):
    """Sixteen keyed bytes to find a secret by (`secrets.blind_index`), indexed.

    With `purpose`, writes and filters also take the text itself; without it they take bytes only.
    """

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        kwargs.setdefault("max_length", 16)
        self._indexed = kwargs.setdefault("db_index", not kwargs.get("unique", False))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["db_index"] = self._indexed
        return name, path, args, {**kwargs, "purpose": self.purpose} if self.purpose else kwargs

    def from_db_value(self, value: bytes | memoryview | None, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def get_prep_value(self, value: Any) -> bytes | None:
        if isinstance(value, str):
            if not self.purpose:
                raise secrets.SecretError(f"{self.name} 没有说明用途，只能用算好的索引查找")
            return secrets.blind_index(value, purpose=self.purpose)
        return None if value is None else bytes(value)
