//! The manual without the program that makes a book of it: every link of the pages leads to a file and a heading that are
//! there, every page of `docs/` is in the summary, and what the pages say that a user types is what the program knows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::program::{Folder, run};

/// A page: the anchors of its headings, and where its links lead.
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

/// The anchor that GitHub and mdBook give to a heading: lower case, marks left out, blanks as hyphens.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn page(path: &Path) -> Page {
    let text = std::fs::read_to_string(path).unwrap();
    let (mut anchors, mut links) = (BTreeSet::new(), Vec::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let name = anchor(&heading.take().unwrap());
                // Of two headings that are called alike the second has a number.
                let taken = (1..).map(|n| format!("{name}-{n}")).find(|n| !anchors.contains(n));
                let name = if anchors.contains(&name) { taken.unwrap() } else { name };
                anchors.insert(name);
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => links.push(dest_url.to_string()),
            _ => {}
        }
    }
    Page { anchors, links }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The pages for people: those at the top, and the manual.
fn pages() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = [root(), root().join("docs")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    all.sort();
    assert!(all.len() > 10, "{all:?}");
    all
}

#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    let mut followed = 0;
    for path in pages() {
        for link in page(&path).links {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            let (file, fragment) = link.split_once('#').map_or((link.as_str(), None), |(f, a)| (f, Some(a)));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            // Pages of rules are made of their files when the book is.
            let generated = path.ends_with("docs/SUMMARY.md") && file == "rule/README.md";
            if !target.exists() && !generated {
                faults.push(format!("{}: {link}: no such file", path.display()));
            } else if let Some(fragment) = fragment
                && !page(&target).anchors.contains(fragment)
            {
                faults.push(format!("{}: {link}: no such heading", path.display()));
            }
        }
    }
    assert!(followed > 30, "{followed} links followed");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_is_in_the_summary() {
    let listed = page(&root().join("docs/SUMMARY.md")).links;
    for path in pages().iter().filter(|p| p.parent().unwrap().ends_with("docs") && !p.ends_with("SUMMARY.md")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(listed.iter().any(|l| l == name), "{name} is not in docs/SUMMARY.md");
    }
}

#[test]
fn commands_and_options_of_the_manual_are_known() {
    let folder = Folder::new("manual");
    let help = |command: &str| run(&folder, &["help", command]).out;
    let mut faults = Vec::new();
    let mut read = 0;
    for path in pages().iter().filter(|p| !p.ends_with("CHANGELOG.md") && !p.ends_with("quality.md")) {
        let text = std::fs::read_to_string(path).unwrap();
        let mut fenced = false;
        for line in text.lines() {
            if line.starts_with("```") {
                fenced = !fenced;
            }
            let line = line.trim_start_matches("$ ").split('#').next().unwrap();
            let Some(rest) = line.strip_prefix("belie ").filter(|_| fenced) else { continue };
            let mut words = rest.split_whitespace().take_while(|w| !matches!(*w, "|" | ">") && !w.starts_with('$'));
            let Some(command) = words.next().filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())) else { continue };
            let help = help(command);
            read += 1;
            if help.is_empty() {
                faults.push(format!("{}: no command `{command}`: {line}", path.display()));
            }
            let options = words.filter(|w| w.starts_with("--")).map(|w| w.split('=').next().unwrap());
            for option in options.filter(|o| !help.contains(o)).filter(|_| command != "rules") {
                faults.push(format!("{}: `{command}` has no {option}: {line}", path.display()));
            }
        }
    }
    assert!(read > 30, "{read} commands read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
