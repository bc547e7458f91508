//! What is seen of two values that may be of one thing.
//!
//! Comes in: the candidates of a run. Goes out: for each what is seen of it, feature by feature, and what the weights make of
//! it: a confidence.

use std::collections::BTreeSet;

use foldhash::HashMap;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::align::{Aligned, Feature, Features, Member, Neighbourhood, yes};
use crate::candidate::{Candidate, dimension};
use crate::claim::{Claim, Modality};
use crate::graph::{GateName, Link, Relation, Verdict};
use crate::rule::Setting;
use crate::text::Span;
use crate::value::{Quantity, Shape, TimeValue, Value, digits};

use super::apart::{base, clock_face, minutes_between, open};
use super::evidence::{LOOSE, pair_of, places};
use super::weights::{MODELS, Part, doublings, logistic};
use super::{CompareContext, apart, gate};

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
    pub confidence: u16,
}

impl Seen {
    /// What the evidence for a link between the two values is made of, if it is one that evidence can draw between them.
    pub fn evidence(&self, context: &CompareContext<'_>, link: &Link) -> Option<Vec<Part>> {
        let apart = self.apart? && link.relation == Relation::Conflict;
        let between =
            places(context.claims, self.candidate.a, self.candidate.b) == places(context.claims, link.a, link.b);
        (between && link.confidence == self.confidence).then(|| MODELS.of_values(apart).parts(&self.features))
    }
}

/// The gates of which it is seen what they say, with the features for *same* and *different*.
const GATES: [(GateName, Feature, Feature); 5] = [
    (GateName::Entity, Feature::EntitySame, Feature::EntityOther),
    (GateName::Attribute, Feature::AttributeSame, Feature::AttributeOther),
    (GateName::Scope, Feature::ScopeSame, Feature::ScopeOther),
    (GateName::Time, Feature::TimeSame, Feature::TimeOther),
    (GateName::Modality, Feature::ModalitySame, Feature::ModalityOther),
];
/// Other values of a sentence that are looked at.
const OTHERS: usize = 8;

/// A candidate with what rules ask of it too.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    candidate: Candidate,
    /// Whether the values exclude each other; `None` where that cannot be said.
    apart: Option<bool>,
    gates: [Verdict; GATES.len()],
}

impl Judged {
    /// The document of the first claim.
    pub fn document(&self, claims: &[Claim]) -> u32 {
        claims[self.candidate.a as usize].source
    }

    /// Asks the rules' gates and comparator.
    pub fn new(context: &CompareContext<'_>, candidate: Candidate) -> Judged {
        let pair = pair_of(context, candidate.a, candidate.b);
        Judged { candidate, apart: apart::apart(&pair), gates: GATES.map(|(gate, ..)| pair.verdict(gate)) }
    }
}

/// What all candidates together tell of one: whether each is the other's likest partner, and what documents state elsewhere.
struct Shared {
    /// Of each side and other document: how alike its two likest partners are.
    best: HashMap<(u32, u32), (i32, i32)>,
    /// How alike the likest partner is that says the same, where there is one.
    stated: HashMap<(u32, u32), i32>,
    /// How many partners there are.
    partners: HashMap<(u32, u32), u32>,
}

impl Shared {
    fn new(judged: &[Judged], source: impl Fn(u32) -> u32) -> Shared {
        let mut shared = Shared { best: HashMap::default(), stated: HashMap::default(), partners: HashMap::default() };
        for Judged { candidate: c, apart, .. } in judged {
            for key in [(c.a, source(c.b)), (c.b, source(c.a))] {
                *shared.partners.entry(key).or_default() += 1;
                let (first, second) = shared.best.entry(key).or_insert((-1, -1));
                if c.alike > *first {
                    (*first, *second) = (c.alike, *first);
                } else {
                    *second = c.alike.max(*second);
                }
                if *apart == Some(false) {
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

/// What is known of a claim, whatever it is set beside.
struct Known {
    /// Its figures.
    numbers: Vec<String>,
    /// The key of its figure in the base unit, as sentences have it.
    key: Option<u32>,
    /// Its value in few words.
    value: Option<String>,
    /// How many values of its dimension its document has.
    alike: usize,
    /// Other values of its sentence, each with its dimension.
    others: Vec<(u32, Option<String>)>,
}

/// What the documents of a run state, whatever they state it of.
struct Stated {
    /// All figures of a document.
    numbers: HashMap<u32, BTreeSet<String>>,
    /// The documents of a value.
    documents: HashMap<String, BTreeSet<u32>>,
    /// How many values of a dimension a document has.
    values: HashMap<(u32, String), usize>,
    /// Values of a sentence, by where it begins.
    beside: HashMap<(u32, u32), Vec<u32>>,
}

impl Stated {
    fn new(claims: &[Claim]) -> Stated {
        let (mut numbers, mut documents) = (HashMap::<u32, BTreeSet<String>>::default(), HashMap::default());
        let (mut values, mut beside) = (HashMap::default(), HashMap::<_, Vec<u32>>::default());
        for (at, claim) in (0u32..).zip(claims) {
            numbers.entry(claim.source).or_default().extend(value_numbers(claim));
            let Some(dimension) = dimension(claim).filter(|_| !claim.noise) else { continue };
            if let Some(key) = value_key(claim, &dimension) {
                documents.entry(key).or_insert_with(BTreeSet::new).insert(claim.source);
            }
            *values.entry((claim.source, dimension)).or_default() += 1;
            beside.entry((claim.source, claim.span.start)).or_default().push(at);
        }
        Stated { numbers, documents, values, beside }
    }

    fn known(&self, context: &CompareContext<'_>, at: u32) -> Known {
        let claim = &context.claims[at as usize];
        let own = dimension(claim);
        let figure = match &claim.value {
            Value::Quantity(q) => q.number.and_then(|n| n.checked_mul(q.unit.factor)),
            _ => None,
        };
        let all = self.beside.get(&(claim.source, claim.span.start)).into_iter().flatten().copied();
        let apart = |o: &u32| *o != at && !context.claims[*o as usize].value_span.overlaps(claim.value_span);
        Known {
            numbers: value_numbers(claim),
            key: figure.and_then(|n| context.passages.number(&n.normalize().to_string())),
            value: own.as_ref().and_then(|dimension| value_key(claim, dimension)),
            alike: own.and_then(|d| self.values.get(&(claim.source, d)).copied()).unwrap_or(1),
            others: all.filter(apart).take(OTHERS).map(|o| (o, dimension(&context.claims[o as usize]))).collect(),
        }
    }
}

/// What is seen of the candidates of a run, each beside all the others.
pub struct Observer<'a> {
    context: &'a CompareContext<'a>,
    sides: &'a [Neighbourhood],
    stated: Stated,
    shared: Shared,
    /// How sure the evidence has to be, by what the two stand in: of values that fit each other and that exclude each other.
    least: [(Setting, [u16; 2]); 4],
}

impl<'a> Observer<'a> {
    /// `judged` are all candidates of the run; `sides` stand round its claims.
    pub fn new(context: &'a CompareContext<'a>, judged: &[Judged], sides: &'a [Neighbourhood]) -> Observer<'a> {
        Observer {
            context,
            sides,
            stated: Stated::new(context.claims),
            shared: Shared::new(judged, |c| context.claims[c as usize].source),
            least: [Setting::Documents, Setting::Statement, Setting::SingleSentences, Setting::OneDocument]
                .map(|setting| (setting, [false, true].map(|apart| least(context, setting, apart)))),
        }
    }

    /// What is seen of some candidates beside each other in the order of the run.
    pub fn observe(&self, judged: &[Judged]) -> Observed {
        let mut open = Open::default();
        let mut out = Observed::default();
        for j in judged {
            let features = self.see(j, &mut open);
            let log_odds = |apart| MODELS.of_values(apart).log_odds(&features);
            // What is said of two cases is not of one thing, whatever else is alike.
            let [x, y] = [j.candidate.a, j.candidate.b].map(|at| &self.context.claims[at as usize]);
            let of_one = features.size(Feature::ConditionOther) == 0 && self.context.may_be_a_slip(x, y, &features);
            let confidence = j.apart.filter(|_| of_one).map_or(0, |apart| logistic(log_odds(apart)));
            let setting = self.context.setting(x, y);
            if !matches!(setting, Setting::SingleSentences | Setting::OneDocument) {
                let sure = if j.apart == Some(true) { confidence } else { 0 };
                out.sure.push((places(self.context.claims, j.candidate.a, j.candidate.b), sure));
            }
            let least = self.least.iter().find(|(of, _)| *of == setting).map_or([u16::MAX; 2], |(_, least)| *least);
            let asked_for = |apart: bool| confidence >= least[usize::from(apart)];
            // Whoever asks for no confidence at all gets every one.
            if self.context.min_confidence == Some(0) || j.apart.is_some_and(asked_for) {
                out.seen.push(Seen { candidate: j.candidate, apart: j.apart, features, confidence });
            }
        }
        out
    }

    fn see(&self, judged: &Judged, open: &mut Open<'a>) -> Features {
        let (context, passages) = (self.context, self.context.passages);
        let Judged { candidate: c, apart, gates } = judged;
        let (x, y) = (&context.claims[c.a as usize], &context.claims[c.b as usize]);
        let (p, q) = (&self.sides[c.a as usize], &self.sides[c.b as usize]);
        let at = |claim: &Claim| passages.place(claim.source, claim.value_span);
        let places = at(x).zip(at(y));
        if open.passage != at(x) {
            *open = Open { passage: at(x), ..Open::default() };
        }
        let Open { known, same, aligned, .. } = open;
        for at in [c.a, c.b] {
            known.entry(at).or_insert_with(|| self.stated.known(context, at));
        }
        let (m, n) = (&known[&c.a], &known[&c.b]);
        let mut out = Features::default();
        self.shared.see(c, *apart, (p, q), (x.source, y.source), &mut out);
        let mut put = |feature: Feature, size: i32| out.put(feature, size);
        for ((_, same, other), verdict) in GATES.into_iter().zip(gates) {
            match verdict {
                Verdict::Same => put(same, 1000),
                Verdict::Different => put(other, 1000),
                Verdict::Unknown => {}
            }
        }
        if *apart != Some(false) {
            let stands = |known: &Known, other: &Claim| {
                let all = self.stated.numbers.get(&other.source);
                all.is_some_and(|all| known.numbers.iter().any(|n| all.contains(n)))
            };
            if x.source != y.source {
                put(Feature::NumberInTheOtherDocument, yes(stands(m, y)) + yes(stands(n, x)));
            }
            let beside =
                |known: &Known, other: &Neighbourhood| known.key.is_some_and(|key| other.figures.contains(&key));
            put(Feature::NumberInTheOtherSentence, yes(beside(m, q)) + yes(beside(n, p)));
            let documents = |known: &Known| known.value.as_ref().and_then(|value| self.stated.documents.get(value));
            if let (Some(a), Some(b)) = (documents(m), documents(n)) {
                let both = a.intersection(b).filter(|d| **d != x.source && **d != y.source).count();
                put(Feature::StatedBothByOthers, both.min(2) as i32 * 1000);
            }
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
            out.put(Feature::DocumentsOfOtherDaysMoving, yes(gate::moves(x)));
        }
        let mut put = |feature: Feature, size: i32| out.put(feature, size);
        put(Feature::PolarityOther, yes(x.polarity != y.polarity));
        put(Feature::KindSame, yes(x.kind == y.kind));
        put(Feature::FiguresAroundShared, p.figures_around(q) as i32 * 1000);
        put(shape(x), 1000);
        // Of many values fewer are of one thing.
        put(Feature::Values, doublings(m.alike) + doublings(n.alike));
        let sentences = |document: u32| doublings(passages.vectors(document).len());
        put(Feature::Sentences, sentences(x.source) + sentences(y.source));
        put(Feature::SingleSentences, yes(passages.are_single(x.source, y.source)));
        if let Some((m, n)) = places.filter(|(m, n)| m.0 == n.0) {
            put(Feature::SentencesBetween, 1000 + doublings(m.1.abs_diff(n.1)));
        }
        let (mut shared, mut differ) = (0, 0);
        for (o, dimension) in &m.others {
            let mut like = n.others.iter().filter(|(_, other)| other == dimension).map(|(r, _)| *r).peekable();
            let any = like.peek().is_some();
            let new = |r: u32| apart::apart(&pair_of(context, *o, r)) == Some(false);
            if like.any(|r| *same.entry((*o, r)).or_insert_with(|| new(r))) {
                shared += 1;
            } else if any {
                differ += 1;
            }
        }
        put(Feature::OtherValuesShared, shared.min(3) * 1000);
        put(Feature::OtherValuesApart, differ.min(3) * 1000);
        figures(x, y, &mut put);
        if let Some((m, n)) = places {
            let new = || passages.aligned(m, n, context.documents);
            aligned.entry(n).or_insert_with(new).around(x.value_span, y.value_span, &mut out);
        }
        out
    }
}

/// How sure the evidence has to be for any rule that rests on it.
fn least(context: &CompareContext<'_>, setting: Setting, apart: bool) -> u16 {
    let asked = context.min_confidence.filter(|_| apart);
    let of_evidence = context.rules.relate.iter().filter(|r| r.when.confidence.is_some());
    let rules = of_evidence.filter(|r| (r.relation == Relation::Conflict) == apart);
    rules.filter_map(|r| r.when.least(setting, asked)).min().unwrap_or(u16::MAX)
}

/// What an observer has made out and asks for again, as long as the first claims stand in one passage.
#[derive(Default)]
struct Open<'a> {
    known: HashMap<u32, Known>,
    /// Whether two values say the same.
    same: HashMap<(u32, u32), bool>,
    /// That passage, by document and place, and those of the second claims, aligned with it.
    passage: Option<(u32, usize)>,
    aligned: HashMap<(u32, usize), Aligned<'a>>,
}

/// What is seen of candidates.
#[derive(Debug, Default)]
pub struct Observed {
    /// Those of which the evidence is sure enough for a rule.
    pub seen: Vec<Seen>,
    /// Where the values of each stand, but for those of single sentences, and how sure the evidence is that they are of one thing
    /// and exclude each other.
    pub(super) sure: Vec<([(u32, Span); 2], u16)>,
}

impl Observed {
    /// What was seen one after the other, as one.
    pub fn joined(all: Vec<Observed>) -> Observed {
        let mut out = Observed::default();
        for one in all {
            out.seen.extend(one.seen);
            out.sure.extend(one.sure);
        }
        out
    }
}

/// Whether the dates of which two claims are have no day in common; `None` where what is known of them leaves that open.
pub(super) fn dated_apart(x: &Claim, y: &Claim) -> Option<bool> {
    let (p, q) = (x.as_of.as_ref()?, y.as_of.as_ref()?);
    let before = |a: &TimeValue, b: &TimeValue| Some(a.latest? < b.earliest?);
    match (before(p, q), before(q, p)) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Whether a claim states what narrows it, and the other one does not: "in the second quarter", "adjusted".
fn narrowed(x: &Claim, y: &Claim) -> bool {
    let alone = |x: &Claim, y: &Claim| x.scope.keys().any(|k| !LOOSE.contains(&k.as_str()) && !y.scope.contains_key(k));
    alone(x, y) || alone(y, x)
}

/// A value in few words, the same for the same value.
fn value_key(claim: &Claim, dimension: &str) -> Option<String> {
    match &claim.value {
        Value::Quantity(q) => Some(format!("{dimension} {}", base(q)?.normalize())),
        Value::Time(t) => Some(format!("{dimension} {}", t.edtf)),
        Value::Text(_) => None,
    }
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
        _ if claim.family == "age" => Feature::OfAges,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// The first value of a text that is no statement.
    fn value(text: &str) -> Claim {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        claims.into_iter().find(|c| !matches!(c.value, Value::Text(_))).unwrap()
    }

    /// Whether a feature is seen of the values of two texts.
    #[track_caller]
    fn check(a: &str, b: &str, feature: Feature, is: bool) {
        for (a, b) in [(a, b), (b, a)] {
            let mut out = Features::default();
            figures(&value(a), &value(b), &mut |feature, size| out.put(feature, size));
            assert_eq!(out.size(feature) > 0, is, "{a} | {b}: {feature:?}");
        }
    }

    #[test]
    fn digits_and_sizes() {
        check("It sold 1,234 boats.", "It sold 1,324 boats.", Feature::DigitsTransposed, true);
        check("It sold 1,234 boats.", "It sold 13,240 boats.", Feature::DigitsTransposed, false);
        check("It sold 1,234 boats.", "It sold 12,340 boats.", Feature::DigitsShifted, true);
        check("It sold 1,234 boats.", "It sold 1,235 boats.", Feature::OneDigitApart, true);
        check("It sold 1,234 boats.", "It sold 1,324 boats.", Feature::OneDigitApart, false);
        check("It sold 100 boats.", "It sold 110 boats.", Feature::WithinATenth, true);
        check("It sold 100 boats.", "It sold 111 boats.", Feature::WithinATenth, false);
        check("It is 90 cm long.", "It is 2 m long.", Feature::WithinADouble, false);
        check("It is 90 cm long.", "It is 2 m long.", Feature::BeyondFiveTimes, false);
        check("It sold at least 80 boats.", "It sold 93 boats.", Feature::LimitOnOneSide, true);
        check("It sold 12 boats.", "It sold 12 rafts.", Feature::UnitOther, true);
    }

    #[test]
    fn times() {
        check("It left at 6:42 pm.", "It left at 6:24 pm.", Feature::DigitsTransposed, true);
        check("It left at 6:42 pm.", "It left at 5:43 pm.", Feature::WithinAnHour, true);
        check("It left at 6:42 pm.", "It left at 6:42 am.", Feature::DigitsTransposed, false);
        check("It left on 3 May 2021.", "It left on 4 May 2021.", Feature::MonthSame, true);
        check("It left on 3 May 2021.", "It left on 3 June 2021.", Feature::MonthSame, false);
        check("It left on 3 May 2021.", "It left in May 2021.", Feature::PrecisionSame, false);
    }

    #[test]
    fn when_a_claim_held_and_what_narrows_it() {
        let in_year = |year: &str| value(&format!("They had revenue of $4 million{year}."));
        assert_eq!(dated_apart(&in_year(" in 2021"), &in_year(" in 2022")), Some(true));
        assert_eq!(dated_apart(&in_year(" in 2021"), &in_year(" in May 2021")), Some(false));
        assert_eq!(dated_apart(&in_year(" in 2021"), &in_year("")), None);
        let [plain, adjusted] = ["profit", "adjusted profit"].map(|of| value(&format!("They had {of} of $4 million.")));
        assert!(narrowed(&plain, &adjusted) && narrowed(&adjusted, &plain));
        assert!(!narrowed(&adjusted, &adjusted));
    }
}
