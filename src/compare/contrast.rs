//! Statements that differ: two sentences of two documents, alike otherwise, of which one says one thing and the other another.
//!
//! Comes in: the sentences that meet, and the contrasts between them. Goes out: for the likely ones a claim each of the words
//! in which they differ, and the link between the two. What makes a contrast likely is learned (`weights.rs`).

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use jiff::civil::Date;

use crate::align::{Contrast, ContrastKind, Feature, Features, Neighbourhood, Passages, question, yes};
use crate::candidate::{Met, is_statement};
use crate::claim::{Claim, Modality};
use crate::graph::{Link, Relation};
use crate::rule::{Comparator, Lookup, RelateRule, Rules, Setting};
use crate::source::Document;
use crate::text::{Span, fold_words};
use crate::value::{Judgement, Value};

use super::apart::two_limits;
use super::evidence::{place, places};
use super::observe::{days, surroundings};
use super::statement::sentences;
use super::weights::{MODELS, Part, doublings, logistic};
use super::{CompareContext, Pair, judge_figures};

/// How alike two sentences are at least that say much the same, in thousandths.
const ALIKE: i32 = 600;

/// In how many ways a sentence may differ from sentences of other documents, and from those of other event clusters.
const WAYS: usize = 2;
const WAYS_OUTSIDE: usize = 1;

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
    /// How sure the evidence is that both sentences are of one thing, in thousandths.
    confidence: u16,
}

impl Spotted {
    /// What its sentences stand in, in a run over documents or over a statement and its sources.
    fn stands_in(&self, run: Setting) -> Setting {
        match run {
            _ if self.documents.0 == self.documents.1 => Setting::OneDocument,
            _ if self.features.size(Feature::SingleSentences) > 0 => Setting::SingleSentences,
            Setting::Documents if ELSEWHERE.iter().all(|other| self.features.size(*other) == 0) => Setting::OneSpot,
            _ => run,
        }
    }

    /// What the evidence for a link between the two spots is made of, if it is one between them.
    pub fn evidence(&self, context: &CompareContext<'_>, link: &Link) -> Option<Vec<Part>> {
        let own = [(self.documents.0, self.spans.0), (self.documents.1, self.spans.1)];
        let is_detail = [link.a, link.b].iter().all(|c| &*context.claims[*c as usize].kind == "detail");
        let between = [link.a, link.b].iter().all(|c| own.contains(&place(context.claims, *c)));
        (is_detail && between).then(|| MODELS.contrasts.parts(&self.features))
    }
}

/// The contrasts of some sentences.
#[derive(Debug, Default)]
pub struct Contrasts {
    /// The likely ones, in order of their sentences.
    pub likely: Vec<Spotted>,
    /// Where the statements of each pair that has any stand, but for those of single sentences, and how sure the evidence of the surest
    /// is, in thousandths.
    pub(super) sure: Vec<([(u32, Span); 2], u16)>,
}

impl Contrasts {
    /// Those of several parts of a run.
    pub fn joined(parts: Vec<Contrasts>) -> Contrasts {
        let mut out = Contrasts::default();
        for mut part in parts {
            out.likely.append(&mut part.likely);
            out.sure.append(&mut part.sure);
        }
        out
    }
}

/// The statements of all documents by place: which passages are worth to be set beside others.
pub fn statements(claims: &[Claim]) -> BTreeMap<(u32, Span), u32> {
    let stated = (0u32..).zip(claims).filter(|(_, c)| &*c.kind == "statement" && !c.noise);
    stated.map(|(at, c)| ((c.source, c.span), at)).collect()
}

/// Finds the contrasts of sentences that meet.
pub struct Spotter<'a> {
    passages: &'a Passages,
    claims: &'a [Claim],
    documents: &'a [Document],
    lookup: &'a Lookup,
    /// The statements by place, as [`statements`] has them.
    stated: &'a BTreeMap<(u32, Span), u32>,
    /// The words of each document that has sentences which meet others, with spaces between them.
    words: BTreeMap<u32, String>,
    likely: Likely<'a>,
}

/// What makes a contrast likely enough.
struct Likely<'a> {
    rules: Vec<&'a RelateRule>,
    setting: Setting,
    asked: Option<u16>,
}

impl<'a> Likely<'a> {
    fn new(rules: &'a Rules, (setting, asked): (Setting, Option<u16>)) -> Likely<'a> {
        // What no rule would speak of makes no claim.
        let of_details = rules.relate.iter().filter(|r| r.when.kind.iter().any(|k| &**k == "detail"));
        Likely { rules: of_details.collect(), setting, asked }
    }

    /// Whether a contrast is likely enough for a rule.
    fn is(&self, s: &Spotted) -> bool {
        let least = self.rules.iter().filter_map(|r| r.when.least(s.stands_in(self.setting), self.asked)).min();
        least.is_some_and(|least| s.confidence >= least)
    }
}

impl<'a> Spotter<'a> {
    /// For sentences that meet, in a run over documents or over a statement and its sources, and the least confidence that the
    /// user asks for.
    pub fn new(
        passages: &'a Passages,
        met: &[Met],
        stated: &'a BTreeMap<(u32, Span), u32>,
        (claims, documents): (&'a [Claim], &'a [Document]),
        (rules, lookup): (&'a Rules, &'a Lookup),
        asked: (Setting, Option<u16>),
    ) -> Spotter<'a> {
        let all: BTreeSet<u32> = met.iter().flat_map(|m| [m.a.0, m.b.0]).collect();
        let words = |d: u32| (d, format!(" {} ", fold_words(&documents[d as usize].text).join(" ")));
        let words = all.into_iter().map(words).collect();
        Spotter { passages, claims, documents, lookup, stated, words, likely: Likely::new(rules, asked) }
    }

    /// The contrasts of some of them; all are likely where the user asks for no confidence.
    pub fn spot(&self, met: &[Met]) -> Contrasts {
        let kept = |s: &Spotted| self.likely.asked == Some(0) || self.likely.is(s);
        let mut around: HashMap<(u32, Span), Neighbourhood> = HashMap::default();
        let mut alike: HashMap<(u32, u32), i32> = HashMap::default();
        for m in met.iter().filter(|m| m.alike >= ALIKE) {
            *alike.entry((m.a.0, m.b.0)).or_default() += 1;
        }
        let mut out = Contrasts::default();
        for m in met {
            let statement = |(d, at): (u32, usize)| self.stated.get(&(d, self.passages.span(d, at)?)).copied();
            let (Some(x), Some(y)) = (statement(m.a), statement(m.b)) else { continue };
            let aligned = self.passages.aligned(m.a, m.b, self.documents);
            let contrasts = self.passages.contrasts(&aligned).into_iter();
            let others = alike.get(&(m.a.0, m.b.0)).map_or(0, |all| all - i32::from(m.alike >= ALIKE));
            let seen: Vec<Spotted> = contrasts.filter_map(|c| self.seen((m, others), c, (x, y), &mut around)).collect();
            let surest = seen.iter().map(|s| s.confidence).max();
            let weighed = self.likely.setting == Setting::Documents && !self.passages.are_single(m.a.0, m.b.0);
            if let (Some(surest), true) = (surest, weighed) {
                out.sure.push((places(self.claims, x, y), surest));
            }
            out.likely.extend(seen.into_iter().filter(kept));
        }
        out
    }

    /// A contrast of two statements with what is seen of it, in documents that have so many other sentences that are alike; nothing
    /// where the two leave room for each other.
    fn seen(
        &self,
        (&Met { a, b, best, .. }, alike): (&Met, i32),
        Contrast { kind, spans, exchanged, features: mut seen }: Contrast,
        (x, y): (u32, u32),
        around: &mut HashMap<(u32, Span), Neighbourhood>,
    ) -> Option<Spotted> {
        let (c, d) = (&self.claims[x as usize], &self.claims[y as usize]);
        // "About 39" leaves room for 39.2, "less than 16" for 14.5.
        let figures = (self.passages.quantity(a, spans.0), self.passages.quantity(b, spans.1));
        if let (ContrastKind::Figure, (Some(p), Some(q))) = (kind, figures)
            && judge_figures(p, q).judgement != Judgement::Disjoint
            && !two_limits(p, q)
        {
            return None;
        }
        // Another word may mean the same, but not where both quote.
        let quoted = c.modality == Modality::Reported && d.modality == Modality::Reported;
        let places = [(a.0, spans.0), (b.0, spans.1)];
        for (d, span) in places {
            around.entry((d, span)).or_insert_with(|| self.passages.neighbourhood(d, span, self.lookup));
        }
        let [p, q] = places.map(|place| &around[&place]);
        surroundings(p, q, &mut seen);
        seen.put(Feature::BestPartner, i32::from(best) * 1000);
        // One text edited into the other has the same in other words.
        seen.put(Feature::AlikeSentences, alike.min(3) * 1000);
        let (own, other) = (self.passages.days(a), self.passages.days(b));
        let apart = |p: &(Date, Date), q: &(Date, Date)| p.1 < q.0 || q.1 < p.0;
        let both = !own.is_empty() && !other.is_empty();
        seen.put(Feature::DatesApart, yes(both && own.iter().all(|p| other.iter().all(|q| apart(p, q)))));
        seen.put(Feature::DatedOnOneSide, yes(own.is_empty() != other.is_empty()));
        // Of many sentences one is much like another by chance.
        let count = |d: u32| doublings(self.passages.vectors(d).len());
        seen.put(Feature::Sentences, count(a.0) + count(b.0));
        seen.put(Feature::SingleSentences, yes(self.passages.are_single(a.0, b.0)));
        seen.put(Feature::Quoted, yes(quoted));
        seen.put(Feature::ModalityOther, yes(c.modality != d.modality));
        let text = |of: u32| &self.documents[of as usize].text;
        let stands = |of: u32, span: Span, other: u32| {
            let spot = fold_words(span.of(text(of))).join(" ");
            self.words[&other].contains(&format!(" {spot} "))
        };
        if kind != ContrastKind::Denied && !exchanged && a.0 != b.0 {
            let both = yes(stands(a.0, spans.0, b.0)) + yes(stands(b.0, spans.1, a.0));
            seen.put(Feature::SpotInTheOtherDocument, both);
        }
        let published = |of: u32| self.documents[of as usize].published;
        days(published(a.0), published(b.0), &mut seen);
        // In one document two voices may well say two things; and two subjects do one thing only where they do it to one thing: "the
        // mill was founded in 1850", "the yard was founded in 1870".
        let elsewhere = || ELSEWHERE.iter().any(|other| seen.size(*other) > 0);
        let of_subject = || {
            let tops = |(d, span): (u32, Span)| self.passages.tree(d, span).and_then(|t| Some((t, t.top(span)?)));
            kind != ContrastKind::Denied && places.into_iter().filter_map(tops).any(|(tree, at)| tree.is_of_subject(at))
        };
        let beside = || self.passages.are_side_by_side(a, b);
        let of_two = a.0 == b.0
            && (quoted
                || !self.passages.may_be_a_slip(a, b, &seen)
                || beside() && (elsewhere() || of_subject())
                || (elsewhere() || seen.size(Feature::ArgumentsSame) == 0) && of_subject());
        let confidence = if of_two { 0 } else { logistic(MODELS.contrasts.log_odds(&seen)) };
        Some(Spotted { documents: (a.0, b.0), statements: (x, y), kind, spans, features: seen, confidence })
    }
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
    (documents, event_clusters, passages): (&[Document], &[u32], &Passages),
    rules: &Rules,
    (setting, asked): (Setting, Option<u16>),
) -> Vec<Detail> {
    let likely = Likely::new(rules, (setting, asked));
    let mut likely: Vec<&Spotted> = spotted.iter().filter(|s| likely.is(s)).collect();
    likely.retain(|s| {
        // Single sentences with another name, figure or opposite in a second spot may well be of two things, and so may a statement with
        // another name in the same place.
        let others: &[Feature] = match s.stands_in(setting) {
            Setting::SingleSentences => &ELSEWHERE,
            Setting::Statement => &[Feature::NamesInOnePlace],
            Setting::Documents | Setting::OneSpot | Setting::OneDocument => &[],
        };
        others.iter().all(|other| s.features.size(*other) == 0)
    });
    likely.sort_by_key(|s| (std::cmp::Reverse(s.confidence), s.statements, s.spans));
    // Where both figures are values of claims, what is seen of those decides.
    let mut values: BTreeMap<(u32, u32), Vec<Span>> = BTreeMap::new();
    for c in claims.iter().filter(|c| !matches!(c.value, Value::Text(_)) && &*c.kind != "bare") {
        values.entry((c.source, c.span.start)).or_default().push(c.value_span);
    }
    let valued = |of: u32, span: Span| {
        let own = &claims[of as usize];
        values.get(&(own.source, own.span.start)).is_some_and(|all| all.iter().any(|v| v.overlaps(span)))
    };
    likely.retain(|s| {
        let (x, y) = s.statements;
        s.kind != ContrastKind::Figure || !(valued(x, s.spans.0) && valued(y, s.spans.1))
    });
    // A sentence that differs from others in a third and a fourth way is of a pattern, and says nothing of the same thing; so is one
    // that differs from documents on other things in a second one: "this package needs version 1.60".
    let mut ways: BTreeMap<u32, [BTreeSet<Vec<String>>; 2]> = BTreeMap::new();
    let outside = |s: &Spotted| event_clusters[s.documents.0 as usize] != event_clusters[s.documents.1 as usize];
    for s in &likely {
        for (own, other, span) in
            [(s.statements.0, s.documents.1, s.spans.1), (s.statements.1, s.documents.0, s.spans.0)]
        {
            let words = fold_words(span.of(&documents[other as usize].text));
            let [all, of_others] = ways.entry(own).or_default();
            if outside(s) {
                of_others.insert(words.clone());
            }
            all.insert(words);
        }
    }
    likely.retain(|s| {
        [s.statements.0, s.statements.1].iter().all(|own| {
            let [all, of_others] = &ways[own];
            all.len() <= WAYS && (!outside(s) || of_others.len() <= WAYS_OUTSIDE)
        })
    });
    let mut taken: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut ids: BTreeSet<String> = claims.iter().map(|c| c.id.clone()).collect();
    let mut out = Vec::new();
    for s in likely {
        let (x, y) = s.statements;
        let source = |c: u32| claims[c as usize].source;
        let slots = [(x, source(y)), (y, source(x))];
        if slots.iter().any(|s| taken.contains(s)) {
            continue;
        }
        taken.extend(slots);
        let denied = s.kind == ContrastKind::Denied;
        let mut side = |of: u32, span: Span| {
            let own = &claims[of as usize];
            let text = &documents[own.source as usize].text;
            let words = span.of(text);
            let asked = passages.tree(own.source, span).and_then(|tree| question(tree, text, span, denied));
            let claim = Claim {
                id: crate::claim::hash(&[own.id.as_str(), words, "detail"].join("\u{1f}")),
                kind: "detail".into(),
                attribute: asked.unwrap_or_else(|| own.attribute.clone()),
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
        out.push(Detail {
            ids: (side(x, s.spans.0), side(y, s.spans.1)),
            confidence: s.confidence,
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

#[cfg(test)]
mod tests {
    use crate::app::pipeline::{Settings, examine};
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    /// The contrasts of two documents, as words.
    fn check(a: &str, b: &str, expected: &[(&str, &str)]) {
        let rules = Rules::embedded().unwrap();
        let extractor = Extractor::new(&rules);
        let documents = vec![Document::from_text("a.txt", a), Document::from_text("b.txt", b)];
        let settings = Settings { min_confidence: Some(0), ..Settings::default() };
        let examined = examine(documents, Vec::new(), &extractor, &settings);
        let of_two = examined.spotted.iter().filter(|s| s.documents == (0, 1));
        let found: Vec<(&str, &str)> = of_two.map(|s| (s.spans.0.of(a), s.spans.1.of(b))).collect();
        assert_eq!(found, expected, "{a} | {b}");
    }

    #[test]
    fn what_excludes_nothing() {
        let opened = "On Monday the council of Lowmere opened the harbor center.";
        check("The council of Lowmere opened the harbour centre on Monday.", opened, &[]);
        let by = |who: &str| format!("The harbour hall of Lowmere was opened by {who} on Monday.");
        check(&by("Governor Berg"), &by("Ms Berg"), &[]);
        check(&by("Ole Lund"), &by("Ms Berg"), &[("Ole Lund", "Ms Berg")]);
        let told = |whom: &str| format!("On Monday Ole Lund told the {whom} that the ferry had been sold.");
        check(&told("Lowmere Post"), &told("Upmere Herald"), &[]);
        // As many denials in both.
        let mended = "None of the ferries built or mended in Lowmere sailed on Monday. It rained all day.";
        let built =
            "On Monday none of the ferries mended or built for Norvik in Lowmere sailed. Many boats turned over.";
        check(mended, built, &[]);
    }
}
