"""Find the subject of a verb of saying."""

from msgspec.structs import replace

from dossier.drafts.names import NameCandidate
from dossier.drafts.subjects import NounPhrases, Subject


class Grammar(NounPhrases):
    """Finds subjects in one sentence."""

    def before(self, verb: int, floor: int = 0) -> Subject | None:
        """The subject that stands before the verb, not before the token `floor`."""
        sentence, language = self.sentence, self.language
        at = verb - 1
        days = {*language.weekdays, *(word for word, _ in language.relative_days)}
        while at >= floor and (self._may_stand_between(sentence[at], at) or sentence[at].low in days):
            at -= 2 if at > floor and sentence[at].low in days and sentence[at - 1].low == "on" else 1
        if at < floor:
            return None
        if sentence[at].low in language.suffixes and at - 2 >= floor and sentence[at - 1].text == ",":
            at -= 2
        if sentence[at].text == ")":
            at = next((back - 1 for back in range(at, floor, -1) if sentence[back].text == "("), at)
        token = sentence[at]
        if token.low in language.coordinators:
            return self.main(verb)
        if token.text in {",", ")", "—", "–"}:
            return self._behind_apposition(at, floor)
        if token.low in language.who and at > floor:
            return self._antecedent(at - 1, floor)
        if not token.is_word:
            return None
        return self._phrase(self._boundary(at, floor), at)

    def _antecedent(self, at: int, floor: int) -> Subject | None:
        """The person for whom a relative pronoun behind the token `at` stands: the name next to it, if there is one."""
        if self.sentence[at].text == ",":
            if at - 1 in self._of and not self._of[at - 1].office and self._governor(at - 1, floor) < 0:
                name = self._of[at - 1]
                return self._subject("name", name.first, name.last, name)
            return self._behind_apposition(at, floor) or self._phrase(self._boundary(at - 1, floor), at - 1)
        name_there = self._of.get(at)
        if name_there is not None:
            return self._subject("name", name_there.first, name_there.last, name_there)
        found = self._phrase(self._boundary(at, floor), at) if self.sentence[at].is_word else None
        if found is not None and self.sentence[found.first].low in {"a", "an"}:
            main = self.main(found.first)  # *X released a statement which said*
            return main if main is not None and main.kind == "name" else found
        return found

    def main(self, limit: int) -> Subject | None:
        """The subject of the first verb of the sentence, before the token `limit`."""
        language = self.language
        for at in range(1, limit):
            token = self.sentence[at]
            verb = token.low in language.finite | language.say | language.call | language.auxiliaries
            if (
                token.capital
                or not (verb or token.low.endswith("ed"))
                or self.sentence[at - 1].low in (language.coordinators | language.determiners)
            ):
                continue
            return self.before(at)
        return None

    def _behind_apposition(self, comma: int, floor: int) -> Subject | None:
        """The subject of *X, the head of Y, said*, where the token `comma` closes the apposition."""
        end, second = comma, None
        for _ in range(4):
            opening = end - 1
            while opening > floor and self.sentence[opening].text not in {",", "(", "—", "–", ";", ":", '"'}:
                if self.sentence[opening].quote >= 0:
                    return None
                opening -= 1
            before = opening - 1
            if opening <= floor or self.sentence[opening].text in {";", ":"}:
                return second or self._name_between(opening, end) or self._phrase_at(floor, end)
            if before < floor or not self.sentence[before].is_word:
                return second
            inner = self._name_between(opening, end) or self._name_opening(opening, end)
            outer = self._phrase(self._boundary(before, floor), before)
            hangs = outer is not None and outer.name is not None and self._governor(outer.name.last, floor) >= 0
            if outer and outer.name and not (outer.name.possessive or outer.name.office or hangs):
                return outer
            if inner is not None:
                return inner
            if outer is not None and self.sentence[before].low in self.language.sources:
                second = second or outer
            end = opening
        return second

    def _phrase_at(self, floor: int, end: int) -> Subject | None:
        if end - 1 <= floor or not self.sentence[end - 1].is_word:
            return None
        found = self._phrase(self._boundary(end - 1, floor), end - 1)
        return found if found and found.kind == "name" else None

    def _name_between(self, opening: int, end: int) -> Subject | None:
        """A name that ends directly before `end` and hangs on no preposition, as in *his father, John Smith, said*."""
        name = self._of.get(end - 1)
        if name is None or name.group or name.first <= opening or self._governor(end - 1, opening + 1) > 0:
            return None
        return self._subject("name", name.first, name.last, name)

    def _name_opening(self, opening: int, end: int) -> Subject | None:
        """A person's name between commas with a place or a party behind it: *his ally, Mike Pence of Indiana, said*."""
        name = self._of.get(opening + 1)
        behind = self.sentence[name.last + 1].low if name and name.last + 1 < end else ""
        if name is None or name.group or name.office or name.possessive or behind not in {"of", "("}:
            return None
        return self._subject("name", name.first, name.last, name)

    def after(self, verb: int) -> Subject | None:
        """The subject that stands behind the verb, as in *said X*."""
        sentence, language = self.sentence, self.language
        at = verb + 1
        while at < len(sentence) and self._may_stand_between(sentence[at], at) and not sentence[at].capital:
            at += 1
        at = self._behind_addressee(at)
        if at >= len(sentence):
            return None
        if sentence[at].low in language.he | language.they and at not in self._of:
            return self._subject("pronoun", at, at)
        end, name = self._inverted_phrase(at)
        return self._subject_of_phrase(at, end, name) if end > at else None

    def _inverted_phrase(self, at: int) -> tuple[int, NameCandidate | None]:
        """The end of the noun phrase that begins at `at` behind a verb, and its last name; `at` where there is none."""
        sentence, language = self.sentence, self.language
        last = at
        name: NameCandidate | None = None
        while last < len(sentence) and sentence[last].is_word:
            token = sentence[last]
            inside = last in self._of
            if last > at and not inside and self._ends_noun(last):
                break
            if name is not None and not inside and token.low in language.determiners:
                break  # German: *sagte X der Zeitung*
            stop = token.low in language.prepositions | language.conjunctions | frozenset(language.weekdays)
            joins = token.low in language.coordinators and name is None and self._name_follows(last)
            if (
                not inside
                and (stop or token.low in {day for day, _ in language.relative_days})
                and last > at
                and not joins
            ):
                break
            if joins:
                last += 1  # *said co-author and researcher X*
                continue
            of = last + 1 < len(sentence) and sentence[last + 1].low == "of"
            counts = token.low in language.determiners and last + 1 < len(sentence) and sentence[last + 1].is_word
            if not inside and (stop or (last == at and token.low in language.other_pronouns and not (of or counts))):
                return at, None
            if not inside and last == at and of and token.low in language.determiners | language.sources:
                last += 2  # *one of the officials*
                continue
            if inside:
                name = self._of[last]
                last = name.last
            last += 1
        return last, name

    def _behind_addressee(self, at: int) -> int:
        """Skip an addressee when another noun follows at once: *a déclaré à l'AFP un porte-parole*."""
        sentence, language = self.sentence, self.language
        if at >= len(sentence) or sentence[at].low not in language.addressing:
            return at
        for place in range(at + 2, min(len(sentence), at + 6)):
            if not sentence[place].is_word:
                return at
            opens = sentence[place].low in language.determiners and sentence[place - 1].low not in language.addressing
            if opens and place - at > 1 + (sentence[at + 1].low in language.determiners):
                return place
            if place in self._of and place - 1 in self._of and self._of[place] != self._of[place - 1]:
                return place
        return at

    def _name_follows(self, at: int) -> bool:
        """Return whether words without a mark between them lead from `at` to the name of a person."""
        for place in range(at + 1, min(len(self.sentence), at + 10)):
            if not self.sentence[place].is_word or self.sentence[place].low in self.language.prepositions:
                return False
            if place in self._of and not self._of[place].group and not self._of[place].office:
                return True
        return False

    def _ends_noun(self, at: int) -> bool:
        """Return whether the word at `at` goes on with a verb behind a noun (*officials told*, *a protester using*)."""
        low = self.sentence[at].low
        behind = self.sentence[at + 1].low if at + 1 < len(self.sentence) else ""
        if low in self.language.sources and behind in self.language.prepositions and at - 1 in self._of:
            return False  # *a Twitter post by X*
        verb = low in self.language.finite | self.language.say or low.endswith(("ed", "ing"))
        return verb and self.sentence[at - 1].low not in self.language.determiners

    def _subject_of_phrase(self, first: int, last: int, name: NameCandidate | None) -> Subject | None:
        sentence = self.sentence
        if (name is None or name.last != last - 1) and last + 1 < len(sentence) and sentence[last].text == ",":
            inner = self._of.get(last + 1)
            if inner is not None and not inner.group and inner.last + 1 < len(sentence):
                behind = sentence[inner.last + 1]
                if behind.text in {",", "."}:
                    return self._subject("name", inner.first, inner.last, inner)
        behind_phrase = self._name_behind_phrase(last)
        if behind_phrase is not None and (
            name is None or name.office or sentence[name.core].low in self.language.particles
        ):
            return behind_phrase
        if name is not None and name.office and self.language.nouns_in_capitals:
            return self._subject("noun", first, last - 1)  # *der Konzernchef*
        people = self.language.sources | self.language.roles
        if name is not None and name.last < last - 1 and sentence[last - 1].low in people:
            return self._subject("noun", first, last - 1)  # *said a White House aide*
        if name is not None and (name.last == last - 1 or not name.possessive):
            return self._subject("name", name.first, name.last, name)
        if any(token.low in self.language.sources for token in sentence[first:last]) or (
            sentence[first].low in self.language.determiners
        ):
            return self._subject("noun", first, last - 1)
        return None

    def _name_behind_phrase(self, at: int) -> Subject | None:
        """The name in *said the minister of finance, X*, where the noun ends at `at`."""
        for comma in range(at, min(len(self.sentence) - 2, at + 7)):
            if self.sentence[comma].text == ",":
                name = self._of.get(comma + 1)
                closed = name is not None and self.sentence[min(name.last + 1, len(self.sentence) - 1)].text in {
                    ",",
                    ".",
                }
                if name is not None and closed and not name.group and not name.office:
                    return self._subject("name", name.first, name.last, name)
                continue
            if not self.sentence[comma].is_word:
                return None
            if comma in self._of and comma == self._of[comma].first and self._is_apposition(comma, at):
                name = self._of[comma]
                return self._subject("name", name.first, name.last, name)
        return None

    def _is_apposition(self, at: int, floor: int) -> bool:
        """Return whether the name at `at` follows a common noun: *le ministre de l'économie Bruno Le Maire*."""
        before, language = self.sentence[at - 1], self.language
        if at <= floor or not before.is_word or before.capital or self._of[at].group or self._of[at].office:
            return False
        small = language.prepositions | language.determiners | language.conjunctions | language.coordinators
        return before.low not in small | language.auxiliaries | language.say | language.call | language.who

    def source_at(self, first: int) -> Subject | None:
        """The noun phrase that begins at `first`, as behind *according to*."""
        at = first
        if at < len(self.sentence) and self.sentence[at].low in self.language.he | self.language.they:
            return self._subject("pronoun", at, at)
        name = self._of.get(at)
        if name is not None and name.first < at:  # German: *aus Sicht von X*
            part = self.sentence[at : name.last + 1]
            text = " ".join(token.text for token in part)
            return self._subject(
                "name", at, name.last, replace(name, first=at, core=at, text=text, start=part[0].start)
            )
        return self.after(first - 1)
