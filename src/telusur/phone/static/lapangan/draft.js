// A visit while it is made. Every change is written at once: it must survive a dead battery.

import { localIso } from "./element.js";
import { evidenceOf, findingOf, hasMinutes } from "./needs.js";
import { finish, put } from "./store.js";

export async function newDraft(session, packet, stop) {
  const draft = {
    id: crypto.randomUUID(),
    officer: session.officer,
    device: session.device,
    round: packet.round.id,
    form: packet.form.version,
    cooperative: stop.cooperative,
    outside: stop.outside ?? null,
    stop: stop.stop,
    name: stop.name,
    opened_at: localIso(),
    elapsed_ms: 0,
    finding: "",
    evidence: [],
    informants: [],
    photos: [],
    position: null,
    position_refused: false,
    business_on: "",
    receipt_due_on: "",
    number: "",
    survivor: "",
    meeting_year: "",
    meeting_on: "",
    contents: null,
    next_step: "",
    note: "",
    taps: 0,
    edits: 0,
  };
  await save(draft);
  return draft;
}

export const save = (draft) => put("drafts", draft.id, draft);

// The packet's bytes are fixed here, once: whatever is sent again is the very same. Whether it was finished by this call.
export async function finishVisit(draft, form) {
  const now = new Date();
  draft.visited_on = localIso(now).slice(0, 10);
  const asks = findingOf(form, draft)?.asks ?? [];
  const asked = (name) => (asks.includes(name) ? draft[name] || null : null);
  return finish(draft, (sequence) =>
    JSON.stringify({
      id: draft.id,
      device: draft.device,
      sequence,
      form: draft.form,
      round: draft.round,
      cooperative: draft.cooperative,
      ...(draft.outside ? { outside: draft.outside } : {}),
      stop: draft.stop,
      finding: draft.finding,
      evidence: evidenceOf(draft),
      informants: draft.informants,
      note: draft.note.trim(),
      started_at: draft.opened_at,
      finished_at: localIso(now),
      elapsed_ms: Math.round(draft.elapsed_ms),
      position: draft.position,
      position_refused: draft.position_refused,
      photos: draft.photos.map(({ data, ...photo }) => photo),
      business_on: asked("business_on"),
      receipt_due_on: asked("receipt_due_on"),
      number: asked("number") ?? "",
      survivor: asked("survivor") ?? "",
      meeting: asks.includes("meeting") && draft.meeting_year ? { for_book_year: Number(draft.meeting_year), held_on: draft.meeting_on || null, contents: hasMinutes(draft) ? (draft.contents ?? null) : null } : null,
      next_step: draft.next_step,
      log: { taps: draft.taps, edits: draft.edits, opened_at: draft.opened_at },
    }),
  );
}
