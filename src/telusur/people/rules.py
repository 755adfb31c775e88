"""Roles and what each may do. One table; doors ask `may`, and nothing else decides who may pass.

Pure. The words of the office: registrar = operator data, officer = petugas lapangan, section_head = kepala bidang,
head = kepala dinas. Whoever is not signed in is `public`.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ROLE_NAMES", "Deed", "Role", "may", "roles_that_may"]


class Role(StrEnum):
    """What an account is in the office."""

    REGISTRAR = "registrar"
    OFFICER = "officer"
    SECTION_HEAD = "section_head"
    HEAD = "head"
    PUBLIC = "public"


ROLE_NAMES: dict[Role, str] = {
    Role.REGISTRAR: "Operator data",
    Role.OFFICER: "Petugas lapangan",
    Role.SECTION_HEAD: "Kepala bidang",
    Role.HEAD: "Kepala dinas",
    Role.PUBLIC: "Publik",
}


class Deed(StrEnum):
    """What a door lets a person do."""

    LOOK_UP = "look_up"
    READ_REGISTER = "read_register"
    READ_BALANCE = "read_balance"
    IMPORT_EDITION = "import_edition"
    ACCEPT_EDITION = "accept_edition"
    OPEN_ROUND = "open_round"
    CLOSE_ROUND = "close_round"
    HOLD_ROW = "hold_row"
    RECORD_VISITS = "record_visits"
    DERIVE = "derive"
    KEEP_AREAS = "keep_areas"
    KEEP_ACCOUNTS = "keep_accounts"
    KEEP_TOKENS = "keep_tokens"
    KEEP_WEBHOOKS = "keep_webhooks"
    READ_JOURNAL = "read_journal"
    READ_PEOPLE = "read_people"
    MATCH = "match"
    JUDGE = "judge"
    READ_MATCHING = "read_matching"
    LOCATE = "locate"
    PLAN = "plan"
    READ_PLAN = "read_plan"
    TRACE = "trace"
    SEE_EVIDENCE = "see_evidence"
    REVIEW_VISITS = "review_visits"
    DECIDE_CONFLICT = "decide_conflict"
    WITHDRAW_VISIT = "withdraw_visit"
    READ_NOTICES = "read_notices"
    DRAFT_NOTICE = "draft_notice"
    SIGN_NOTICE = "sign_notice"
    HANDLE_NOTICE = "handle_notice"
    STOP_NOTICE = "stop_notice"
    DECIDE_OBJECTION = "decide_objection"
    CHECK_HARM = "check_harm"
    EDIT_TEMPLATE = "edit_template"
    PUBLISH_DATA = "publish_data"
    READ_CORRECTIONS = "read_corrections"
    PROPOSE_CORRECTION = "propose_correction"
    APPROVE_CORRECTION = "approve_correction"
    SEND_CORRECTION = "send_correction"
    READ_HEAD = "read_head"
    PIN_FIGURE = "pin_figure"
    READ_LAW = "read_law"
    READ_STANDING = "read_standing"
    CHOOSE_POLICY = "choose_policy"
    ADOPT_LAW = "adopt_law"

    KEEP_TRADE = "keep_trade"
    READ_TRADE = "read_trade"
    READ_PROGRAMME = "read_programme"
    RECORD_PROGRAMME = "record_programme"
    CHECK_PROGRAMME = "check_programme"
    ENROL_PROGRAMME = "enrol_programme"

    SELF_REPORT = "self_report"
    READ_REPORTS = "read_reports"
    ACCEPT_REPORT = "accept_report"
    CONFIRM_REPORT = "confirm_report"


_EVERYONE = frozenset(Role)
_OFFICE = _EVERYONE - {Role.PUBLIC}
_DESK = frozenset({Role.REGISTRAR, Role.SECTION_HEAD})

_MAY: dict[Deed, frozenset[Role]] = {
    Deed.LOOK_UP: _EVERYONE,
    Deed.READ_REGISTER: _OFFICE,
    Deed.READ_BALANCE: _OFFICE,
    Deed.IMPORT_EDITION: frozenset({Role.REGISTRAR}),
    Deed.ACCEPT_EDITION: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.OPEN_ROUND: frozenset({Role.SECTION_HEAD}),
    Deed.CLOSE_ROUND: frozenset({Role.SECTION_HEAD}),
    # A court case or a correction under way, and its end: it stops everything against a cooperative.
    Deed.HOLD_ROW: frozenset({Role.SECTION_HEAD}),
    Deed.RECORD_VISITS: frozenset({Role.REGISTRAR, Role.OFFICER, Role.SECTION_HEAD}),
    Deed.DERIVE: _DESK,
    Deed.KEEP_AREAS: frozenset({Role.REGISTRAR}),
    Deed.KEEP_ACCOUNTS: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    # What other systems may write in an account's name, and what they are told.
    Deed.KEEP_TOKENS: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.KEEP_WEBHOOKS: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.READ_JOURNAL: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.READ_PEOPLE: _DESK,
    Deed.MATCH: _DESK,
    Deed.JUDGE: _DESK,
    Deed.READ_MATCHING: frozenset({Role.REGISTRAR, Role.SECTION_HEAD, Role.HEAD}),
    Deed.LOCATE: _DESK,
    Deed.PLAN: frozenset({Role.SECTION_HEAD}),
    Deed.READ_PLAN: _OFFICE,
    # On the phone: today's stops and the visits made.
    Deed.TRACE: frozenset({Role.OFFICER}),
    Deed.SEE_EVIDENCE: _OFFICE,
    # Conflicts, back-checks, quarantine, integrity: never shown to the officers whose visits they are about.
    Deed.REVIEW_VISITS: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.DECIDE_CONFLICT: frozenset({Role.SECTION_HEAD}),
    Deed.WITHDRAW_VISIT: frozenset({Role.REGISTRAR, Role.SECTION_HEAD}),
    Deed.READ_NOTICES: frozenset({Role.REGISTRAR, Role.SECTION_HEAD, Role.HEAD}),
    Deed.DRAFT_NOTICE: _DESK,
    # Who may sign which letter is the letter's own rule (notices/rules/stages.py); nobody signs a draft of his own.
    Deed.SIGN_NOTICE: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    # Sent, came back, received, put up; an objection that came to the counter.
    Deed.HANDLE_NOTICE: _DESK,
    Deed.STOP_NOTICE: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.DECIDE_OBJECTION: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.CHECK_HARM: _DESK,
    Deed.EDIT_TEMPLATE: _DESK,
    # A dated snapshot of the open data, which then stands for ever.
    Deed.PUBLISH_DATA: frozenset({Role.REGISTRAR, Role.SECTION_HEAD, Role.HEAD}),
    Deed.READ_CORRECTIONS: _OFFICE - {Role.OFFICER},
    Deed.PROPOSE_CORRECTION: _DESK,
    # Two different people; the action sees to that.
    Deed.APPROVE_CORRECTION: _OFFICE - {Role.OFFICER},
    Deed.SEND_CORRECTION: _OFFICE - {Role.OFFICER},
    Deed.READ_HEAD: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    # A figure that is pinned is quoted for years; whoever answers for the office says which. Reading one is open to all.
    Deed.PIN_FIGURE: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.READ_LAW: _EVERYONE,
    Deed.READ_STANDING: _OFFICE,
    # Which definition of "active" is used, and what the law says between two releases: never a clerk's decision.
    Deed.CHOOSE_POLICY: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    Deed.ADOPT_LAW: frozenset({Role.SECTION_HEAD, Role.HEAD}),
    # Village cooperatives: agreements and margins are the office's; what a shelf holds, everybody may see (LOOK_UP).
    Deed.READ_TRADE: _OFFICE,
    Deed.KEEP_TRADE: frozenset({Role.REGISTRAR, Role.OFFICER, Role.SECTION_HEAD}),
    Deed.READ_PROGRAMME: _OFFICE,
    Deed.RECORD_PROGRAMME: _OFFICE - {Role.HEAD},
    # Never the person who recorded it; the action sees to that.
    Deed.CHECK_PROGRAMME: _OFFICE - {Role.OFFICER},
    Deed.ENROL_PROGRAMME: frozenset({Role.SECTION_HEAD}),
    # The portal asks for no account; the desk takes two people where a standing rises.
    Deed.SELF_REPORT: _EVERYONE,
    Deed.READ_REPORTS: _OFFICE,
    Deed.ACCEPT_REPORT: _OFFICE - {Role.HEAD},
    Deed.CONFIRM_REPORT: frozenset({Role.SECTION_HEAD}),
}


def may(role: Role, deed: Deed) -> bool:
    """Whether an account of `role` may do `deed`. A deed without a row would raise KeyError: nothing is open by default."""
    return role in _MAY[deed]


def roles_that_may(deed: Deed) -> tuple[Role, ...]:
    """The roles of an office whose deed it is, for a person who is none of them; `public` is nobody to be asked."""
    return tuple(role for role in Role if role is not Role.PUBLIC and may(role, deed))
