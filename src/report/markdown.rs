//! Markdown for a comment on a pull request: a line of figures, a table, and one fold for each finding.
//!
//! Text of sources is text in it: no markup, no link, no image, nobody mentioned, no issue referred to. The whole stays
//! below what GitHub takes as a comment; findings for which there is no room are counted.

use std::fmt::Write as _;

use crate::finding::{Analysis, Finding, Status};
use crate::graph::Severity;
use crate::source::MARKDOWN;
use crate::text::Span;

use super::sides::{FindingClaim, sides, values};
use super::tally::{Tally, counted};
use super::{Format, Style, safe, source_place};

/// `--format markdown`.
pub(super) struct Markdown;

/// Most bytes: a comment on GitHub has at most 65,536 characters.
const MOST: usize = 60_000;
/// Most bytes of the table, so that folds have room.
const TABLE: usize = 24_000;
/// Most sides of a fold.
const SIDES: usize = 12;
/// Most characters of a value in the table, and of a sentence on each side of its value.
const VALUE: usize = 80;
const AROUND: usize = 160;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn help(&self) -> &'static str {
        "figures, a table, and a fold for each finding: a comment on a pull request"
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        // The mark lets a workflow find its earlier comment, to put the new one in its place.
        let mut out = format!("{MARKDOWN}**belie**: {}\n", escaped(&Tally::new(analysis).line()));
        let settled = analysis.findings.iter().filter(|f| is_settled(f)).count();
        if settled > 0 {
            let _ = writeln!(out, "\nOf these, {} settled before.", counted(settled, "finding"));
        }
        if analysis.findings.is_empty() {
            return out;
        }
        out.push_str("\n| | rule | finding | values |\n| --- | --- | --- | --- |\n");
        let rows = push_while(&mut out, TABLE, analysis.findings.iter().map(|f| row(analysis, f)));
        // Room for the last line is kept.
        out.push('\n');
        let folds = push_while(&mut out, MOST - 200, analysis.findings.iter().map(|f| fold(analysis, f)));
        let left = analysis.findings.len() - rows.min(folds);
        if left > 0 {
            let _ = writeln!(out, "{} not shown in full: a comment has no room for more.", counted(left, "finding"));
        }
        out
    }
}

/// Adds pieces as long as the whole has no more than so many bytes; how many were added.
fn push_while(out: &mut String, most: usize, pieces: impl Iterator<Item = String>) -> usize {
    let mut n = 0;
    for piece in pieces {
        if out.len() + piece.len() > most {
            break;
        }
        out.push_str(&piece);
        n += 1;
    }
    n
}

fn is_settled(finding: &Finding) -> bool {
    matches!(finding.status, Status::Accepted | Status::Dismissed | Status::Gone)
}

/// The severity with a sign that is more than its colour, and the status where it is not the plain one.
fn mark(finding: &Finding) -> String {
    let sign = match finding.severity {
        _ if is_settled(finding) => "✔",
        Severity::Error => "✖",
        Severity::Warning => "⚠",
        Severity::Note => "ℹ",
    };
    match finding.status {
        Status::New => format!("{sign} {}", finding.severity.name()),
        status => format!("{sign} {}, {}", finding.severity.name(), status.name()),
    }
}

fn row(analysis: &Analysis, finding: &Finding) -> String {
    let values: Vec<String> = values(analysis, finding)
        .iter()
        .zip(&finding.groups)
        .map(|(value, g)| format!("{} ({})", escaped(&cut(value, VALUE)), counted(g.origins.len(), "origin")))
        .collect();
    format!(
        "| {} | {} | {} | {} |\n",
        mark(finding),
        escaped(&finding.rule),
        escaped(&cut(&finding.message, 2 * VALUE)),
        values.join(" · ")
    )
}

fn fold(analysis: &Analysis, finding: &Finding) -> String {
    // Inside the tag of the summary there is HTML and no Markdown.
    let mut out = format!(
        "<details>\n<summary>{} {}: {}</summary>\n\n",
        html(&mark(finding)),
        html(&finding.rule),
        html(&finding.message)
    );
    let sides = sides(analysis, finding);
    for side in sides.iter().take(SIDES) {
        let how = side.how().map(|how| format!(", {}", escaped(&how))).unwrap_or_default();
        let place = source_place(side.document, side.claim).to_string();
        let _ = writeln!(out, "- **{}**{how}, {}", escaped(&cut(side.value, VALUE)), escaped(&place));
        let _ = writeln!(out, "  > {}\n", quotation(side));
    }
    if sides.len() > SIDES {
        let _ = writeln!(out, "- and {} more\n", sides.len() - SIDES);
    }
    if let Some(settled) = &finding.settled {
        let _ = writeln!(out, "decided: {}  ", escaped(&settled.words()));
    }
    for note in &finding.notes {
        let _ = writeln!(out, "note: {}  ", escaped(note));
    }
    if !finding.help.is_empty() {
        let _ = writeln!(out, "help: {}  ", escaped(&finding.help));
    }
    let _ = writeln!(out, "finding {}\n\n</details>\n", escaped(&finding.id));
    out
}

/// The sentence with its value in bold; long ones are cut on both sides of the value.
fn quotation(side: &FindingClaim<'_>) -> String {
    let (claim, text) = (side.claim, &side.document.text);
    let (sentence, value) = (claim.span, claim.value_span);
    let before = Span { start: sentence.start, end: value.start.max(sentence.start) }.of(text).trim_start();
    let after = Span { start: value.end.min(sentence.end), end: sentence.end }.of(text).trim_end();
    let skipped = before.chars().count().saturating_sub(AROUND);
    let dots = if skipped > 0 { "…" } else { "" };
    let before: String = before.chars().skip(skipped).collect();
    // A tag, not asterisks: these open and close by what stands around them.
    let line = format!("{dots}{}<b>{}</b>{}", escaped(&before), escaped(value.of(text)), escaped(&cut(after, AROUND)));
    opening(&line)
}

/// The line, with a backslash before what would make it an item of a list or the underline of a heading.
fn opening(line: &str) -> String {
    let at = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let (number, rest) = line.split_at(at);
    let marks: &[char] = if number.is_empty() { &['-', '+', '='] } else { &['.', ')'] };
    if rest.starts_with(marks) { format!("{number}\\{rest}") } else { line.to_owned() }
}

/// The text, or its beginning and an ellipsis.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text as text within a line of Markdown: what could be markup has a backslash or is a reference.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for c in unlinked(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// The text inside an HTML tag.
fn html(text: &str) -> String {
    unlinked(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text, harmless as for a terminal, with what GitHub turns into links broken by a word joiner that nobody sees: it
/// looks for names, issues and addresses in what was rendered, where backslashes are gone.
fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = safe(text);
    for (at, c) in text.char_indices() {
        let www = || text[..at].get(at.saturating_sub(3)..).is_some_and(|w| w.eq_ignore_ascii_case("www"));
        if c == ':' && text[at + 1..].starts_with("//") || c == '.' && www() {
            out.push('\u{2060}');
        }
        out.push(c);
        if matches!(c, '@' | '#') {
            out.push('\u{2060}');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn comment() {
        insta::assert_snapshot!(Markdown.render(&fixture::analysis(), &Style::default()), @r#"
        <!-- belie -->
        **belie**: 1 conflict, 0 warnings, 1 note, 1 check held; 3 sources, 8 claims

        | | rule | finding | values |
        | --- | --- | --- | --- |
        | ✖ error | date-conflict | two accounts of opened: see both | 14 May 2021 (2 origins) · 12 May 2021 (1 origin) |
        | ℹ note | bound-fits | two accounts of traffic: see both | nearly 3,000 (1 origin) · at least 2,900 (1 origin) |

        <details>
        <summary>✖ error date-conflict: two accounts of opened: see both</summary>

        - **12 May 2021**, harbour.txt:1:28
          > The Alder Bridge opened on <b>12 May 2021</b>.

        - **14 May 2021**, council.txt:1:45
          > Crowds came when the Alder Bridge opened on <b>Friday, 14 May 2021</b>.

        - **14 May 2021**, letters.md:1:621
          > … – “every morning”, she says. A reader remembers the old ferry, its horn and the queue on the quay – “every morning”, she says. �\[31mThe Alder Bridge opened on <b>14 May 2021</b>�\[0m, A reader remembers the old ferry, its horn and the queue on the quay – “every morning”, she says. A reader remembers the old ferry, its horn and the queue…

        note: both speak of the Alder Bridge  
        help: find the record that dates it  
        finding f0

        </details>

        <details>
        <summary>ℹ note bound-fits: two accounts of traffic: see both</summary>

        - **nearly 3,000**, harbour.txt:2:41
          > It cost \$1.5 million and carries nearly <b>3,000</b> cars a day.

        - **at least 2,900**, according to a reader, letters.md:1:1239
          > …e queue on the quay – “every morning”, she says. A reader remembers the old ferry, its horn and the queue on the quay – “every morning”, she says. and at least <b>2,900</b> cars cross it a day, under a sky that was grey.

        note: both speak of the Alder Bridge  
        help: find the record that dates it  
        finding f1

        </details>
        "#);
    }

    /// Whatever a source holds, what is rendered are our tags and text.
    #[test]
    fn sources_stay_text() {
        let evil = "</summary></details><img src=x onerror=alert(1)> [a](javascript:b) ![c](d) **e** _f_ `g` | h | \
                    &lt; <!-- i --> @everyone #1 https://evil.example www.evil.example <https://k.example> ]]> \u{202e}\n\n# l\n- m\n\n```\n~~n~~ \\";
        let mut analysis = fixture::analysis();
        for finding in &mut analysis.findings {
            finding.message = evil.to_owned();
            finding.rule = evil.to_owned();
            finding.help = evil.to_owned();
            finding.notes = vec![evil.to_owned(), evil.to_owned()];
            finding.groups[0].value = evil.to_owned();
        }
        let text = Markdown.render(&analysis, &Style::default());
        let ours = ["<!-- belie -->", "<details>", "</details>", "<summary>", "<b>", "</b>"];
        let (mut rows, mut cells) = (0, 0);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Html(tag) | Event::InlineHtml(tag) => {
                    let tag = tag.trim_end();
                    let known = ours.contains(&tag) || tag.starts_with("<summary>") && tag.matches('<').count() == 2;
                    assert!(known, "{tag}");
                }
                Event::Start(Tag::TableRow) => rows += 1,
                Event::Start(Tag::TableCell) => cells += 1,
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strikethrough)
                | Event::Code(_) => {
                    panic!("{event:?}")
                }
                Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_)) => panic!("{event:?}"),
                Event::Text(words) => {
                    let joined = ["@everyone", "#1", "https://", "www."].iter().any(|w| words.contains(w));
                    assert!(!joined, "{words}");
                }
                _ => {}
            }
        }
        assert_eq!((rows, cells), (2, 12));
    }

    #[test]
    fn no_more_than_needed_is_escaped() {
        assert_eq!(escaped("date-conflict: 1.5 (a, b)"), "date-conflict: 1.5 (a, b)");
        assert_eq!(escaped("12. June, a_b"), "12. June, a\\_b");
        assert_eq!(opening("12. June"), "12\\. June");
        assert_eq!(
            (opening("- 3"), opening("12 - 3"), opening("+.")),
            ("\\- 3".into(), "12 - 3".into(), "\\+.".into())
        );
        assert_eq!(escaped("http://WWW.a.b a@b #3"), "http\u{2060}://WWW\u{2060}.a.b a@\u{2060}b #\u{2060}3");
    }

    #[test]
    fn a_comment_has_its_bounds() {
        let mut analysis = fixture::analysis();
        let finding = analysis.findings[0].clone();
        analysis.findings.extend(std::iter::repeat_n(finding, 400));
        let text = Markdown.render(&analysis, &Style::default());
        assert!(text.len() <= MOST, "{}", text.len());
        assert!(text.ends_with("a comment has no room for more.\n"));
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }

    #[test]
    fn settled_findings_are_counted() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].status = Status::Accepted;
        let text = Markdown.render(&analysis, &Style::default());
        assert!(text.contains("Of these, 1 finding settled before.") && text.contains("✔ error, accepted"), "{text}");
    }
}
