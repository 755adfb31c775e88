// A cooperative that nobody planned for today: asked from the office, so it needs a network.

import { el } from "./element.js";
import { NoAnswer, ask } from "./office.js";
import { put } from "./store.js";

export async function searchPage({ session }) {
  const found = el("div", { role: "status" });
  const words = el("input", { id: "kata", type: "search", autocomplete: "off", maxlength: 100 });
  const look = async (event) => {
    event.preventDefault();
    found.replaceChildren(el("p", {}, "Mencari …"));
    try {
      const { status, said } = await ask(`cari/?q=${encodeURIComponent(words.value)}`, { token: session.token });
      if (status !== 200) return found.replaceChildren(el("p", { class: "note" }, said.error ?? `Kantor menjawab ${status}`));
      for (const stop of said.stops) await put("days", `cari ${session.officer} ${stop.cooperative}`, stop);
      return found.replaceChildren(
        said.stops.length
          ? el("ol", { class: "stops" }, said.stops.map((stop) => el("li", {}, el("a", { class: "card", href: `#/henti/${stop.cooperative}` }, el("span", { class: "what" }, el("b", {}, stop.name), el("span", {}, stop.address || "tanpa alamat"), el("span", { class: "soft" }, stop.kelurahan))))))
          : el("p", {}, "Tidak ada yang cocok. Coba sebagian nama atau NIK-nya."),
      );
    } catch (problem) {
      if (!(problem instanceof NoAnswer)) throw problem;
      return found.replaceChildren(el("p", { class: "note" }, `Pencarian perlu jaringan: ${problem.message}.`));
    }
  };
  return [
    el("h1", {}, "Cari koperasi"),
    el("form", { onsubmit: look }, el("div", { class: "field" }, el("label", { for: "kata" }, "Nama atau NIK koperasi"), words), el("button", { class: "main" }, "Cari")),
    found,
    el("a", { class: "button wide", href: "#/luar" }, "Tidak ada di register? Catat di sini"),
  ];
}
