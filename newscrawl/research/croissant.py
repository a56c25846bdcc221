"""The Croissant description (MLCommons, version 1.0) of a frozen set's Parquet files."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from newscrawl.article.item_schema import disk_schema
from newscrawl.items import UTC_FIELDS, VIETNAM_FIELDS

_CONTEXT: Final[Mapping[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_PARQUET: Final = "application/x-parquet"
_TOGETHER: Final[Mapping[str, Any]] = {
    "@type": "cr:FileSet",
    "@id": "parquet-files",
    "name": "parquet-files",
    "encodingFormat": _PARQUET,
    "includes": "parquet/*.parquet",
}
_TIMES: Final = (*UTC_FIELDS, *VIETNAM_FIELDS)


def croissant(
    name: str,
    description: str,
    checksums: Mapping[str, str],
    columns: Iterable[str],
    published: str,
) -> dict[str, Any]:
    """Return the description as a JSON object.

    Args:
        name: the set's name, letters, digits and hyphens.
        description: one paragraph for a person.
        checksums: sha256 of each Parquet file, by its path inside the set.
        columns: the columns of the files, in their order.
        published: the day the set was made of, YYYY-MM-DD.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": name,
        "description": description,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "url": "https://example.org/",
        "license": "https://example.org/rights-stay-with-the-newspapers",
        "citeAs": "see CITATION.cff",
        "datePublished": published,
        "version": published.replace("-", "."),
        "distribution": [*_files(checksums), _TOGETHER],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "articles",
                "name": "articles",
                "description": "One record is the newest revision of one article.",
                "key": {"@id": "articles/id"},
                "field": [_field(column) for column in columns],
            }
        ],
    }


def _files(checksums: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for path, checksum in sorted(checksums.items()):
        yield {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path,
            "contentUrl": path,
            "encodingFormat": _PARQUET,
            "sha256": checksum,
        }


def _field(column: str) -> dict[str, Any]:
    shape: Mapping[str, Any] = disk_schema()["properties"][column]
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"articles/{column}",
        "name": column,
        "description": " ".join(str(shape["description"]).split()),
    }
    if shape["type"] == "array":
        found["repeated"] = True
    if column == "images":
        found["subField"] = [
            {
                "@type": "cr:Field",
                "@id": f"articles/images/{name}",
                "name": name,
                "dataType": "sc:Text",
                "source": {
                    "fileSet": {"@id": "parquet-files"},
                    "extract": {"column": "images"},
                    "transform": {"jsonPath": name},
                },
            }
            for name in ("url", "caption", "credit")
        ]
        return found
    found["dataType"] = _data_type(column, shape)
    found["source"] = {"fileSet": {"@id": "parquet-files"}, "extract": {"column": column}}
    return found


def _data_type(column: str, shape: Mapping[str, Any]) -> str:
    if column in _TIMES:
        return "sc:DateTime"
    if column == "published_date":
        return "sc:Date"
    return "sc:Integer" if shape["type"] == "integer" else "sc:Text"
