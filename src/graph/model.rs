//! Links between claims, and the grounds of each.

use crate::rule::{Relation, Severity, Verdict};
use crate::value::Judgement;

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
    /// The same as far as anything is decided by it.
    pub basis_kind: BasisKind,
}

/// What kind of reason a gate has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BasisKind {
    /// One that decides nothing further.
    #[default]
    Other,
    /// One that goes without saying: the same attribute, the same unit.
    Plain,
    /// Both name one subject by one name.
    SameName,
    /// One subject, which at least one of the two does not name.
    Implied,
    /// The second is of an earlier time.
    SecondEarlier,
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
    /// How sure it is that both are of one thing and the relation holds, in thousandths.
    pub confidence: u16,
}

/// How sure a link is that a rule draws gate by gate, by how loudly the rule speaks.
pub fn confidence_of(severity: Severity) -> u16 {
    match severity {
        Severity::Error => 950,
        Severity::Warning => 850,
        Severity::Note => 800,
    }
}
