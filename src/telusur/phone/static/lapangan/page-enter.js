// Before an officer has entered: one button while the office answers.

import { el } from "./element.js";
import { NoAnswer } from "./office.js";
import { enter, isSessionEnded } from "./session.js";

export async function enterPage({ redraw }) {
  if (!(await isSessionEnded())) {
    return [
      el("h1", {}, "Ponsel ini sudah ditinggalkan"),
      el("p", {}, "Yang dicatat sebelumnya tersimpan, dan dikirim atas nama petugasnya begitu ada jaringan. Untuk masuk lagi, kantor harus terjangkau sekali."),
      el("button", { class: "main", onclick: redraw }, "Coba lagi"),
    ];
  }
  const said = el("p", { class: "lack", role: "alert" });
  const go = async () => {
    try {
      said.textContent = await enter();
    } catch (problem) {
      if (!(problem instanceof NoAnswer)) throw problem;
      said.textContent = "Kantor tidak terjangkau. Ponsel ini harus dikenal kantor sekali, selagi ada jaringan.";
    }
    if (!said.textContent) await redraw();
  };
  return [
    el("h1", {}, "Mulai bekerja"),
    el("p", {}, "Ponsel ini didaftarkan atas nama Anda. Sesudahnya aplikasi bekerja tanpa jaringan."),
    el("p", {}, "Posisi ponsel dicatat hanya selagi satu kunjungan terbuka, tidak di antaranya."),
    el("button", { class: "main", onclick: go }, "Mulai di ponsel ini"),
    said,
    el("a", { class: "button wide", href: "/masuk/?next=/lapangan/" }, "Masuk dengan akun lain"),
  ];
}
