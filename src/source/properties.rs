//! What an office document says of itself, in `docProps/core.xml`, `docProps/app.xml` or `meta.xml`.

use super::dateline;
use super::front::Front;
use super::xml::Kept;
use crate::text::Span;

/// What is stated: its key in reports, name space and name of the element. Of two for one key the first counts:
/// OpenDocument calls the author `initial-creator`, and who changed the file last `creator`.
const STATED: [(&str, &str, &str); 10] = [
    ("title", "dc", "title"),
    ("authors", "meta", "initial-creator"),
    ("authors", "dc", "creator"),
    ("published", "dcterms", "created"),
    ("published", "meta", "creation-date"),
    ("modified", "dcterms", "modified"),
    ("modified", "dc", "date"),
    ("language", "dc", "language"),
    ("publisher", "dc", "publisher"),
    ("publisher", "", "Company"),
];

/// The properties among the elements of a document; what cannot be read of them states nothing. The title has no place
/// in the text. The day on which the file was made counts only where the text has no day of its own.
pub(super) fn properties(all: &[Kept], is_dated: bool) -> Front {
    let mut front = Front::default();
    for (key, space, name) in STATED {
        let found = all.iter().filter(|e| e.space == space && e.name == name).find_map(Kept::line);
        let Some(value) = found.filter(|_| !front.stated_in.contains_key(key)) else { continue };
        match key {
            "title" => front.title = Some((value, Span::default())),
            "authors" => {
                front.authors = value.split(';').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect()
            }
            "published" => front.published = dateline::parse(&value).filter(|_| !is_dated),
            "modified" => front.modified = dateline::parse(&value),
            "language" => front.language = Some(value),
            _ => front.publisher = Some(value),
        }
        front = front.placed(&if space.is_empty() { name.to_owned() } else { format!("{space}:{name}") });
    }
    front
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ReadOptions;
    use crate::source::xml::elements;

    fn read(text: &str, is_dated: bool) -> Front {
        properties(&elements(text.as_bytes(), &ReadOptions::default()).0, is_dated)
    }

    #[test]
    fn both_kinds_of_office() {
        let front = read(
            "<cp:p><dc:title>Otter &amp;\n weir</dc:title><dc:creator>Agnes Thorley; Omar Lund</dc:creator>\
            <dcterms:created>2031-03-12T08:00:00Z</dcterms:created><dcterms:modified>2031-04-01</dcterms:modified><dc:language>en-GB</dc:language></cp:p>",
            false,
        );
        assert_eq!(front.title.map(|(title, _)| title).as_deref(), Some("Otter & weir"));
        assert_eq!(front.authors, ["Agnes Thorley", "Omar Lund"]);
        let days = [front.published, front.modified].map(|day| day.map(|d| d.to_string()).unwrap_or_default());
        assert_eq!((days, front.language.as_deref()), (["2031-03-12".into(), "2031-04-01".into()], Some("en-GB")));
        assert_eq!(front.stated_in["published"], "dcterms:created");
        let open = read(
            "<m><dc:creator>Omar Lund</dc:creator><meta:initial-creator>Agnes Thorley</meta:initial-creator>\
            <meta:creation-date>2031-03-12T08:00</meta:creation-date><dc:date>2031-04-01</dc:date><broken",
            true,
        );
        assert_eq!((open.authors, open.modified.is_some()), (vec!["Agnes Thorley".to_owned()], true));
        assert_eq!((open.published, open.stated_in.get("published")), (None, None));
        assert_eq!(open.stated_in["authors"], "meta:initial-creator");
    }
}
