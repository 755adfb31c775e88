"""How a letter is drafted: what it lacks, its text with all values in place, its secret token.

In: a cooperative with its case. Out: the stored draft, or the reasons why there is none. Inside the caller's transaction.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime

from telusur.journal import actions as journal
from telusur.laws.queries import current_law
from telusur.notices.models import Notice, NoticeCase
from telusur.notices.queries import Rows, answer_code, calendar, guard_lacks, letter_text, office
from telusur.notices.rules.cases import CaseFile, refuse_draft
from telusur.notices.rules.content import About, Earlier, digest, letter_content
from telusur.notices.rules.ground import ground_of
from telusur.notices.rules.letters import live
from telusur.notices.rules.stages import Stage
from telusur.notices.writers.steps import OUTSIDE, about_case, forbids
from telusur.words.reason import Reason

__all__ = ["draft_lacks", "write_draft"]


def draft_lacks(
    ident: uuid.UUID, case: NoticeCase | None, file: CaseFile, stage: Stage, rows: Rows, on: date
) -> tuple[Reason, ...]:
    """What a letter of a stage lacks for one cooperative; empty when it may be drafted."""
    if ident not in rows.rows:
        return (OUTSIDE,)
    found = [*refuse_draft(file, stage, current_law(on), calendar(), on), *forbids(file, rows, ident, on)]
    if stage is Stage.PROPOSAL and case is not None and not found:
        found = [lack.reason for lack in guard_lacks(case, file, rows, on)]
    return tuple(found)


def write_draft(case: NoticeCase, file: CaseFile, stage: Stage, rows: Rows, on: date, by: str, at: datetime) -> Notice:
    """Freeze the letter's text and keep it."""
    template, text = letter_text(stage)
    ground = ground_of(rows.rows[case.cooperative_id], rows.policy, on, rows.due.get(case.cooperative_id))
    before = next((each for each in reversed(live(file.letters)) if each.number), None)
    earlier = f"{before.number} tanggal {before.signed_on:%d/%m/%Y}" if before and before.signed_on else ""
    about: About = rows.about[case.cooperative_id]
    content = letter_content(
        stage, text, about, office(), ground.words, Earlier(earlier, ground.book_year), current_law(on)
    )
    token = secrets.token_hex(16)
    notice = Notice.objects.create(
        case=case,
        stage=stage.value,
        template=template,
        content=content,
        content_sha256=digest(content),
        token=token,
        code_digest=answer_code(token).digest,
        drafted_on=on,
        drafted_by=by,
        drafted_at=at,
    )
    journal.write(
        "notice.drafted",
        about=about_case(case),
        by=by,
        after={"notice": notice.pk, "stage": stage.value, "sha256": notice.content_sha256},
        at=at,
    )
    return notice
