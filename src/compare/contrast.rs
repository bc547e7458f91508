//! Statements that differ: two sentences of two documents, alike otherwise, of which one says one thing and the other another.
//!
//! Comes in: the sentences that meet, and the contrasts between them. Goes out: for the likely ones a claim each of the words
//! in which they differ, and the link between the two. What makes a contrast likely is learned (`weights.rs`).

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use crate::align::{Contrast, ContrastKind, Feature, Features, Neighbourhood, Passages, yes};
use crate::candidate::{Met, is_statement};
use crate::claim::{Claim, Modality};
use crate::graph::{Link, Relation};
use crate::rule::{Comparator, Lookup, Rules, Setting};
use crate::source::Document;
use crate::text::{Span, fold_words};
use crate::value::{Judgement, Value};

use super::evidence::{days, place, surroundings, two_limits};
use super::statement::sentences;
use super::weights::{Part, Sum, doublings, logistic};
use super::{CompareContext, Pair, judge_figures};

/// In how many ways a sentence may differ from sentences of other documents.
const WAYS: usize = 2;

/// Another name, figure or opposite in a second spot of the two sentences.
const ELSEWHERE: [Feature; 3] = [Feature::Contrasts, Feature::FiguresApart, Feature::NamesApart];

/// A contrast with what is seen of it.
#[derive(Debug, Clone)]
pub struct Spotted {
    /// The documents in which it stands.
    pub documents: (u32, u32),
    /// The claims of the sentences in which it stands, among those that the documents made.
    statements: (u32, u32),
    /// What it is of.
    pub kind: ContrastKind,
    /// Where the two stand.
    pub spans: (Span, Span),
    /// What is seen of it.
    pub features: Features,
}

impl Spotted {
    /// What its sentences stand in, in a run over documents or over a statement and its sources.
    fn stands_in(&self, run: Setting) -> Setting {
        match run {
            _ if self.features.size(Feature::SingleSentences) > 0 => Setting::SingleSentences,
            Setting::Documents if ELSEWHERE.iter().all(|other| self.features.size(*other) == 0) => Setting::OneSpot,
            _ => run,
        }
    }

    /// What the evidence for a link between the two spots is made of, if it is one between them.
    pub fn evidence(&self, context: &CompareContext<'_>, link: &Link) -> Option<Vec<Part>> {
        let own = [(self.documents.0, self.spans.0), (self.documents.1, self.spans.1)];
        let is_detail = [link.a, link.b].iter().all(|c| &*context.claims[*c as usize].kind == "detail");
        let between = [link.a, link.b].iter().all(|c| own.contains(&place(context, *c)));
        (is_detail && between).then(|| Sum::new(context.rules, SUM).parts(&self.features))
    }
}

/// The lexicon of what speaks for two sentences that differ in one spot.
const SUM: &str = "contrast-evidence";

/// The statements of all documents by place: which passages are worth to be set beside others.
pub fn statements(claims: &[Claim]) -> BTreeMap<(u32, Span), u32> {
    let stated = (0u32..).zip(claims).filter(|(_, c)| &*c.kind == "statement" && !c.noise);
    stated.map(|(at, c)| ((c.source, c.span), at)).collect()
}

/// All contrasts of the sentences that meet.
pub fn spot(
    passages: &Passages,
    met: &[Met],
    of: impl Fn(u32, usize) -> Option<u32>,
    (claims, documents, lookup): (&[Claim], &[Document], &Lookup),
) -> Vec<Spotted> {
    let words: Vec<String> = documents.iter().map(|d| format!(" {} ", fold_words(&d.text).join(" "))).collect();
    let mut around: HashMap<(u32, Span), Neighbourhood> = HashMap::default();
    let mut out = Vec::new();
    for &Met { a, b, best } in met {
        let (Some(x), Some(y)) = (of(a.0, a.1), of(b.0, b.1)) else { continue };
        let aligned = passages.aligned(a, b, documents);
        for Contrast { kind, spans, exchanged, features: mut seen } in passages.contrasts(&aligned) {
            let (c, d) = (&claims[x as usize], &claims[y as usize]);
            // "About 39" leaves room for 39.2, "less than 16" for 14.5.
            let figures = (passages.quantity(a, spans.0), passages.quantity(b, spans.1));
            if let (ContrastKind::Figure, (Some(p), Some(q))) = (kind, figures)
                && judge_figures(p, q).judgement != Judgement::Disjoint
                && !two_limits(p, q)
            {
                continue;
            }
            // Another word may mean the same, but not where both quote.
            let quoted = c.modality == Modality::Reported && d.modality == Modality::Reported;
            let places = [(a.0, spans.0), (b.0, spans.1)];
            for (d, span) in places {
                around.entry((d, span)).or_insert_with(|| passages.neighbourhood(d, span, lookup));
            }
            let [p, q] = places.map(|place| &around[&place]);
            surroundings(p, q, &mut seen);
            seen.put(Feature::BestPartner, i32::from(best) * 1000);
            // Of many sentences one is much like another by chance.
            let count = |d: u32| doublings(passages.vectors(d).len());
            seen.put(Feature::Sentences, count(a.0) + count(b.0));
            seen.put(Feature::SingleSentences, yes(passages.are_single(a.0, b.0)));
            seen.put(Feature::Quoted, yes(quoted));
            seen.put(Feature::ModalityOther, yes(c.modality != d.modality));
            let stands = |of: u32, span: Span, other: u32| {
                let spot = fold_words(span.of(&documents[of as usize].text)).join(" ");
                words[other as usize].contains(&format!(" {spot} "))
            };
            if kind != ContrastKind::Denied && !exchanged {
                let both = yes(stands(a.0, spans.0, b.0)) + yes(stands(b.0, spans.1, a.0));
                seen.put(Feature::SpotInTheOtherDocument, both);
            }
            days(documents[a.0 as usize].published, documents[b.0 as usize].published, &mut seen);
            out.push(Spotted { documents: (a.0, b.0), statements: (x, y), kind, spans, features: seen });
        }
    }
    out
}

/// A likely contrast as two claims.
#[derive(Debug, Clone)]
pub struct Detail {
    /// Ids of its claims.
    ids: (String, String),
    confidence: u16,
    /// Whether one denies what the other says.
    denied: bool,
    /// What its sentences stand in.
    setting: Setting,
}

/// Adds to the claims a pair for each contrast that is likely enough for the rules in this setting, or for what the user asks instead: the
/// likeliest of its two sentences, and of what a sentence has in common with another document.
pub fn detail(
    claims: &mut Vec<Claim>,
    spotted: &[Spotted],
    documents: &[Document],
    rules: &Rules,
    (setting, asked): (Setting, Option<u16>),
) -> Vec<Detail> {
    let sum = Sum::new(rules, SUM);
    // What no rule would speak of makes no claim.
    let of_details: Vec<_> = rules.relate.iter().filter(|r| r.when.kind.iter().any(|k| &**k == "detail")).collect();
    let least = |setting| of_details.iter().filter_map(|r| r.when.least(setting, asked)).min();
    let mut likely: Vec<(u16, &Spotted)> = spotted.iter().map(|s| (logistic(sum.log_odds(&s.features)), s)).collect();
    likely.retain(|(confidence, s)| {
        // Single sentences with another name, figure or opposite in a second spot may well be of two things, and so may a statement with
        // another name in the same place.
        let others: &[Feature] = match s.stands_in(setting) {
            Setting::SingleSentences => &ELSEWHERE,
            Setting::Statement => &[Feature::NamesInOnePlace],
            Setting::Documents | Setting::OneSpot => &[],
        };
        let one = others.iter().all(|other| s.features.size(*other) == 0);
        least(s.stands_in(setting)).is_some_and(|least| *confidence >= least) && one
    });
    likely.sort_by_key(|(confidence, s)| (std::cmp::Reverse(*confidence), s.statements, s.spans));
    // Where both figures are values of claims, what is seen of those decides.
    let mut values: BTreeMap<(u32, u32), Vec<Span>> = BTreeMap::new();
    for c in claims.iter().filter(|c| !matches!(c.value, Value::Text(_)) && &*c.kind != "bare") {
        values.entry((c.source, c.span.start)).or_default().push(c.value_span);
    }
    let valued = |of: u32, span: Span| {
        let own = &claims[of as usize];
        values.get(&(own.source, own.span.start)).is_some_and(|all| all.iter().any(|v| v.overlaps(span)))
    };
    likely.retain(|(_, s)| {
        let (x, y) = s.statements;
        s.kind != ContrastKind::Figure || !(valued(x, s.spans.0) && valued(y, s.spans.1))
    });
    // A sentence that differs from others in a third and a fourth way is of a pattern, and says nothing of the same thing.
    let mut ways: BTreeMap<u32, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (_, s) in &likely {
        for (own, other, span) in
            [(s.statements.0, s.documents.1, s.spans.1), (s.statements.1, s.documents.0, s.spans.0)]
        {
            ways.entry(own).or_default().insert(fold_words(span.of(&documents[other as usize].text)));
        }
    }
    likely.retain(|(_, s)| [s.statements.0, s.statements.1].iter().all(|own| ways[own].len() <= WAYS));
    let mut taken: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut ids: BTreeSet<String> = claims.iter().map(|c| c.id.clone()).collect();
    let mut out = Vec::new();
    for (confidence, s) in likely {
        let (x, y) = s.statements;
        let source = |c: u32| claims[c as usize].source;
        let slots = [(x, source(y)), (y, source(x))];
        if slots.iter().any(|s| taken.contains(s)) {
            continue;
        }
        taken.extend(slots);
        let mut side = |of: u32, span: Span| {
            let own = &claims[of as usize];
            let words = span.of(&documents[own.source as usize].text);
            let claim = Claim {
                id: crate::claim::hash(&[own.id.as_str(), words, "detail"].join("\u{1f}")),
                kind: "detail".into(),
                value_span: span,
                value: Value::Text(words.to_owned()),
                comparator: Comparator::Words,
                ..own.clone()
            };
            let id = claim.id.clone();
            if ids.insert(id.clone()) {
                claims.push(claim);
            }
            id
        };
        let denied = s.kind == ContrastKind::Denied;
        out.push(Detail {
            ids: (side(x, s.spans.0), side(y, s.spans.1)),
            confidence,
            denied,
            setting: s.stands_in(setting),
        });
    }
    // In the order of place, as a document gives them.
    claims.sort_by_key(|c| (c.source, c.span.start));
    out
}

/// The links of the details. Of two documents of a single sentence each, nothing is added where one of the conflicts `shown` sets the
/// whole statements against each other, and no denial where it sets anything of them.
pub fn differ(context: &CompareContext<'_>, details: &[Detail], shown: &[Link]) -> Vec<Link> {
    let place: BTreeMap<&str, u32> = context.claims.iter().map(|c| c.id.as_str()).zip(0..).collect();
    let sentences = |a: u32, b: u32| sentences(context.claims, a, b);
    // By the sentences of a conflict, whether it is of all that they say.
    let mut told: BTreeMap<_, bool> = BTreeMap::new();
    for l in shown {
        *told.entry(sentences(l.a, l.b)).or_default() |= is_statement(&context.claims[l.a as usize]);
    }
    let link = |d: &Detail| {
        let (a, b) = (*place.get(d.ids.0.as_str())?, *place.get(d.ids.1.as_str())?);
        if told.get(&sentences(a, b)).is_some_and(|whole| d.setting == Setting::SingleSentences && (*whole || d.denied))
        {
            return None;
        }
        let mut pair = Pair::new(context, a, b);
        pair.setting = d.setting;
        super::evidence::link(pair, Relation::Conflict, d.confidence, Some("all else is much the same"))
    };
    details.iter().filter_map(link).collect()
}
