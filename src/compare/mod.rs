//! Comparison: seven gates in fixed order, then the rules of `rules/relate/`, the first that fits.
//!
//! Comes in: two claims of one block. Goes out: a link with its grounds, or the gate that stopped them. Pure: nothing
//! but the two claims, the merged entities and the rules is looked at.

mod apart;
mod assertion;
mod condition;
mod contrast;
mod date;
mod direction;
mod entity;
mod evidence;
mod gate;
mod interval;
mod name;
mod nearest;
mod observe;
mod pair;
mod parallel;
mod query;
mod quote;
mod scratch;
mod settle;
mod statement;
mod text;
mod weights;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::align::{Features, Passages};
use crate::claim::{Claim, Subject};
use crate::entity::{EntityType, Merged, spelt_alike};
use crate::graph::{BasisKind, GateName, Grounds, Link, Verdict};
use crate::rule::{Comparator, Lookup, Modality, RelateRule, Relation, Rules, Setting, Template, TimeNature};
use crate::source::Document;
use crate::value::{Bound, Judgement, Quantity, Shape, TimeValue, Value, value_words};

use crate::text::one_line;
use pair::Pair;

pub(crate) use assertion::asserts;
pub use condition::NearMiss;
pub use contrast::{Contrasts, Detail, Spotted, Spotter, detail, differ, statements};
pub use evidence::{ConflictConfidence, weigh};
pub use interval::judge as judge_figures;
pub use nearest::{Nearest, nearest};
pub use observe::{Judged, Observed, Observer, Seen};
pub use query::Query;
pub use scratch::{Scratch, Sightings};
pub use settle::{Suppressed, Surroundings, settle};
pub use statement::{Statements, yield_to_others};
pub use weights::Part;

/// What equal figures add to how alike two claims are worded, in thousandths, by their significant digits: "3" is stated about
/// anything, "3,549" hardly of two things in one event cluster.
const DIGITS: [u32; 5] = [0, 0, 200, 240, 260];
/// What one and the same day, or minute of the day, adds.
const DAY: u32 = 240;

/// What comparison needs beside the two claims.
#[derive(Clone, Copy)]
pub struct CompareContext<'a> {
    /// All claims of the run.
    pub claims: &'a [Claim],
    /// All documents of the run.
    pub documents: &'a [Document],
    /// The run's entities.
    pub merged: &'a Merged,
    /// Main entities of each document.
    pub main: &'a [Vec<u32>],
    /// The event cluster of each document.
    pub event_clusters: &'a [u32],
    /// The sentences with their trees.
    pub passages: &'a Passages,
    /// The words round each claim.
    pub surroundings: &'a Surroundings,
    /// Where the documents have the names that are compared.
    pub sightings: &'a Sightings,
    /// What is worked out once for the claims at hand.
    pub scratch: &'a Scratch,
    /// The statement that is checked against the other documents, if one is.
    pub query: Option<&'a Query>,
    /// How sure a conflict that no rule names has to be, in thousandths; without it, its rule says.
    pub min_confidence: Option<u16>,
    /// The rules.
    pub rules: &'a Rules,
    /// Their words.
    pub lookup: &'a Lookup,
}

impl CompareContext<'_> {
    /// What two claims stand in, as far as their documents tell.
    fn setting(&self, x: &Claim, y: &Claim) -> Setting {
        match self.query {
            _ if x.source == y.source => Setting::OneDocument,
            _ if self.passages.are_single(x.source, y.source) => Setting::SingleSentences,
            Some(_) => Setting::Statement,
            None => Setting::Documents,
        }
    }

    /// Whether two values, of which something is seen, may contradict each other where both stand in one document; of two documents
    /// they may.
    fn may_be_a_slip(&self, x: &Claim, y: &Claim, seen: &Features) -> bool {
        let place = |c: &Claim| self.passages.place(c.source, c.value_span);
        x.source != y.source || place(x).zip(place(y)).is_none_or(|(m, n)| self.passages.may_be_a_slip(m, n, seen))
    }

    /// Whether two claims stand in two documents of one event cluster.
    fn same_event(&self, x: &Claim, y: &Claim) -> bool {
        let event_cluster = |c: &Claim| self.event_clusters.get(c.source as usize);
        x.source != y.source && event_cluster(x).is_some() && event_cluster(x) == event_cluster(y)
    }

    /// Whether two claims of one event cluster are about names of which one may be the other misspelt: no document has both.
    fn one_misspelt(&self, x: &Claim, y: &Claim) -> bool {
        let global = |c: &Claim| self.merged.global(c.source, c.subject.as_ref()?.entity?);
        let (Some(a), Some(b)) = (global(x), global(y)) else { return false };
        let knows = |c: &Claim, g: u32| self.merged.of.get(c.source as usize).is_some_and(|of| of.contains(&g));
        let name = |g: u32| self.merged.names.get(g as usize).map_or("", String::as_str);
        let kind = |g: u32| self.merged.kinds.get(g as usize) == Some(&EntityType::Person);
        a != b
            && self.same_event(x, y)
            && (kind(a) || kind(b))
            && !knows(x, b)
            && !knows(y, a)
            && spelt_alike(name(a), name(b))
    }

    /// Whether one of two organisations, each of a claim, is called by the first words of the other's name, and neither
    /// document knows them as two. To be asked within an event cluster: "Norvik" is many firms.
    fn one_short(&self, (x, a): (&Claim, u32), (y, b): (&Claim, u32)) -> bool {
        let name = |g: u32| self.merged.names.get(g as usize).map_or("", String::as_str);
        let kind = |g: u32| self.merged.kinds.get(g as usize).copied().unwrap_or(EntityType::Any);
        let knows = |c: &Claim, g: u32| self.merged.of.get(c.source as usize).is_some_and(|of| of.contains(&g));
        let firm = |k: EntityType| matches!(k, EntityType::Org | EntityType::Any);
        let (short, long) = if name(a).len() < name(b).len() { (name(a), name(b)) } else { (name(b), name(a)) };
        let first =
            long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ') && !rest.contains(char::is_numeric));
        let firms = firm(kind(a)) && firm(kind(b)) && (kind(a) == EntityType::Org || kind(b) == EntityType::Org);
        first && short.len() > 3 && firms && !knows(x, b) && !knows(y, a)
    }

    /// How alike two claims of one event cluster are worded, in thousandths. That two figures of many digits are equal is no chance.
    fn alike(&self, a: u32, b: u32, judgement: Judgement) -> Option<u32> {
        let (x, y) = (self.claims.get(a as usize)?, self.claims.get(b as usize)?);
        let digits = |n: Decimal| n.normalize().mantissa().unsigned_abs().max(1).ilog10() as usize + 1;
        let shared = match (&x.value, &y.value) {
            (Value::Quantity(p), Value::Quantity(q)) if judgement != Judgement::Disjoint => {
                match (p.number, q.number) {
                    (Some(m), Some(n)) if judgement == Judgement::Rounding => DIGITS[digits(m).min(digits(n)).min(4)],
                    (Some(m), Some(n)) if m == n => DIGITS[digits(m).min(4)],
                    // Bounds that leave room for both make no two figures one.
                    _ if judgement == Judgement::Overlap => return None,
                    _ => 0,
                }
            }
            (Value::Time(p), Value::Time(q)) if matches!(judgement, Judgement::Equal | Judgement::Finer) => {
                let day = |t: &TimeValue| t.parts.1.zip(t.parts.2);
                let minute = p.edtf == q.edtf && p.edtf.contains('T');
                // A day within a month is a detail, and not said twice.
                match (day(p), day(q)) {
                    (Some(a), Some(b)) if a == b => DAY,
                    _ if minute => DAY,
                    _ if judgement == Judgement::Finer => return None,
                    _ => 0,
                }
            }
            _ => 0,
        };
        self.same_event(x, y).then(|| self.surroundings.alike(a, b) + shared)
    }

    /// Whether a rule, or for a date the lexicon of events, tells the attribute of a claim.
    fn stated(&self, claim: &Claim) -> bool {
        matches!(claim.value, Value::Time(_)) && self.surroundings.family(&claim.family).event
            || self.rules.extract_rule(&claim.rule).is_some()
    }

    /// Whether a claim dates something that the lexicons know for an event.
    pub(crate) fn is_event(&self, claim: &Claim) -> bool {
        self.surroundings.family(&claim.family).happens
    }

    /// The year that a claim is of: its own, else that of its document, else that of most documents of its event cluster.
    fn era(&self, claim: &Claim) -> Option<i16> {
        let own = claim.as_of.as_ref().and_then(|t| t.latest);
        own.or_else(|| self.day(claim)).map(|d| d.year())
    }

    /// The day on which the document of a claim appeared.
    fn published(&self, claim: &Claim) -> Option<Date> {
        self.documents.get(claim.source as usize).and_then(|d| d.published)
    }

    /// The same, or else the middle one of the days of its event cluster.
    fn day(&self, claim: &Claim) -> Option<Date> {
        let of_event = || self.surroundings.day_of_event(*self.event_clusters.get(claim.source as usize)?);
        self.published(claim).or_else(of_event)
    }

    /// Whether a claim says what happened, and to how many, rather than something of a company, product or person.
    fn of_event(&self, claim: &Claim) -> bool {
        let Some(rule) = self.rules.extract_rule(&claim.rule) else { return false };
        let event = |s: &Subject| s.kind == EntityType::Event && s.entity.is_none() && s.instance.is_none();
        rule.is_of(EntityType::Event)
            || rule.subject.contains(&EntityType::Event) && claim.subject.as_ref().is_some_and(event)
    }

    /// The claims of the sentence that carries a claim, itself among them.
    fn of_sentence(&self, claim: &Claim) -> impl Iterator<Item = &Claim> {
        let place = |c: &Claim| (c.source, c.span.start);
        let own = place(claim);
        let from = self.claims.partition_point(|c| place(c) < own);
        self.claims[from..].iter().take_while(move |c| place(c) == own)
    }

    /// The times that the sentence of a claim gives to what happened, each with what that was.
    fn times(&self, claim: &Claim) -> impl Iterator<Item = (&str, &TimeValue)> {
        self.of_sentence(claim).filter_map(|c| match &c.value {
            Value::Time(t) if t.bound == Bound::Exact => Some((c.family.as_str(), t)),
            _ => None,
        })
    }

    /// Whether the sentences of two figures hold further figures in one unit, and not one of these is the same: 12 points
    /// and nine misses belong to another match than 16 points and three.
    fn all_else_differs(&self, x: &Claim, y: &Claim) -> bool {
        let others = |c: &Claim| -> Vec<&Quantity> {
            let own = c.value_span;
            let rest = self.of_sentence(c).filter(|o| o.value_span != own);
            rest.filter_map(|o| match &o.value {
                Value::Quantity(q) if !q.unit.name.is_empty() => Some(q),
                _ => None,
            })
            .collect()
        };
        let (a, b) = (others(x), others(y));
        let pairs = || a.iter().flat_map(|p| b.iter().map(move |q| (*p, *q))).filter(|(p, q)| p.unit == q.unit);
        pairs().next().is_some() && pairs().all(|(p, q)| judge_figures(p, q).judgement == Judgement::Disjoint)
    }

    /// Whether two sentences give one kind of event two times that cannot both be meant by one: "the quake struck at 7:30",
    /// "the quake struck at 9:30".
    fn another_time(&self, x: &Claim, y: &Claim) -> bool {
        let mut met = false;
        for (family, p) in self.times(x) {
            for (_, q) in self.times(y).filter(|(other, _)| *other == family) {
                if !date::apart(p, q) {
                    return false;
                }
                met = true;
            }
        }
        met
    }
}

/// What a comparator found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its judgement.
    pub judgement: Judgement,
    /// The judgement in words.
    pub because: String,
    /// Whether the claims change places in a directed relation: the second is to be the finer, later or shorter one.
    pub swap: bool,
}

impl Finding {
    fn new(judgement: Judgement, because: impl Into<String>) -> Finding {
        Finding { judgement, because: because.into(), swap: false }
    }

    fn swapped(self, swap: bool) -> Finding {
        Finding { swap, ..self }
    }
}

/// What came of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// They are linked.
    Linked(Box<Link>),
    /// A gate keeps them apart.
    Stopped(GateName),
    /// Every gate let them through, the comparator spoke, and no rule says anything of its judgement.
    Silent,
}

/// Compares two claims by index. `a` and `b` may come in any order; the link does not depend on it.
pub fn compare(context: &CompareContext<'_>, a: u32, b: u32) -> Outcome {
    let (a, b) = pair::ordered(context, a, b);
    if let Some(gate) = gate::stopped(context, &context.claims[a as usize], &context.claims[b as usize]) {
        return Outcome::Stopped(gate);
    }
    let pair = Pair::new(context, a, b);
    let Some(rule) = context.rules.relate.iter().find(|r| pair.fits(r)) else {
        return pair.stopped().map_or(Outcome::Silent, Outcome::Stopped);
    };
    if two_things(&pair, rule).is_some() {
        return Outcome::Stopped(GateName::Entity);
    }
    let (x, y) = (pair.x, pair.y);
    let dated = pair.verdict(GateName::Time);
    let later = pair.basis_kind(GateName::Time) == BasisKind::SecondEarlier;
    let surer = |c: &Claim| !matches!(c.modality, Modality::Hedged | Modality::Future | Modality::Reported);
    let swap = match rule.relation {
        Relation::Updates => {
            let grown = dated != Verdict::Different && x.moves == TimeNature::Cumulative && pair.found.swap;
            later || surer(x) && !surer(y) || grown
        }
        Relation::Refines | Relation::QuoteTruncated => pair.found.swap,
        _ => false,
    };
    let missing = rule.when.missing.iter().map(|m| m.name().to_owned()).collect();
    let grounds = Grounds { missing, ..pair.grounds() };
    let (a, b) = if swap { (b, a) } else { (a, b) };
    Outcome::Linked(Box::new(link(context, rule, a, b, grounds)))
}

/// What the gates and the comparator say of two claims, in words.
pub fn grounds(context: &CompareContext<'_>, a: u32, b: u32) -> Grounds {
    let pair = Pair::new(context, a, b);
    let rule = context.rules.relate.iter().find(|r| pair.fits(r));
    let things = rule.and_then(|rule| two_things(&pair, rule));
    let mut grounds = pair.grounds();
    if let (Some((p, q)), Some(gate)) = (things, grounds.gates.first_mut()) {
        gate.verdict = Verdict::Different;
        gate.basis = format!("the same sentence of two things: “{p}”, “{q}”");
    }
    grounds
}

/// Whether the sentences of two conflicting figures or dates of two documents are one pattern filled in twice: what stands
/// at the same place of two sentences that are the same otherwise sets them apart. A name that a statement has in the
/// place of its sources’ name is the very question.
fn two_things(pair: &Pair<'_>, rule: &RelateRule) -> Option<(String, String)> {
    let (x, y) = (pair.x, pair.y);
    let words = matches!(x.value, Value::Text(_)) || matches!(y.value, Value::Text(_));
    let doubtful = rule.relation == Relation::Conflict && !words && x.source != y.source;
    doubtful.then(|| pair.two_things()).flatten()
}

/// How alike two sums of one event cluster have to be worded, in thousandths, where no rule tells what they are.
const ONE_SUM: u32 = 300;

/// The grounds of a pair of sums that nothing keeps apart but their currency: one subject, attribute and scope, about one
/// time as far as they say, by a rule or in like words.
pub fn but_for_unit(context: &CompareContext<'_>, a: u32, b: u32) -> Option<Grounds> {
    let pair = Pair::new(context, a, b);
    let apart = gate::names().any(|name| match (name, pair.verdict(name)) {
        (GateName::Unit, _) => false,
        (GateName::Time, verdict) => verdict == Verdict::Different,
        (_, verdict) => verdict != Verdict::Same,
    });
    let stated = pair.stated() == 2 && pair.x.single_valued && pair.y.single_valued;
    let alike = || context.surroundings.alike(a, b) >= ONE_SUM;
    (!apart && pair.x.polarity == pair.y.polarity && (stated || alike())).then(|| pair.grounds())
}

/// The rules that come nearest to speaking of a pair of which none speaks, those that lack least: for `why`.
pub fn near_misses(context: &CompareContext<'_>, a: u32, b: u32) -> Vec<NearMiss> {
    let pair = Pair::new(context, a, b);
    let mut all: Vec<NearMiss> = context.rules.relate.iter().filter_map(|r| pair.near_miss(r)).collect();
    let least = all.iter().map(|m| m.lacks.len()).min().unwrap_or_default();
    all.retain(|m| m.lacks.len() == least);
    all
}

fn link(context: &CompareContext<'_>, rule: &RelateRule, a: u32, b: u32, grounds: Grounds) -> Link {
    let (x, y) = (&context.claims[a as usize], &context.claims[b as usize]);
    let message = fill(context, &rule.message, x, y);
    let id = crate::claim::hash(&[x.id.as_str(), &y.id, rule.relation.name(), &rule.head.id].join("\u{1f}"));
    Link {
        id,
        relation: rule.relation,
        severity: rule.severity,
        a,
        b,
        also: Vec::new(),
        rule: rule.head.id.clone(),
        message,
        grounds,
        confidence: crate::graph::confidence_of(rule.severity),
    }
}

/// Fills a rule's message or help.
pub fn fill(context: &CompareContext<'_>, template: &Template, x: &Claim, y: &Claim) -> String {
    let id = |c: &Claim| context.documents.get(c.source as usize).map_or("", |d| d.id.as_str()).to_owned();
    let plain = |c: &Claim| {
        let words = context.documents.get(c.source as usize).map_or("", |d| c.value_span.of(&d.text));
        words.trim_matches([',', '.', ' ']).to_owned()
    };
    let words = |c: &Claim, other: &Claim| {
        let words = plain(c);
        // A bound that stands outside the words of the value belongs to it all the same.
        match &c.value {
            Value::Quantity(q) if !matches!(q.bound, Bound::Exact | Bound::Range) && c.shape != Shape::Number => {
                shown(&c.value)
            }
            // "Two weeks before" says nothing away from its text.
            Value::Time(t) if !t.edtf.is_empty() && !words.contains(|c: char| c.is_ascii_digit()) => {
                let (value, words) = (shown(&c.value), short(&words));
                if value == words { value } else { format!("{value} ({words})") }
            }
            _ => short(&from_difference(&words, &plain(other))),
        }
    };
    let called = &context.rules.called;
    template.render(|name| match name {
        "a" => words(x, y),
        "b" => words(y, x),
        "a.source" => id(x),
        "b.source" => id(y),
        "subject" => x.subject.as_ref().or(y.subject.as_ref()).map_or("?", |s| s.name.as_str()).to_owned(),
        "a.subject" => x.subject.as_ref().map_or("?", |s| s.name.as_str()).to_owned(),
        "b.subject" => y.subject.as_ref().map_or("?", |s| s.name.as_str()).to_owned(),
        "a.speaker" => x.attributed_to.as_deref().unwrap_or("?").to_owned(),
        "b.speaker" => y.attributed_to.as_deref().unwrap_or("?").to_owned(),
        "attribute" => called.attribute(&x.attribute).into_owned(),
        "what" => {
            let subject = x.subject.as_ref().or(y.subject.as_ref());
            called.what(subject.map(|s| s.name.as_str()), &x.attribute)
        }
        _ => match &x.value {
            Value::Quantity(q) => q.unit.name.to_string(),
            _ => String::new(),
        },
    })
}

/// Words that stay before the first in which two long texts differ.
const LEAD: usize = 3;

/// Of words that would read like the others where both are cut, what begins shortly before the first difference.
fn from_difference(words: &str, others: &str) -> String {
    let (own, other): (Vec<&str>, Vec<&str>) =
        (words.split_whitespace().collect(), others.split_whitespace().collect());
    let alike = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let from = alike.saturating_sub(LEAD);
    if from == 0 || own == other || short(words) != short(others) {
        return words.to_owned();
    }
    format!("…{}", own[from..].join(" "))
}

/// Sixty characters at most, cut after a word, without the comma that led on to who says it; a message is one line.
fn short(words: &str) -> String {
    let mut line = one_line(words);
    line.truncate(line.trim_end_matches([',', ';', ':']).len());
    let Some((end, _)) = line.char_indices().nth(59).filter(|_| line.chars().nth(60).is_some()) else { return line };
    let (cut, rest) = line.split_at(end);
    // Half a word is stated only where there is no whole one.
    let cut = if rest.starts_with(' ') { cut } else { cut.rfind(' ').map_or(cut, |at| &cut[..at]) };
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':']))
}

/// A value as a reader would write it, words cut to sixty characters.
pub fn shown(value: &Value) -> String {
    short(&value_words(value))
}

/// "Today": the day on which the document was published, with no weekday that would name it.
fn own_day(context: &CompareContext<'_>, claim: &Claim, time: &TimeValue) -> bool {
    let day = time.earliest.filter(|day| time.latest == Some(*day));
    time.relative && time.weekday.is_none() && day.is_some() && day == context.published(claim)
}

/// Asks the comparator of the first claim; the two have the same one when their attribute is the same.
fn judge(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Finding {
    if x.comparator != y.comparator {
        return Finding::new(Judgement::Unknown, "the two need different comparators");
    }
    if !matches!(x.value, Value::Text(_)) && direction::opposite(context, x, y) {
        return Finding::new(Judgement::Unknown, "one reports a rise, the other a fall");
    }
    match (&x.value, &y.value) {
        (Value::Quantity(p), Value::Quantity(q)) if x.moves == TimeNature::Cumulative => interval::stages(p, q),
        (Value::Quantity(p), Value::Quantity(q)) => interval::judge(p, q),
        (Value::Time(p), Value::Time(q)) if own_day(context, x, p) && own_day(context, y, q) => {
            Finding::new(Judgement::Unknown, "each is about the day on which it was written")
        }
        (Value::Time(p), Value::Time(q)) => date::judge(p, q, entity::one_date(context, x, y)),
        (Value::Text(p), Value::Text(q)) => match x.comparator {
            Comparator::Quote => quote::judge(context, x, y, p, q),
            Comparator::Ladder => text::ladder(context.lookup, x.ladder.as_deref().unwrap_or_default(), p, q),
            Comparator::Title => text::title(context.lookup, p, q),
            Comparator::Statement => {
                let CompareContext { claims, documents, passages, query, lookup, rules, .. } = *context;
                let measures = rules.measures();
                Statements { claims, documents, passages, query, lookup, measures }.compare(x, y)
            }
            Comparator::Name => name::judge(context, x, y, p, q),
            _ => text::words(p, q),
        },
        _ => Finding::new(Judgement::Unknown, "the values have different shapes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pipeline::analyse;
    use crate::claim::given::EXTRACTOR;

    /// The conflicts inside the first of some documents, by their rules.
    #[track_caller]
    fn check_within(texts: &[&str], expected: &[&str]) {
        let documents = (0..).zip(texts).map(|(n, text)| Document::from_text(&format!("{n}"), text)).collect();
        let analysis = analyse(documents, Vec::new(), &EXTRACTOR, &Default::default());
        let within = |l: &&Link| [l.a, l.b].iter().all(|c| analysis.claims[*c as usize].source == 0);
        let conflicts = analysis.links.iter().filter(|l| l.relation == Relation::Conflict).filter(within);
        let found: Vec<&str> = conflicts.map(|l| l.rule.as_str()).collect();
        assert_eq!(found, expected, "{texts:?}");
    }

    /// Sentences on other things, so that those before and behind them do not stand side by side.
    const BETWEEN: &str = "Gulls nest on the roof. Children play in the yard. The mayor is fond of music. Nobody knows why. \
                           Buses leave from the market. ";

    #[test]
    fn a_document_contradicts_itself() {
        let (built, other) =
            ("Building the pool cost £4.2 million. ", "The pool, which cost £5.2 million, has a sauna. ");
        check_within(&[&[built, BETWEEN, other].concat()], &["values-differ"]);
        check_within(&[&[built, other, BETWEEN].concat()], &[]);
        check_within(&[&[built, BETWEEN, other].concat(), built], &[]);
        let (ada, omar) = ("The pool was designed by Ada Berg. ", "The pool was designed by Omar Lund. ");
        check_within(&[&[ada, BETWEEN, omar].concat()], &["statements-differ"]);
        let quoted = |by: &str, words: &str| format!("“{}”, said {by}. ", words.trim_end().trim_end_matches('.'));
        check_within(&[&[&quoted("Ingrid Solberg", ada), BETWEEN, &quoted("Sven Holt", omar)].concat()], &[]);
        check_within(&["Dogs are allowed in the hall. Dogs are not allowed in the hall."], &["statements-differ"]);
        let founded =
            ["The mill of Lowmere was founded in 1850. ", BETWEEN, "The yard of Norvik was founded in 1870. "];
        check_within(&[&founded.concat()], &[]);
        let closed =
            ["- The northern gate was closed in May.\n\n", BETWEEN, "\n\n- The northern gate was opened in May.\n"];
        check_within(&[&closed.concat()], &[]);
        check_within(&["Dogs are allowed in the hall. Cats are not allowed in the hall."], &[]);
        check_within(&[&["- the pool: £4.2 million\n\n", BETWEEN, "\n\n- the pool: £5.2 million\n"].concat()], &[]);
    }

    #[test]
    fn long_words_are_told_from_where_they_differ() {
        let same = "With deep sadness I must announce that the bridge over the Sorley has been ";
        let (a, b) = (format!("{same}closed for good."), format!("{same}closed for now."));
        assert_eq!(from_difference(&a, &b), "…been closed for good.");
        assert_eq!(from_difference(&a, &a), a);
        assert_eq!(from_difference("open", "closed"), "open");
        assert_eq!(short("Education, "), "Education");
    }
}
