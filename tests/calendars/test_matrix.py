"""Calendars across fifteen releases: every session, after each, in the parsers of others.

What is expected is written down in :mod:`tests.calendars.truth`.
"""

from datetime import timedelta

import pytest

from tests.calendars.conftest import Snapshot
from tests.calendars.reading import PARSERS, Read, events_in, stamps_of
from tests.calendars.story import LANGUAGES, STEPS, published_at
from tests.calendars.truth import NAMES, Truth, after, cell

pytestmark = [
    # The parsers are others' work: what they warn of is theirs to mend.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
_RELEASES = pytest.mark.parametrize(
    "release", range(1, len(STEPS) + 1), ids=[step.name for step in STEPS]
)
_LANGUAGES = pytest.mark.parametrize("lang", LANGUAGES)
_PARSERS = pytest.mark.parametrize("parser", PARSERS)


@_RELEASES
def test_every_session_is_public_under_the_uid_that_it_had(
    snapshots: list[Snapshot], release: int
) -> None:
    now, last = snapshots[release - 1], snapshots[-1]
    assert set(now.uids) == set(after(release))
    for name, uid in now.uids.items():
        assert uid == last.uids[name]
    for lang in LANGUAGES:
        assert set(events_in(now.feeds[lang])) == set(now.uids.values())


@_PARSERS
@_RELEASES
def test_a_parser_of_others_reads_the_true_programme(
    snapshots: list[Snapshot], release: int, parser: str
) -> None:
    now = snapshots[release - 1]
    for lang in LANGUAGES:
        read = PARSERS[parser](now.feeds[lang])
        told = {name: read[uid] for name, uid in now.uids.items()}
        assert told == {
            name: _as_read(truth, told[name], lang) for name, truth in after(release).items()
        }


@_PARSERS
@_RELEASES
def test_a_parser_of_others_reads_the_same_in_the_file_of_each_session(
    snapshots: list[Snapshot], release: int, parser: str
) -> None:
    now, read = snapshots[release - 1], PARSERS[parser]
    for lang in LANGUAGES:
        whole = read(now.feeds[lang])
        for uid, content in now.files[lang].items():
            assert read(content) == {uid: whole[uid]}


def _as_read(truth: Truth, told: Read, lang: str) -> Read:
    """Return what a parser has to read; of texts, only that they hold what they have to."""
    title = truth.titles[lang]
    assert (title in told.summary, truth.room in told.location) == (True, True)
    assert (_without_isolates(told.summary) == title) is (truth.status != "CANCELLED")
    return Read(
        truth.start,
        truth.start + timedelta(minutes=truth.minutes),
        truth.status,
        truth.sequence,
        truth.modified,
        truth.modified,
        told.summary,
        told.location,
    )


def _without_isolates(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u2068\u2069")))


@_RELEASES
def test_a_session_is_the_same_event_in_its_file_as_in_the_feed_of_all(
    snapshots: list[Snapshot], release: int
) -> None:
    now = snapshots[release - 1]
    for lang in LANGUAGES:
        events = events_in(now.feeds[lang])
        for uid, content in now.files[lang].items():
            assert events_in(content) == {uid: events[uid]}


@pytest.mark.parametrize("release", range(2, len(STEPS) + 1), ids=[s.name for s in STEPS[1:]])
def test_what_did_not_change_is_byte_for_byte_as_before_and_what_changed_is_not(
    snapshots: list[Snapshot], release: int
) -> None:
    before, now = snapshots[release - 2], snapshots[release - 1]
    unchanged = {name for name in before.uids if cell(name, release) == cell(name, release - 1)}
    for lang in LANGUAGES:
        former, present = events_in(before.feeds[lang]), events_in(now.feeds[lang])
        same = {name for name, uid in before.uids.items() if former[uid] == present[uid]}
        assert same == unchanged


def test_revisions_go_up_by_one_and_never_down() -> None:
    """Hold the matrix itself to what the issue says of it."""
    for name in NAMES:
        for release in range(2, len(STEPS) + 1):
            former, now = after(release - 1).get(name), after(release).get(name)
            if former is None or now is None:
                continue
            where = (former.start, former.minutes, former.room, former.status)
            moved = where != (now.start, now.minutes, now.room, now.status)
            assert now.sequence == former.sequence + moved
            if moved or now.titles != former.titles:
                assert now.modified == published_at(release)


#: How programs tell whether they know an event already.
_RULES = {
    "a higher SEQUENCE, or a later LAST-MODIFIED": lambda held, new: (
        (new.sequence, new.modified) > (held.sequence, held.modified)
    ),
    "a later LAST-MODIFIED, as ICSx5": lambda held, new: new.modified > held.modified,
    "other stamps, as GNOME": lambda held, new: new != held,
    "a higher SEQUENCE, or a later DTSTAMP (RFC 5546)": lambda held, new: (
        (new.sequence, new.stamp) > (held.sequence, held.stamp)
    ),
}


class Calendar:
    """The events that somebody's program holds; it keeps what it takes for as new."""

    def __init__(self, rule: str) -> None:
        self._is_newer = _RULES[rule]
        self.events: dict[str, bytes] = {}

    def follow(self, feed: bytes) -> None:
        """Take a feed that was fetched again: what is not in it any more goes."""
        events = events_in(feed)
        self.events = {uid: self._kept(uid, event) for uid, event in events.items()}

    def take(self, file: bytes) -> None:
        """Take a file into what is there."""
        for uid, event in events_in(file).items():
            self.events[uid] = self._kept(uid, event)

    def _kept(self, uid: str, event: bytes) -> bytes:
        held = self.events.get(uid)
        is_newer = held is None or self._is_newer(stamps_of(held), stamps_of(event))
        return event if is_newer or held is None else held


@_LANGUAGES
@pytest.mark.parametrize("every", [1, 2, 4, 15])
@pytest.mark.parametrize("rule", _RULES)
def test_who_only_ever_fetches_the_feed_has_the_true_programme(
    snapshots: list[Snapshot], lang: str, every: int, rule: str
) -> None:
    calendar = Calendar(rule)
    for now in snapshots[::every]:
        calendar.follow(now.feeds[lang])
        assert calendar.events == events_in(now.feeds[lang])


@_LANGUAGES
@pytest.mark.parametrize("rule", _RULES)
def test_who_imported_the_first_draft_and_then_gets_files_has_the_true_programme(
    snapshots: list[Snapshot], lang: str, rule: str
) -> None:
    calendar = Calendar(rule)
    calendar.take(snapshots[0].feeds[lang])
    for now in snapshots[1:]:
        for file in now.files[lang].values():
            calendar.take(file)
        assert calendar.events == events_in(now.feeds[lang])


@pytest.mark.parametrize("rule", [rule for rule in _RULES if "GNOME" not in rule])
def test_files_that_arrive_late_and_in_any_order_undo_nothing(
    snapshots: list[Snapshot], rule: str
) -> None:
    for order in (snapshots[::-1], [*snapshots[1::2], *snapshots[::2]]):
        calendar = Calendar(rule)
        calendar.take(snapshots[0].feeds["ar"])
        for then in order:
            for file in then.files["ar"].values():
                calendar.take(file)
        assert calendar.events == events_in(snapshots[-1].feeds["ar"])
