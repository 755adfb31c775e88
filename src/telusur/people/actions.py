"""Open, close and change accounts. Each is journalled; a password is never in the journal."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from telusur.people.models import Account
from telusur.people.rules import Role

__all__ = ["close_account", "open_account"]


@transaction.atomic
def open_account(*, username: str, full_name: str, role: Role, password: str) -> Account:
    """A new account. Raises ValueError when the name is taken, the role is public, or the password is weak."""
    if role is Role.PUBLIC:
        raise ValueError("publik tidak memerlukan akun")
    if Account.objects.filter(username=username).exists():
        raise ValueError(f"akun «{username}» sudah ada; pilih nama lain")
    try:
        validate_password(password)
    except ValidationError as error:
        raise ValueError("kata sandi terlalu lemah: " + " ".join(error.messages)) from None
    return Account.objects.open(username=username, full_name=full_name, role=role, password=password)


@transaction.atomic
def close_account(*, username: str) -> Account:
    """Nobody can sign in with it any more; what it did stays under its name. Raises ValueError when there is none."""
    account = Account.objects.select_for_update().filter(username=username).first()
    if account is None:
        raise ValueError(f"akun «{username}» tidak ada")
    account.is_active = False
    account.save(update_fields=["is_active"])
    return account
