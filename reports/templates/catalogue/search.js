// Search in the index above: every word asked for must be found; words in a title count most. Texts go in as text, never as markup.
(() => {
  "use strict";
  const MOST = 40;
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const entries = INDEX.map((e) => ({ e, title: plain(e.t), line: plain(e.k + " " + e.s), words: plain(e.w) }));
  const box = document.getElementById("search");
  const input = document.getElementById("q");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");

  const score = (entry, asked) => {
    let sum = 0;
    for (const word of asked) {
      const at = entry.title.includes(word) ? 8 : entry.line.includes(word) ? 4 : entry.words.includes(word) ? 2 : 0;
      if (!at) return 0;
      sum += at + (new RegExp("(^|[^\\p{L}\\p{N}])" + word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "u").test(
        at === 8 ? entry.title : at === 4 ? entry.line : entry.words) ? 1 : 0);
    }
    return sum + (entry.e.k.startsWith("rule") ? 3 : 0);
  };

  const item = (e) => {
    const li = document.createElement("li");
    const a = document.createElement("a");
    a.href = e.h;
    a.textContent = e.t;
    const p = document.createElement("p");
    p.textContent = e.k + " · " + e.s;
    li.append(a, p);
    return li;
  };

  const search = () => {
    const asked = plain(input.value).split(/\s+/).filter(Boolean);
    const list = !asked.length ? [] : entries.map((entry) => [score(entry, asked), entry.e]).filter(([s]) => s > 0).sort((a, b) => b[0] - a[0]);
    hits.replaceChildren(...list.slice(0, MOST).map(([, e]) => item(e)));
    hits.hidden = !list.length;
    const more = list.length > MOST ? `; the first ${MOST} are shown` : "";
    found.textContent = !asked.length ? "" : list.length ? `${list.length} found${more}` : "Nothing found. Try a wider word, or the number of a resolution.";
  };

  box.hidden = false;
  input.addEventListener("input", search);
  const fromAddress = () => {
    const asked = /^#q=(.*)$/.exec(location.hash);
    if (asked) { try { input.value = decodeURIComponent(asked[1]); } catch { input.value = asked[1]; } search(); }
    if (asked || location.hash === "#search") input.focus();
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
