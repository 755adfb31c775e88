"""The way of a village cooperative from the first meeting to financing, its proofs, and what the next step asks. Pure.

A step is claimed by one person and checked by another; only what was checked counts as reached. Source: SE Menkop 1/2025,
Inpres 9/2025, PMK 49/2025 art. 6 (the six gates); the order is the programme's, single steps may come earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from telusur.merah_putih.rules.statements import Said
from telusur.words.reason import Reason

__all__ = [
    "GATES",
    "STAGE_LABELS",
    "STATE_LABELS",
    "WAY_LABELS",
    "Stage",
    "StageClaim",
    "StageState",
    "StepView",
    "Way",
    "asked_by",
    "furthest",
    "next_step",
    "steps_of",
]


class Stage(StrEnum):
    """A step of the programme, in its order."""

    SOCIALISATION = "socialisation"
    DELIBERATION = "deliberation"
    FOUNDING = "founding"
    DEED = "deed"
    LEGAL_ENTITY = "legal_entity"
    NIK_KOPERASI = "nik_koperasi"
    NPWP = "npwp"
    NIB = "nib"
    ACCOUNT = "account"
    SIMKOPDES = "simkopdes"
    OUTLET = "outlet"
    TRADING = "trading"
    PROPOSAL = "proposal"
    DEVELOPMENT_MEETING = "development_meeting"
    MAYOR_APPROVAL = "mayor_approval"
    FINANCING = "financing"


class Way(StrEnum):
    """How the cooperative came into being. SE Menkop 1/2025."""

    NEW = "new"
    DEVELOPED = "developed"
    REVIVED = "revived"


class StageState(StrEnum):
    """Where a step stands."""

    NOT_BEGUN = "not_begun"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    REACHED = "reached"


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.SOCIALISATION: "sosialisasi",
    Stage.DELIBERATION: "musyawarah kelurahan khusus",
    Stage.FOUNDING: "rapat pendirian",
    Stage.DEED: "akta notaris",
    Stage.LEGAL_ENTITY: "badan hukum",
    Stage.NIK_KOPERASI: "NIK koperasi",
    Stage.NPWP: "NPWP koperasi",
    Stage.NIB: "NIB",
    Stage.ACCOUNT: "rekening bank",
    Stage.SIMKOPDES: "akun SIMKOPDES",
    Stage.OUTLET: "gerai",
    Stage.TRADING: "usaha berjalan",
    Stage.PROPOSAL: "proposal usaha",
    Stage.DEVELOPMENT_MEETING: "musyawarah pembangunan kelurahan",
    Stage.MAYOR_APPROVAL: "persetujuan wali kota",
    Stage.FINANCING: "pembiayaan",
}
WAY_LABELS: Mapping[Way, str] = {Way.NEW: "baru", Way.DEVELOPED: "pengembangan", Way.REVIVED: "revitalisasi"}
STATE_LABELS: Mapping[StageState, str] = {
    StageState.NOT_BEGUN: "belum",
    StageState.CLAIMED: "tercatat, belum diperiksa",
    StageState.DISPUTED: "diperiksa, tidak benar",
    StageState.REACHED: "tercapai, diperiksa",
}
# PMK 49/2025 art. 6.
GATES = (Stage.LEGAL_ENTITY, Stage.NIK_KOPERASI, Stage.ACCOUNT, Stage.NPWP, Stage.NIB, Stage.PROPOSAL)
_ASKS: Mapping[Stage, Reason] = {
    Stage.SOCIALISATION: Reason("kkmp_asks_socialisation", "undang warga; simpan undangan dan daftar hadir"),
    Stage.DELIBERATION: Reason("kkmp_asks_deliberation", "adakan musyawarah kelurahan khusus; simpan berita acaranya"),
    Stage.FOUNDING: Reason("kkmp_asks_founding", "adakan rapat pendirian; pilih pengurus yang tidak sekeluarga"),
    Stage.DEED: Reason("kkmp_asks_deed", "bawa berita acara rapat pendirian kepada notaris pembuat akta koperasi"),
    Stage.LEGAL_ENTITY: Reason(
        "kkmp_asks_legal_entity", "notaris mengajukan pengesahan lewat AHU; simpan keputusannya"
    ),
    Stage.NIK_KOPERASI: Reason("kkmp_asks_nik_koperasi", "minta nomor induk koperasi; tiga belas angka"),
    Stage.NPWP: Reason("kkmp_asks_npwp", "daftarkan koperasi di kantor pajak"),
    Stage.NIB: Reason("kkmp_asks_nib", "daftarkan usaha di OSS dengan KBLI yang ada di akta"),
    Stage.ACCOUNT: Reason("kkmp_asks_account", "buka rekening atas nama koperasi dengan dua penanda tangan"),
    Stage.SIMKOPDES: Reason("kkmp_asks_simkopdes", "buka akun SIMKOPDES dan lengkapi profilnya"),
    Stage.OUTLET: Reason("kkmp_asks_outlet", "siapkan gerai; simpan foto dan alas hak tempatnya"),
    Stage.TRADING: Reason("kkmp_asks_trading", "mulai berjualan; simpan nota atau buku penjualan yang pertama"),
    Stage.PROPOSAL: Reason("kkmp_asks_proposal", "susun proposal usaha; rencana belanja dan angsurannya"),
    Stage.DEVELOPMENT_MEETING: Reason(
        "kkmp_asks_development_meeting", "bahas proposal di musyawarah pembangunan kelurahan; simpan berita acaranya"
    ),
    Stage.MAYOR_APPROVAL: Reason(
        "kkmp_asks_mayor_approval", "mintakan persetujuan wali kota dengan berita acara musyawarah pembangunan"
    ),
    Stage.FINANCING: Reason("kkmp_asks_financing", "ajukan pembiayaan ke bank dengan enam syarat dan persetujuan"),
}


@dataclass(frozen=True, slots=True)
class StageClaim:
    """That a step was reached, with its proof; file: the SHA-256 of a photo or PDF of it, "" without one.

    is_right: what the other person found, None while nobody looked.
    """

    said: Said
    stage: Stage
    proof: str
    number: str = ""
    is_right: bool | None = None
    checked_by: str = ""
    checked_why: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step and where it stands; claim: the statement that this rests on, None where nothing was said."""

    stage: Stage
    state: StageState
    claim: StageClaim | None

    @property
    def is_reached(self) -> bool:
        """Whether it was claimed and found right by another person."""
        return self.state is StageState.REACHED


def _state(claim: StageClaim) -> StageState:
    if claim.is_right is None:
        return StageState.CLAIMED
    return StageState.REACHED if claim.is_right else StageState.DISPUTED


_RANK = {StageState.REACHED: 3, StageState.CLAIMED: 2, StageState.DISPUTED: 1}


def steps_of(claims: Iterable[StageClaim]) -> tuple[StepView, ...]:
    """Every step once, in order. Of several claims the best standing one counts, of equals the latest."""
    best: dict[Stage, StageClaim] = {}
    for claim in claims:
        kept = best.get(claim.stage)
        if kept is None or _RANK[_state(claim)] >= _RANK[_state(kept)]:
            best[claim.stage] = claim
    return tuple(
        StepView(stage, _state(best[stage]) if stage in best else StageState.NOT_BEGUN, best.get(stage))
        for stage in Stage
    )


_CHECK = Reason("kkmp_asks_check", "periksa bukti {step}: sudah tercatat, dihitung sesudah diperiksa orang kedua")
_MEND = Reason("kkmp_asks_mend", "perbaiki catatan {step}: buktinya diperiksa dan tidak benar")


def asked_by(step: StepView) -> Reason:
    """What a step that is not reached asks next: its deed, or, once it was recorded, to check or to mend that."""
    if step.state in (StageState.CLAIMED, StageState.DISPUTED):
        asked = _CHECK if step.state is StageState.CLAIMED else _MEND
        return replace(asked, values={"step": STAGE_LABELS[step.stage]})
    return _ASKS[step.stage]


def furthest(steps: Iterable[StepView]) -> Stage | None:
    """The last step of the way that was reached, None where none was."""
    reached = [step.stage for step in steps if step.is_reached]
    return reached[-1] if reached else None


def next_step(steps: Iterable[StepView]) -> StepView | None:
    """The first step of the way that was not reached yet, None at its end."""
    return next((step for step in steps if not step.is_reached), None)
