"use strict";
// The page works without this; it adds filters, search and deep links.
(() => {
  document.documentElement.classList.add("js");
  const search = document.querySelector("#search"), verdict = document.querySelector("#verdict"), role = document.querySelector("#role"), shown = document.querySelector("#shown");
  const rows = [...document.querySelectorAll("table.scenarios tr[data-verdict]")];
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const visible = (!verdict.value || row.dataset.verdict === verdict.value) && (!role.value || row.dataset.role === role.value) &&
        words.every((word) => row.dataset.text.includes(word));
      row.hidden = !visible;
      count += visible ? 1 : 0;
    }
    for (const block of document.querySelectorAll(".block")) block.hidden = ![...block.querySelectorAll("tr")].some((row) => !row.hidden);
    shown.textContent = count + " of " + rows.length;
  };
  const remember = () => {
    const state = new URLSearchParams();
    for (const [name, field] of [["q", search], ["verdict", verdict], ["role", role]]) if (field.value) state.set(name, field.value);
    history.replaceState(null, "", "#" + (state.toString() ? "?" + state : "scenarios"));
  };
  const arrive = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    if (place.startsWith("?")) {
      const state = new URLSearchParams(place.slice(1));
      search.value = state.get("q") || ""; verdict.value = state.get("verdict") || ""; role.value = state.get("role") || "";
      filter();
      document.querySelector("#scenarios").scrollIntoView();
      return;
    }
    const target = place && document.getElementById(place);
    if (!target) return;
    if (target.hidden) { search.value = verdict.value = role.value = ""; filter(); }
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  for (const field of [search, verdict, role]) field.addEventListener("input", () => { filter(); remember(); });
  window.addEventListener("hashchange", arrive);
  window.addEventListener("beforeprint", () => document.querySelectorAll("article details").forEach((d) => { d.open = true; }));
  filter();
  arrive();
})();
