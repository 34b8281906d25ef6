"""The letter to a speaker, in their language: plain text with places for names.

The text is kept until it is sent, and organizers read it who may not know who it is to. So it
holds nobody's name: ``{name}`` stands for the speaker, and ``{people 4CDFGH}`` for those who take
part in a session with them. Both are put in when it is read or sent. Nor does it hold the private
link to the speaker's page: ``{link}`` becomes one only when the letter is sent.
"""

from datetime import datetime
from functools import cache

from flask_babel import gettext

from planner.i18n.content import LocalText, localize
from planner.i18n.formats import comma, long_date, plain_time_range, quoted
from planner.i18n.labels import N_, kind_label
from planner.i18n.languages import name_of
from planner.letters.differences import Concerned, Difference, Part, title_in
from planner.letters.facts import Facts
from planner.lib.text import clean_line, isolated
from planner.programme.document import Programme, Texts
from planner.programme.vocabulary import Stage

NAME = "{name}"
LINK = "{link}"

_WORDS = {
    Difference.NEW: N_("New for you"),
    Difference.CANCELLED: N_("Cancelled: it does not take place"),
    Difference.OFF: N_("You do not take part any more"),
    Difference.RESTORED: N_("It takes place after all"),
    Difference.MOVED: N_("Another time"),
    Difference.ROOM: N_("Another room"),
    Difference.LENGTH: N_("Another length"),
    Difference.TITLE: N_("Another title"),
    Difference.LANGUAGES: N_("The languages are different"),
    Difference.PEOPLE: N_("Other people"),
}


def people_of(code: str) -> str:
    """Return what stands in a text for those who take part in a session."""
    return f"{{people {code}}}"


def difference_label(difference: Difference) -> str:
    """Return how a session differs from what was told, in a few words to the speaker."""
    return str(gettext(_WORDS[difference]))


class Wording:
    """Words letters about one programme in one language, which is spoken meanwhile."""

    def __init__(self, programme: Programme, lang: str, base_url: str) -> None:
        self._programme = programme
        self._lang = lang
        self._order = programme.event.languages
        self._address = f"{base_url}/{lang}/{programme.event.slug}"
        self._event = self._quoted(localize(programme.event.name, lang, order=self._order))
        self._days = cache(self._day)
        self._label = cache(difference_label)
        self._blocks = [
            gettext("Hello %(name)s,", name=NAME),
            f"{self._own_page()}\n\n{self._once_for_all()}",
        ]

    def subject(self, concerned: Concerned) -> str:
        """Return the subject."""
        event = localize(self._programme.event.name, self._lang, order=self._order).value
        words = (
            N_("%(event)s: your sessions")
            if concerned.is_first
            else N_("%(event)s: what changed for you")
        )
        return clean_line(gettext(words, event=clean_line(event)))

    def text(self, concerned: Concerned, *, is_asked_anew: bool) -> str:
        """Return the text; ``is_asked_anew`` is whether they had confirmed what is otherwise."""
        greeting, closing = self._blocks
        blocks = [greeting, self._opening(concerned)]
        blocks += [self._part(part, is_first=concerned.is_first) for part in concerned.parts]
        blocks += [self._question(concerned, is_asked_anew=is_asked_anew), closing]
        return "\n\n".join(block for block in blocks if block)

    def _opening(self, concerned: Concerned) -> str:
        if not concerned.is_first:
            return str(
                gettext(
                    "the programme of %(event)s has changed. This is what is different for you:",
                    event=self._event,
                )
            )
        if self._programme.release.stage is Stage.FINAL:
            words = N_("the programme of %(event)s is final. You take part in this:")
        else:
            words = N_(
                "there is a draft of the programme of %(event)s; it may still change. "
                "You take part in this:"
            )
        return str(gettext(words, event=self._event))

    def _question(self, concerned: Concerned, *, is_asked_anew: bool) -> str:
        if all(part.is_gone for part in concerned.parts):
            return ""
        told = gettext(
            "Invitations for your calendar come with this letter. Accept or decline them there, "
            "and the organizers know; or write to them."
        )
        if is_asked_anew:
            told = f"{told} " + gettext(
                "What you had confirmed is at another time or in another room now: please answer "
                "once more."
            )
        return str(told)

    @staticmethod
    def _own_page() -> str:
        told = gettext(
            "Your own page has everything about your part, and there you can answer as well. "
            "Its address is yours alone, do not pass it on:"
        )
        return f"{told}\n{LINK}"

    def _once_for_all(self) -> str:
        told = gettext("All times are those of the place, and this is the whole programme:")
        return f"{told}\n{self._address}/"

    def _part(self, part: Part, *, is_first: bool) -> str:
        facts, before = part.facts, part.before
        lines = [self._title(facts)]
        if not is_first:
            lines.append(" · ".join(self._label(found) for found in part.differences))
        was = before if before and not part.is_gone else None
        lines.append(self._when(facts, was))
        place = self._where(facts, was)
        if place:
            lines.append(place)
        if part.is_gone:
            return "\n".join(lines)
        if facts.spoken_languages:
            lines.append(self._languages(facts))
        if facts.fellows:
            lines.append(gettext("With: %(people)s", people=people_of(part.code)))
        lines.append(f"{self._address}/sessions/{part.code}")
        return "\n".join(lines)

    def _title(self, facts: Facts) -> str:
        title = localize(facts.title, self._lang, original=facts.original_language)
        if not title_in(facts, self._lang):
            return str(kind_label(facts.kind))
        return self._quoted(title)

    def _when(self, facts: Facts, before: Facts | None) -> str:
        told = gettext("When: %(when)s", when=self._hours(facts))
        if before and (before.moment, before.minutes) != (facts.moment, facts.minutes):
            told += " " + gettext("(before: %(before)s)", before=self._hours(before))
        return str(told)

    def _hours(self, facts: Facts) -> str:
        hours = plain_time_range(facts.starts_at, facts.minutes)
        return f"{self._days(facts.starts_at)} {hours}"

    def _day(self, moment: datetime) -> str:
        return long_date(moment.date(), self._lang)

    def _where(self, facts: Facts, before: Facts | None) -> str:
        place = self._place(facts)
        if not place:
            return ""
        told = gettext("Where: %(where)s", where=place)
        if before and before.place != facts.place and self._place(before):
            told += " " + gettext("(before: %(before)s)", before=self._place(before))
        return str(told)

    def _place(self, facts: Facts) -> str:
        if facts.across_rooms and not facts.room:
            return str(gettext("all rooms"))
        return self._isolated(facts.room_name)

    def _languages(self, facts: Facts) -> str:
        listed = comma().join(name_of(code, self._lang) for code in facts.spoken_languages)
        return str(gettext("Languages spoken: %(languages)s", languages=listed))

    def _isolated(self, texts: Texts) -> str:
        found = localize(texts, self._lang, order=self._order).value
        return isolated(clean_line(found)) if found else ""

    def _quoted(self, text: LocalText) -> str:
        return quoted(clean_line(text.value))
