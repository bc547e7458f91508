//! The outlet to which a document itself gives the credit for its text.
//!
//! Three forms are read: the agency of a dateline ("HARWICH (Quay News) – The ferry …"), the mark of one at the very end
//! ("… on Monday. (QNA)", "– QNA"), and a sentence or line that says so (`rules/lexicon/credits.toml`): "This story first
//! appeared in the Quay Gazette", "Source: Quay News". That a sentence of the text reports what an outlet says is no such
//! credit: that is attribution, and a matter of single claims.

use std::sync::LazyLock;

use regex::Regex;

use crate::rule::{Lookup, Words};
use crate::segment::{Segment, SegmentKind};
use crate::source::Document;
use crate::text::{Span, TokenKind, tokenise};

/// Segments at the head in which a dateline can stand: standfirst and picture captions come before it.
const HEAD: usize = 6;
/// Segments at the foot in which an agency's mark or a line of sources can stand.
const FOOT: usize = 3;
/// Segments at the foot among which a sentence that gives the credit can stand: after it come biographies and notes.
const TAIL: usize = 12;
/// Words between "this story" and "was first published in".
const BETWEEN: usize = 4;
/// Words behind the name in a sentence that does nothing but give the credit: a day, "and is used by permission".
const REST: usize = 8;
/// Words of a sentence that are looked at.
const REACH: usize = 24;

/// One to four words with capitals, small words between them allowed.
const NAME: &str = r"(?P<name>[A-Z][\w.&'’-]*(?: (?:of |the |and |& )?[A-Z][\w.&'’-]*){0,3})";

/// Place and day, the agency in brackets, a dash.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^(?P<place>[^()\n]{{0,60}})\({NAME}\)\s*(?:--|[-–—])\s")).expect("a pattern of our own")
});
/// An agency in brackets behind the last sentence, or alone.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r#"(?:^|[.!?…"”’]\s*)\({NAME}(?:, \d{{4}})?\)\.?$"#)).expect("a pattern of our own")
});
/// An agency behind a dash, on a line of its own.
static SIGNED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:--|[–—])\s*(?P<name>[A-Z]{2,6})\.?$").expect("a pattern of our own"));
/// A name behind the words of a credit.
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"^\s*(?:[Tt]he )?{NAME}")).expect("a pattern of our own"));
/// A name behind the colon of a line of sources.
static BEHIND_COLON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"^:\s*(?:[Tt]he )?{NAME}")).expect("a pattern of our own"));

/// Who is given the credit, as the document writes it; the first credit that is found. Only head and foot are read.
pub fn credit(document: &Document, segments: &[Segment], lookup: &Lookup) -> Option<String> {
    let text = document.text.as_str();
    let prose =
        |s: &&Segment| !s.noise && !matches!(s.kind, SegmentKind::Title | SegmentKind::Reference | SegmentKind::Cell);
    let stated: Vec<&Segment> = segments.iter().filter(prose).collect();
    let dated = stated.iter().take(HEAD).find_map(|s| dateline(s.span.of(text).trim()));
    let foot = stated.iter().rev().take(FOOT).map(|s| {
        // A dash at the head of a line is no part of the segment.
        let start = text.get(..s.span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        (s.span.of(text).trim(), text.get(start..s.span.end as usize).unwrap_or_default().trim())
    });
    let marked =
        || foot.clone().find_map(|(s, line)| MARK.captures(s).or_else(|| SIGNED.captures(line)).and_then(name));
    // Credits often stand in what is boilerplate for claims.
    let last = segments.len().saturating_sub(FOOT);
    let said = || {
        let all =
            segments.iter().enumerate().filter(|(_, s)| !matches!(s.kind, SegmentKind::Title | SegmentKind::Cell));
        let ends = all.filter(|(at, _)| *at < HEAD || *at + TAIL >= segments.len());
        ends.map(|(at, s)| (at >= last, s.span.of(text))).find_map(|(foot, s)| said(s, foot, lookup))
    };
    dated.or_else(marked).or_else(said)
}

fn name(found: regex::Captures<'_>) -> Option<String> {
    let name = found.name("name")?.as_str().trim_end_matches(['.', '-', '\'', '’']);
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2).then(|| name.to_owned())
}

/// The agency of a dateline. "The Harbour Safety Agency (HSA) – which …" has none, nor has "Norvik Holdings (NVK) –
/// …": there the brackets hold a short form of the words before them.
fn dateline(segment: &str) -> Option<String> {
    let found = DATELINE.captures(segment)?;
    let place = found.name("place")?.as_str();
    let words: Vec<&str> = place.split([' ', ',', '/']).filter(|w| !w.is_empty()).collect();
    let capital = |w: &&str| w.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
    let name = name(found)?;
    (words.iter().all(capital) && words.first() != Some(&"The") && !shortens(&name, place)).then_some(name)
}

/// Whether capitals can be a short form of words: they begin with one letter, or stand in the words in their order.
fn shortens(name: &str, words: &str) -> bool {
    let fold =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (short, long) = (fold(name), fold(words));
    let mut rest = long.iter();
    name.chars().all(|c| !c.is_lowercase())
        && !long.is_empty()
        && (short.first() == long.first() || short.iter().all(|c| rest.any(|l| l == c)))
}

/// A sentence or line that gives the credit.
fn said(segment: &str, foot: bool, lookup: &Lookup) -> Option<String> {
    let terms = lookup.terms("credits");
    let tokens = tokenise(segment, Span::new(0, segment.len()));
    let kept: Vec<_> = tokens.into_iter().filter(|t| t.kind != TokenKind::Mark).collect();
    // A sentence that gives the credit does so near its head; what comes later tells of something else.
    let words: Vec<Words> = kept.iter().take(REACH).map(|t| lookup.words(t.span.of(segment))).collect();
    // The name behind so many words, and what follows it.
    let after = |count: usize| {
        let rest = segment.get(kept.get(count.checked_sub(1)?)?.span.end as usize..)?;
        let found = NAMED.captures(rest)?;
        let end = found.name("name")?.end();
        Some((name(found)?, &rest[end..]))
    };
    let term = |at: usize, class: &str| Some(terms.at(words.get(at..)?, Some(class))?.0);
    if let Some(n) = term(0, "line").filter(|_| foot && !segment.starts_with('(')) {
        let line = segment.get(kept.get(n - 1)?.span.end as usize..)?.trim_start();
        let found = BEHIND_COLON.captures(line)?;
        let rest = line.get(found.get(0)?.end()..)?;
        // Several sources are nobody's text.
        let several = rest.starts_with([',', ';', '/']) || rest.trim_start().starts_with("and ");
        return name(found).filter(|_| !several);
    }
    if let Some(n) = term(0, "self") {
        let auxiliary = |at: usize| lookup.terms("auxiliaries").at(words.get(at..)?, None).map(|_| ());
        return (n..=n + BETWEEN).find_map(|at| {
            let class = term(at, "opening").or_else(|| term(at, "behind").filter(|_| at > n));
            let stated = at == n || auxiliary(n).is_some();
            Some(after(at + class.filter(|_| stated)?)?.0)
        });
    }
    let (named, rest) = after(term(0, "opening")?)?;
    (rest.split_whitespace().count() <= REST).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::segment::segment;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let rules = Rules::embedded().unwrap();
        let extractor = Extractor::new(&rules);
        let document = Document::from_text("a.txt", text);
        let found = credit(&document, &segment(&document), extractor.lookup());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn credits() {
        let body = "The ferry ran aground off the pier on Monday. Nobody was hurt, the harbour master said.";
        check(&format!("HARWICH (Quay News) – {body}"), Some("Quay News"));
        check(&format!("Sept. 16 (QNA) -- {body}"), Some("QNA"));
        check(&format!("{body} (QNA)\n"), Some("QNA"));
        check(&format!("{body}\n\n— QNA\n"), Some("QNA"));
        check(&format!("{body}\n\nSource: Quay News\n"), Some("Quay News"));
        check(&format!("{body}\n\nThis story was originally published by the Coast Herald.\n"), Some("Coast Herald"));
        check(&format!("Reprinted with permission from Quay Gazette.\n\n{body}\n"), Some("Quay Gazette"));
        check(
            &format!("{body}\n\nA version of this article first appeared in the Bank of Ferries Review.\n"),
            Some("Bank of Ferries Review"),
        );
    }

    #[test]
    fn no_credits() {
        let body = "The ferry ran aground off the pier on Monday.";
        check(&format!("{body} Nobody was hurt, Quay News reports."), None);
        check(&format!("The Harbour Safety Agency (HSA) – which runs the pier – closed it. {body}"), None);
        check(&format!("Harbour Safety Agency (HSA) – closed since Monday. {body}"), None);
        check(&format!("{body} Her novel was first published in Leeds, and she signed it."), None);
        check(
            &format!("{body} The Harbour Safety Agency (HSA) closed the pier until (at least) Friday. It rained."),
            None,
        );
        check(&format!("{body}\n\nPhoto: Quay News\n"), None);
        check(&format!("Norvik Holdings (NVK) – {body}"), None);
        check(&format!("{body}\n\nSource: Quay News, Coast Herald\n"), None);
        // What stands in brackets behind an item of a letter is the source of that item.
        check(&format!("{body} (Source: Quay News)\n"), None);
        check(&format!("Published in Ferry Science, the study counts every pier. {body}"), None);
        check(&format!("This report, published by the Harbour Board, counts every pier. {body}"), None);
        check(&format!("The story was first told by Agnes Thorley. {body}"), None);
        check("", None);
    }
}
