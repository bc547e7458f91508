//! The title of a document that does not name it in a front matter.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::bullet::bullet;
use super::line::{ends_sentence, lines};
use super::{dateline, noise};
use crate::text::Span;

/// Lines above the first paragraph among which the title is looked for.
const HEAD: usize = 10;
/// A line of more characters is no title.
const LONGEST: usize = 200;
/// Two lines of at least this many bytes right under each other, neither with a sentence end, are wrapped prose.
const WRAPPED: usize = 45;
/// A line of more words is a title when another short line stands above it; that one is the masthead.
const MASTHEAD_WORDS: usize = 3;

/// The title of plain text: a short line without sentence end above the first paragraph, and where it stands.
///
/// Boilerplate, bylines and dates are passed over. Of several candidates the first of more than three words counts:
/// what stands above it is the name of the page, of its author, of a section.
pub(super) fn plain(text: &str, start: usize) -> Option<(String, Span)> {
    // A title stands above something.
    if !text.get(start..)?.trim().contains('\n') {
        return None;
    }
    let mut candidates: Vec<(&str, Span)> = Vec::new();
    let body = Span::new(start, text.len());
    let mut above: Option<&str> = None;
    let head = lines(text, body).scan(0, |read, line| {
        *read += usize::from(!line.1.trim().is_empty());
        (*read <= HEAD + 1).then_some(line)
    });
    for (at, line) in head {
        let words = line.trim();
        if words.is_empty() {
            above = None;
            continue;
        }
        // A line that runs on into the next belongs to a wrapped paragraph.
        if above.replace(words).is_some_and(|a| runs_on(a, words)) {
            return None;
        }
        if bullet(line) > 0 || words.starts_with('>') {
            return None;
        }
        if noise::is_boilerplate(words)
            || noise::is_byline(words)
            || dateline::is_alone(words)
            || dateline::stamp(words).is_some()
        {
            continue;
        }
        if is_long(words) || ends_sentence(words) || words.ends_with([':', ',', ';']) || words.contains(" | ") {
            let named = candidates.iter().find(|(c, _)| c.split_whitespace().count() > MASTHEAD_WORDS);
            let chosen = named.or(candidates.first().filter(|_| candidates.len() == 1))?;
            // A paragraph is longer than what stands above it, or it is a sentence of its own.
            let follows = words.len() > chosen.0.len() || words.ends_with(['.', '”', '"']);
            return follows.then(|| (chosen.0.to_owned(), chosen.1));
        }
        let at = at + (line.len() - line.trim_start().len());
        candidates.push((words, Span::new(at, at + words.len())));
    }
    None
}

fn runs_on(above: &str, line: &str) -> bool {
    let wide = |l: &str| (WRAPPED..=LONGEST).contains(&l.len());
    !ends_sentence(above)
        && (line.starts_with(char::is_lowercase) || (wide(above) && wide(line) && !ends_sentence(line)))
}

fn is_long(line: &str) -> bool {
    line.len() > LONGEST && line.chars().nth(LONGEST).is_some()
}

/// The title of Markdown: its first heading, if that is of the first level.
pub(super) fn markdown(text: &str, start: usize) -> Option<(String, Span)> {
    let mut inside = false;
    let mut title = String::new();
    let mut span: Option<Span> = None;
    for (event, range) in Parser::new_ext(text.get(start..)?, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => inside = true,
            Event::Start(Tag::Heading { .. }) => return None,
            Event::End(TagEnd::Heading(_)) => break,
            Event::Text(words) | Event::Code(words) if inside => {
                title.push_str(&words);
                let here = Span::new(start + range.start, start + range.end);
                span = Some(span.map_or(here, |s| s.join(here)));
            }
            _ => {}
        }
    }
    span.filter(|_| !is_long(&title)).map(|span| (title.trim().to_owned(), span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = plain(text, 0);
        assert_eq!(found.as_ref().map(|(t, s)| (t.as_str(), s.of(text))), expected.map(|t| (t, t)));
    }

    #[test]
    fn titles_of_plain_text() {
        check(
            "The mill by the river shuts\nIts owner said on Monday that forty people lose their work.\n",
            Some("The mill by the river shuts"),
        );
        check(
            "Mill Weekly\nAda Quill\n\nThe mill by the river shuts\n\nBy Ada Quill\n\nIts owner spoke.",
            Some("The mill by the river shuts"),
        );
        check("Mill shuts\n\nIts owner spoke.", Some("Mill shuts"));
    }

    #[test]
    fn texts_without_one() {
        check("A man is sleeping", None);
        check("The mill shut. Forty people lost their work.\nMore.", None);
        check("The mill by the river shut, and its owner told the town\nabout it.", None);
        check(
            "The mill by the river shut, and its owner told all of\nNorth River about it, as he had told nobody in the\ntown before.",
            None,
        );
        check("Ada Quill\nBo Reed\n\nBoth came.", None);
        check("Key facts\n- one\n- two\nA sentence at the end.", None);
        check("", None);
    }

    #[test]
    fn titles_of_markdown() {
        let text = "intro\n\n# The *old* mill\n\ntext";
        assert_eq!(markdown(text, 0).map(|(t, s)| (t, s.of(text))), Some(("The old mill".into(), "The *old* mill")));
        assert_eq!(markdown("## Part\n\n# Late", 0), None);
    }
}
