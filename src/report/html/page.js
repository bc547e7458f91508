"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("find"), words = $("q"), state = $("state"), from = $("from"), count = $("count");
  const cards = [...document.querySelectorAll(".card")].map((el) => ({ el, text: null, shown: true }));
  const sources = [...document.querySelectorAll(".source")].map((el) => ({ el, rows: null, shown: true, found: 0 }));
  const of = { error: "x", warning: "w", note: "n" };
  let total = 0, ready = false, waiting = false;

  // Texts are read once, when the first question is asked.
  const read = () => {
    ready = true;
    for (const c of cards) {
      c.text = c.el.textContent.toLowerCase();
      c.state = of[["error", "warning", "note"].find((s) => c.el.classList.contains(s))];
      c.from = ` ${c.el.dataset.s} `;
    }
    for (const s of sources) {
      s.rows = [...s.el.querySelectorAll(".claims tbody tr")].map((el) => ({
        el, text: el.textContent.toLowerCase(), state: el.className || "a", shown: true,
      }));
      s.claims = s.el.querySelector(".claims");
      s.hits = s.el.querySelector(".hits");
      total += s.rows.length;
    }
  };
  const show = (it, shown) => {
    if (it.shown !== shown) {
      it.shown = shown;
      it.el.hidden = !shown;
    }
  };
  const filter = () => {
    waiting = false;
    if (!ready) read();
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text) => asked.every((w) => text.includes(w));
    const any = asked.length || state.value || from.value;
    let found = 0, claims = 0;
    for (const c of cards) {
      const fits = (!state.value || c.state === state.value) && (!from.value || c.from.includes(` ${from.value} `)) && has(c.text);
      show(c, fits);
      if (fits) found++;
    }
    for (const s of sources) {
      const here = !from.value || s.el.dataset.s === from.value;
      s.found = 0;
      for (const r of s.rows) {
        const fits = here && (!state.value || r.state === state.value) && has(r.text);
        show(r, fits);
        if (fits) s.found++;
      }
      claims += s.found;
      show(s, here && (!any || s.found > 0 || (from.value && !asked.length && !state.value)));
      if (s.hits) s.hits.textContent = any ? `, ${s.found} found` : "";
    }
    // Few enough to be looked at: the lists open by themselves, and close when the question goes.
    for (const s of sources) if (s.claims) {
      const open = Boolean(any) && s.found > 0 && claims <= 300;
      if (open && !s.claims.open) { s.claims.open = true; s.opened = true; }
      else if (!open && s.opened) { s.claims.open = false; s.opened = false; }
    }
    const fold = document.querySelector("#notes details");
    if (fold && any && found > 0 && found <= 100) fold.open = true;
    count.textContent = any ? `${found} of ${cards.length} findings, ${claims} of ${total} claims` : "";
  };
  const ask = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(filter);
    }
  };
  // Browsers that do not open what an address points into.
  const reveal = () => {
    const at = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
    if (!at) return;
    let closed = false;
    for (let d = at.closest("details:not([open])"); d; d = d.parentElement.closest("details:not([open])")) {
      d.open = true;
      closed = true;
    }
    if (closed) at.scrollIntoView();
  };
  form.hidden = false;
  form.addEventListener("submit", (e) => e.preventDefault());
  for (const el of [words, state, from]) el.addEventListener("input", ask);
  addEventListener("hashchange", reveal);
  addEventListener("keydown", (e) => {
    if (e.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      words.focus();
    }
  });
  reveal();
})();
