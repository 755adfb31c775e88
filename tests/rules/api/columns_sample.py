"""Five columns, one of each kind that a filter compares, and three rows of them."""

from __future__ import annotations

from datetime import date

from telusur.opendata.rules.columns import Column, ColumnKind

COLUMNS = (
    Column("id", "ID", "Kunci.", is_required=True),
    Column("nama", "Nama", "Nama."),
    Column("anggota", "Anggota", "Banyaknya.", ColumnKind.INTEGER),
    Column("per", "Per", "Hari.", ColumnKind.DATE),
    Column("aktif", "Aktif", "Ya atau tidak.", ColumnKind.YES_NO),
)
ROWS = (
    ("a", "Koperasi O'Neil Jaya", 3, date(2025, 1, 2), True),
    ("b", "KSU Mawar", 20, date(2024, 12, 31), False),
    ("c", None, None, None, None),
)
