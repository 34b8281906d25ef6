"""Keep the translations in step with the program: ``extract``, ``check``, ``compile``.

``check`` fails when a string of the program is not in a catalogue, when a translation is missing
or fuzzy, or when it lost a placeholder or a tag of its original.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
LANGUAGES = ("ar", "ckb")
#: Folder, which of its files, and how strings are found in them.
_SOURCES = (
    ("planner", "**.py", "python"),
    ("templates", "**.html", "jinja2"),
    ("templates", "**.txt", "jinja2"),
)
_KEYWORDS = {
    **dict.fromkeys(("N_", "_", "gettext", "lazy_gettext")),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_TAG = re.compile(r"</?\w+")
#: The plural forms of gettext and CLDR. Babel's own for Arabic has the last two the other way.
_PLURALS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 ? 4 : 5);"
    ),
    "ckb": "nplurals=2; plural=(n != 1);",
}


def template() -> Catalog:
    """Return every string of the program that a reader may see, with the files it is in."""
    catalogue = Catalog(project="Barnama", charset="utf-8")
    for folder, pattern, method in _SOURCES:
        found = extract_from_dir(
            ROOT / folder,
            [(pattern, method)],
            {pattern: {"trimmed": "true", "silent": "false"}},
            keywords=_KEYWORDS,
            comment_tags=("Translators:",),
        )
        for filename, _line, message, comments, context in sorted(found, key=lambda row: row[:2]):
            location = (f"{folder}/{Path(filename).as_posix()}", 0)
            catalogue.add(message, None, [location], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    """Return a catalogue, empty if there is none yet."""
    path = catalogue_path(language)
    content = path.read_bytes() if path.exists() else _new_catalogue(language).encode()
    return read_po(io.BytesIO(content), locale=language)


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language is kept."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def _new_catalogue(language: str) -> str:
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {_PLURALS[language]}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
    )


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as the bytes of its file: the same catalogue gives the same bytes."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=True, include_lineno=False, sort_output=True)
    language = str(catalogue.locale)
    return (_new_catalogue(language) + "\n").encode() + buffer.getvalue()


def extract() -> None:
    """Bring every catalogue in step with the program; new strings come in untranslated."""
    strings = template()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(strings, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        missing = sum(not _is_translated(message) for message in catalogue if message.id)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} strings, {missing} untranslated")


def compile_all() -> None:
    """Write the compiled catalogues that the program reads."""
    for language in LANGUAGES:
        with catalogue_path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))


def faults() -> Iterator[str]:
    """Yield a line for everything that is wrong with the catalogues."""
    strings = template()
    for language in LANGUAGES:
        path = catalogue_path(language).relative_to(ROOT)
        catalogue = read(language)
        if _PLURALS[language].replace(" ", "") not in catalogue.plural_forms.replace(" ", "") + ";":
            yield f"{path}: the plural forms are not those of the language"
        for message in strings:
            if message.id and catalogue.get(message.id, message.context) is None:
                yield f"{path}: not extracted: {_key(message)!r} (run tools/catalogues.py extract)"
        for message in catalogue:
            if message.id:
                yield from (
                    f"{path}: {fault}: {_key(message)!r}" for fault in _of(message, strings)
                )


def _of(message: Message, strings: Catalog) -> Iterator[str]:
    if strings.get(message.id, message.context) is None:
        yield "no longer in the program"
    if message.fuzzy:
        yield "fuzzy"
    if not _is_translated(message):
        yield "untranslated"
        return
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = set().union(*(_PLACEHOLDER.findall(original) for original in originals))
    tags = sorted(_TAG.findall(originals[-1]))
    for form in forms:
        kept = set(_PLACEHOLDER.findall(form))
        # A plural form for one or two may say the number in words.
        if kept != wanted and not (len(forms) > 1 and kept == wanted - {"num"}):
            yield f"placeholders differ ({', '.join(sorted(kept ^ wanted))})"
        if sorted(_TAG.findall(form)) != tags:
            yield "tags differ"


def _is_translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def main(arguments: list[str]) -> int:
    """Run one of the three; return the exit code."""
    match arguments:
        case ["extract"]:
            extract()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = list(faults())
            print("\n".join(found) or "The catalogues are complete.")
            return 1 if found else 0
        case _:
            print("usage: catalogues.py extract|check|compile", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
