"""Sessions of a file on their way into the plan."""

from planner.events.models import TextState
from planner.i18n.labels import N_
from planner.lib.text import fold
from planner.programme.vocabulary import Kind
from planner.sessions.models import Session, SessionText, State
from planner.sessions.operations import add_session
from planner.sessions.texts import keep_digests, original_digest
from planner.workbook.account import Shown
from planner.workbook.columns import SheetKind
from planner.workbook.labels import make_label
from planner.workbook.lookup import only
from planner.workbook.persons import take_people
from planner.workbook.placement import N_THEME, missing, take_placement
from planner.workbook.records import Record
from planner.workbook.scene import Scene, code_in
from planner.workbook.taking import cannot_be_emptied, new_texts, take_fields, title_of
from planner.workbook.telling import CellError
from planner.workbook.values import is_emptied, language_of, plain, text_of

_ASSUMED_MINUTES = 60


def take_sessions(records: list[Record], scene: Scene) -> None:
    """Take all rows of the sheet of sessions."""
    for record in records:
        try:
            session = _found(record, scene) or _new(record, scene)
            scene.claim(record, session)
        except CellError as error:
            record.account.label = Shown(_first_title(record))
            record.account.refuse("" if error.told.words == _NO_TITLE else "code", error.told)
            continue
        _take(record, session, scene)
    _tell_states(records, scene)


def _found(record: Record, scene: Scene) -> Session | None:
    """Return the session that a row is about, None when it is a new one.

    :raises CellError: when the event has no such code.
    """
    code = code_in(record)
    session = scene.sessions.by_key(code) if code else None
    if code and session is None and not scene.is_new:
        raise CellError(
            N_(
                "The event has no session with the code “%(code)s”. "
                "Leave the code empty to add a session."
            ),
            code=code,
        )
    return session


_NO_TITLE = N_("A new session needs a title.")


def _new(record: Record, scene: Scene) -> Session:
    titled = [lang for lang, value in record.texts("title").items() if not is_emptied(value)]
    if not titled:
        raise CellError(_NO_TITLE)
    record.account.is_new = True
    original = next((lang for lang in scene.languages if lang in titled), titled[0])
    code = code_in(record)
    session = add_session(
        scene.plan,
        code=scene.new_code(code),
        kind=Kind.OTHER,
        minutes=_ASSUMED_MINUTES,
        original_language=original,
        # What the database would put there is shown as what was there before.
        state=State.PROPOSED,
        spoken_languages=[],
        interpreted_languages=[],
        across_rooms=False,
        pinned=False,
        needs_step_free=False,
        remark="",
    )
    if code:
        scene.sessions.add(session, [code], [])
    return session


def _take(record: Record, session: Session, scene: Scene) -> None:
    _take_original(record, session, scene)
    _take_texts(record, session)
    _check_original(record, session)
    titles = {lang: text.title for lang, text in session.texts.items() if text.title}
    record.account.label = title_of(titles, scene, session.original_language)
    _take_theme(record, session, scene)
    take_placement(record, session, scene)
    take_fields(SheetKind.SESSIONS, record, session, scene)
    take_people(record, session, scene)
    if record.account.is_new:
        if record.cell("state") is None and session.starts_at is not None:
            session.state = State.CONFIRMED
        _look_for_double(record, session, scene)


def _take_texts(record: Record, session: Session) -> None:
    before = original_digest(session)
    changed: set[str] = set()
    for attribute, column, lang, old, new in new_texts(SheetKind.SESSIONS, record, session):
        record.account.change(column, Shown(old, lang), Shown(new, lang))
        text = session.texts.get(lang)
        if text is None:
            text = session.texts[lang] = SessionText(lang=lang, title="", abstract="")
        setattr(text, attribute, new)
        changed.add(lang)
    for lang in changed:
        text = session.texts[lang]
        if text.title or text.abstract:
            text.state = TextState.DRAFT if text.title else TextState.MISSING
        else:
            del session.texts[lang]
    if original_digest(session) != before:
        keep_digests(session, before)
    for lang in changed & set(session.texts) - {session.original_language}:
        session.texts[lang].source_digest = original_digest(session)


def _take_original(record: Record, session: Session, scene: Scene) -> None:
    """Take the language of the original."""
    value = record.cell("original")
    if value is not None and plain(value) != session.original_language:
        try:
            if is_emptied(value):
                raise cannot_be_emptied()
            lang = language_of(value, scene.languages)
        except CellError as error:
            record.account.refuse("original", error.told)
            return
        if lang != session.original_language:
            old = session.original_language
            record.account.change("original", Shown(old), Shown(lang))
            session.original_language = lang
            if lang in session.texts:
                session.texts[lang].source_digest = None


def _check_original(record: Record, session: Session) -> None:
    """Refuse that a session loses its title in the language of its original, or never had one."""
    changed = {change.column for change in record.account.changes}
    if not record.account.is_new and changed.isdisjoint(
        {"original", f"title_{session.original_language}"}
    ):
        return  # what the plan lacked before is not for this row to mend
    text = session.texts.get(session.original_language)
    if text is None or not text.title:
        record.account.refuse(
            f"title_{session.original_language}",
            CellError(N_("The language of the original needs a title.")).told,
        )


def _take_theme(record: Record, session: Session, scene: Scene) -> None:
    value = record.cell("theme")
    if value is None:
        return
    theme = None
    if not is_emptied(value):
        written = plain(value)
        found = scene.themes.found(written)
        theme = only(found, lambda candidate: candidate is session.theme)
        if not found and SheetKind.THEMES in scene.unlisted:
            theme = make_label(SheetKind.THEMES, text_of(value, lines=False)[:200], scene)
        if theme is None:
            error = missing(written, found, scene.themes.nearest(written), N_THEME)
            record.account.refuse("theme", error.told)
            return
    if theme is not session.theme:
        old, new = Shown(scene.label(session.theme)), Shown(scene.label(theme))
        record.account.change("theme", old, new)
        session.theme = theme


def _look_for_double(record: Record, session: Session, scene: Scene) -> None:
    """Say that a session of that title is there; refuse one that stands at the same place too."""
    for lang, text in session.texts.items():
        for other in scene.sessions.named(text.title):
            told = other.texts.get(lang)
            if told is None or fold(told.title) != fold(text.title):
                continue
            if session.starts_at and _place(other) == _place(session):
                words = N_("The plan has this session, as %(code)s: write the code to change it.")
                record.account.refuse("code", CellError(words, code=other.code).told)
            else:
                record.account.guess(
                    "code",
                    N_("A session of this title is in the plan, as %(code)s; this is another."),
                    code=other.code,
                )
            return


def _place(session: Session) -> tuple[object, object]:
    return session.starts_at, session.room


def _tell_states(records: list[Record], scene: Scene) -> None:
    new = [record for record in records if record.account.is_new]
    if any(record.cell("state") is None for record in new):
        scene.account.note(
            new[0].account.sheet,
            N_(
                "New sessions without a state were taken as confirmed where they have a room "
                "and an hour, else as proposed."
            ),
        )


def _first_title(record: Record) -> str:
    return next((text_of(value, lines=False) for value in record.texts("title").values()), "")
