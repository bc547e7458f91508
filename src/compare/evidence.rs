//! Evidence: what speaks for two values being of one thing, and what against it.
//!
//! Comes in: the candidates of a run. Goes out: for each what is seen of it, feature by feature, and what the weights make of
//! it: a confidence.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use jiff::civil::Date;
use petgraph::unionfind::UnionFind;
use rust_decimal::Decimal;

use crate::align::{Aligned, Feature, Features, Member, Neighbourhood, Passages, yes};
use crate::candidate::{Candidate, dimension};
use crate::claim::{Claim, Modality, TimeNature};
use crate::graph::{Chains, GateName, Link, Relation, Verdict};
use crate::rule::{RelateRule, Setting};
use crate::text::Span;
use crate::value::{Bound, Judgement, Quantity, Shape, TimeValue, Value, digits};

use super::date::minute;
use super::weights::{Part, Sum, TREES, doublings, logistic};
use super::{CompareContext, Pair, judge_figures};

/// A candidate with what is seen of it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The pair.
    pub candidate: Candidate,
    /// Whether the values exclude each other; `None` where that cannot be said.
    pub apart: Option<bool>,
    /// What is seen of it.
    pub features: Features,
    /// How sure the evidence is that both are of one thing, in thousandths; 0 where nothing can be said of the values.
    confidence: u16,
}

impl Seen {
    /// What the evidence for a link between the two values is made of, if it is one that evidence can draw between them.
    pub fn evidence(&self, context: &CompareContext<'_>, link: &Link) -> Option<Vec<Part>> {
        let apart = self.apart? && link.relation == Relation::Conflict;
        let between = places(context, self.candidate.a, self.candidate.b) == places(context, link.a, link.b);
        (between && link.confidence == self.confidence).then(|| match apart {
            true => TREES.parts(&self.features),
            false => Sum::new(context.rules, SUM).parts(&self.features),
        })
    }
}

/// The lexicon of what speaks for values that fit each other.
const SUM: &str = "agreement-evidence";

/// What all candidates together tell of one: whether each is the other's likest partner, and what documents state elsewhere.
struct Shared {
    /// Of each side and other document: how alike its two likest partners are.
    best: BTreeMap<(u32, u32), (i32, i32)>,
    /// How alike the likest partner is that says the same, where there is one.
    stated: BTreeMap<(u32, u32), i32>,
    /// How many partners there are.
    partners: BTreeMap<(u32, u32), u32>,
}

impl Shared {
    fn new(candidates: &[Candidate], apart: impl Iterator<Item = Option<bool>>, source: impl Fn(u32) -> u32) -> Shared {
        let mut shared = Shared { best: BTreeMap::new(), stated: BTreeMap::new(), partners: BTreeMap::new() };
        for (c, apart) in candidates.iter().zip(apart) {
            for key in [(c.a, source(c.b)), (c.b, source(c.a))] {
                *shared.partners.entry(key).or_default() += 1;
                let (first, second) = shared.best.entry(key).or_insert((-1, -1));
                if c.alike > *first {
                    (*first, *second) = (c.alike, *first);
                } else {
                    *second = c.alike.max(*second);
                }
                if apart == Some(false) {
                    let most = shared.stated.entry(key).or_insert(-1);
                    *most = c.alike.max(*most);
                }
            }
        }
        shared
    }

    /// What is seen of any candidate.
    fn see(
        &self,
        c: &Candidate,
        apart: Option<bool>,
        (p, q): (&Neighbourhood, &Neighbourhood),
        (d, e): (u32, u32),
        out: &mut Features,
    ) {
        surroundings(p, q, out);
        let mut put = |feature: Feature, size: i32| out.put(feature, size);
        let same = apart == Some(false);
        let likest = |key: (u32, u32)| self.best.get(&key).is_some_and(|(first, _)| c.alike >= *first);
        let taken = |key: (u32, u32)| !same && self.stated.contains_key(&key);
        let keys = [(c.a, e), (c.b, d)];
        put(Feature::Sole, yes(keys.into_iter().all(|k| likest(k) && !taken(k))));
        for key in keys {
            let partners = self.partners.get(&key).map_or(0, |n| n.ilog2());
            put(Feature::Partners, i32::try_from(partners).unwrap_or(0) * 1000);
            if let Some(n) = self.stated.get(&key).filter(|_| !same) {
                put(Feature::StatedElsewhere, 1000);
                put(Feature::StatedElsewhereLikelier, yes(*n > c.alike));
            }
            if let Some((first, second)) = self.best.get(&key) {
                put(Feature::BestPartner, yes(c.alike >= *first));
                put(Feature::BehindBest, *first - c.alike);
                put(Feature::Lead, if c.alike >= *first { c.alike - (*second).max(0) } else { 0 });
            }
        }
    }
}

/// What is seen of the words around two spots.
pub(super) fn surroundings(p: &Neighbourhood, q: &Neighbourhood, out: &mut Features) {
    let mut put = |feature: Feature, size: i32| out.put(feature, size);
    put(Feature::Near, p.near.alike(&q.near));
    put(Feature::Tree, p.tree.alike(&q.tree));
    put(Feature::Whole, p.whole.alike(&q.whole));
    put(Feature::Wide, p.wide.alike(&q.wide));
    let both = |m: Option<u32>, n: Option<u32>, is: bool| yes(m.is_some() && n.is_some() && (m == n) == is);
    put(Feature::NounSame, both(p.noun, q.noun, true));
    put(Feature::NounOther, both(p.noun, q.noun, false));
    put(Feature::VerbSame, both(p.verb, q.verb, true));
    put(Feature::VerbOther, both(p.verb, q.verb, false));
    put(Feature::SubjectSame, both(p.subject, q.subject, true));
    put(Feature::SubjectOther, both(p.subject, q.subject, false));
    put(Feature::Words, i32::try_from(p.words.min(q.words)).unwrap_or(0).min(8) * 125);
    put(Feature::StandardOnOneSide, yes(p.standard != q.standard));
    put(Feature::FormerOnOneSide, yes(p.former != q.former));
    put(Feature::ThenOnOneSide, yes(p.then != q.then));
    put(Feature::ChangeOnOneSide, yes(p.change != q.change));
    let shared = |m: &[u32], n: &[u32]| m.iter().any(|k| n.binary_search(k).is_ok());
    if !p.names.is_empty() && !q.names.is_empty() {
        put(if shared(&p.names, &q.names) { Feature::NameSame } else { Feature::NameOther }, 1000);
    }
    put(Feature::NameOnOneSide, yes(p.names.is_empty() != q.names.is_empty()));
    // "The first quarter" and "the second", "men" and "women": of two things, unless a side has both.
    let excluded = |m: &[Member], n: &[Member]| {
        let one = |(set, member): &Member| {
            let mut others = n.iter().filter(|(s, _)| s == set).map(|(_, of)| of).peekable();
            others.peek().is_some() && others.all(|of| of != member)
        };
        m.iter().any(one)
    };
    put(Feature::OppositeBeside, yes(excluded(&p.members, &q.members) && excluded(&q.members, &p.members)));
}

/// What the days tell on which two documents were published; says whether they are more than two apart.
pub(super) fn days(d: Option<Date>, e: Option<Date>, out: &mut Features) -> bool {
    let Some((d, e)) = d.zip(e) else { return false };
    let near = d.until(e).is_ok_and(|s| s.get_days().abs() <= 2);
    out.put(if near { Feature::DocumentsOfOneDay } else { Feature::DocumentsOfOtherDays }, 1000);
    !near
}

/// What is seen of every candidate.
pub fn observe(
    context: &CompareContext<'_>,
    candidates: &[Candidate],
    sides: &[Neighbourhood],
    passages: &Passages,
) -> Vec<Seen> {
    let agreement = Sum::new(context.rules, SUM);
    let sentences = |document: u32| passages.vectors(document).len();
    let mut aligned: HashMap<_, Aligned<'_>> = HashMap::default();
    let pairs: Vec<Pair<'_>> = candidates.iter().map(|c| pair_of(context, c.a, c.b)).collect();
    let shared = Shared::new(candidates, pairs.iter().map(apart), |c| context.claims[c as usize].source);
    // All figures of a document, whatever they are of.
    let mut numbers: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for claim in context.claims {
        numbers.entry(claim.source).or_default().extend(value_numbers(claim));
    }
    // The documents that state a value, whatever they state it of.
    let mut states: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for claim in context.claims.iter().filter(|c| !c.noise) {
        if let Some(key) = value_key(claim) {
            states.entry(key).or_default().insert(claim.source);
        }
    }
    // How many values of its dimension a document has.
    let mut values: BTreeMap<(u32, String), usize> = BTreeMap::new();
    for claim in context.claims.iter().filter(|c| !c.noise) {
        if let Some(dimension) = dimension(claim) {
            *values.entry((claim.source, dimension)).or_default() += 1;
        }
    }
    // Values of a sentence.
    let mut beside: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for (at, claim) in (0u32..).zip(context.claims) {
        if dimension(claim).is_some() && !claim.noise {
            beside.entry((claim.source, claim.span.start)).or_default().push(at);
        }
    }
    candidates
        .iter()
        .zip(&pairs)
        .map(|(c, pair)| {
            let (x, y) = (&context.claims[c.a as usize], &context.claims[c.b as usize]);
            let mut out = Features::default();
            shared.see(c, apart(pair), (&sides[c.a as usize], &sides[c.b as usize]), (x.source, y.source), &mut out);
            let mut put = |feature: Feature, size: i32| out.put(feature, size);
            for (gate, same, other) in [
                (GateName::Entity, Feature::EntitySame, Feature::EntityOther),
                (GateName::Attribute, Feature::AttributeSame, Feature::AttributeOther),
                (GateName::Scope, Feature::ScopeSame, Feature::ScopeOther),
                (GateName::Time, Feature::TimeSame, Feature::TimeOther),
                (GateName::Modality, Feature::ModalitySame, Feature::ModalityOther),
            ] {
                match pair.seen(gate).0 {
                    Verdict::Same => put(same, 1000),
                    Verdict::Different => put(other, 1000),
                    Verdict::Unknown => {}
                }
            }
            let stands = |claim: &Claim, other: &Claim| {
                numbers.get(&other.source).is_some_and(|all| value_numbers(claim).iter().any(|n| all.contains(n)))
            };
            if !same(pair) {
                put(Feature::NumberInTheOtherDocument, yes(stands(x, y)) + yes(stands(y, x)));
                let (p, q) = (&sides[c.a as usize], &sides[c.b as usize]);
                let beside = |claim: &Claim, other: &Neighbourhood| {
                    let Value::Quantity(q) = &claim.value else { return false };
                    let own = q.number.and_then(|n| n.checked_mul(q.unit.factor));
                    own.is_some_and(|n| passages.number(&n.normalize().to_string()).is_some_and(|key| other.figures.contains(&key)))
                };
                put(Feature::NumberInTheOtherSentence, yes(beside(x, q)) + yes(beside(y, p)));
            }
            let who = |claim: &Claim| value_key(claim).and_then(|k| states.get(&k));
            if let (Some(a), Some(b)) = (who(x), who(y))
                && !same(pair)
            {
                let both = a.intersection(b).filter(|d| **d != x.source && **d != y.source).count();
                put(Feature::StatedBothByOthers, both.min(2) as i32 * 1000);
            }
            let told = context.stated(x) && context.stated(y);
            put(Feature::AttributesToldApart, yes(told && x.attribute != y.attribute));
            put(Feature::NarrowedOnOneSide, yes(narrowed(x, y)));
            put(Feature::DatesApart, yes(dated_apart(x, y) == Some(true)));
            put(Feature::DatesShared, yes(dated_apart(x, y) == Some(false)));
            put(Feature::DatedOnOneSide, yes(x.as_of.is_some() != y.as_of.is_some()));
            put(Feature::FutureOnOneSide, yes((x.modality == Modality::Future) != (y.modality == Modality::Future)));
            let published = (context.published(x), context.published(y));
            if days(published.0, published.1, &mut out) {
                // What runs on grows: of two days the later one has more.
                if let (Some(m), Some(n)) = (base_of(x), base_of(y))
                    && m != n
                {
                    let later = (published.0 < published.1) == (m < n);
                    out.put(if later { Feature::LaterIsLarger } else { Feature::LaterIsSmaller }, 1000);
                }
                out.put(Feature::DocumentsOfOtherDaysMoving, yes(super::gate::moves(x)));
            }
            let mut put = |feature: Feature, size: i32| out.put(feature, size);
            put(Feature::PolarityOther, yes(x.polarity != y.polarity));
            put(Feature::KindSame, yes(x.kind == y.kind));
            put(Feature::FiguresAroundShared, sides[c.a as usize].figures_around(&sides[c.b as usize]) as i32 * 1000);
            put(shape(x), 1000);
            // Of many values fewer are of one thing.
            let like = |c: &Claim| dimension(c).and_then(|d| values.get(&(c.source, d)).copied()).unwrap_or(1);
            put(Feature::Values, doublings(like(x)) + doublings(like(y)));
            put(Feature::Sentences, doublings(sentences(x.source)) + doublings(sentences(y.source)));
            put(Feature::SingleSentences, yes(passages.are_single(x.source, y.source)));
            // Other values of the sentences.
            let others = |at: u32, claim: &Claim| -> Vec<u32> {
                let all = beside.get(&(claim.source, claim.span.start));
                let rest = all
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|o| *o != at && !context.claims[*o as usize].value_span.overlaps(claim.value_span));
                rest.take(8).collect()
            };
            let (m, n) = (others(c.a, x), others(c.b, y));
            let (mut shared, mut differ) = (0, 0);
            for o in &m {
                let like =
                    |r: &&u32| dimension(&context.claims[**r as usize]) == dimension(&context.claims[*o as usize]);
                let all: Vec<&u32> = n.iter().filter(like).collect();
                if all.iter().any(|r| same(&pair_of(context, *o, **r))) {
                    shared += 1;
                } else if !all.is_empty() {
                    differ += 1;
                }
            }
            put(Feature::OtherValuesShared, shared.min(3) * 1000);
            put(Feature::OtherValuesApart, differ.min(3) * 1000);
            figures(x, y, &mut put);
            let (m, n) = (passages.at(x.source, x.value_span), passages.at(y.source, y.value_span));
            if let (Some(m), Some(n)) = (m, n) {
                let (m, n) = ((x.source, m), (y.source, n));
                let new = || passages.aligned(m, n, context.documents);
                aligned.entry((m, n)).or_insert_with(new).around(x.value_span, y.value_span, &mut out);
            }
            let apart = apart(pair);
            let log_odds = |apart| if apart { TREES.log_odds(&out) } else { agreement.log_odds(&out) };
            let confidence = apart.map_or(0, |apart| logistic(log_odds(apart)));
            Seen { candidate: *c, apart, features: out, confidence }
        })
        .collect()
}

/// The link of two claims by a rule that asks for a confidence, if there is one of this relation that fits; `because` is
/// what speaks for it besides what the gates say.
pub(super) fn link(mut pair: Pair<'_>, relation: Relation, confidence: u16, because: Option<&str>) -> Option<Link> {
    pair.confidence = Some(confidence);
    let wanted = |r: &&RelateRule| {
        r.when.confidence.is_some()
            && (r.relation == Relation::Conflict) == (relation == Relation::Conflict)
            && pair.holds_of_evidence(r)
    };
    let rule = pair.context.rules.relate.iter().find(wanted)?;
    let (context, a, b) = (pair.context, pair.a, pair.b);
    let mut grounds = pair.grounds();
    grounds.because = format!("{}; confidence 0.{confidence:03}", because.unwrap_or(&grounds.because));
    Some(Link { confidence, ..super::link(context, rule, a, b, grounds) })
}

/// How sure the evidence is, of each pair that was weighed but for those of single sentences, that its values are of one thing
/// and exclude each other.
#[derive(Debug, Default)]
pub struct ConflictConfidence(HashMap<[(u32, Span); 2], u16>);

impl ConflictConfidence {
    /// From what was seen of the candidates.
    pub fn new(context: &CompareContext<'_>, observed: &[Seen]) -> ConflictConfidence {
        let sure = |s: &Seen| if s.apart == Some(true) { s.confidence } else { 0 };
        let pair = |s: &Seen| places(context, s.candidate.a, s.candidate.b);
        let weighed = observed.iter().filter(|s| s.features.size(Feature::SingleSentences) == 0);
        ConflictConfidence(weighed.map(|s| (pair(s), sure(s))).collect())
    }

    /// Whether the evidence is enough for the rule of a link; it is where the rule asks for none, or the pair was not weighed.
    pub fn is_enough(&self, context: &CompareContext<'_>, link: &Link) -> bool {
        let rule = context.rules.relate.iter().find(|r| r.head.id == *link.rule);
        let Some(least) = rule.and_then(|r| r.when.weighed) else { return true };
        self.0.get(&places(context, link.a, link.b)).is_none_or(|sure| *sure >= least)
    }
}

/// Where the value of a claim stands.
pub(super) fn place(context: &CompareContext<'_>, claim: u32) -> (u32, Span) {
    let claim = &context.claims[claim as usize];
    (claim.source, claim.value_span)
}

/// Where two values stand, in order: several claims can have one value.
fn places(context: &CompareContext<'_>, a: u32, b: u32) -> [(u32, Span); 2] {
    let mut both = [place(context, a), place(context, b)];
    both.sort_unstable();
    both
}

/// Links the candidates that no rule has linked, as far as the evidence goes. `sides` stand round the claims, `links` are those
/// that the rules have drawn, `shown` the conflicts among them that the run will show.
pub fn weigh(
    context: &CompareContext<'_>,
    observed: &[Seen],
    sides: &[Neighbourhood],
    links: &[Link],
    shown: &[Link],
) -> Vec<Link> {
    if observed.is_empty() {
        return Vec::new();
    }
    let place = |c: u32| place(context, c);
    let joined: BTreeSet<_> = links
        .iter()
        .filter(|l| l.relation != Relation::Unresolved)
        .flat_map(|l| [(place(l.a), place(l.b)), (place(l.b), place(l.a))])
        .collect();
    // What a rule has set against each other needs no evidence, whichever claims of the two values spoke.
    let chains = Chains::new(context.claims.len(), links);
    let opposed: BTreeSet<_> =
        links.iter().filter(|l| l.relation == Relation::Conflict).map(|l| chains.between(l.a, l.b)).collect();
    let mut out = Vec::new();
    for seen in observed {
        let Candidate { a, b, .. } = seen.candidate;
        let Some(apart) = seen.apart else { continue };
        let (x, y) = (&context.claims[a as usize], &context.claims[b as usize]);
        if joined.contains(&(place(a), place(b))) || opposed.contains(&chains.between(a, b)) {
            continue;
        }
        // Values of two dates, or of two scopes, can both hold.
        let two_dates = !matches!(x.value, Value::Time(_)) && dated_apart(x, y) == Some(true);
        // "The shop in Hull", "the shop in York".
        let named_apart = seen.features.size(Feature::NamesInOnePlace) > 0;
        if named_apart || apart && (two_dates || scoped_apart(x, y)) {
            continue;
        }
        let mut pair = pair_of(context, a, b);
        if seen.features.size(Feature::SingleSentences) > 0 {
            pair.setting = Setting::SingleSentences;
        }
        // A count that grows has another value on another day, which that of an undated document may be of.
        let grows = x.moves == TimeNature::Cumulative || y.moves == TimeNature::Cumulative;
        let same_day = context.published(x) == context.published(y);
        let differs = |gate: GateName| pair.seen(gate).0 == Verdict::Different;
        // The subject of a claim is a guess; one that its clause names is none.
        let subjects = (sides[a as usize].named_subject, sides[b as usize].named_subject);
        let two_subjects = differs(GateName::Entity) && matches!(subjects, (Some(p), Some(q)) if p != q);
        if apart && (differs(GateName::Time) || two_subjects || grows && !same_day) {
            continue;
        }
        // "Three sources", "four sentences": so few of anything are somewhere.
        if apart && seen.features.size(Feature::Small) > 0 && seen.features.size(Feature::UnitOther) > 0 {
            continue;
        }
        // Both sentences state both values: of two things.
        if apart && seen.features.size(Feature::NumberInTheOtherSentence) == 2000 {
            continue;
        }
        let relation = if apart { Relation::Conflict } else { Relation::Agree };
        out.extend(link(pair, relation, seen.confidence, None));
    }
    // Where one document states both values, each of the same thing as others do, they are of two things.
    let mut one = UnionFind::new(context.claims.len());
    for (at, pair) in (0u32..).zip(context.claims.windows(2)) {
        if place(at) == place(at + 1) && !pair[0].noise {
            one.union(at, at + 1);
        }
    }
    for l in links.iter().chain(&out).filter(|l| l.relation == Relation::Agree) {
        one.union(l.a, l.b);
    }
    let mut stated: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (at, claim) in (0u32..).zip(context.claims) {
        stated.entry(one.find(at)).or_default().insert(claim.source);
    }
    let by_one = |l: &Link| !stated[&one.find(l.a)].is_disjoint(&stated[&one.find(l.b)]);
    out.retain(|l| l.relation != Relation::Conflict || !by_one(l));
    // One slot a document: of the values of another document that a value may exclude, that of a rule, else the surest; of two as
    // sure the first.
    let mut surest: BTreeMap<_, (u16, u32, u32)> = BTreeMap::new();
    let ends = |l: &Link| {
        let (a, b) = (place(l.a), place(l.b));
        [(a, b.0), (b, a.0)]
    };
    let by_rule: BTreeSet<_> = shown.iter().flat_map(ends).collect();
    out.retain(|l| l.relation != Relation::Conflict || ends(l).iter().all(|end| !by_rule.contains(end)));
    for l in out.iter().filter(|l| l.relation == Relation::Conflict) {
        for end in ends(l) {
            let best = surest.entry(end).or_insert((l.confidence, l.a, l.b));
            if l.confidence > best.0 {
                *best = (l.confidence, l.a, l.b);
            }
        }
    }
    let first = |l: &Link| ends(l).iter().all(|end| surest.get(end).is_none_or(|s| (s.1, s.2) == (l.a, l.b)));
    out.retain(|l| l.relation != Relation::Conflict || first(l));
    out
}

/// Two claims whose figures are set beside each other whatever they count.
fn pair_of<'a>(context: &'a CompareContext<'a>, a: u32, b: u32) -> Pair<'a> {
    let mut pair = Pair::new(context, a, b);
    if let (Value::Quantity(p), Value::Quantity(q)) = (&pair.x.value, &pair.y.value)
        && p.unit.dimension != q.unit.dimension
    {
        pair.found = judge_figures(&p.broadly(), &q.broadly());
    }
    pair
}

/// Whether the dates of which two claims are have no day in common; `None` where what is known of them leaves that open.
fn dated_apart(x: &Claim, y: &Claim) -> Option<bool> {
    let (p, q) = (x.as_of.as_ref()?, y.as_of.as_ref()?);
    let before = |a: &TimeValue, b: &TimeValue| Some(a.latest? < b.earliest?);
    match (before(p, q), before(q, p)) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Parts of a scope that two texts put in two ways: they tell nothing apart for sure.
const LOOSE: [&str; 4] = ["area", "part", "stretch", "with"];

/// Whether two claims are of two scopes by what both of them state: two quarters, two places.
fn scoped_apart(x: &Claim, y: &Claim) -> bool {
    let other = |(key, own): (&String, &String)| {
        !LOOSE.contains(&key.as_str()) && y.scope.get(key).is_some_and(|other| other != own)
    };
    x.scope.iter().any(other)
}

/// Whether a claim states what narrows it, and the other one does not: "in the second quarter", "adjusted".
fn narrowed(x: &Claim, y: &Claim) -> bool {
    let alone = |x: &Claim, y: &Claim| x.scope.keys().any(|k| !LOOSE.contains(&k.as_str()) && !y.scope.contains_key(k));
    alone(x, y) || alone(y, x)
}

/// Whether two values say the same.
fn same(pair: &Pair<'_>) -> bool {
    apart(pair) == Some(false)
}

/// Whether two values exclude each other; `None` where that cannot be said.
fn apart(pair: &Pair<'_>) -> Option<bool> {
    match (&pair.x.value, &pair.y.value) {
        (Value::Time(_), Value::Time(_)) if half_day_open(pair) => Some(false),
        (Value::Time(p), Value::Time(q)) => times_apart(p, q),
        // "Hundreds" of one thing and "102" of another fit, as almost anything does.
        (Value::Quantity(p), Value::Quantity(q)) if p.unit.dimension != q.unit.dimension => {
            match pair.found.judgement {
                Judgement::Disjoint => Some(true),
                Judgement::Equal => Some(false),
                _ => None,
            }
        }
        // "At least 80" leaves room for 93, whatever a count that runs has come to; a limit of 50 is none of 25.
        (Value::Quantity(p), Value::Quantity(q)) if limits(p, q) => {
            if near_limit(p, q) {
                Some(false)
            } else {
                two_limits(p, q).then_some(true)
            }
        }
        _ => match pair.found.judgement {
            Judgement::Disjoint => Some(true),
            Judgement::Unknown => None,
            Judgement::Overlap if vague(&pair.x.value) || vague(&pair.y.value) => None,
            _ => Some(false),
        },
    }
}

/// Whether one of two figures that can both hold is bounded on one side only.
pub(super) fn limits(p: &Quantity, q: &Quantity) -> bool {
    (open(p) || open(q)) && judge_figures(p, q).judgement != Judgement::Disjoint
}

/// Whether two figures are limits of one direction, and not the same: "up to 25" and "up to 50".
pub(super) fn two_limits(p: &Quantity, q: &Quantity) -> bool {
    p.bound == q.bound && open(p) && base(p).is_some() && base(q).is_some() && base(p) != base(q)
}

/// Whether a figure is within a tenth of a limit that another one gives: "more than 41,000", "41,300".
fn near_limit(p: &Quantity, q: &Quantity) -> bool {
    let (Some(m), Some(n)) = (base(p), base(q)) else { return false };
    let apart = m.checked_sub(n).and_then(|d| d.abs().checked_mul(Decimal::TEN));
    open(p) != open(q) && apart.is_some_and(|d| d <= m.abs().max(n.abs()))
}

/// Whether a value is a range whose end is ten times its beginning: "hundreds", "dozens".
fn vague(value: &Value) -> bool {
    let Value::Quantity(q) = value else { return false };
    let wide = |min: Decimal, max: Decimal| min.checked_mul(Decimal::TEN).is_some_and(|n| max >= n);
    q.min.zip(q.max).is_some_and(|(min, max)| min > Decimal::ZERO && wide(min, max))
}

/// Whether a value is bounded on one side only.
fn open(q: &Quantity) -> bool {
    matches!(q.bound, Bound::AtLeast | Bound::AtMost | Bound::MoreThan | Bound::LessThan)
}

/// Words that tell the half of the day.
const HALVES: [&str; 10] =
    ["am", "pm", "noon", "midday", "midnight", "morning", "afternoon", "evening", "night", "tonight"];

/// Whether one of two times may be that of the other half of the day: "9:25" and "9:25 pm".
fn half_day_open(pair: &Pair<'_>) -> bool {
    let (Some(m), Some(n)) = (clock_face(pair.x), clock_face(pair.y)) else { return false };
    // The half of the day is told by a word, or by a clock of 24 hours.
    let told = |claim: &Claim| {
        let words = claim.value_span.of(&pair.context.documents[claim.source as usize].text);
        let half = |w: &str| HALVES.contains(&&*w.replace('.', "").to_lowercase());
        words.split_whitespace().any(|w| half(w.trim_start_matches(|c: char| !c.is_alphabetic())))
            || words.starts_with('0')
    };
    let bare = |claim: &Claim, minute: u32| minute < 13 * 60 && !told(claim);
    m.abs_diff(n) == 12 * 60 && (bare(pair.x, m) || bare(pair.y, n))
}

/// Whether no moment can be meant by both of two times.
fn times_apart(p: &TimeValue, q: &TimeValue) -> Option<bool> {
    // "Before 1967" leaves room for 1965, and says the same as itself.
    let open_ended = p.edtf.contains("..") || q.edtf.contains("..");
    if open_ended && p.edtf == q.edtf {
        return Some(false);
    }
    if let (Some(a), Some(b)) = (p.edtf.strip_prefix('T'), q.edtf.strip_prefix('T')) {
        return if open_ended { None } else { clocks_apart((a, p.bound), (b, q.bound)) };
    }
    let (m, n) = (p.parts, q.parts);
    let whole = m.0.is_some() && m.1.is_some() && m.2.is_some();
    if whole && m == n && !open_ended {
        return Some(false);
    }
    // "3 May" may be that of the year that the other one names, whatever year it was resolved to.
    let year_open =
        (p.relative || q.relative) && m.1.is_some() && m.1 == n.1 && (m.2 == n.2 || m.2.is_none() || n.2.is_none());
    if year_open {
        return None;
    }
    if open_ended {
        let before = |a: &TimeValue, b: &TimeValue| a.latest.zip(b.earliest).is_some_and(|(end, start)| end < start);
        return (before(p, q) || before(q, p)).then_some(true);
    }
    if let (Some(a), Some(b), Some(c), Some(d)) = (p.earliest, p.latest, q.earliest, q.latest) {
        // What fell into a span of years is not the span.
        let span = |t: &TimeValue| t.edtf.contains('/');
        let (apart, open) = (b < c || d < a, span(p) != span(q));
        return (apart || !open).then_some(apart);
    }
    let differ = |a: Option<i16>, b: Option<i16>| a.zip(b).map(|(a, b)| a != b);
    let small = |a: Option<i8>| a.map(i16::from);
    let all = [differ(m.0, n.0), differ(small(m.1), small(n.1)), differ(small(m.2), small(n.2))];
    if all.iter().all(Option::is_none) {
        return p.weekday.zip(q.weekday).map(|(a, b)| a != b);
    }
    Some(all.contains(&Some(true)))
}

/// Minutes by which what is said to be about a time of day may be off it.
const ABOUT: u32 = 10;

/// Whether two times of day exclude each other. "By 6:05" leaves room for 5:50.
fn clocks_apart(p: (&str, Bound), q: (&str, Bound)) -> Option<bool> {
    let (m, n) = (minute(p.0)?, minute(q.0)?);
    let about = p.1 == Bound::Approx || q.1 == Bound::Approx;
    let open = |bound| !matches!(bound, Bound::Exact | Bound::Approx);
    match minutes_between(m, n) {
        0 => Some(false),
        d if about && d <= ABOUT => Some(false),
        d if about && d <= 3 * ABOUT => None,
        _ if (open(p.1) || open(q.1)) && p.1 != q.1 => {
            let beyond = |limit: Bound, at: u32, other: u32| match limit {
                Bound::AtMost | Bound::LessThan => other > at,
                _ => other < at,
            };
            let apart = open(p.1) && !open(q.1) && beyond(p.1, m, n) || open(q.1) && !open(p.1) && beyond(q.1, n, m);
            apart.then_some(true)
        }
        _ => Some(true),
    }
}

/// Minutes between two minutes of a day, over midnight if that is shorter.
fn minutes_between(m: u32, n: u32) -> u32 {
    let d = m.abs_diff(n);
    d.min((24 * 60u32).saturating_sub(d))
}

/// A value in few words, the same for the same value.
fn value_key(claim: &Claim) -> Option<String> {
    let dimension = dimension(claim)?;
    match &claim.value {
        Value::Quantity(q) => Some(format!("{dimension} {}", base(q)?.normalize())),
        Value::Time(t) => Some(format!("{dimension} {}", t.edtf)),
        Value::Text(_) => None,
    }
}

/// A number in the base unit of its dimension.
fn base(q: &Quantity) -> Option<Decimal> {
    q.number?.checked_mul(q.broadly().unit.factor)
}

fn base_of(claim: &Claim) -> Option<Decimal> {
    let Value::Quantity(q) = &claim.value else { return None };
    base(q)
}

/// The figures of a value, without their unit; of one digit they tell nothing.
fn value_numbers(claim: &Claim) -> Vec<String> {
    let Value::Quantity(q) = &claim.value else { return Vec::new() };
    let all = [q.number, q.min, q.max].into_iter().flatten().map(|n| n.normalize().to_string());
    all.filter(|n| n.len() > 1).collect()
}

fn shape(claim: &Claim) -> Feature {
    match claim.shape {
        Shape::Money => Feature::OfMoney,
        Shape::Percent => Feature::OfPercent,
        Shape::Date if clock_face(claim).is_some() => Feature::OfClocks,
        Shape::Date => Feature::OfDates,
        Shape::Duration => Feature::OfDurations,
        Shape::Measure => Feature::OfMeasures,
        _ => Feature::OfCounts,
    }
}

/// What the figures themselves tell.
fn figures(x: &Claim, y: &Claim, put: &mut impl FnMut(Feature, i32)) {
    let (Value::Quantity(p), Value::Quantity(q)) = (&x.value, &y.value) else {
        if let (Some(m), Some(n)) = (clock_face(x), clock_face(y)) {
            put(Feature::MinuteSame, yes(m % 60 == n % 60));
            put(Feature::WithinAnHour, yes(minutes_between(m, n) < 60));
            let dial = |m: u32| format!("{:02}{:02}", m / 60 % 12, m % 60);
            put(Feature::OneDigitApart, yes(one_digit_apart(&dial(m), &dial(n))));
            put(Feature::DigitsTransposed, yes(m % 720 != n % 720 && sorted(&dial(m)) == sorted(&dial(n))));
        } else if let (Value::Time(p), Value::Time(q)) = (&x.value, &y.value) {
            let (m, n) = (p.parts, q.parts);
            put(Feature::YearSame, yes(m.0.is_some() && m.0 == n.0));
            put(Feature::MonthSame, yes(m.1.is_some() && m.1 == n.1));
            put(Feature::DaySame, yes(m.2.is_some() && m.2 == n.2));
            put(Feature::PrecisionSame, yes((m.1.is_some(), m.2.is_some()) == (n.1.is_some(), n.2.is_some())));
        }
        return;
    };
    put(Feature::UnitSame, yes(p.unit == q.unit));
    let named = |q: &Quantity| !q.unit.name.is_empty();
    put(Feature::LimitOnOneSide, yes(open(p) != open(q)));
    put(Feature::UnitOther, yes(named(p) && named(q) && p.unit.dimension != q.unit.dimension));
    let number = |q: &Quantity| q.number.or(q.min).map(|n| n.normalize());
    let (Some(m), Some(n)) = (number(p), number(q)) else { return };
    if m.is_zero() || n.is_zero() || m.is_sign_negative() != n.is_sign_negative() {
        return;
    }
    let (m, n) = (m.abs(), n.abs());
    // In the base unit of the dimension: 90 cm is less than 2 m.
    let one = p.unit.dimension == q.unit.dimension;
    let factor = |q: &Quantity| if one { q.unit.factor } else { q.broadly().unit.factor };
    let (Some(r), Some(s)) = (m.checked_mul(factor(p)), n.checked_mul(factor(q))) else { return };
    let (low, high) = if r < s { (r, s) } else { (s, r) };
    let times = |n: Decimal, by: i64| n.checked_mul(Decimal::from(by));
    let within = |by: i64| times(high, 10).zip(times(low, by)).is_some_and(|(a, b)| a <= b);
    put(Feature::WithinATenth, yes(within(11)));
    put(Feature::WithinAHalf, yes(within(15)));
    put(Feature::WithinADouble, yes(within(20)));
    put(Feature::BeyondFiveTimes, yes(!within(50)));
    let (a, b) = (digits(m), digits(n));
    let scale = |n: Decimal| n.trunc().to_string().len();
    let significant = |s: &str| s.trim_end_matches('0').len();
    let exact = p.number.is_some() && q.number.is_some();
    let transposed = exact
        && significant(&a) > 1
        && sorted(a.trim_end_matches('0')) == sorted(b.trim_end_matches('0'))
        && scale(m) == scale(n);
    let shifted =
        exact && significant(&a) > 1 && a.trim_end_matches('0') == b.trim_end_matches('0') && scale(m) != scale(n);
    put(Feature::DigitsTransposed, yes(transposed));
    put(Feature::DigitsShifted, yes(shifted));
    put(Feature::AsManyDigits, yes(significant(&a) == significant(&b)));
    put(Feature::OneDigitApart, yes(one_digit_apart(&a, &b)));
    put(Feature::Small, yes(low < Decimal::from(10)));
}

/// Whether two numbers of several digits differ in one of them.
fn one_digit_apart(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.len() > 1 && a.bytes().zip(b.bytes()).filter(|(p, q)| p != q).count() == 1
}

/// The digits of a number in their order of size.
fn sorted(digits: &str) -> Vec<u8> {
    let mut all: Vec<u8> = digits.bytes().collect();
    all.sort_unstable();
    all
}

/// The minute of the day of a time of day without a day.
fn clock_face(claim: &Claim) -> Option<u32> {
    let Value::Time(t) = &claim.value else { return None };
    minute(t.edtf.strip_prefix('T')?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_exclude_each_other() {
        for (p, q, expected) in [
            (("06:42", Bound::Exact), ("06:24", Bound::Exact), Some(true)),
            (("06:42", Bound::Exact), ("06:42", Bound::AtMost), Some(false)),
            (("13:39", Bound::Approx), ("13:38", Bound::Exact), Some(false)),
            (("13:39", Bound::Approx), ("14:00", Bound::Exact), None),
            (("13:39", Bound::Approx), ("18:00", Bound::Exact), Some(true)),
            (("00:00", Bound::Approx), ("23:58", Bound::Exact), Some(false)),
            (("06:05", Bound::AtMost), ("06:20", Bound::Approx), None),
            (("06:05", Bound::AtMost), ("05:50", Bound::Exact), None),
            (("06:05", Bound::AtMost), ("07:00", Bound::Exact), Some(true)),
        ] {
            assert_eq!(clocks_apart(p, q), expected, "{p:?} {q:?}");
            assert_eq!(clocks_apart(q, p), expected, "{q:?} {p:?}");
        }
    }

    #[test]
    fn times_that_cannot_both_be_meant() {
        let time = |edtf: &str, parts, relative| TimeValue {
            edtf: edtf.to_owned(),
            earliest: None,
            latest: None,
            parts,
            weekday: None,
            bound: crate::value::Bound::Exact,
            relative,
        };
        let day = |y, m, d| time("", (y, Some(m), Some(d)), false);
        let check = |p: &TimeValue, q: &TimeValue| times_apart(p, q);
        assert_eq!(check(&day(None, 5, 3), &day(Some(2024), 5, 8)), Some(true));
        assert_eq!(check(&day(None, 5, 3), &day(Some(2024), 5, 3)), Some(false));
        assert_eq!(
            check(&time("T08:20", (None, None, None), false), &time("T07:52", (None, None, None), false)),
            Some(true)
        );
        let until = time("../1966-12-31", (Some(1966), Some(12), Some(31)), false);
        let of = |year| {
            let day = |m, d| jiff::civil::Date::new(year, m, d).ok();
            TimeValue { earliest: day(1, 1), latest: day(12, 31), ..time("", (Some(year), None, None), false) }
        };
        let until = TimeValue { latest: jiff::civil::Date::new(1966, 12, 31).ok(), ..until };
        assert_eq!(check(&until, &of(1965)), None, "before 1967");
        assert_eq!(check(&until, &until), Some(false));
        assert_eq!(check(&until, &of(1968)), Some(true));
        let november = time("", (Some(2026), Some(11), Some(6)), true);
        assert_eq!(check(&november, &day(Some(2025), 11, 6)), None, "resolved to another year");
    }
}
