"""Drafts of an open dossier: proposed, cached, accepted and rejected.

They are kept in the cache alone, which no other part of the program reads: no search, matrix, export, lock or check can
meet a draft. What was decided is kept in the user's state folder.
"""

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from dossier.desk.user.atomic_write import replace_private
from dossier.desk.user.places import user_folder
from dossier.drafts import languages
from dossier.drafts.engine import RULES, draft_article
from dossier.drafts.records import Draft, DraftInput, KnownName
from dossier.model.folding import fold
from dossier.model.problems import DossierError
from dossier.model.views import ArticleView
from dossier.store.catalogue import entry_queries

if TYPE_CHECKING:
    from dossier.desk.annotate.entry_places import WrittenEntry
    from dossier.desk.desk import Desk

_Record = TypeVar("_Record", bound=Struct)
_NAME_WORDS = 9
"""Words of a sentence that become the name of an event."""
_COVERED = 0.5
"""Of a draft's words; when an entry of its kind rests on more of them, the dossier has it already."""
_MOST_BYTES = 20_000_000
"""Of a file of drafts or decisions."""


class DraftDecision(Struct, frozen=True, omit_defaults=True):
    """The decision on a draft: rejected, or accepted as an entry."""

    article: str
    kind: str
    words: str
    """Folded, so that typography and line ends do not bring it back."""
    rule: str
    at: str
    """When, in UTC."""
    entry: str = ""
    """The entry it became; empty when it was rejected."""


class _CachedDrafts(Struct, frozen=True):
    key: str
    drafts: list[Draft]


class _Decisions(Struct, frozen=True):
    root: str
    decisions: list[DraftDecision]


class Drafting:
    """Proposes annotations of the articles of one open dossier."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def propose(self, article_id: str, *, new: bool = False) -> list[Draft]:
        """The drafts of an article in reading order, without the rejected ones.

        With `new`, also without those that the dossier has already.

        Raises:
            DossierError: there is no such article, its file cannot be read, or its language has no rules.

        """
        view = self._desk.texts.article(article_id)
        rejected = {
            (one.kind, one.words) for one in self._load_decisions() if one.article == view.entry.id and not one.entry
        }
        drafts = [one for one in self._drafts(view) if (one.kind, fold(one.text)) not in rejected]
        return [one for one in drafts if not self._has(view, one)] if new else drafts

    def _drafts(self, view: ArticleView) -> list[Draft]:
        article = self._article(view)
        if languages.load(article.language) is None:
            raise DossierError(
                f"There are no rules for the language “{article.language}” of {view.entry.id}; drafts are made for "
                f"{', '.join(languages.CODES)}."
            )
        key = _key(article)
        path = self._desk.home / "drafts" / f"{hashlib.sha256(view.entry.id.encode()).hexdigest()[:16]}.json"
        cached = _read(path, _CachedDrafts)
        if cached is not None and cached.key == key:
            return cached.drafts
        drafts = draft_article(article)
        with contextlib.suppress(OSError):  # only a cache: it is made again
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_private(path, msgspec.json.encode(_CachedDrafts(key, drafts)))
        return drafts

    def _article(self, view: ArticleView) -> DraftInput:
        entry = view.entry
        names = [
            KnownName(name, owner, kind)
            for owner, kind, all_names in entry_queries.all_names(self._desk.texts.catalogue)
            if kind in {"person", "delegation"}
            for name in all_names
        ]
        language = entry.text("language") or self._desk.header("language") or "en"
        return DraftInput(view.text, language, entry.text("published"), names)

    def _has(self, view: ArticleView, draft: Draft) -> bool:
        """Return whether the dossier has it already: an entry of its kind on most of its words, or the person."""
        if draft.kind == "person":
            return draft.speaker is not None and bool(draft.speaker.id)
        length = max(1, draft.end - draft.start)
        return any(
            span.what == draft.kind and min(span.end, draft.end) - max(span.start, draft.start) > _COVERED * length
            for span in view.evidence
        )

    def accept(
        self,
        article_id: str,
        draft_ids: Sequence[str],
        speaker: str = "",
        *,
        first: Sequence[Mapping[str, Any]] = (),
        fields: Mapping[str, Any] = MappingProxyType({}),
    ) -> "tuple[WrittenEntry, ...]":
        """Write the entries that drafts propose, in one step that can be undone; `speaker` goes before theirs.

        `first` are new entries that these refer to, written in the same step; `fields` go before those of the drafts.

        Raises:
            DossierError: there is no such draft, it has no speaker that is an entry, or the entry would be an error;
                then nothing is written.

        """
        drafts = self._chosen_drafts(article_id, draft_ids)
        entries = [{**self._entry(article_id, draft, speaker), **fields} for draft in drafts]
        written = self._desk.annotations.write([*first, *entries])[len(first) :]
        self._decide(article_id, drafts, [one.id for one in written])
        return written

    def reject(self, article_id: str, draft_ids: Sequence[str]) -> None:
        """Record that these words of the article are not to be proposed again.

        Raises:
            DossierError: there is no such draft, or the decision cannot be kept.

        """
        drafts = self._chosen_drafts(article_id, draft_ids)
        self._decide(article_id, drafts, [""] * len(drafts))

    def restore(self, article_id: str, drafts: Sequence[Draft]) -> None:
        """Take a rejection back: the drafts are proposed again.

        Raises:
            DossierError: the decision cannot be kept.

        """
        back = {(article_id, one.kind, fold(one.text), "") for one in drafts}
        self._keep([one for one in self._load_decisions() if (one.article, one.kind, one.words, one.entry) not in back])

    def _chosen_drafts(self, article_id: str, draft_ids: Sequence[str]) -> list[Draft]:
        by_id = {draft.id: draft for draft in self.propose(article_id)}
        missing = [one for one in draft_ids if one not in by_id]
        if missing:
            raise DossierError(
                f"{article_id} has no draft {missing[0]}; its words may have changed, or it was rejected: list its "
                "drafts again."
            )
        return [by_id[one] for one in dict.fromkeys(draft_ids)]

    def _entry(self, article_id: str, draft: Draft, speaker: str) -> Mapping[str, Any]:
        if draft.kind == "person":
            name = draft.speaker.name if draft.speaker else draft.text
            return {"kind": "person", "name": name, **({"role": draft.role} if draft.role else {})}
        placed: dict[str, Any] = {"article": article_id}
        if draft.pieces:
            placed |= {"pieces": draft.pieces}
        else:
            placed |= {"text": draft.text, "start": draft.start, "end": draft.end}
        if draft.kind == "event":
            words = draft.text.split()
            name = " ".join(words[:_NAME_WORDS]) + ("…" if len(words) > _NAME_WORDS else "")
            return {"kind": "event", "name": name.rstrip("."), "when": draft.when, "at": placed}
        return {"kind": "quote", **placed, **self._attribution_fields(draft, speaker)}

    def _attribution_fields(self, draft: Draft, speaker: str) -> Mapping[str, Any]:
        """Speaker, attribution and via of a quote.

        Raises:
            DossierError: the speaker is named and is no entry, or the rules leave it to a person who it is.

        """
        chosen = speaker or (draft.speaker.id if draft.speaker and draft.tier != "ask" else "")
        via = {"via": list(draft.via)} if draft.via else {}
        joint = [one.id for one in draft.joint if one.id] if not speaker else []
        if chosen and joint and len(joint) == len(draft.joint):
            return {"speaker": [*joint, chosen], "attribution": _attribution(draft), **via}
        if chosen and draft.joint and not speaker:
            missing = next(one.name for one in draft.joint if not one.id)
            raise DossierError(
                f"{missing}, who says the words of {draft.id} with {chosen}, is no entry yet; make one, or name the "
                "speaker with --speaker."
            )
        if chosen:
            return {"speaker": chosen, "attribution": _attribution(draft), **via}
        if draft.attribution == "anonymous":
            source = [draft.speaker.name] if draft.speaker else []
            chain = [*source, *draft.via]
            return {"attribution": "anonymous", **({"via": chain} if chain else {})}
        name = draft.speaker.name if draft.speaker else ""
        if draft.tier == "ask" or not name:
            raise DossierError(f"Who says the words of {draft.id} is for you to decide; name the entry with --speaker.")
        raise DossierError(
            f"{name}, who says the words of {draft.id}, is no entry yet; make one, or name one with --speaker."
        )

    def _load_decisions(self) -> list[DraftDecision]:
        kept = _read(self._file(), _Decisions)
        return kept.decisions if kept is not None and kept.root == str(self._desk.root) else []

    def _decide(self, article_id: str, drafts: Sequence[Draft], entries: Sequence[str]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        decided = [
            *self._load_decisions(),
            *(
                DraftDecision(article_id, draft.kind, fold(draft.text), draft.rule, now, entry)
                for draft, entry in zip(drafts, entries, strict=True)
            ),
        ]
        self._keep(decided)

    def _keep(self, decided: list[DraftDecision]) -> None:
        path = self._file()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_private(path, msgspec.json.encode(_Decisions(str(self._desk.root), decided)))
        except OSError as error:
            reason = error.strerror or "it cannot be written"
            raise DossierError(f"What you decided cannot be kept in {path}: {reason}.") from error

    def _file(self) -> Path:
        mark = hashlib.sha256(str(self._desk.root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        return user_folder("state") / "drafts" / f"{mark}.json"


def _attribution(draft: Draft) -> str:
    return "paraphrase" if draft.attribution == "paraphrase" else "direct"


def _key(article: DraftInput) -> str:
    """A cache key of the drafts, which changes with the article, the rules and the names of the dossier."""
    names = [(known.name, known.id, known.kind) for known in article.known]
    parts = [RULES, article.language, article.published, hashlib.sha256(_bytes(article.text)).hexdigest(), names]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _read(path: Path, record: type[_Record]) -> _Record | None:
    """A record from a file; None when there is none that can be read."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        return msgspec.json.decode(data, type=record) if len(data) <= _MOST_BYTES else None
    except (OSError, ValueError, RecursionError, RuntimeError):
        return None
