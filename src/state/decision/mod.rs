//! What people have decided on findings: `belie.accepted.toml`.
//!
//! A decision is on what a finding rests on, not on its name: it holds for the rule and the fingerprint, which is a
//! hash over the sentences of all members. When one of them changes, or one joins, the decision ends by itself.

use jiff::civil::Date;

use crate::finding::{Finding, Status};

mod edit;
mod parse;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The finding is right, and it may stay.
    Accepted,
    /// The finding is wrong.
    Dismissed,
}

impl Choice {
    /// The words that a decision takes.
    pub const WORDS: [&'static str; 2] = ["accepted", "dismissed"];

    /// The word for it.
    pub fn name(self) -> &'static str {
        self.status().name()
    }

    /// The choice that a word names.
    pub fn parse(word: &str) -> Option<Choice> {
        [Choice::Accepted, Choice::Dismissed].into_iter().find(|c| c.name() == word)
    }

    /// What becomes of the finding.
    pub fn status(self) -> Status {
        match self {
            Choice::Accepted => Status::Accepted,
            Choice::Dismissed => Status::Dismissed,
        }
    }
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Id of the finding when it was decided on: for people, and to tell what has become of it.
    pub finding: String,
    /// Id of the rule that spoke.
    pub rule: String,
    /// Hash of all members' sentences.
    pub fingerprint: String,
    /// What was decided.
    pub choice: Choice,
    /// Why; never empty.
    pub reason: String,
    /// Who decided; may be empty.
    pub author: String,
    /// When.
    pub date: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// What the finding said: for people.
    pub about: String,
    /// Line of the file, from 1; 0 for one that stands in none yet.
    pub line: u32,
}

impl Decision {
    /// A decision on a finding.
    pub fn on(finding: &Finding, choice: Choice, reason: &str) -> Decision {
        Decision {
            finding: finding.id.clone(),
            rule: finding.rule.clone(),
            fingerprint: finding.fingerprint.clone(),
            choice,
            reason: reason.to_owned(),
            author: String::new(),
            date: None,
            until: None,
            about: finding.message.clone(),
            line: 0,
        }
    }

    /// Whether it is on this finding as it stands now.
    pub fn is_on(&self, finding: &Finding) -> bool {
        self.rule == finding.rule && self.fingerprint == finding.fingerprint
    }
}

/// The decisions of a file, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The file's path as shown to users; empty when there is none.
    pub path: String,
    /// The decisions.
    pub all: Vec<Decision>,
}
