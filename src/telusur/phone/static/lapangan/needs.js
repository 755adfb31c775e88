// What a finding still lacks. The office sends the needs; this module only looks whether a draft meets them.

const MEETS = {
  evidence: (draft, kind) => draft.evidence.includes(kind),
  informant: (draft, role) => draft.informants.includes(role),
  informants: (draft, count) => draft.informants.length >= Number(count),
  field: (draft, name) => Boolean(String(draft[name] ?? "").trim()),
};

function meets(draft, token) {
  const places = draft.photos.filter((photo) => photo.of === "place");
  if (token === "photo:any") return places.length > 0;
  if (token === "photo:geotagged") return places.some((photo) => photo.lat !== null);
  if (token === "minutes") return draft.photos.some((photo) => photo.of === "minutes");
  const at = token.indexOf(":");
  return MEETS[token.slice(0, at)]?.(draft, token.slice(at + 1)) ?? false;
}

export function findingOf(form, draft) {
  return form.findings.find((each) => each.finding === draft.finding) ?? null;
}

// The words of every need that nothing meets yet; null before a finding is chosen.
export function lacking(form, draft) {
  const finding = findingOf(form, draft);
  if (finding === null) return null;
  return finding.needs.filter((need) => !need.any.some((token) => meets(draft, token))).map((need) => need.label);
}

export function isMet(draft, need) {
  return need.any.some((token) => meets(draft, token));
}

// The tokens of one kind that a finding's needs name: evidence kinds, roles, fields.
export function named(finding, prefix) {
  const tokens = finding.needs.flatMap((need) => need.any).filter((token) => token.startsWith(`${prefix}:`));
  return [...new Set(tokens.map((token) => token.slice(prefix.length + 1)))];
}

export function asksPhoto(finding) {
  return finding.needs.some((need) => need.any.some((token) => token.startsWith("photo:")));
}

// The evidence that a packet states: what was ticked, and the photos by what they are of.
export function evidenceOf(draft) {
  const places = draft.photos.filter((photo) => photo.of === "place");
  const stated = [...draft.evidence];
  if (places.some((photo) => photo.lat !== null)) stated.push("geotagged_photo");
  if (places.some((photo) => photo.lat === null)) stated.push("photo");
  if (draft.photos.some((photo) => photo.of === "minutes")) stated.push("meeting_minutes");
  return [...new Set(stated)];
}
