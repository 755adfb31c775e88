"""Accounts. A person of the office signs in with one; its role says what the doors let it do."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from telusur.people.rules import ROLE_NAMES, Role

_ROLES = [(role.value, ROLE_NAMES[role]) for role in Role if role is not Role.PUBLIC]


class AccountBook(BaseUserManager["Account"]):
    """Makes accounts; the plain `create` would store a password as it was typed."""

    def open(self, *, username: str, full_name: str, role: Role, password: str | None) -> Account:
        """A saved account. Without a password nobody can sign in with it (the terminal's own account)."""
        account = self.model(username=username, full_name=full_name, role=role.value)
        if password is None:
            account.set_unusable_password()
        else:
            account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person of the office (or the terminal), with one role."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=_ROLES)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]
    objects: ClassVar[AccountBook] = AccountBook()

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_role_is_known", condition=Q(role__in=[value for value, _ in _ROLES])),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    @property
    def as_role(self) -> Role:
        """The role as the rules know it."""
        return Role(self.role)
