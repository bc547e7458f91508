//! What an office document says of itself, in `docProps/core.xml` or `meta.xml`.

use quick_xml::events::Event;

use super::front::Front;
use super::{dateline, xml};
use crate::text::{Span, one_line};

/// The properties that a part of a document states; what cannot be read of it states nothing. The title has no place
/// yet.
pub(super) fn core_properties(text: &str) -> Front {
    let (mut front, mut reader, mut words) = (Front::default(), xml::reader(text), String::new());
    loop {
        match reader.read_event() {
            Err(_) | Ok(Event::Eof) => return front.placed("core properties"),
            Ok(Event::Start(_)) => words.clear(),
            Ok(Event::End(element)) => {
                state(&mut front, element.local_name().as_ref(), words.trim());
                words.clear();
            }
            Ok(event) => words.push_str(&xml::words(&event)),
        }
    }
}

/// Takes over one property. OpenDocument calls the author `initial-creator`, and who changed it last `creator`.
fn state(front: &mut Front, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    match name {
        "title" => front.title = Some((one_line(value), Span::default())),
        "initial-creator" => front.authors = names(value),
        "creator" if front.authors.is_empty() => front.authors = names(value),
        "created" | "creation-date" => front.published = dateline::parse(value),
        "modified" | "date" => front.modified = dateline::parse(value),
        "language" => front.language = Some(value.to_owned()),
        "publisher" => front.publisher = Some(value.to_owned()),
        _ => {}
    }
}

/// The authors that a property names.
pub(super) fn names(value: &str) -> Vec<String> {
    value.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_office() {
        let front = core_properties(
            "<cp:p><dc:title>Otter &amp;\n weir</dc:title><dc:creator>Agnes Thorley; Omar Lund</dc:creator>\
            <dcterms:created>2031-03-12T08:00:00Z</dcterms:created><dcterms:modified>2031-04-01</dcterms:modified><dc:language>en-GB</dc:language></cp:p>",
        );
        assert_eq!(front.title.map(|(title, _)| title).as_deref(), Some("Otter & weir"));
        assert_eq!(front.authors, ["Agnes Thorley", "Omar Lund"]);
        let days = [front.published, front.modified].map(|day| day.map(|d| d.to_string()).unwrap_or_default());
        assert_eq!((days, front.language.as_deref()), (["2031-03-12".into(), "2031-04-01".into()], Some("en-GB")));
        assert_eq!(front.stated_in["published"], "core properties");
        let open = core_properties(
            "<m><dc:creator>Omar Lund</dc:creator><meta:initial-creator>Agnes Thorley</meta:initial-creator>\
            <meta:creation-date>2031-03-12T08:00</meta:creation-date><dc:date>2031-04-01</dc:date><broken",
        );
        assert_eq!((open.authors, open.modified.is_some()), (vec!["Agnes Thorley".to_owned()], true));
    }
}
