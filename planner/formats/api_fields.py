"""What each field of the programme document means, for those who read it through the API."""

_TEXTS = "By language code (BCP 47); a language without a text is absent."
_MARKDOWN = f"CommonMark. {_TEXTS}"
_CODES = "Language codes (BCP 47)."
_WALL = "By the venue's clock, without offset; the event tells the time zone."
_SLUG = "As in the addresses of its page and feed."

#: Fields that hold the hour that a clock at the venue shows.
WALL_TIMES = frozenset({"registration_closes", "registration_opens", "starts_at"})

#: By type and field. Types without fields of their own describe themselves.
DESCRIPTIONS: dict[str, dict[str, str]] = {
    "Programme": {
        "schema": "The version of this schema. It grows when a reader would have to change.",
        "release": "Which published programme this is.",
        "event": "What the programme is of.",
        "themes": "Every theme, in the event's order.",
        "rooms": "Every room, in the event's order.",
        "speakers": "Everybody who is named on a session, in the order of their codes.",
        "sessions": "Every session in order of time, those that were cancelled included.",
    },
    "Release": {
        "number": "One more than that of the release before.",
        "stage": "Whether it may still change much.",
        "published_at": "When it was published, in UTC.",
        "note": f"What the organizers said of it. {_TEXTS}",
    },
    "EventInfo": {
        "slug": "As in all addresses of the event.",
        "uid_host": "What stands after the @ in the UIDs of its calendars; it never changes.",
        "name": _TEXTS,
        "tagline": _TEXTS,
        "call": _MARKDOWN,
        "notice": f"A remark on every page of the programme. {_TEXTS}",
        "principles": "Each by language code.",
        "supporters": "Who supports the event.",
        "partners": "Who makes it.",
        "venue_name": _TEXTS,
        "venue_address": _TEXTS,
        "latitude": "Of the venue, in degrees (WGS 84).",
        "longitude": "Of the venue, in degrees (WGS 84).",
        "time_zone": "The venue's, by its name in the IANA database.",
        "languages": f"The event's, the first one first. {_CODES}",
        "first_day": "The first day of the event.",
        "last_day": "The last day of the event.",
        "day_from": "Minutes after midnight from which a day is drawn.",
        "day_to": (
            "Minutes after midnight to which a day is drawn. Past 1440 the day goes on: what "
            "starts earlier than that after midnight belongs to the day before."
        ),
        "registration_opens": _WALL,
        "registration_closes": _WALL,
        "withheld_name": f"What to show for a name that is withheld. {_TEXTS}",
        "may_be_embedded": "Whether other sites may show the programme in a frame.",
    },
    "Supporter": {
        "name": _TEXTS,
        "url": "Their website, or null.",
    },
    "Theme": {
        "slug": _SLUG,
        "name": _TEXTS,
        "description": _MARKDOWN,
        "colour": "One of eight that were tested for contrast.",
    },
    "Room": {
        "slug": _SLUG,
        "name": _TEXTS,
        "floor": f"Its floor, building or site. {_TEXTS}",
        "capacity": "How many people find a place in it, or null.",
        "booths": "How many booths for interpretation it has.",
        "step_free": "Whether it is reached without a step.",
    },
    "Speaker": {
        "code": "As in the addresses of their page and feed.",
        "name": _TEXTS,
        "organisation": _TEXTS,
        "biography": _MARKDOWN,
        "spoken_languages": _CODES,
        "photo": "The name of a picture of them, or null.",
    },
    "Appearance": {
        "role": "What the person does in the session.",
        "speaker": (
            "The code of somebody who is named; null under a pseudonym or with the name withheld."
        ),
        "pseudonym": f"What somebody is called who is not named. {_TEXTS}",
    },
    "Placement": {
        "starts_at": _WALL,
        "minutes": "The length.",
        "room": "The slug of the room, or null.",
    },
    "Session": {
        "code": "As in the addresses of its page and feed, and in UIDs; it never changes.",
        "guid": "A UUID, the same in schedule.xml and schedule.json.",
        "kind": "What sort of item it is.",
        "theme": "The slug of its theme, or null.",
        "starts_at": _WALL,
        "minutes": "The length.",
        "room": "The slug of its room; null when it is held in all rooms or none in particular.",
        "across_rooms": "Whether it is held for everybody, with nothing else in any room.",
        "spoken_languages": _CODES,
        "interpreted_languages": f"Into which it is interpreted. {_CODES}",
        "original_language": "That of title and abstract; the other languages are translations.",
        "title": _TEXTS,
        "abstract": _MARKDOWN,
        "online_url": "Where it can be followed online, or null.",
        "people": (
            "Who takes part, in order. With neither speaker nor pseudonym the name is withheld."
        ),
        "status": "Tentative until the release is final; cancelled when it was public and is gone.",
        "sequence": "Grows whenever hour, room, length or status change (RFC 5546, 2.1.4).",
        "created_at": "When it was first published, in UTC.",
        "changed_at": "When anything that is shown of it last changed, in UTC.",
        "changes": "What happened to it since the release before.",
        "formerly": "Where it stood in the release before, if it stands elsewhere now, or null.",
    },
}
