"""Removing a name or a session: nothing of it is left anywhere, and nothing brings it back."""

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.interpreting.models import Turn
from planner.journal import undoing
from planner.journal.models import Entry, Way
from planner.journal.queries import steps
from planner.journal.recording import recorded
from planner.letters.models import Told
from planner.links.models import SpeakerLink
from planner.notices.models import Notice
from planner.programme.document import Programme, decode, digest_of
from planner.programme.vocabulary import Kind, Stage, Status
from planner.releases.issuing import UnknownEventError
from planner.releases.models import Appointment, Origin, Release, ScheduledRelease
from planner.releases.operations import NothingToPublishError, publish
from planner.releases.queries import ReleaseSource
from planner.removal import operations
from planner.removal.operations import remove_name, remove_session
from planner.removal.sweeping import left, sweep
from planner.removal.targets import NotThereError
from planner.removal.targets import Way as How
from planner.sessions.models import Session, State
from planner.slots.models import Proposal, Request, Seen
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import set_text
from tests.desks import join, make_user, signed_in
from tests.plans import (
    ENKIDU,
    OPENING,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    make_plan,
    plan_to_change,
    released,
)
from tests.postgresql import Cluster
from tests.removal.scene import (
    ARABIC,
    ENGLISH,
    FORMER,
    OWN,
    PHOTO,
    SECRETS,
    Scene,
    answers,
    found_in,
    found_in_files,
    found_in_relations,
    found_in_tables,
    later,
)
from tests.traces import unpacked

_PERSONS = ("speaker", "speaker_text", "journal_row", "speaker_proposal")


def erase(scene: Scene) -> operations.Removed:
    """Erase the person whose name is everywhere."""
    done = remove_name(
        SLUG, SIDURI, How.ERASE, instance=scene.instance, user_id=scene.user_id, at=later(3)
    )
    assert sweep(scene.instance)
    return done


def programmes() -> list[Programme]:
    """Return all releases, the oldest first."""
    documents = db.session.scalars(select(Release.document).order_by(Release.number)).all()
    db.session.rollback()
    return [decode(document) for document in documents]


def events_of(client: FlaskClient) -> dict[str, bytes]:
    """Return the events of the feed of the whole programme, by the codes of their sessions."""
    feed = client.get(f"/ar/{SLUG}/calendar/programme.ics", base_url="https://programme.example")
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", feed.data, re.S)
    return {re.search(rb"UID:session-(\w+)@", event)[1].decode(): event for event in found}  # type: ignore[index]


def stamp(event: bytes, name: str) -> str:
    """Return a property of an event."""
    found = re.search(rf"\r\n{name}:(.*?)\r\n".encode(), event)
    assert found is not None
    return found[1].decode()


def test_the_name_is_everywhere_before(scene: Scene) -> None:
    """What is looked for afterwards would be found."""
    tables = {"release", "scheduled_release", "journal_entry", "journal_row", "outbox", "event"}
    tables |= {"speaker_request", "speaker_proposal"}
    tables |= {"speaker", "speaker_text", "session", "session_text", "acknowledgement", "theme"}
    assert tables <= set(found_in_tables(SECRETS))
    assert any("imports" in str(path) for path in scene.instance.rglob("*-*-withheld-*"))
    client = scene.app.test_client()
    for address in _TELLING:
        assert found_in(_answer(client, address), SECRETS), address


#: One way tries the PDF as well, which takes its time.
_SLOW = {How.WITHHOLD: ".pdf", How.ERASE: "-booklet.pdf"}
#: Addresses of each kind that tell the name before.
_TELLING = (
    f"/ar/{SLUG}/programme",
    f"/ar/{SLUG}/changes",
    f"/ckb/{SLUG}/sessions/{WOMEN}",
    f"/en/{SLUG}/calendar/programme.ics",
    f"/{SLUG}/schedule.json",
)


def _answer(client: FlaskClient, address: str) -> bytes:
    return unpacked(client.get(address, base_url="https://programme.example").get_data())


def test_after_erasing_nothing_is_left_in_any_file_or_table(
    scene: Scene, cluster: Cluster | None
) -> None:
    if cluster:
        assert found_in_relations(cluster.folder / "data", SECRETS) != []
    erase(scene)
    assert found_in_tables([*SECRETS, *OWN]) == {}
    if cluster:
        assert found_in_relations(cluster.folder / "data", [*SECRETS, *OWN]) == []
    db.session.remove()
    assert found_in_files(scene.instance, [*SECRETS, *OWN]) == {}
    assert not (scene.instance / "uploads" / PHOTO).exists()
    assert left(scene.instance) is None


@pytest.mark.parametrize("way", list(How))
def test_no_public_address_names_them_any_more(scene: Scene, way: How) -> None:
    client = scene.app.test_client()
    scene.app.extensions["planner.programmes"] = ReleaseSource(
        seconds=0, forget=scene.app.extensions["planner.shelf"].forget
    )
    for address in _TELLING:  # what the server keeps in memory from then on
        assert found_in(_answer(client, address), SECRETS)
    remove_name(SLUG, SIDURI, way, instance=scene.instance, at=later(3))
    leaks = {
        address: found
        for address, told in answers(scene.app, client, of_desk=False, but=_SLOW[way])
        if (found := found_in(told, [*SECRETS, *OWN]))
    }
    assert leaks == {}
    # Nor does the memory of the server hold what it made before.
    shelf = scene.app.extensions["planner.shelf"]
    held = b"".join(item.plain.body for item in shelf._kept.values() if hasattr(item, "plain"))
    assert found_in(held, SECRETS) == []


def test_no_page_of_the_desk_names_them_once_they_are_erased(scene: Scene) -> None:
    erase(scene)
    client = signed_in(scene.app, scene.user_id)
    leaks = {
        address: found
        for address, told in answers(scene.app, client, of_desk=True)
        if (found := found_in(told, [*SECRETS, *OWN]))
    }
    assert leaks == {}


def test_withheld_they_are_known_only_to_who_may_know_them(scene: Scene) -> None:
    remove_name(SLUG, SIDURI, How.WITHHOLD, instance=scene.instance, at=later(3))
    assert sweep(scene.instance)
    assert found_in_tables(SECRETS, but=_PERSONS) == {}
    known, unknown = scene.user_id, make_user("viewer@desk.example")
    join(unknown, MemberRole.EDITOR, sees_names=False)
    for user_id, is_named in ((known, True), (unknown, False)):
        pages = answers(scene.app, signed_in(scene.app, user_id), of_desk=True)
        named = {address for address, told in pages if found_in(told, SECRETS)}
        assert (f"/desk/{SLUG}/speakers" in named) is is_named
        assert is_named or named == set()
    kept = db.session.scalars(select(Speaker).where(Speaker.code == SIDURI)).one()
    assert (kept.visibility, kept.photo) == (Visibility.WITHHELD, None)
    assert kept.texts["ar"].display_name == ARABIC


def test_every_release_is_rewritten_and_a_new_one_follows(scene: Scene) -> None:
    former = programmes()
    done = erase(scene)
    assert (done.number, done.rewritten) == (4, 3)
    told = programmes()
    assert [programme.release.number for programme in told] == [1, 2, 3, 4]
    for before, after in zip(former, told, strict=False):
        assert before.release.published_at == after.release.published_at
        assert {s.code for s in before.sessions} == {s.code for s in after.sessions}
        assert [len(s.people) for s in before.sessions] == [len(s.people) for s in after.sessions]
        assert SIDURI not in {speaker.code for speaker in after.speakers}
    assert told[0].release.note == {"en": "With Name withheld"}
    assert told[1].release.note == {"ar": "أضيفت الاسم محفوظ"}
    assert told[2].event.call["ckb"] == "وەرن، الاسم محفوظ"
    women = next(session for session in told[2].sessions if session.code == WOMEN)
    assert women.title == {"ar": "لقاء مع الاسم محفوظ"}
    assert women.online_url is None
    for release in db.session.scalars(select(Release)):
        assert release.digest == digest_of(release.document)
    assert release.origin is Origin.REMOVAL
    with pytest.raises(NothingToPublishError):  # the plan says just that
        publish(SLUG, Stage.FINAL, at=later(4))


def test_calendars_take_touched_sessions_anew_and_no_others(scene: Scene) -> None:
    client = scene.app.test_client()
    with plan_to_change() as plan:  # a session that has nothing to do with it
        water = plan.sessions[WATER]
        water.people = [person for person in water.people if person.speaker.code != SIDURI]
        plan.sessions[WATER].theme = None
        for person in plan.sessions[WATER].people:
            if person.speaker.code == ENKIDU:
                person.speaker.texts["ar"].organisation = "مجلس"
    publish(SLUG, Stage.FINAL, at=later(2.5))
    scene.app.extensions["planner.programmes"] = ReleaseSource(seconds=0)
    former = events_of(client)
    done = erase(scene)
    present = events_of(client)
    assert done.sessions == {OPENING, WOMEN, WATER}  # the last was told with the name once
    assert present.keys() == former.keys()
    for code, event in present.items():
        assert int(stamp(event, "SEQUENCE")) == int(stamp(former[code], "SEQUENCE")) + 1
        assert stamp(event, "LAST-MODIFIED") == later(3).strftime("%Y%m%dT%H%M%SZ")
        assert stamp(event, "DTSTAMP") == stamp(event, "LAST-MODIFIED")
        assert stamp(event, "STATUS") == "CONFIRMED"


def test_other_sessions_stay_byte_for_byte_the_same(scene: Scene) -> None:
    client = scene.app.test_client()
    scene.app.extensions["planner.programmes"] = ReleaseSource(seconds=0)
    former = events_of(client)
    remove_session(SLUG, WATER, How.WITHHOLD, instance=scene.instance, at=later(3))
    present = events_of(client)
    assert {code for code in former if former[code] != present[code]} == {WATER}
    assert int(stamp(present[WATER], "SEQUENCE")) == int(stamp(former[WATER], "SEQUENCE")) + 1
    assert stamp(present[WATER], "STATUS") == "CANCELLED"


def test_what_waits_for_its_hour_is_rewritten_and_still_published(scene: Scene) -> None:
    erase(scene)
    waiting = db.session.scalars(select(ScheduledRelease)).one()
    assert (waiting.state, waiting.after_number) == (Appointment.WAITING, 4)
    assert waiting.content is not None
    assert SIDURI not in {speaker.code for speaker in decode(waiting.content).speakers}


def test_what_was_told_to_others_tells_of_no_change(scene: Scene) -> None:
    """Who sits beside them gets no letter that somebody left, which would tell who it was."""
    fellows = [
        fellow for facts in db.session.scalars(select(Told.facts)) for fellow in facts["fellows"]
    ]
    erase(scene)
    kept = [f for facts in db.session.scalars(select(Told.facts)) for f in facts["fellows"]]
    assert SIDURI in {code for _, code in fellows} or not fellows
    assert SIDURI not in {code for _, code in kept}


def test_what_was_done_behind_the_link_goes_with_who_did_it(scene: Scene) -> None:
    """Of others it stays, without the name; the turn of interpreting keeps its place."""
    erase(scene)
    tables = (SpeakerLink, Seen, Request, Proposal, Notice)
    siduri, enkidu = (
        db.session.scalars(select(Speaker.id).where(Speaker.code == code)).one()
        for code in (SIDURI, ENKIDU)
    )
    for table in tables:
        owners = set(db.session.scalars(select(table.speaker_id)))
        assert siduri not in owners, table
        assert enkidu in owners, table
    assert [turn.speaker_id for turn in db.session.scalars(select(Turn))] == [siduri]
    (seen,) = db.session.scalars(select(Seen))
    assert seen.facts == {"people": [["speaker", ""], ["speaker", ""]]}


def test_withheld_they_keep_their_link_and_what_they_propose_of_themselves(scene: Scene) -> None:
    remove_name(SLUG, SIDURI, How.WITHHOLD, instance=scene.instance, at=later(3))
    siduri = db.session.scalars(select(Speaker.id).where(Speaker.code == SIDURI)).one()
    own = select(Proposal).where(Proposal.speaker_id == siduri).order_by(Proposal.id)
    about_me, about_session = db.session.scalars(own)
    assert found_in(str(about_me.content).encode(), [ENGLISH])
    assert not found_in(str(about_session.content).encode(), SECRETS)
    assert siduri in set(db.session.scalars(select(SpeakerLink.speaker_id)))
    others = select(Proposal).where(Proposal.speaker_id != siduri)
    for proposal in db.session.scalars(others):
        assert not found_in(f"{proposal.content} {proposal.answer}".encode(), SECRETS)


def test_the_person_stays_as_a_number(scene: Scene) -> None:
    erase(scene)
    kept = db.session.scalars(select(Speaker).where(Speaker.code == SIDURI)).one()
    assert (kept.number, kept.visibility) == (1, Visibility.WITHHELD)
    assert (kept.email, kept.photo, kept.source_key, kept.remark) == (None, None, None, "")
    assert not kept.texts
    assert not kept.free
    session = db.session.scalars(select(Session).where(Session.code == OPENING)).one()
    assert [person.speaker.code for person in session.people] == [SIDURI]


@pytest.mark.parametrize("way", list(How))
def test_no_undo_brings_the_name_back(scene: Scene, way: How) -> None:
    """Every entry is taken back, and done once more, one after the other, as far as one can."""
    event_id = db.session.scalars(select(Entry.event_id)).first()
    assert event_id is not None
    _hide_and_show(scene, event_id)
    remove_name(SLUG, SIDURI, way, instance=scene.instance, at=later(3))
    numbers = db.session.scalars(select(Entry.id).order_by(Entry.id.desc())).all()
    done = 0
    for number in numbers:
        for step, way_of_entry in ((undoing.undo, Way.DO), (undoing.redo, Way.UNDO)):
            entry = db.session.get(Entry, number)
            assert entry is not None
            if entry.way is not way_of_entry:
                continue
            try:
                taken_back = step(event_id, scene.user_id, number)
            except (undoing.UnknownEntryError, undoing.LastingError, undoing.BuiltOnError):
                db.session.rollback()
                continue
            done += 1
            if step is undoing.undo:
                undoing.redo(event_id, scene.user_id, taken_back.id)
                undoing.undo(event_id, scene.user_id, number)
            but = _PERSONS if way is How.WITHHOLD else ()
            assert found_in_tables(SECRETS, but=but) == {}
    assert done >= 2
    with suppress(NothingToPublishError):
        publish(SLUG, Stage.FINAL, at=later(4))
    assert found_in_tables(SECRETS, but=_PERSONS if way is How.WITHHOLD else ()) == {}


def _hide_and_show(scene: Scene, event_id: int) -> None:
    """Withhold the person once, so that taking that back would make them public."""
    with recorded(event_id, scene.user_id, "speaker.hidden") as record:
        speaker = record.database.scalars(select(Speaker).where(Speaker.code == SIDURI)).one()
        speaker.visibility = Visibility.WITHHELD


def test_what_a_removal_went_through_is_not_offered_to_be_undone(scene: Scene) -> None:
    event_id = db.session.scalars(select(Entry.event_id)).first()
    assert event_id is not None
    erase(scene)
    lasting = db.session.scalars(select(Entry).where(Entry.is_lasting)).all()
    assert [entry.action for entry in lasting] == ["speaker.edited"]
    with pytest.raises(undoing.LastingError):
        undoing.undo(event_id, scene.user_id, lasting[0].id)
    step = steps(event_id, scene.user_id).undo
    assert step is not None
    assert step.action == "session.renamed"


def test_forms_that_were_open_are_stale(scene: Scene) -> None:
    """Saving one of them would bring the name back."""

    def versions() -> dict[str, int]:
        db.session.rollback()
        found: dict[str, int] = {}
        for model in (Session, Speaker):
            found |= dict(db.session.execute(select(model.code, model.version)).all())  # type: ignore[arg-type]
        return found

    before = versions()
    erase(scene)
    after = versions()
    assert {code for code in before if after[code] > before[code]} == {SIDURI, ENKIDU, WOMEN}


def test_the_history_says_that_it_was_done_without_saying_whose(scene: Scene) -> None:
    erase(scene)
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.facts, entry.user_id) == (
        "release.name_removed",
        {"number": 1},
        scene.user_id,
    )


def test_a_photo_stays_by_which_somebody_else_is_shown(scene: Scene) -> None:
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].photo = PHOTO
    erase(scene)
    assert (scene.instance / "uploads" / PHOTO).exists()


def test_a_speaker_who_was_deleted_can_still_be_removed(scene: Scene) -> None:
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            session.people = [p for p in session.people if p.speaker.code != SIDURI]
        plan.event.speakers.remove(plan.speakers[SIDURI])
    done = erase(scene)
    assert done.rewritten == 3
    assert found_in_tables([ARABIC, ENGLISH], but=("journal_row",)) == {}


def test_an_entry_that_was_joined_goes_with_the_one_that_is_left(scene: Scene) -> None:
    """Two entries of one person: former releases hold both, and the plan only one."""
    with plan_to_change() as plan:
        enkidu = plan.speakers[ENKIDU]
        enkidu.visibility = Visibility.PUBLIC
        set_text(enkidu, "ar", display_name=ARABIC)
    publish(SLUG, Stage.FINAL, at=later(2.5))
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            session.people = [p for p in session.people if p.speaker.code != ENKIDU]
        plan.event.speakers.remove(plan.speakers[ENKIDU])
    erase(scene)
    for programme in programmes():
        assert {speaker.code for speaker in programme.speakers} <= {ENKIDU}
        assert ARABIC not in {name for s in programme.speakers for name in s.name.values()}


def test_a_namesake_stays(scene: Scene) -> None:
    with plan_to_change() as plan:
        enkidu = plan.speakers[ENKIDU]
        enkidu.visibility = Visibility.PUBLIC
        set_text(enkidu, "ar", display_name=ARABIC)
    publish(SLUG, Stage.FINAL, at=later(2.5))
    erase(scene)
    (namesake,) = programmes()[-1].speakers
    assert (namesake.code, namesake.name) == (ENKIDU, {"ar": ARABIC})


def test_a_pseudonym_goes_only_where_that_is_asked(app: Flask, tmp_path: Path) -> None:
    make_plan()
    released()
    remove_name(SLUG, ENKIDU, How.WITHHOLD, instance=tmp_path, with_pseudonym=False, at=later(1))
    aliases = [p.pseudonym for s in programmes()[-1].sessions for p in s.people if p.pseudonym]
    assert aliases == [{"ar": "ابن البرية"}]
    kept = db.session.scalars(select(Speaker.visibility).where(Speaker.code == ENKIDU)).one()
    assert kept is Visibility.PSEUDONYM
    remove_name(SLUG, ENKIDU, How.WITHHOLD, instance=tmp_path, at=later(2))
    told = programmes()
    assert all(not p.pseudonym for programme in told for s in programme.sessions for p in s.people)
    assert len(told) == 2 + 0  # the first removal changed nothing that was public


def test_a_session_stays_as_a_cancelled_hour_and_nothing_else(scene: Scene) -> None:
    done = remove_session(SLUG, WATER, How.WITHHOLD, instance=scene.instance, at=later(3))
    assert (done.number, done.rewritten, done.sessions) == (4, 3, {WATER})
    for programme in programmes():
        (bare,) = (session for session in programme.sessions if session.code == WATER)
        assert (bare.title, bare.abstract, bare.people) == ({}, {}, ())
        assert (bare.kind, bare.status, bare.room) == (Kind.OTHER, Status.CANCELLED, None)
        assert (bare.theme, bare.online_url, bare.spoken_languages) == (None, None, ())
    planned = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert planned.state is State.WITHDRAWN
    assert planned.texts["ar"].title == "حق الوصول إلى الماء"
    with plan_to_change() as plan:
        plan.sessions[WOMEN].minutes = 45
    publish(SLUG, Stage.FINAL, at=later(4))
    assert WATER in {session.code for session in programmes()[-1].sessions}


def test_an_erased_session_leaves_nothing_in_any_file_or_table(scene: Scene) -> None:
    titles = ["حق الوصول إلى الماء", "ملاحظة لا تخص أحدا غيرنا"]
    event_id = db.session.scalars(select(Entry.event_id)).first()
    assert event_id is not None
    with recorded(event_id, scene.user_id, "session.noted") as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        session.remark = titles[1]
        session.texts["ar"].title = f"{titles[0]} والأرض"
        record.facts["session"] = {"texts": {"ar": titles[0]}, "original": "ar"}
    publish(SLUG, Stage.FINAL, at=later(2.5))
    assert {"release", "journal_row", "journal_entry"} <= set(found_in_tables(titles))
    remove_session(SLUG, WATER, How.ERASE, instance=scene.instance, at=later(3))
    assert sweep(scene.instance)
    assert found_in_tables(titles) == {}
    db.session.remove()
    assert found_in_files(scene.instance, titles) == {}
    for step in db.session.scalars(select(Entry.id)).all():
        try:
            undoing.undo(event_id, scene.user_id, step)
        except (undoing.UnknownEntryError, undoing.LastingError, undoing.BuiltOnError):
            db.session.rollback()
    assert found_in_tables(titles) == {}
    states = db.session.scalars(select(Session.state).where(Session.code == WATER)).one()
    assert states is State.WITHDRAWN


def test_after_the_event_calendars_are_told_of_a_removed_session_all_the_same(scene: Scene) -> None:
    remove_session(
        SLUG, WATER, How.WITHHOLD, instance=scene.instance, at=later(0) + timedelta(days=90)
    )
    (bare,) = (s for s in programmes()[-1].sessions if s.code == WATER)
    assert bare.status is Status.CANCELLED


def test_it_refuses_what_is_not_there(scene: Scene) -> None:
    for remove in (remove_name, remove_session):
        with pytest.raises(UnknownEventError):
            remove("no-days", SIDURI, How.ERASE, instance=scene.instance)
        with pytest.raises(NotThereError):
            remove(SLUG, "GGGGGG", How.ERASE, instance=scene.instance)
    assert left(scene.instance) is None


def test_a_former_name_goes_as_well(scene: Scene) -> None:
    assert FORMER in programmes()[0].speakers[0].name.values()
    erase(scene)
    assert found_in_tables([FORMER]) == {}
