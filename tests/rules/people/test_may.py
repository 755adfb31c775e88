"""Who may do what: the whole table, so that a change of it is seen in review."""

from __future__ import annotations

import pytest

from telusur.people.rules import ROLE_NAMES, Deed, Role, may, roles_that_may

#        deed                registrar officer section_head head public
TABLE = """
look_up                      x         x       x            x    x
read_register                x         x       x            x    -
read_balance                 x         x       x            x    -
import_edition               x         -       -            -    -
accept_edition               -         -       x            x    -
open_round                   -         -       x            -    -
close_round                  -         -       x            -    -
record_visits                x         x       x            -    -
derive                       x         -       x            -    -
keep_areas                   x         -       -            -    -
keep_accounts                -         -       x            x    -
keep_tokens                  -         -       x            x    -
keep_webhooks                -         -       x            x    -
read_journal                 -         -       x            x    -
read_people                  x         -       x            -    -
match                        x         -       x            -    -
judge                        x         -       x            -    -
read_matching                x         -       x            x    -
locate                       x         -       x            -    -
plan                         -         -       x            -    -
read_plan                    x         x       x            x    -
trace                        -         x       -            -    -
see_evidence                 x         x       x            x    -
review_visits                -         -       x            x    -
decide_conflict              -         -       x            -    -
withdraw_visit               x         -       x            -    -
read_notices                 x         -       x            x    -
draft_notice                 x         -       x            -    -
sign_notice                  -         -       x            x    -
handle_notice                x         -       x            -    -
stop_notice                  -         -       x            x    -
decide_objection             -         -       x            x    -
check_harm                   x         -       x            -    -
edit_template                x         -       x            -    -
read_corrections             x         -       x            x    -
propose_correction           x         -       x            -    -
approve_correction           x         -       x            x    -
send_correction              x         -       x            x    -
read_head                    -         -       x            x    -
pin_figure                   -         -       x            x    -
read_law                     x         x       x            x    x
read_standing                x         x       x            x    -
choose_policy                -         -       x            x    -
adopt_law                    -         -       x            x    -
read_programme               x         x       x            x    -
hold_row                     -         -       x            -    -
publish_data                 x         -       x            x    -
read_trade                   x         x       x            x    -
keep_trade                   x         x       x            -    -
record_programme             x         x       x            -    -
check_programme              x         -       x            x    -
enrol_programme              -         -       x            -    -
self_report                  x         x       x            x    x
read_reports                 x         x       x            x    -
accept_report                x         x       x            -    -
confirm_report               -         -       x            -    -
"""
ROLES = [Role.REGISTRAR, Role.OFFICER, Role.SECTION_HEAD, Role.HEAD, Role.PUBLIC]
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_deed(row: list[str]) -> None:
    deed, *marks = row
    assert [may(role, Deed(deed)) for role in ROLES] == [mark == "x" for mark in marks]


def test_the_table_names_every_deed_and_every_role_has_a_name() -> None:
    assert {row[0] for row in ROWS} == {deed.value for deed in Deed}
    assert set(ROLE_NAMES) == set(Role)


def test_whoever_imports_never_accepts() -> None:
    assert not any(may(role, Deed.IMPORT_EDITION) and may(role, Deed.ACCEPT_EDITION) for role in Role)


def test_who_is_to_be_asked() -> None:
    assert roles_that_may(Deed.IMPORT_EDITION) == (Role.REGISTRAR,)
    assert Role.PUBLIC not in roles_that_may(Deed.LOOK_UP)
