//! `belie rules book`: a page of Markdown for every rule, made of its file.
//!
//! The pages are never committed: they are made when the manual is built (`.ci/book`), so they are always today's.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::app::catalogue::{Entry, Example, Kind, catalogue};
use crate::app::guard;
use crate::app::{Console, Error, Exit, Options};
use crate::file;
use crate::report::safe;
use crate::source::BOOK;

/// The kinds as the manual has them: what a reader of a report looks for first.
const KINDS: [(Kind, &str, &str); 4] = [
    (Kind::Relate, "Relations", "Which judgement between two claims is which relation, and what a finding says of it."),
    (
        Kind::Check,
        "Consistency constraints",
        "What must hold between the values of one text: arithmetic, counting, the calendar.",
    ),
    (Kind::Extract, "Claims", "Which wording makes a claim of which attribute."),
    (Kind::Lexicon, "Lexicons", "The words that the others name."),
];

/// Writes `KIND/ID.md` for every rule, `README.md` with the list of all, and `SUMMARY.md` with the same as mdBook wants it.
///
/// # Errors
/// When the folder or a page cannot be written.
pub fn run(folder: &Path, options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let pages = pages(&catalogue(&options.rules));
    for (name, text) in &pages {
        let path = folder.join(name);
        if !guard::ours(&path) {
            let why = format!("{} already exists and was not written by belie", safe(&path.to_string_lossy()));
            return Err(Error::usage_with(why, "name an empty folder"));
        }
        let unwritten = |source| Error::Write { path: path.clone(), source };
        file::write(&path, format!("{text}\n{BOOK}\n")).map_err(unwritten)?;
    }
    console.print(&format!("{} pages in {}\n", pages.len(), safe(&folder.to_string_lossy())))?;
    console.flush()?;
    Ok(Exit::Clean)
}

/// All pages by their path below the folder.
fn pages(entries: &[Entry]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut list = String::from(
        "# All rules\n\nMade of the rule files by `belie rules book`; `belie explain RULE` prints the same in the terminal.\n",
    );
    let mut summary = String::from("- [All rules](README.md)\n");
    for (kind, title, about) in KINDS {
        let _ = writeln!(list, "\n## {title}\n\n{about}\n\n| rule | says |\n|---|---|");
        let _ = writeln!(summary, "  - [{title}]()");
        let of_kind = entries.iter().filter(|e| e.kind == kind);
        for entry in of_kind {
            let path = format!("{}/{}.md", kind.name(), entry.id);
            let _ = writeln!(list, "| [{}]({path}) | {} |", plain(&entry.id), cell(&entry.summary));
            let _ = writeln!(summary, "    - [{}]({path})", plain(&entry.id));
            // Lexicons of one id are layers of one: the last of them stands for all.
            out.insert(path, page(entry));
        }
    }
    out.insert("README.md".to_owned(), list);
    out.insert("SUMMARY.md".to_owned(), summary);
    out
}

/// One rule: what, why, how loudly, and its examples.
fn page(entry: &Entry) -> String {
    let mut out = format!("# {}\n\n{}.\n\n{}\n", plain(&entry.id), sentence(&entry.summary), plain(&entry.why));
    let _ = writeln!(out, "\n| | |\n|---|---|\n| file | {} |", code(&entry.file.path));
    if let Some(severity) = entry.severity {
        let _ = writeln!(out, "| severity | {} |", severity.name());
    }
    for (name, value) in entry.facts.iter().filter(|(name, _)| *name != "frame") {
        let _ = writeln!(out, "| {name} | {} |", code(value));
    }
    let frames: Vec<&str> = entry.facts.iter().filter(|(name, _)| *name == "frame").map(|(_, v)| v.as_str()).collect();
    if !frames.is_empty() {
        let _ = writeln!(out, "\n## Wordings\n\n{}", block(&frames.join("\n")));
    }
    if !entry.examples.is_empty() {
        out.push_str("\n## Examples\n");
    }
    for example in &entry.examples {
        let _ = write!(out, "\n**{}**", example.outcome.name());
        if let Some(why) = &example.why {
            let _ = write!(out, ": {}", plain(why));
        }
        let _ = writeln!(out, "\n\n{}", block(&texts(example)));
    }
    if let Some(severity) = entry.severity {
        let _ = writeln!(
            out,
            "\n## In a configuration\n\n```toml\n[severity]\n{} = \"off\"   # or error, warning, note; it is {} otherwise\n```",
            entry.id,
            severity.name()
        );
    }
    out
}

fn texts(example: &Example) -> String {
    example.documents.iter().map(|t| t.trim()).collect::<Vec<_>>().join("\n---\n")
}

/// Text as Markdown that says just that.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn cell(text: &str) -> String {
    plain(text)
}

fn sentence(text: &str) -> String {
    plain(text.trim_end_matches('.'))
}

/// Words of a machine in the cell of a table.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ").replace('|', "\\|");
    let ticks = "`".repeat(longest(&text) + 1);
    if ticks.len() == 1 { format!("`{text}`") } else { format!("{ticks} {text} {ticks}") }
}

/// A block of text that nothing in it can close.
fn block(text: &str) -> String {
    let fence = "`".repeat(longest(text).max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

/// The longest run of backticks.
fn longest(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rules;

    #[test]
    fn every_rule_has_a_page_and_every_link_one_too() {
        let entries = catalogue(&Rules::embedded().unwrap());
        let pages = pages(&entries);
        for entry in &entries {
            let page = &pages[&format!("{}/{}.md", entry.kind.name(), entry.id)];
            assert!(page.starts_with(&format!("# {}\n", entry.id)), "{page}");
            assert!(page.contains(&plain(&entry.why)), "{page}");
            let examples = page.matches("\n**").count();
            assert_eq!(examples, entry.examples.len(), "{page}");
        }
        for name in ["README.md", "SUMMARY.md"] {
            let links: Vec<&str> = pages[name].split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
            assert!(links.len() >= pages.len() - 2, "{name}");
            for link in links.into_iter().filter(|link| !link.is_empty()) {
                assert!(pages.contains_key(link), "{name} links to {link}");
            }
        }
    }

    #[test]
    fn nothing_in_a_rule_breaks_its_page() {
        assert_eq!(plain("a|b <c> *d*"), "a\\|b \\<c\\> \\*d\\*");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("`a`"), "`` `a` ``");
        assert_eq!(block("```x"), "````text\n```x\n````");
    }
}
