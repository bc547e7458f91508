//! The conditions of a relate rule, one by one: which hold of a pair, and in words which do not.
//!
//! Comes in: a rule and a pair that has passed the gates. Goes out: whether the rule applies, or what it lacks. The same
//! conditions decide and explain, so that no explanation can differ from the decision.

use crate::claim::{Claim, Modality};
use crate::graph::{GateName, Verdict};
use crate::rule::{RelateRule, Relation};

use super::gate;
use super::pair::Pair;

/// One condition of `[when]`, in the order in which they are asked: the cheap ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Judgement,
    Comparator,
    Kind,
    Shape,
    SameSource,
    Gate(GateName),
    Moving,
    Nature,
    Hedged,
    Polarity,
    Named,
    SingleValued,
    Stated,
    Alike,
    Parallel,
    Brief,
    SameWords,
    Spelling,
    Confidence,
}

use Condition::*;

const ALL: [Condition; 24] = [
    Judgement,
    Comparator,
    Kind,
    Shape,
    SameSource,
    Gate(GateName::Entity),
    Gate(GateName::Attribute),
    Gate(GateName::Unit),
    Gate(GateName::Scope),
    Gate(GateName::Time),
    Gate(GateName::Modality),
    Moving,
    Nature,
    Hedged,
    Polarity,
    Named,
    SingleValued,
    Stated,
    Alike,
    Parallel,
    Brief,
    SameWords,
    Spelling,
    Confidence,
];

/// What says that a rule is about such pairs at all: without these it is no near miss.
const ABOUT: usize = 5;

/// A rule that would have spoken, had it not been for a few conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The rule.
    pub rule: String,
    /// What it would have said.
    pub relation: Relation,
    /// What it asks and does not get, each as a clause.
    pub lacks: Vec<String>,
}

impl Pair<'_> {
    /// Whether all conditions of a rule hold.
    pub(super) fn fits(&self, rule: &RelateRule) -> bool {
        ALL.iter().all(|&c| self.holds(c, rule))
    }

    /// What keeps a rule from speaking; `None` where it is not about such pairs, or speaks.
    pub(super) fn near_miss(&self, rule: &RelateRule) -> Option<NearMiss> {
        let (about, rest) = ALL.split_at(ABOUT);
        if !about.iter().all(|&c| self.holds(c, rule)) {
            return None;
        }
        let lacks: Vec<String> =
            rest.iter().filter(|&&c| !self.holds(c, rule)).map(|&c| self.lacking(c, rule)).collect();
        (!lacks.is_empty()).then(|| NearMiss { rule: rule.head.id.clone(), relation: rule.relation, lacks })
    }

    /// Whether the conditions hold that are asked of candidates: what is compared, and how sure the evidence is.
    pub(super) fn holds_of_evidence(&self, rule: &RelateRule) -> bool {
        [Comparator, Kind, Shape, SameSource, Polarity, Confidence].into_iter().all(|c| self.holds(c, rule))
            && (rule.relation == Relation::Conflict || self.holds(Judgement, rule))
    }

    /// How sure the evidence has to be for a rule that rests on it.
    fn least(&self, rule: &RelateRule) -> Option<u16> {
        let asked = self.context.min_confidence.filter(|_| rule.relation == Relation::Conflict);
        rule.when.confidence.map(|_| rule.when.least(self.setting, asked).unwrap_or(u16::MAX))
    }

    fn holds(&self, condition: Condition, rule: &RelateRule) -> bool {
        let (when, x, y) = (&rule.when, self.x, self.y);
        let weak = |c: &Claim| c.modality == Modality::Hedged;
        match condition {
            Judgement => when.judgement.contains(&self.found.judgement),
            Comparator => when.comparator.is_empty() || when.comparator.contains(&x.comparator),
            Kind => when.kind.is_empty() || when.kind.iter().any(|k| **k == *x.kind),
            Shape => when.shape.is_empty() || when.shape.contains(&x.shape),
            SameSource => when.same_source.is_none_or(|s| s == (x.source == y.source)),
            Gate(name) => allowed(rule, name).contains(&self.verdict(name)),
            Moving => when.moving.is_none_or(|m| m == gate::moves(x)),
            Nature => when.nature.is_empty() || when.nature.contains(&x.moves),
            Hedged => when.hedged.is_none_or(|h| h == (weak(x) != weak(y))),
            Polarity => when.polarity.is_none_or(|p| (p.name() == "same") == (x.polarity == y.polarity)),
            Named => when.named.is_none_or(|n| n == self.named()),
            SingleValued => when.single_valued.is_none_or(|s| s == (x.single_valued && y.single_valued)),
            Stated => when.stated.is_none_or(|least| self.stated() >= least),
            Alike => when.alike.is_none_or(|least| self.alike().is_some_and(|n| n >= least)),
            Parallel => when.parallel.is_none_or(|least| self.parallel().is_some_and(|n| n >= least)),
            Brief => when.brief.is_none_or(|least| self.brief().is_some_and(|n| n >= least)),
            SameWords => when.same_words.is_none_or(|s| s == self.same_words()),
            Spelling => when.spelling.is_none_or(|s| s == self.spelling()),
            Confidence => self.least(rule).is_none_or(|least| self.confidence.is_some_and(|n| n >= least)),
        }
    }

    /// What a condition that does not hold asks, and what there is instead.
    fn lacking(&self, condition: Condition, rule: &RelateRule) -> String {
        let when = &rule.when;
        let yes = |wanted: Option<bool>, is: &str, is_not: &str| {
            if wanted == Some(true) { is_not.to_owned() } else { is.to_owned() }
        };
        let of = |n: Option<u32>| n.map_or_else(|| "not measured".to_owned(), |n| n.to_string());
        match condition {
            Gate(name) => {
                let (verdict, basis) = (self.verdict(name), self.basis(name));
                let wanted: Vec<&str> = allowed(rule, name).iter().map(|v| v.name()).collect();
                format!("{} has to be {} and is {} ({basis})", name.name(), wanted.join(" or "), verdict.name())
            }
            Moving => yes(when.moving, "the value changes over time", "the value does not change over time"),
            Nature => {
                let wanted: Vec<&str> = when.nature.iter().map(|n| n.name()).collect();
                format!("it is for what is {} in time; this is {}", wanted.join(" or "), self.x.moves.name())
            }
            Hedged => yes(when.hedged, "one of them is hedged", "neither or both are hedged"),
            Polarity => "it is for the opposite polarities".to_owned(),
            Named => yes(when.named, "both name their subject", "one of them does not name its subject"),
            SingleValued => yes(when.single_valued, "there is one value", "there may be several values at a time"),
            Stated => format!("a rule has to name the attribute on {} sides", when.stated.unwrap_or_default()),
            Alike => format!(
                "their wording has to be similar to {} thousandths (here: {})",
                when.alike.unwrap_or_default(),
                of(self.alike())
            ),
            Parallel => format!(
                "their sentences have to share {} thousandths (here: {})",
                when.parallel.unwrap_or_default(),
                of(self.parallel())
            ),
            Brief => format!(
                "it is for brief texts that share {} thousandths (here: {})",
                when.brief.unwrap_or_default(),
                of(self.brief())
            ),
            SameWords => {
                yes(when.same_words, "the sentences are the same", "the sentences differ in more than their values")
            }
            Confidence => format!(
                "the evidence has to be {} thousandths (here: {})",
                self.least(rule).unwrap_or_default(),
                of(self.confidence.map(u32::from))
            ),
            Spelling => yes(when.spelling, "the names may be two spellings", "the names are not two spellings of one"),
            Judgement | Comparator | Kind | Shape | SameSource => "it is not about such pairs".to_owned(),
        }
    }
}

/// Whether a rule is for such claims at all, by what can be read off them at once.
pub(super) fn reads(rule: &RelateRule, x: &Claim, y: &Claim) -> bool {
    let when = &rule.when;
    (when.comparator.is_empty() || when.comparator.contains(&x.comparator))
        && when.same_source.is_none_or(|s| s == (x.source == y.source))
        && when.polarity.is_none_or(|p| (p.name() == "same") == (x.polarity == y.polarity))
}

/// Whether a rule speaks of these verdicts.
pub(super) fn passes(rule: &RelateRule, mut verdicts: impl Iterator<Item = (GateName, Verdict)>) -> bool {
    verdicts.all(|(gate, verdict)| allowed(rule, gate).contains(&verdict))
}

/// The verdicts of a gate with which a rule applies.
fn allowed(rule: &RelateRule, name: GateName) -> &[Verdict] {
    let gates = &rule.when.gates;
    match name {
        GateName::Entity => &gates.entity,
        GateName::Attribute => &gates.attribute,
        GateName::Unit => &gates.unit,
        GateName::Scope => &gates.scope,
        GateName::Time => &gates.time,
        GateName::Modality => &gates.modality,
        GateName::Value => &[Verdict::Same, Verdict::Unknown, Verdict::Different],
    }
}
