"use strict";
// Search over the passages that the data scripts hand over. Texts reach the page as text nodes only.
(function () {
  var MOST = 100, SLICE = 10; // hits shown; milliseconds of preparing passages at a stretch
  var box = document.getElementById("query"), count = document.getElementById("count"), list = document.getElementById("hits");
  var files = Number(count.dataset.files), loaded = 0, failed = 0, passages = [], folded = [], titles = new Map(), timer = 0;

  function fold(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    if (/[^\x00-\x7f\u2010-\u2027]/.test(text)) text = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return text.replace(/[\u2018\u2019]/g, "'").toLowerCase();
  }
  function foldedTitle(title) {
    var known = titles.get(title);
    if (known === undefined) titles.set(title, known = fold(title));
    return known;
  }
  function terms(query) {
    var found = [], pattern = /"([^"]+)"?|(\S+)/g, match;
    query = fold(query).replace(/[\u201c\u201d\u201e]/g, '"');
    while ((match = pattern.exec(query))) found.push((match[1] || match[2]).replace(/"/g, "").trim().replace(/\s+/g, " "));
    return found.filter(Boolean);
  }
  function prepare() { // in slices, so that a key is answered meanwhile
    var end = performance.now() + SLICE;
    timer = 0;
    while (folded.length < passages.length && performance.now() < end) {
      for (var last = Math.min(folded.length + 50, passages.length); folded.length < last;) {
        var one = passages[folded.length], title = foldedTitle(one[2]);
        folded.push([title, title + " " + fold(one[3])]);
      }
    }
    if (folded.length < passages.length) timer = setTimeout(prepare, 0);
    else if (box.value.trim()) show();
  }
  window.dossierAdd = function (more) {
    more.forEach(function (one) { passages.push(one); });
    loaded++;
    if (!timer) timer = setTimeout(prepare, 0);
  };
  window.dossierIsReady = function () { return loaded + failed >= files && folded.length === passages.length; };
  window.dossierSearch = function (query) {
    var wanted = terms(query), titled = [], rest = [];
    if (!wanted.length) return [];
    for (var at = 0; at < folded.length; at++) {
      var all = folded[at][1];
      if (!wanted.every(function (term) { return all.indexOf(term) >= 0; })) continue;
      (wanted.every(function (term) { return folded[at][0].indexOf(term) >= 0; }) ? titled : rest).push(passages[at]);
    }
    return titled.concat(rest);
  };
  function told(hits) {
    var text = hits + (hits === 1 ? " passage" : " passages");
    if (hits > MOST) text += ", the first " + MOST + " are shown";
    if (!window.dossierIsReady()) text += " so far; passages are still being read (" + loaded + " of " + files + " files)";
    if (failed) text += "; " + failed + " of " + files + " files of passages could not be read, and are not searched";
    return text;
  }
  function show() {
    var query = box.value, hits = window.dossierSearch(query);
    list.textContent = "";
    hits.slice(0, MOST).forEach(function (hit) {
      var item = document.createElement("li"), link = document.createElement("a"), facts = document.createElement("span");
      link.href = hit[0]; link.dir = "auto"; link.textContent = hit[2];
      facts.className = "facts"; facts.textContent = " " + hit[1] + " ";
      item.append(link, facts);
      if (hit[3]) { var words = document.createElement("p"); words.dir = "auto"; words.textContent = hit[3].slice(0, 300); item.append(words); }
      list.append(item);
    });
    count.textContent = query.trim() ? told(hits.length) : "";
    history.replaceState(null, "", "#q=" + encodeURIComponent(query));
  }
  addEventListener("error", function (event) {
    if (event.target.tagName !== "SCRIPT") return;
    failed++;
    if (box.value.trim()) show();
  }, true);
  box.addEventListener("input", show);
  var asked = /^#q=(.*)$/.exec(location.hash);
  if (asked) { try { box.value = decodeURIComponent(asked[1]); show(); } catch (error) { box.value = ""; } }
  box.focus();
})();
