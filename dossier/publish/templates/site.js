"use strict";
// Search over the passages that the data scripts push. Texts reach the page as text nodes only.
var dossierPassages = [];
(function () {
  var MOST = 100, AT_ONCE = 500, folded = [];
  function fold(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019]/g, "'").toLowerCase();
  }
  function terms(query) {
    var found = [], pattern = /"([^"]+)"?|(\S+)/g, match;
    query = fold(query).replace(/[\u201c\u201d\u201e]/g, '"');
    while ((match = pattern.exec(query))) found.push((match[1] || match[2]).replace(/"/g, "").trim().replace(/\s+/g, " "));
    return found.filter(Boolean);
  }
  function foldUpTo(last) {
    for (var at = folded.length; at < last && at < dossierPassages.length; at++) {
      var one = dossierPassages[at], title = fold(one[2]).replace(/\s+/g, " ");
      folded.push([title, title + " " + fold(one[3]).replace(/\s+/g, " ")]);
    }
    return folded.length < dossierPassages.length;
  }
  function foldInSlices() { // while nobody types, so that the first letter finds all of it done
    if (foldUpTo(folded.length + AT_ONCE)) setTimeout(foldInSlices, 0);
  }
  window.dossierSearch = function (query) {
    var wanted = terms(query), titled = [], rest = [];
    foldUpTo(Infinity);
    if (!wanted.length) return [];
    for (var at = 0; at < folded.length; at++) {
      var all = folded[at][1];
      if (!wanted.every(function (term) { return all.indexOf(term) >= 0; })) continue;
      (wanted.every(function (term) { return folded[at][0].indexOf(term) >= 0; }) ? titled : rest).push(dossierPassages[at]);
    }
    return titled.concat(rest);
  };
  function show() {
    var query = document.getElementById("query").value, list = document.getElementById("hits");
    var hits = window.dossierSearch(query), shown = hits.slice(0, MOST);
    list.textContent = "";
    shown.forEach(function (hit) {
      var item = document.createElement("li"), link = document.createElement("a"), facts = document.createElement("span");
      link.href = hit[0]; link.dir = "auto"; link.textContent = hit[2];
      facts.className = "facts"; facts.textContent = " " + hit[1] + " ";
      item.append(link, facts);
      if (hit[3]) { var words = document.createElement("p"); words.dir = "auto"; words.textContent = hit[3].slice(0, 300); item.append(words); }
      list.append(item);
    });
    document.getElementById("count").textContent = !query.trim() ? "" : hits.length + (hits.length === 1 ? " passage" : " passages") + (hits.length > MOST ? ", the first " + MOST + " are shown" : "");
    history.replaceState(null, "", "#q=" + encodeURIComponent(query));
  }
  addEventListener("DOMContentLoaded", function () {
    var box = document.getElementById("query"), asked = /^#q=(.*)$/.exec(location.hash);
    box.addEventListener("input", show);
    if (asked) { try { box.value = decodeURIComponent(asked[1]); show(); } catch (error) { box.value = ""; } }
    box.focus();
    foldInSlices();
  });
})();
