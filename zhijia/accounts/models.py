"""Logins. What a login may do follows from the posts of its person, never from the login itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from zhijia.core.fields import SecretField
from zhijia.core.uid import uuid7


class UserManager(BaseUserManager["User"]):
    """Makes logins with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Store a login; without a password it can not be used until one is set."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A login: staff number or phone as `username`. Its person is named by the members room."""

    username = models.CharField("登录名", max_length=40, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    password_at = models.DateTimeField(null=True)  # when the password was last set; null: with the login

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.username


class LoginFailure(models.Model):
    """Failed attempts of one login name from one address, both only as a keyed digest; gone after a good login."""

    mark = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()


class OldPassword(models.Model):
    """A password that a login had, hashed, so that it is not taken again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    until = models.DateTimeField()


class LoginSession(models.Model):
    """A session of a login: on what kind of device, since when, when last seen. No address is kept.

    The browser's session names this row; once `ended_at` is set the browser is out, whatever its cookie says.
    """

    class How(models.TextChoices):
        PASSWORD = "password", "口令"
        PASSKEY = "passkey", "通行密钥"
        OUTSIDE = "outside", "外部登录"
        OTHER = "other", "其他"

    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    device = models.CharField(max_length=60)
    how = models.CharField(max_length=10, choices=How)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Passkey(models.Model):
    """A passkey (WebAuthn): only its public half. `sign_count` tells a copied one where the device counts."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField("名称", max_length=40)
    credential_id = models.CharField(max_length=400, unique=True)  # base64url of up to 300 bytes
    data = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class CodeApp(models.Model):
    """The key that a login shares with an app for one-time codes (TOTP), and the last time step that was used."""

    user = models.OneToOneField(User, models.CASCADE, related_name="code_app")
    secret = SecretField(purpose="totp")
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code for the day when the phone is gone: shown once, kept as a keyed digest, good once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


class OutsideLogin(models.Model):
    """That a login is also known to an outside provider; who one is there is kept as a keyed digest only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="outside_logins")
    provider = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "provider"], name="one_outside_login_each")]


class Invitation(models.Model):
    """An invitation for a person without a login. The word in its link is kept as a keyed digest.

    Open until it is used, taken back, or seven days old.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    union_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["union_id", "person_id"], name="invitation_of_a_person")]


class ResetRequest(models.Model):
    """Somebody has asked for a new password; whoever knows the person vouches, and hands over a code good for a day."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    union_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    user = models.ForeignKey(User, models.CASCADE, related_name="resets")
    lost_device = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    vouched_by = models.BigIntegerField(null=True)
    vouched_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["union_id", "asked_at"], name="reset_of_a_union")]
