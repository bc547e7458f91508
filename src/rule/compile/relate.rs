//! Relate rules: which judgement under which gates is which relation. Closed predicates, no expressions.

use std::ops::Range;

use super::{Checker, Head};
use crate::rule::place::Placed;
use crate::rule::schema::{PlacedWord, RelateExampleWire, RelateWire, WhenWire};
use crate::rule::template::Template;
use crate::rule::vocabulary::{Comparator, Missing, PolarityPair, Relation, Severity, TimeNature, Verdict};
use crate::value::{Judgement, Shape};

/// A checked relate rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RelateRule {
    /// Id, summary, why, file.
    pub head: Head,
    /// Lower is tried first; rules of one order by id.
    pub order: i64,
    /// The relation it gives.
    pub relation: Relation,
    /// How grave it is.
    pub severity: Severity,
    /// What to say: `{a}`, `{b}`, `{subject}`, `{attribute}`, `{unit}`, `{a.source}`, `{b.source}`.
    pub message: Template,
    /// What to do.
    pub help: Template,
    /// When it applies.
    pub when: When,
    /// At least two that fire and two that do not.
    pub examples: Vec<RelateExample>,
}

/// When a relate rule applies: all conditions have to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// One of these; at least one.
    pub judgement: Vec<Judgement>,
    /// One of these; empty: any.
    pub comparator: Vec<Comparator>,
    /// One of these; empty: any.
    pub kind: Vec<String>,
    /// One of these; empty: any.
    pub shape: Vec<Shape>,
    /// What the gates may say.
    pub gates: Gates,
    /// Whether the value can move in time; `None`: either way, as below.
    pub moving: Option<bool>,
    /// One of these; empty: any.
    pub nature: Vec<TimeNature>,
    /// Whether the weaker claim is hedged or reported.
    pub hedged: Option<bool>,
    /// Whether the polarities are the same or opposite.
    pub polarity: Option<PolarityPair>,
    /// Whether both claims stand in one source.
    pub same_source: Option<bool>,
    /// Whether both attributes have one value at a time.
    pub single_valued: Option<bool>,
    /// On how many sides, at least, a rule tells the attribute.
    pub stated: Option<u32>,
    /// Whether both name the subject, or one of them leaves it to its event cluster.
    pub named: Option<bool>,
    /// How alike they are worded, at least, in thousandths; only documents of one event cluster are worded alike.
    pub alike: Option<u32>,
    /// How many thousandths of the words of the poorer sentence the richer one has, the values left out, at least;
    /// only documents of one event cluster are set beside each other so.
    pub parallel: Option<u32>,
    /// The same of two brief texts, where words that differ tell less.
    pub brief: Option<u32>,
    /// Of conflicts: where the evidence for the pair is weighed, how sure it is at least, in thousandths.
    pub weighed: Option<u16>,
    /// Whether the sentences are the same word for word, the values left out; only of two documents.
    pub same_words: Option<bool>,
    /// How sure the evidence is at least, in thousandths, that both are of one thing. A rule with this speaks where no other
    /// does, of the candidates of other documents.
    pub confidence: Option<u16>,
    /// The same of two documents of a single sentence each, where nothing else is stated that could speak for or against
    /// one thing; without it, the rule says nothing of them.
    pub single_confidence: Option<u16>,
    /// The same of a statement and its source, unless each is a single sentence; without it, `confidence`.
    pub query_confidence: Option<u16>,
    /// The same of two documents whose sentences differ in one spot alone; without it, `confidence`.
    pub one_spot_confidence: Option<u16>,
    /// The same of two sentences of one document; without it, the rule says nothing of them.
    pub one_document_confidence: Option<u16>,
    /// Whether the subjects are two spellings of what may be one name; only in documents of one event cluster.
    pub spelling: Option<bool>,
    /// What has to be missing, all of it.
    pub missing: Vec<Missing>,
}

/// What two claims stand in, by which evidence for them counts more or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Two documents.
    Documents,
    /// Two documents of a single sentence each.
    SingleSentences,
    /// A statement and a source that it is checked against, unless each is a single sentence.
    Statement,
    /// Two documents, in sentences that differ in one spot alone.
    OneSpot,
    /// Two sentences of one document.
    OneDocument,
}

impl When {
    /// How sure the evidence has to be, in thousandths; `asked` is what the user asks instead. Of single sentences it asks for more
    /// alone.
    pub fn least(&self, setting: Setting, asked: Option<u16>) -> Option<u16> {
        let own = match setting {
            Setting::SingleSentences => self.single_confidence,
            Setting::OneDocument => self.one_document_confidence,
            Setting::Documents => self.confidence,
            Setting::OneSpot => self.one_spot_confidence.or(self.confidence),
            Setting::Statement => self.query_confidence.or(self.confidence),
        };
        own.map(|own| match asked {
            Some(asked) if setting == Setting::SingleSentences => asked.max(own),
            _ => asked.unwrap_or(own),
        })
    }
}

/// For each gate the verdicts with which the rule applies; none is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gates {
    /// Same subject.
    pub entity: Vec<Verdict>,
    /// Same attribute.
    pub attribute: Vec<Verdict>,
    /// Same dimension.
    pub unit: Vec<Verdict>,
    /// Same scope.
    pub scope: Vec<Verdict>,
    /// Same time.
    pub time: Vec<Verdict>,
    /// Same modality.
    pub modality: Vec<Verdict>,
}

/// An example of a relate rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelateExample {
    /// One text.
    pub a: String,
    /// The other.
    pub b: String,
    /// Whether the rule links them.
    pub fires: bool,
    /// Why it has to stay silent; set when it does not fire.
    pub why: Option<String>,
    /// Its bytes in the file.
    pub place: Range<usize>,
}

/// The names that messages of relate rules may use.
const PLACEHOLDERS: [&str; 12] = [
    "a",
    "b",
    "subject",
    "a.subject",
    "b.subject",
    "a.speaker",
    "b.speaker",
    "attribute",
    "what",
    "unit",
    "a.source",
    "b.source",
];

pub(in crate::rule) fn compile(wire: RelateWire, checker: &mut Checker<'_>) -> Option<RelateRule> {
    let head = checker.head(wire.id, wire.summary, wire.why);
    let order = checker.need(wire.order, "order");
    let relation = checker.one(wire.relation, "relation");
    let severity = checker.one(wire.severity, "severity");
    let message = checker.template(wire.message, "message", &PLACEHOLDERS);
    let help = checker.template(wire.help, "help", &PLACEHOLDERS);
    let when = checker.need(wire.when, "when").and_then(|w| when(w, checker));
    let firing = wire.example.iter().filter(|e| e.value.fires.as_ref().is_some_and(|f| f.value)).count();
    checker.enough_examples(firing, wire.example.len() - firing);
    let examples = wire.example.into_iter().filter_map(|e| example(e, checker)).collect();
    Some(RelateRule {
        head: head?,
        order: order?.value,
        relation: relation?,
        severity: severity?,
        message: message?,
        help: help?,
        when: when?,
        examples,
    })
}

fn when(wire: Placed<WhenWire>, checker: &mut Checker<'_>) -> Option<When> {
    let (place, wire) = (wire.span, wire.value);
    for (key, further) in [
        ("single_confidence", wire.single_confidence),
        ("query_confidence", wire.query_confidence),
        ("one_spot_confidence", wire.one_spot_confidence),
        ("one_document_confidence", wire.one_document_confidence),
    ] {
        if further.is_some() && wire.confidence.is_none() {
            checker.faults.push(&place, format!("`{key}` needs `confidence`"));
        }
    }
    let judgement = checker.some_at_least_one(wire.judgement, "judgement");
    let mut gate = |words: Option<Placed<Vec<PlacedWord>>>, key: &str| match words {
        None => vec![Verdict::Same],
        words => checker.some_at_least_one(words, key).unwrap_or_default(),
    };
    let gates = Gates {
        entity: gate(wire.entity, "entity"),
        attribute: gate(wire.attribute, "attribute"),
        unit: gate(wire.unit, "unit"),
        scope: gate(wire.scope, "scope"),
        time: gate(wire.time, "time"),
        modality: gate(wire.modality, "modality"),
    };
    let thousandths = |n: Option<u32>| n.map(|n| n.min(1000) as u16);
    Some(When {
        comparator: checker.some(&wire.comparator),
        kind: checker.names(&wire.kind, "kind"),
        shape: checker.some(&wire.shape),
        gates,
        moving: wire.moving,
        nature: checker.some(&wire.nature),
        hedged: wire.hedged,
        polarity: checker.maybe(wire.polarity.as_ref()),
        same_source: wire.same_source,
        single_valued: wire.single_valued,
        stated: wire.stated,
        named: wire.named,
        alike: wire.alike,
        parallel: wire.parallel,
        brief: wire.brief,
        weighed: wire.weighed,
        same_words: wire.same_words,
        confidence: thousandths(wire.confidence),
        single_confidence: thousandths(wire.single_confidence),
        query_confidence: thousandths(wire.query_confidence),
        one_spot_confidence: thousandths(wire.one_spot_confidence),
        one_document_confidence: thousandths(wire.one_document_confidence),
        spelling: wire.spelling,
        missing: checker.some(&wire.missing),
        judgement: judgement?,
    })
}

fn example(wire: Placed<RelateExampleWire>, checker: &mut Checker<'_>) -> Option<RelateExample> {
    let (place, wire) = (wire.span, wire.value);
    let a = checker.need_in(wire.a, "a", &place);
    let b = checker.need_in(wire.b, "b", &place);
    let fires = checker.need_in(wire.fires, "fires", &place);
    let silent = fires.as_ref().is_some_and(|f| !f.value);
    let why = checker.reason(wire.why.as_ref(), silent, &place);
    Some(RelateExample { a: a?.value, b: b?.value, fires: fires?.value, why, place })
}
