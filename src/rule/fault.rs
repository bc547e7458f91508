//! What is wrong with a rule file, and where.
//!
//! Comes in: a place and a message. Goes out: a fault that renders like a compiler's: file, line, caret, nearest known
//! word. A fault never stops the search for further ones.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use super::place::{Placed, RuleFile, inside};
use super::vocabulary::Vocabulary;
use crate::text::{Span, safe};

/// One thing that is wrong with a rule file or a folder of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file or folder, as shown to users.
    pub path: String,
    /// The bytes of the file that are wrong; empty at 0 when no place can be named.
    pub span: Span,
    /// Line of the first byte, from 1; 0 when no place can be named.
    pub line: u32,
    /// Column of the first byte in Unicode scalars, from 1; 0 when no place can be named.
    pub column: u32,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    source: Option<Arc<str>>,
}

impl Fault {
    /// A fault at bytes of a file.
    pub fn at(file: &RuleFile, span: Range<usize>, message: impl Into<String>) -> Fault {
        let text = &file.text;
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (floor(span.start), floor(span.end.max(span.start)));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Fault {
            path: file.path.clone(),
            span: Span::new(start, end),
            line: before.matches('\n').count() as u32 + 1,
            column: before[line_start..].chars().count() as u32 + 1,
            message: message.into(),
            help: None,
            source: Some(Arc::clone(text)),
        }
    }

    /// A fault of a file or folder as a whole.
    pub fn of_path(path: impl Into<String>, message: impl Into<String>) -> Fault {
        let (path, message) = (path.into(), message.into());
        Fault { path, span: Span::default(), line: 0, column: 0, message, help: None, source: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(help.into());
        self
    }

    /// Renders it for a terminal, in colour or plain. Control characters of the file do not get through.
    pub fn render(&self, color: bool) -> String {
        let message = normalize_untrusted_str(&safe(&self.message));
        let path = normalize_untrusted_str(&safe(&self.path));
        let title = Level::ERROR.primary_title(message);
        let mut group: Group<'_> = match &self.source {
            Some(source) => {
                let annotation = AnnotationKind::Primary.span(self.span.range());
                title.element(Snippet::source(&**source).path(path).annotation(annotation))
            }
            None => title.element(Origin::path(path)),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(normalize_untrusted_str(&safe(help))));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// Most faults that are reported for one file: after so many nobody reads on, and each is looked up in the whole file.
pub(super) const MOST_FAULTS: usize = 50;

/// The faults of one file while it is being checked.
pub(super) struct Faults<'a> {
    file: &'a RuleFile,
    found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(file: &'a RuleFile) -> Self {
        Faults { file, found: Vec::new() }
    }

    pub(super) fn into_found(self) -> Vec<Fault> {
        self.found
    }

    pub(super) fn push(&mut self, span: &Range<usize>, message: impl Into<String>) {
        if self.found.len() < MOST_FAULTS {
            self.found.push(Fault::at(self.file, span.clone(), message));
        }
    }

    pub(super) fn push_with(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        if self.found.len() < MOST_FAULTS {
            self.found.push(Fault::at(self.file, span.clone(), message).with_help(help));
        }
    }

    /// A word that none of `known` is.
    pub(super) fn unknown<'w>(
        &mut self,
        span: &Range<usize>,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'w str>,
    ) {
        self.push_with(span, format!("unknown {what} `{word}`"), suggestion(word, known));
    }

    /// An error in an expression of a small language that stands in a string of the file.
    pub(super) fn error(&mut self, string: &Range<usize>, error: ExpressionError) {
        if self.found.len() >= MOST_FAULTS {
            return;
        }
        let mut fault = Fault::at(self.file, inside(&self.file.text, string, &error.at), error.message);
        fault.help = error.help;
        self.found.push(fault);
    }

    /// The member of a closed set that a word names; a fault if there is none.
    pub(super) fn word<V: Vocabulary>(&mut self, word: &Placed<String>) -> Option<V> {
        let found = V::read(&word.value);
        if found.is_none() {
            self.unknown(&word.span, V::WHAT, &word.value, V::words());
        }
        found
    }
}

/// What is wrong inside a frame, a formula or a message, in bytes of its own text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// The bytes.
    pub at: Range<usize>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl ExpressionError {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> ExpressionError {
        ExpressionError { at, message: message.into(), help: None }
    }

    #[must_use]
    pub(super) fn with_help(mut self, help: impl Into<String>) -> ExpressionError {
        self.help = Some(help.into());
        self
    }
}

/// "did you mean `…`", or the list of what is known where nothing is near.
pub(super) fn suggestion<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none to choose from".to_owned(),
        None => {
            let mut shown: Vec<String> = known.iter().take(16).map(|w| format!("`{w}`")).collect();
            if known.len() > shown.len() {
                shown.push("…".to_owned());
            }
            format!("known: {}", shown.join(", "))
        }
    }
}

/// The known word nearest to `word`: at most two typos away, or alike by Jaro and Winkler at 0.85.
pub(super) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    // Similarity is quadratic; nobody mistypes a word of hundreds of letters.
    if word.len() > 100 {
        return None;
    }
    let mut best: Option<(usize, f64, &str)> = None;
    for candidate in known {
        let errors = strsim::damerau_levenshtein(word, candidate);
        let alike = strsim::jaro_winkler(word, candidate);
        if errors > most_typos(word) && alike < 0.85 {
            continue;
        }
        let better = best.is_none_or(|(s, a, w)| (errors, -alike, candidate) < (s, -a, w));
        if better {
            best = Some((errors, alike, candidate));
        }
    }
    best.map(|(_, _, candidate)| candidate)
}

/// Two typos in a word of four letters make another word.
fn most_typos(word: &str) -> usize {
    (word.chars().count() / 3).clamp(1, 2).min(word.chars().count() / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, known: &[&str], expected: &str) {
        assert_eq!(suggestion(word, known.iter().copied()), expected);
    }

    #[test]
    fn nearest_known_word() {
        check("intervall", &["interval", "date"], "did you mean `interval`?");
        check("conflcit", &["agree", "conflict"], "did you mean `conflict`?");
        check("judgment", &["judgement", "kind"], "did you mean `judgement`?");
        check("xyz", &["agree", "conflict"], "known: `agree`, `conflict`");
        check("ab", &["cd"], "known: `cd`");
        check("x", &[], "there is none to choose from");
    }

    #[test]
    fn places_count_scalars_and_never_split_them() {
        let file =
            RuleFile { path: "a.toml".into(), below: "a.toml".into(), text: "x = 1\né = \"ü\"\n".into(), layer: 0 };
        let fault = Fault::at(&file, 12..14, "m");
        assert_eq!((fault.line, fault.column), (2, 6));
        let _ = Fault::at(&file, 7..7, "inside a character").render(false);
        let _ = Fault::at(&file, 900..1000, "beyond the end").render(true);
    }

    #[test]
    fn control_characters_stay_out() {
        let file = RuleFile {
            path: "a\u{1b}[31m.toml".into(),
            below: "a.toml".into(),
            text: "x = '\u{1b}[2J'\n".into(),
            layer: 0,
        };
        let rendered = Fault::at(&file, 4..8, "bad \u{1b}[0m word").with_help("no \u{7} bell").render(false);
        assert!(!rendered.contains('\u{1b}') && !rendered.contains('\u{7}'), "{rendered:?}");
    }
}
