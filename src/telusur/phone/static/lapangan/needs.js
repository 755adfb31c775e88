// What a finding still lacks. The office sends the needs; this module only looks whether a draft meets them.

import { localIso, longDay as dayOf } from "./element.js";

const MEETS = {
  evidence: (draft, kind) => draft.evidence.includes(kind),
  informant: (draft, role) => draft.informants.includes(role),
  informants: (draft, count) => draft.informants.length >= Number(count),
  field: (draft, name) => Boolean(String(draft[name] ?? "").trim()),
};

// Evidence from before this day proves nothing for this round any more.
function isTooOld(form, draft, name) {
  const since = form.since?.[name];
  return Boolean(since && draft[name] && draft[name] < since);
}

function meets(form, draft, token) {
  const places = draft.photos.filter((photo) => photo.of === "place");
  if (token === "photo:any") return places.length > 0;
  if (token === "photo:geotagged") return places.some((photo) => photo.lat !== null);
  if (token === "minutes") return hasMinutes(draft);
  const at = token.indexOf(":");
  if (token.startsWith("field:") && isTooOld(form, draft, token.slice(at + 1))) return false;
  return MEETS[token.slice(0, at)]?.(draft, token.slice(at + 1)) ?? false;
}

export function findingOf(form, draft) {
  return form.findings.find((each) => each.finding === draft.finding) ?? null;
}

// What one tap of a quick choice states: its finding, what was seen, who said it. "today" is the day by this phone.
export function withQuick(draft, quick) {
  const { finding, evidence = [], informants = [], business_on = "" } = quick;
  return {
    finding,
    evidence: [...new Set([...draft.evidence, ...evidence])],
    informants: [...new Set([...draft.informants, ...informants])],
    business_on: business_on === "today" ? localIso().slice(0, 10) : draft.business_on,
  };
}

// The words of every need that nothing meets yet; null before a finding is chosen.
export function lacking(form, draft) {
  const finding = findingOf(form, draft);
  if (finding === null) return null;
  const words = (need) => (need.any.some((token) => token.startsWith("field:") && isTooOld(form, draft, token.slice(6))) ? `${need.label} sejak ${dayOf(form.since.business_on)}` : need.label);
  const lack = finding.needs.filter((need) => !need.any.some((token) => meets(form, draft, token))).map(words);
  // Minutes of an unnamed year would prove no meeting.
  return finding.asks.includes("meeting") && hasMinutes(draft) && !draft.meeting_year ? [...lack, "tahun buku RAT pada notulen itu"] : lack;
}

// The tokens of one kind that a finding's needs name: evidence kinds, roles, fields.
export function named(finding, prefix) {
  const tokens = finding.needs.flatMap((need) => need.any).filter((token) => token.startsWith(`${prefix}:`));
  return [...new Set(tokens.map((token) => token.slice(prefix.length + 1)))];
}

export const hasMinutes = (draft) => draft.photos.some((photo) => photo.of === "minutes");

export function asksPhoto(finding) {
  return finding.needs.some((need) => need.any.some((token) => token.startsWith("photo:")));
}

// The evidence that a packet states: what was ticked, and the photos by what they are of.
export function evidenceOf(draft) {
  const places = draft.photos.filter((photo) => photo.of === "place");
  const stated = [...draft.evidence];
  if (places.some((photo) => photo.lat !== null)) stated.push("geotagged_photo");
  if (places.some((photo) => photo.lat === null)) stated.push("photo");
  if (hasMinutes(draft)) stated.push("meeting_minutes");
  return [...new Set(stated)];
}
