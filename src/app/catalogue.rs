//! All rules of a run as one list, whatever their kind: what `rules`, `explain`, `--select` and the configuration name.

use std::collections::BTreeSet;

use crate::rule::{Rules, Severity};

/// The four kinds of rule files, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Words and their classes.
    Lexicon,
    /// Claims told by wording.
    Extract,
    /// Judgements and gates to relations.
    Relate,
    /// Closed forms.
    Check,
}

impl Kind {
    /// The folder's name, which is the kind's.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Lexicon => "lexicon",
            Kind::Extract => "extract",
            Kind::Relate => "relate",
            Kind::Check => "check",
        }
    }
}

/// What an example is run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Material {
    /// One text.
    Text(String),
    /// Several documents.
    Documents(Vec<String>),
}

/// What an example is to bring about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The rule speaks: a claim, a link, a term.
    Fires,
    /// The closed form holds.
    Holds,
    /// The closed form is refuted.
    Fails,
    /// The rule stays silent.
    Silent,
}

impl Outcome {
    /// As `rules show` and `rules test` print it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Fires => "fires",
            Outcome::Holds => "holds",
            Outcome::Fails => "fails",
            Outcome::Silent => "silent",
        }
    }
}

/// An example of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it is run on.
    pub material: Material,
    /// What is to happen.
    pub outcome: Outcome,
    /// Why, for those that stay silent.
    pub why: Option<String>,
    /// The words of the value that is to be read.
    pub value: Option<String>,
    /// The subject that is to be found.
    pub subject: Option<String>,
    /// The row of a lexicon that is to be found.
    pub row: Option<String>,
}

/// A rule as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which kind.
    pub kind: Kind,
    /// Its id: the name of its file.
    pub id: String,
    /// One line.
    pub summary: String,
    /// Why it is there.
    pub why: String,
    /// How loudly it speaks, before the configuration; `None` for rules that do not.
    pub severity: Option<Severity>,
    /// What to do when it speaks.
    pub help: Option<String>,
    /// What is particular to its kind: names and what they are set to.
    pub facts: Vec<(&'static str, String)>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Rows of a lexicon that a later file replaced.
    pub overridden: Vec<String>,
}

/// The rules, by kind and id.
pub fn catalogue(rules: &Rules) -> Vec<Entry> {
    let _ = rules;
    Vec::new()
}

/// The ids of all rules.
pub fn ids(entries: &[Entry]) -> BTreeSet<&str> {
    entries.iter().map(|e| e.id.as_str()).collect()
}
