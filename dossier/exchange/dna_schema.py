"""The tables of a `.dna` file as DNA 3 makes them, so that it opens what is written here."""

from collections.abc import Iterator

VERSION = (("version", "3.0.7"), ("date", "2022-06-10"))
PASSWORD = "yOwD7Zzndl8pqldOUEEr10pKDoDoK+NsNYFdS+2tI17uAksToyhDV7LGOECF+9iU"  # noqa: S105  says “dossier” to anyone
"""The digest of the password `dossier`, for DNA asks its coders for one; it protects nothing."""
PERSON, ORGANIZATION, CONCEPT, AGREEMENT = 1, 2, 3, 4
"""Numbers of the variables."""
VARIABLES = (
    (PERSON, "person", "short text"),
    (ORGANIZATION, "organization", "short text"),
    (CONCEPT, "concept", "short text"),
    (AGREEMENT, "agreement", "boolean"),
)
ATTRIBUTES = ("Type", "Alias", "Notes")
LONGEST = 190
"""Characters of a name."""

_ID = "ID INTEGER NOT NULL PRIMARY KEY"
_NAME = "TEXT NOT NULL DEFAULT '' CHECK (LENGTH({0}) < 191)"
_PERMISSIONS = (
    *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements"),
    *("DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations"),
    *("ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
)
_COLORS = tuple(f"{name} INTEGER NOT NULL DEFAULT 0" for name in ("Red", "Green", "Blue"))


def _foreign_key(table: str, column: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _column_names(*columns: str) -> tuple[str, ...]:
    return tuple(f"{column} {_NAME.format(column)}" for column in columns)


def _data(form: str, *more: str) -> tuple[str, ...]:
    ends = (_foreign_key("STATEMENTS", "StatementId"), _foreign_key("VARIABLES", "VariableId"), *more)
    return (_ID, "StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", form, *ends,
            "UNIQUE (StatementId, VariableId)")  # fmt: skip


_TABLES: dict[str, tuple[str, ...]] = {
    "SETTINGS": ("Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"),
    "CODERS": (
        _ID, "Name TEXT NOT NULL CHECK (LENGTH(Name) < 191)", *_COLORS, "Refresh INTEGER NOT NULL DEFAULT 0",
        "FontSize INTEGER NOT NULL DEFAULT 14", "Password TEXT NOT NULL CHECK (LENGTH(Password) < 191)",
        "PopupWidth INTEGER DEFAULT 300", "ColorByCoder INTEGER NOT NULL DEFAULT 0",
        "PopupDecoration INTEGER NOT NULL DEFAULT 0", "PopupAutoComplete INTEGER NOT NULL DEFAULT 1",
        *(f"Permission{name} INTEGER NOT NULL DEFAULT 1" for name in _PERMISSIONS),
    ),
    "DOCUMENTS": (
        _ID, "Title TEXT NOT NULL CHECK (LENGTH(Title) < 191)", "Text TEXT NOT NULL", "Coder INTEGER",
        *_column_names("Author", "Source", "Section"), "Notes TEXT NOT NULL DEFAULT ''", *_column_names("Type"),
        "Date INTEGER NOT NULL", _foreign_key("CODERS", "Coder"),
    ),
    "STATEMENTTYPES": (_ID, "Label TEXT NOT NULL CHECK (LENGTH(Label) < 191)", *_COLORS),
    "VARIABLES": (
        _ID, "Variable TEXT NOT NULL CHECK (LENGTH(Variable) < 191)", "DataType TEXT NOT NULL DEFAULT 'short text'",
        "StatementTypeId INTEGER", _foreign_key("STATEMENTTYPES", "StatementTypeId"),
        "UNIQUE (Variable, StatementTypeId)",
    ),
    "VARIABLELINKS": (
        _ID, "SourceVariableId INTEGER", "TargetVariableId INTEGER", _foreign_key("VARIABLES", "SourceVariableId"),
        _foreign_key("VARIABLES", "TargetVariableId"),
    ),
    "REGEXES": ("Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191)", *_COLORS),
    "CODERRELATIONS": (
        _ID, "Coder INTEGER", "OtherCoder INTEGER",
        *(f"{name} INTEGER NOT NULL DEFAULT 1"
          for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
        _foreign_key("CODERS", "Coder"), _foreign_key("CODERS", "OtherCoder"),
    ),
    "STATEMENTS": (
        _ID, "StatementTypeId INTEGER", "DocumentId INTEGER", "Start INTEGER NOT NULL", "Stop INTEGER NOT NULL",
        "Coder INTEGER", "CHECK (Start < Stop)",
        _foreign_key("STATEMENTTYPES", "StatementTypeId"), _foreign_key("CODERS", "Coder"),
        _foreign_key("DOCUMENTS", "DocumentId"),
    ),
    "DATABOOLEAN": _data("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _data("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": (
        _ID, "VariableId INTEGER NOT NULL", *_column_names("Value"), *_COLORS, "ChildOf INTEGER CHECK(ChildOf > 0)",
        "UNIQUE (VariableId, Value)", _foreign_key("ENTITIES", "ChildOf"), _foreign_key("VARIABLES", "VariableId"),
    ),
    "DATASHORTTEXT": _data("Entity INTEGER NOT NULL", _foreign_key("ENTITIES", "Entity")),
    "DATALONGTEXT": _data("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": (
        _ID, "VariableId INTEGER NOT NULL", "AttributeVariable TEXT NOT NULL CHECK (LENGTH(AttributeVariable) < 191)",
        "UNIQUE(VariableId, AttributeVariable)", _foreign_key("VARIABLES", "VariableId"),
    ),
    "ATTRIBUTEVALUES": (
        _ID, "EntityId INTEGER NOT NULL", "AttributeVariableId INTEGER NOT NULL", *_column_names("AttributeValue"),
        "UNIQUE (EntityId, AttributeVariableId)", _foreign_key("ENTITIES", "EntityId"),
        _foreign_key("ATTRIBUTEVARIABLES", "AttributeVariableId"),
    ),
}  # fmt: skip


def tables() -> Iterator[str]:
    """The statements that make the tables, in an order in which each exists before it is referred to."""
    for name, columns in _TABLES.items():
        yield f"CREATE TABLE {name}({', '.join(columns)})"
