"""What to press in each calendar program to subscribe, and how often each asks again.

Buttons and menus are named as the program names them in the reader's language. Where that name
is not known, or the program does not speak the language, the English one stands, marked so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext
from markupsafe import Markup, escape

from planner.i18n.labels import N_
from planner.i18n.languages import language


@dataclass(frozen=True)
class Instructions:
    """What a reader is told of one calendar program."""

    #: Names the part of the page.
    key: str
    name: str
    steps: tuple[Markup, ...]
    #: How often the program asks for changes.
    asks: Markup


@dataclass(frozen=True)
class _Sentence:
    """A sentence, and by placeholder the English names of the buttons in it."""

    text: str
    buttons: Mapping[str, str] = field(default_factory=dict)


def _press(text: str, **buttons: str) -> _Sentence:
    return _Sentence(text, buttons)


@dataclass(frozen=True)
class _Program:
    key: str
    name: str
    steps: tuple[_Sentence, ...]
    asks: _Sentence
    #: What the program calls its buttons: by language, then by English name.
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def instructions(lang: str) -> tuple[Instructions, ...]:
    """Return what is told of every program, in ``lang``, which must be spoken at the time."""
    return tuple(
        Instructions(
            key=program.key,
            name=gettext(program.name),
            steps=tuple(_told(step, program, lang) for step in program.steps),
            asks=_told(program.asks, program, lang),
        )
        for program in _PROGRAMS
    )


def _told(sentence: _Sentence, program: _Program, lang: str) -> Markup:
    known = program.translations.get(lang, {})
    buttons = {
        placeholder: _button(english, known.get(english), lang)
        for placeholder, english in sentence.buttons.items()
    }
    return escape(gettext(sentence.text)) % buttons


def _button(english: str, translated: str | None, lang: str) -> Markup:
    spoken = language(lang if translated else "en")
    return Markup('<b><bdi lang="{}" dir="{}">{}</bdi></b>').format(
        spoken.code, spoken.direction, translated or english
    )


_PROGRAMS = (
    _Program(
        key="google",
        name=N_("Google Calendar"),
        steps=(
            _press(
                N_(
                    "Press “Google Calendar” at the calendar that you want, sign in, and confirm "
                    "with %(add)s."
                ),
                add="Add",
            ),
            _press(
                N_(
                    "If that fails, copy the address, open calendar.google.com in a browser, "
                    "press the plus sign at %(others)s, choose %(from_url)s, paste the address "
                    "and press %(add)s."
                ),
                others="Other calendars",
                from_url="From URL",
                add="Add calendar",
            ),
            _Sentence(
                N_(
                    "On a phone, see in the settings of the Google Calendar app that the new "
                    "calendar is synchronised."
                )
            ),
        ),
        asks=_Sentence(
            N_(
                "Google asks for changes every 8 to 24 hours, sometimes only after two days, and "
                "cannot be hurried."
            )
        ),
        # As Google's help in Arabic has them. Google Calendar does not speak Kurdish.
        translations={
            "ar": {
                "Other calendars": "تقاويم أخرى",
                "From URL": "من عنوان URL",
                "Add calendar": "إضافة تقويم",
                "Add": "إضافة",
            }
        },
    ),
    _Program(
        key="iphone",
        name=N_("Apple Calendar on iPhone and iPad"),
        steps=(
            _Sentence(N_("Press “Subscribe” at the calendar that you want, and confirm.")),
            _press(
                N_(
                    "If nothing happens, copy the address, open the Calendar app, press "
                    "%(calendars)s, %(add)s and %(subscription)s, and paste the address."
                ),
                calendars="Calendars",
                add="Add Calendar",
                subscription="Add Subscription Calendar",
            ),
        ),
        asks=_press(
            N_(
                "The device asks as often as its settings for calendars say under %(fetch)s; "
                "with %(automatically)s, only while it is charging and has Wi-Fi."
            ),
            fetch="Fetch New Data",
            automatically="Automatically",
        ),
    ),
    _Program(
        key="mac",
        name=N_("Apple Calendar on a Mac"),
        steps=(
            _press(
                N_(
                    "Press “Subscribe” at the calendar that you want; or copy the address, choose "
                    "%(subscription)s in the menu %(file)s of Calendar, and paste it."
                ),
                subscription="New Calendar Subscription…",
                file="File",
            ),
            _press(
                N_("Choose %(hour)s at %(refresh)s, and confirm with %(ok)s."),
                hour="Every hour",
                refresh="Auto-refresh",
                ok="OK",
            ),
        ),
        asks=_Sentence(N_("The Mac asks as often as you chose, from every 5 minutes to weekly.")),
    ),
    _Program(
        key="outlook",
        name=N_("Outlook: new, on the web, Outlook.com"),
        steps=(
            _press(
                N_(
                    "With an account of Outlook.com, press “Outlook.com” at the calendar that you "
                    "want, and confirm with %(import_)s."
                ),
                import_="Import",
            ),
            _press(
                N_(
                    "With any other account, copy the address, open the calendar in Outlook, "
                    "press %(add)s and %(subscribe)s, paste the address, give it a name and press "
                    "%(import_)s."
                ),
                add="Add calendar",
                subscribe="Subscribe from web",
                import_="Import",
            ),
        ),
        asks=_Sentence(
            N_(
                "Outlook asks about every 3 hours, sometimes only once a day, and cannot be "
                "hurried."
            )
        ),
    ),
    _Program(
        key="outlook-classic",
        name=N_("Outlook (classic) for Windows"),
        steps=(
            _press(
                N_(
                    "Copy the address. In the menu %(file)s choose %(settings)s and once more "
                    "%(settings)s, then the tab %(tab)s."
                ),
                file="File",
                settings="Account Settings",
                tab="Internet Calendars",
            ),
            _press(
                N_("Press %(new)s, paste the address, press %(add)s and %(ok)s."),
                new="New…",
                add="Add",
                ok="OK",
            ),
        ),
        asks=_press(
            N_(
                "Outlook asks whenever it sends and receives; leave %(limit)s ticked, and it asks "
                "every hour."
            ),
            limit="Update Limit",
        ),
    ),
    _Program(
        key="thunderbird",
        name=N_("Thunderbird"),
        steps=(
            _press(
                N_(
                    "Copy the address. In the menu %(file)s choose %(new)s, then %(calendar)s, "
                    "then %(network)s."
                ),
                file="File",
                new="New",
                calendar="Calendar…",
                network="On the Network",
            ),
            _press(
                N_(
                    "Paste the address at %(location)s, tick %(nobody)s, press %(find)s and then "
                    "%(subscribe)s."
                ),
                location="Location",
                nobody="This location doesn’t require credentials",
                find="Find Calendars",
                subscribe="Subscribe",
            ),
        ),
        asks=_Sentence(
            N_("Thunderbird asks every 30 minutes, or as often as you set for the calendar.")
        ),
        # As in Thunderbird's own Arabic catalogue. There is none in Kurdish.
        translations={
            "ar": {
                "File": "ملف",
                "New": "جديد",
                "Calendar…": "تقويم…",
                "On the Network": "في الشبكة",
                "Location": "المكان",
                "This location doesn’t require credentials": ("لا يطلب هذا المكان معلومات الولوج"),
                "Find Calendars": "ابحث عن تقويمات",
                "Subscribe": "اشترِك",
            }
        },
    ),
    _Program(
        key="icsx5",
        name=N_("ICSx⁵ on Android"),
        steps=(
            _Sentence(
                N_(
                    "Android’s own calendars cannot subscribe; the open-source app ICSx⁵ adds "
                    "that. It is in F-Droid and on Google Play."
                )
            ),
            _Sentence(
                N_(
                    "Copy the address. In ICSx⁵ press the plus sign, paste the address, give the "
                    "calendar a name and a colour, and confirm. Your calendar app shows it then."
                )
            ),
        ),
        asks=_Sentence(
            N_("ICSx⁵ asks as often as you set in it, from every 15 minutes to weekly.")
        ),
    ),
)
