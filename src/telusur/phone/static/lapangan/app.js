// The app's frame: which page, who works here, is there a network, what waits. Pages are small modules that draw themselves.

import { el, shown } from "./element.js";
import { counts, onChange, send } from "./sync.js";
import { current } from "./session.js";
import { askToKeep, sealOld } from "./store.js";
import { stop as stopWatching } from "./place.js";
import { enterPage } from "./page-enter.js";
import { todayPage } from "./page-today.js";
import { stopPage } from "./page-stop.js";
import { visitPage } from "./page-visit.js";
import { sentPage } from "./page-sent.js";
import { searchPage } from "./page-search.js";
import { outsidePage } from "./page-outside.js";
import { stockPage } from "./page-stock.js";

const PAGES = { "": todayPage, henti: stopPage, kunjungan: visitPage, kiriman: sentPage, cari: searchPage, luar: outsidePage, stok: stockPage };
const EVERY = 30000;
const page = document.getElementById("page");
let drawn = 0;

async function draw() {
  const mine = ++drawn;
  stopWatching();
  const session = await current();
  document.getElementById("officer").textContent = session?.name ?? "";
  const [name, ...words] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const make = session === null ? enterPage : (PAGES[name] ?? todayPage);
  const made = await make({ session, words, redraw: draw }).catch((problem) => broken(problem));
  if (mine !== drawn) return;
  page.replaceChildren(...shown([made]));
  page.querySelector("h1")?.setAttribute("tabindex", "-1");
  page.querySelector("h1")?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  await bar();
}

function broken(problem) {
  console.error(problem);
  return [
    el("h1", {}, "Halaman ini tidak dapat dibuka"),
    el("p", {}, "Yang sudah dicatat tetap tersimpan di ponsel. Muat ulang aplikasi; bila tetap begini, hubungi kantor."),
    el("p", { class: "soft" }, String(problem?.message ?? problem)),
  ];
}

async function bar() {
  const nav = document.getElementById("bar");
  const session = await current();
  if (session === null) return nav.replaceChildren();
  const { sent, waiting, stuck } = await counts(session.officer);
  const words = (name, count) => el("span", { class: `count ${name}${count ? " some" : ""}` }, el("span", {}, `${name} `), el("b", {}, String(count)));
  return nav.replaceChildren(
    el("a", { href: "#/" }, "Daftar"),
    el("a", { href: "#/kiriman", class: "sums" }, words("terkirim", sent), words("menunggu", waiting), words("tersangkut", stuck)),
  );
}

function net() {
  document.getElementById("net").textContent = navigator.onLine ? "" : "tanpa jaringan";
}

onChange(() => bar());
window.addEventListener("hashchange", draw);
window.addEventListener("online", () => {
  net();
  send(true);
});
window.addEventListener("offline", net);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
setInterval(() => document.visibilityState === "visible" && send(), EVERY);

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/lapangan/sw.js", { scope: "/lapangan/" });
askToKeep();
net();
draw()
  .then(sealOld)
  .then(() => send(true));
