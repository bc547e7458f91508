//! Links between claims, and the grounds of each.

use crate::value::Judgement;

/// The relation of two claims; the words of DESIGN section 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Same subject, attribute and value.
    Agree,
    /// Other words or strength; both can hold.
    Compatible,
    /// The second adds a detail to the first.
    Refines,
    /// A later state, or a surer source, replaces the first.
    Updates,
    /// Cannot both hold.
    Conflict,
    /// Comparable but for something missing.
    Unresolved,
    /// The same words quoted.
    QuoteMatch,
    /// The same quotation in other words.
    QuoteVariant,
    /// One quotation is part of the other.
    QuoteTruncated,
    /// Arithmetic, counting or the calendar bears it out.
    DerivedConsistent,
    /// Arithmetic, counting or the calendar refutes it.
    DerivedConflict,
    /// Two accounts, one origin.
    SameOrigin,
}

impl Relation {
    /// All relations with their names in JSON, rule files and print.
    pub const ALL: [(Relation, &'static str); 12] = [
        (Relation::Agree, "agree"),
        (Relation::Compatible, "compatible"),
        (Relation::Refines, "refines"),
        (Relation::Updates, "updates"),
        (Relation::Conflict, "conflict"),
        (Relation::Unresolved, "unresolved"),
        (Relation::QuoteMatch, "quote-match"),
        (Relation::QuoteVariant, "quote-variant"),
        (Relation::QuoteTruncated, "quote-truncated"),
        (Relation::DerivedConsistent, "derived-consistent"),
        (Relation::DerivedConflict, "derived-conflict"),
        (Relation::SameOrigin, "same-origin"),
    ];

    /// The name.
    pub fn name(self) -> &'static str {
        Relation::ALL.iter().find(|(r, _)| *r == self).map_or("", |(_, n)| n)
    }

    /// The relation of a name.
    pub fn parse(name: &str) -> Option<Relation> {
        Relation::ALL.iter().find(|(_, n)| *n == name).map(|(r, _)| *r)
    }

    /// Whether the two claims say the same, so that relations may be read through it (a–b, b–c gives a–c).
    pub fn chains(self) -> bool {
        matches!(self, Relation::Agree | Relation::QuoteMatch)
    }
}

/// How loudly a finding speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For the record; never fails a run.
    Note,
    /// A reader should look.
    Warning,
    /// Cannot both hold.
    Error,
}

impl Severity {
    /// The name in reports and rule files.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of a name.
    pub fn parse(name: &str) -> Option<Severity> {
        [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|s| s.name() == name)
    }
}

/// The seven gates, in the order in which they are passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateName {
    /// The same subject and instance.
    Entity,
    /// The same quantity of it.
    Attribute,
    /// The same dimension.
    Unit,
    /// No two different known scopes.
    Scope,
    /// The same time.
    Time,
    /// Comparable ways of putting it forward.
    Modality,
    /// The values themselves.
    Value,
}

impl GateName {
    /// The name in reports and rule files.
    pub fn name(self) -> &'static str {
        match self {
            GateName::Entity => "entity",
            GateName::Attribute => "attribute",
            GateName::Unit => "unit",
            GateName::Scope => "scope",
            GateName::Time => "time",
            GateName::Modality => "modality",
            GateName::Value => "value",
        }
    }
}

/// What a gate found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Both sides known and equal.
    Same,
    /// One side unknown, nothing against it.
    Unknown,
    /// Both sides known and different.
    Different,
}

impl Verdict {
    /// The name in reports and rule files.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Unknown => "unknown",
            Verdict::Different => "different",
        }
    }
}

/// One gate's verdict on two claims, with what it looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Which gate.
    pub gate: GateName,
    /// Its verdict.
    pub verdict: Verdict,
    /// What it saw on the first side.
    pub a: String,
    /// What it saw on the second side.
    pub b: String,
    /// Why it said so: alias, conversion, equal scope …
    pub basis: String,
}

/// Why a link was drawn: a reader can redo it by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// The gates, in order.
    pub gates: Vec<Gate>,
    /// The comparator that judged the values, or the formula that was evaluated.
    pub comparator: String,
    /// Its judgement, where a comparator spoke.
    pub judgement: Option<Judgement>,
    /// What it found, in words.
    pub because: String,
    /// What was missing for a verdict; empty unless the relation is `unresolved`.
    pub missing: Vec<String>,
}

/// A link between two claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Hash of both claim ids, type and rule.
    pub id: String,
    /// The relation.
    pub relation: Relation,
    /// How loudly the rule speaks of it.
    pub severity: Severity,
    /// Index of the first claim. In `refines`, `updates` and `quote-truncated` the second is the finer, later or shorter one.
    pub a: u32,
    /// Index of the second claim.
    pub b: u32,
    /// Further claims it rests on.
    pub also: Vec<u32>,
    /// Id of the rule.
    pub rule: String,
    /// The rule's message, filled in.
    pub message: String,
    /// Why.
    pub grounds: Grounds,
}
