//! What a folder holds and is not read: named, so that nobody takes silence for agreement.
//!
//! Comes in: files that a walk has met. Goes out: why each of them is passed over, and one line that counts them by kind.

use std::collections::BTreeMap;
use std::fs::FileType;
use std::io::Read as _;
use std::path::Path;

use super::walk::shown;
use super::{own, reader};
use crate::file;
use crate::problem::{Level, Problem};

/// Most kinds that the line names.
const KINDS: usize = 8;
/// Extensions of the forms that belie writes: such a file may be its own.
const OWN: &[&str] = &["csv", "dot", "graphml", "gv", "htm", "html", "json", "jsonl", "sarif", "svg", "xml"];
/// Extensions whose text is half markup: read as plain text, it gives odd sentences.
const MARKUP: &[&str] = &[
    "adoc", "asciidoc", "eml", "ipynb", "json5", "mdx", "org", "rst", "sarif", "srt", "svg", "tex", "toml", "vtt",
    "wiki", "yaml", "yml",
];

/// Why a walked file is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passed {
    /// No reader takes files of this extension, in lower case; empty where it has none.
    Extension(String),
    /// It is a link.
    Link,
    /// It is a device, a pipe or a socket.
    NoFile,
    /// belie wrote it, in this form.
    Own(&'static str),
}

/// A walked file that is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// The path as shown to users.
    pub path: String,
    /// Why.
    pub why: Passed,
}

impl Passed {
    /// Why a file is passed over; `None` where a reader takes it, though it may turn out to be belie's own.
    pub(super) fn of(path: &Path, kind: FileType) -> Option<Passed> {
        if kind.is_symlink() {
            return Some(Passed::Link);
        }
        if !kind.is_file() {
            return Some(Passed::NoFile);
        }
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if reader::by_extension(&extension).is_some() {
            return None;
        }
        let own = OWN.contains(&extension.as_str()).then(|| own_head(path)).flatten();
        Some(own.map_or(Passed::Extension(extension), Passed::Own))
    }

    /// What the line counts it among.
    fn kind(&self) -> &str {
        match self {
            Passed::Extension(none) if none.is_empty() => "without extension",
            Passed::Extension(extension) => extension,
            Passed::Link => "link",
            Passed::NoFile => "not a regular file",
            Passed::Own(_) => "written by belie",
        }
    }
}

/// The form of a file that belie wrote, as far as its first bytes tell.
fn own_head(path: &Path) -> Option<&'static str> {
    let mut head = Vec::new();
    file::open(path).ok()?.take(own::HEAD as u64).read_to_end(&mut head).ok()?;
    own::own(&String::from_utf8_lossy(&head))
}

impl PassedOver {
    /// A walked file that belie wrote itself.
    pub fn own(path: &Path, form: &'static str) -> PassedOver {
        PassedOver { path: shown(path), why: Passed::Own(form) }
    }

    /// Whether it says anything of what was not read: the configuration and the decisions of a project are read.
    fn counts(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        !(name.starts_with("belie.") && name.ends_with(".toml"))
    }

    /// One problem a file.
    pub fn each(passed: &[PassedOver]) -> impl Iterator<Item = Problem> {
        passed.iter().filter(|p| p.counts()).map(|p| {
            let why = match &p.why {
                Passed::Extension(none) if none.is_empty() => "no reader supports its extension".to_owned(),
                Passed::Extension(extension) => format!("no reader for {extension}"),
                Passed::Link => "links are not followed".to_owned(),
                Passed::NoFile => "it is not a regular file".to_owned(),
                Passed::Own(form) => format!("belie wrote it itself ({form})"),
            };
            Problem::new(Level::Note, p.path.clone(), format!("was skipped: {why}"))
        })
    }

    /// One problem for all of them, which counts them by kind; `folders` are those that were walked.
    pub fn counted(passed: &[PassedOver], folders: &str) -> Option<Problem> {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for one in passed.iter().filter(|p| p.counts()) {
            *kinds.entry(one.why.kind()).or_default() += 1;
        }
        let all: usize = kinds.values().sum();
        let mut kinds: Vec<(usize, &str)> = kinds.into_iter().map(|(kind, n)| (n, kind)).collect();
        kinds.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let mut stated: Vec<String> = kinds.iter().take(KINDS).map(|(n, kind)| format!("{n} {kind}")).collect();
        let others: usize = kinds.iter().skip(KINDS).map(|(n, _)| n).sum();
        if others > 0 {
            stated.push(format!("{others} of other kinds"));
        }
        let files = if all == 1 { "file was" } else { "files were" };
        let message = format!("{all} {files} skipped: {} (--verbose lists them)", stated.join(", "));
        (all > 0).then(|| Problem::new(Level::Note, folders, message))
    }
}

/// That a document was read as plain text though it is something else, by its name or by how it begins.
pub(super) fn as_text(path: &str, text: &str) -> Option<Problem> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    if extension.as_deref().is_some_and(|e| reader::by_extension(e).is_some()) {
        return None;
    }
    let known = extension.filter(|e| MARKUP.contains(&e.as_str()));
    let kind = known.or_else(|| looks_like(text).map(str::to_owned))?;
    let message = format!("was read as plain text, markup and all: there is no reader for {kind} yet");
    Some(Problem::new(Level::Warning, path, message))
}

fn looks_like(text: &str) -> Option<&'static str> {
    let head = text.trim_start().get(..5);
    head.is_some_and(|t| t.eq_ignore_ascii_case("<?xml")).then_some("xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_counts() {
        let over = |path: &str, why: Passed| PassedOver { path: path.to_owned(), why };
        let of = |e: &str| Passed::Extension(e.to_owned());
        let mut all = vec![
            over("a.pdf", of("pdf")),
            over("b.docx", of("docx")),
            over("c.docx", of("docx")),
            over("belie.toml", of("toml")),
            over("d", of("")),
            over("e.md", Passed::Link),
            over("f.json", Passed::Own("JSON")),
        ];
        let line = |all: &[PassedOver]| PassedOver::counted(all, "s").map(|p| p.to_string());
        let stated = "note: s: 6 files were skipped: 2 docx, 1 link, 1 pdf, 1 without extension, 1 written by belie (--verbose lists them)";
        assert_eq!(line(&all).as_deref(), Some(stated));
        assert_eq!(PassedOver::each(&all).count(), 6);
        all.extend("ghijklm".chars().map(|c| over("x", of(&c.to_string()))));
        assert!(line(&all).is_some_and(|l| l.contains("4 of other kinds")));
        assert_eq!(line(&all[3..4]), None);
    }

    #[test]
    fn what_is_no_plain_text() {
        let stated =
            |path: &str, text: &str| as_text(path, text).map(|p| p.message.rsplit(' ').nth(1).map(str::to_owned));
        assert_eq!(stated("a.YML", "x"), Some(Some("yml".into())));
        assert_eq!(stated("-", "<?xml version='1.0'?><a/>"), Some(Some("xml".into())));
        for (path, text) in [("a.md", "<html>"), ("LICENSE", "[See below] it says"), ("a.log", "one")] {
            assert_eq!(stated(path, text), None, "{path}");
        }
    }
}
