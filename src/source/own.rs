//! Files that belie wrote itself: reports, graphs, snapshots, answers, pages of rules.
//!
//! Comes in: a text. Goes out: what belie has made of it once. They are known by their form, whatever they are called and
//! wherever they lie: a report is no witness of what it reports. Forms without a mark that nobody else would write (tables
//! of claims and mentions for the terminal, gates of `belie why`) are not known.

use std::sync::LazyLock;

use regex::Regex;

/// Stands at the end of every page that `belie rules book` writes.
pub const BOOK: &str = "<!-- belie rules book -->";
/// Begins the Markdown report, by which a workflow finds its earlier comment as well.
pub const MARKDOWN: &str = "<!-- belie -->\n";
/// Bytes from the start that are enough to know a form whose mark stands there: all but the report for the terminal, the
/// lines of `concise` and the pages of rules.
pub(super) const HEAD: usize = 1 << 12;

/// How an object of JSON shows itself.
static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?s)\A\{(?:.*?"format":\s*"belie-(?:report|graph|snapshot)/\d|\s*"\$schema":.*?"description":\s*"A whole (?:report|network)\."|.*?"driver":\s*\{\s*"name":\s*"belie"|\s*"@context":\s*"https://schema\.org",\s*"@graph":\s*\[\s*(?:\]|\{\s*"@type":\s*"ClaimReview",\s*"@id":\s*"urn:belie:)|\s*"id":.*?"verdict":\s*"(?:supported|contradicted|disputed|partly|unresolved|not_mentioned)",\s*"evidence":\s*\[)"#,
    )
});
/// How the first of several lines of JSON does: a claim, mentions, a comparison.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\A\{"id":(?:"[0-9a-f]{16}","source":"[^\n]*?"value_span":\{"start":|[^\n]*?"mentions":\[|[^\n]*?"relation":"(?:agree|conflict|unrelated)","rule":)"#,
    )
});
/// What begins with an angle bracket: HTML, JUnit, GraphML, SVG.
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?si)\A(?:<!doctype html>.{0,2000}?<meta name="generator" content="belie |(?:<\?xml[^>]*>\s*)?(?:<testsuites name="belie" |<graphml [^>]*>\s*<key id="(?:node|edge)-|<svg [^>]*aria-labelledby="title">\s*<title id="title">\d+ sources?, \d+ claims? ))"#,
    )
});
/// A line of `--format concise`.
static CONCISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\A.+:\d+:\d+: (?:(?:error|warning|note)\[[a-z0-9-]+\] .+ \(\d+ sources?, \d+ origins?(?:, .*)?\)|(?:supported|contradicted|disputed|partly|unresolved|not_mentioned)(?: \[[a-z0-9-]+\] .+| nearest .+:\d+:\d+)?)\z",
    )
});
/// The last line of a report for the terminal, with its breaks undone.
static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\A|\s)\d+ conflicts?, \d+ warnings?, \d+ notes?, \d+ checks? held; \d+ sources?, \d+ claims?(?:; [a-z0-9, ]+)*\z",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file, which its tests compile")
}

/// The same of the bytes of a file.
pub(super) fn form(bytes: &[u8]) -> Option<&'static str> {
    std::str::from_utf8(bytes).ok().and_then(own)
}

/// What of belie's own a text is; `None` when anybody may have written it.
pub fn own(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.as_bytes().first()? {
        b'{' if OBJECT.is_match(text) || LINE.is_match(text) => return Some("JSON"),
        b'<' if text.starts_with(MARKDOWN.trim_end())
            && text[MARKDOWN.len() - 1..].trim_start().starts_with("**belie**") =>
        {
            return Some("Markdown");
        }
        b'<' if MARKED.is_match(text) => return Some("a page, a picture or XML"),
        b':' if text.lines().all(|l| l.starts_with("::") && l.contains("title=belie ")) => return Some("annotations"),
        _ => {}
    }
    if text.starts_with("digraph belie {") {
        return Some("a graph");
    }
    if text.starts_with("finding,status,severity,rule,relation,subject,attribute,") {
        return Some("CSV");
    }
    if text.ends_with(BOOK) {
        return Some("a page of rules");
    }
    if text.lines().filter(|l| !l.trim().is_empty()).all(|l| CONCISE.is_match(l.trim_end())) {
        return Some("lines");
    }
    let tail: Vec<&str> = text.lines().rev().take(6).collect();
    let last = tail.into_iter().rev().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    FIGURES.is_match(&last).then_some("a report for the terminal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_not_belies() {
        for text in [
            "",
            "The Alder Bridge opened on 14 May 2021.",
            "{\"format\": \"other/1\"}",
            "{\"id\":\"x\",\"text\":\"a\"}",
            "# Reports\n\nA JSON report begins with `\"format\": \"belie-report/1\"`.",
            "<!-- belie --> is how the comment begins.",
            "<!-- belie -->\nThe bridge opened.",
            "a.md:1:2: error: something else",
            "1 conflict, 0 warnings, 0 notes, 0 checks held; 2 sources, 2 claims\n\nThis is its last line.",
            "::error file=a::b",
            "<!doctype html><title>belie</title>",
        ] {
            assert_eq!(own(text), None, "{text}");
        }
    }

    #[test]
    fn forms_survive_what_editors_do_to_lines() {
        assert!(own("\u{feff}{\r\n  \"a\": 1,\r\n  \"format\":\t\"belie-report/1\"}\r\n").is_some());
        assert!(own("<!-- belie -->\r\n**belie**: 1 conflict").is_some());
        assert!(own("s/a.md:1:28: error[date-conflict] x (2 sources, 2 origins)\r\n").is_some());
        let wrapped = "anything\n\n1 conflict, 0 warnings, 0 notes, 0 checks\nheld; 12 sources, 2 claims; 1 known; nothing was compared\n";
        assert!(own(wrapped).is_some());
    }
}
