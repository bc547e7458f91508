//! Evidence: the links between values, and the doubts about them, that rest on what is seen of two values.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use petgraph::unionfind::UnionFind;

use crate::align::{Feature, Neighbourhood};
use crate::candidate::Candidate;
use crate::claim::{Claim, TimeNature};
use crate::graph::{Chains, GateName, Link, Relation, Verdict};
use crate::rule::{RelateRule, Setting};
use crate::text::Span;
use crate::value::Value;

use super::observe::{Observed, Seen, dated_apart};
use super::{CompareContext, Contrasts, Pair, judge_figures};

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
    if let Some(because) = because {
        grounds.because = because.to_owned();
    }
    Some(Link { confidence, ..super::link(context, rule, a, b, grounds) })
}

/// How sure the evidence is, of each pair that was weighed but for those of single sentences, that its values, or statements, are of
/// one thing and exclude each other.
#[derive(Debug, Default)]
pub struct ConflictConfidence(HashMap<[(u32, Span); 2], u16>);

impl ConflictConfidence {
    /// From what was seen of the candidates, and of the contrasts of statements.
    pub fn new(observed: &Observed, contrasts: &Contrasts) -> ConflictConfidence {
        ConflictConfidence(observed.sure.iter().chain(&contrasts.sure).copied().collect())
    }

    /// Whether the evidence is enough for the rule of a link; it is where the rule asks for none, or the pair was not weighed.
    pub fn is_enough(&self, context: &CompareContext<'_>, link: &Link) -> bool {
        let rule = context.rules.relate.iter().find(|r| r.head.id == *link.rule);
        let Some(least) = rule.and_then(|r| r.when.weighed) else { return true };
        self.0.get(&places(context.claims, link.a, link.b)).is_none_or(|sure| *sure >= least)
    }
}

/// Where the value of a claim stands.
pub(super) fn place(claims: &[Claim], claim: u32) -> (u32, Span) {
    let claim = &claims[claim as usize];
    (claim.source, claim.value_span)
}

/// Where two values stand, in order: several claims can have one value.
pub(super) fn places(claims: &[Claim], a: u32, b: u32) -> [(u32, Span); 2] {
    let mut both = [place(claims, a), place(claims, b)];
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
    let place = |c: u32| place(context.claims, c);
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
        let pair = pair_of(context, a, b);
        // A count that grows has another value on another day, which that of an undated document may be of.
        let grows = x.moves == TimeNature::Cumulative || y.moves == TimeNature::Cumulative;
        let same_day = context.published(x) == context.published(y);
        let differs = |gate: GateName| pair.verdict(gate) == Verdict::Different;
        // The subject of a claim is a guess; one that its clause names is none, nor mostly that of an age, the name beside it.
        let subjects = (sides[a as usize].named_subject, sides[b as usize].named_subject);
        let named = matches!(subjects, (Some(p), Some(q)) if p != q) || x.family == "age" && y.family == "age";
        let two_subjects = differs(GateName::Entity) && named;
        if apart && (differs(GateName::Time) || two_subjects || grows && !same_day) {
            continue;
        }
        // "Three sources", "four sentences": so few of anything are somewhere.
        if seen.features.size(Feature::Small) > 0 && seen.features.size(Feature::UnitOther) > 0 {
            continue;
        }
        // Both sentences state both values: of two things.
        if apart && seen.features.size(Feature::NumberInTheOtherSentence) == 2000 {
            continue;
        }
        let relation = if apart { Relation::Conflict } else { Relation::Agree };
        out.extend(link(pair, relation, seen.confidence, None));
    }
    // Where one document states both values, each of the same thing as others do, they are of two things; and so they are where a
    // document that states both has company for one of them.
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
    let by_one = |l: &Link| {
        let [x, y] = [l.a, l.b].map(|at| &stated[&one.find(at)]);
        if context.setting(&context.claims[l.a as usize], &context.claims[l.b as usize]) == Setting::OneDocument {
            x.len() > 1 || y.len() > 1
        } else {
            !x.is_disjoint(y)
        }
    };
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
pub(super) fn pair_of<'a>(context: &'a CompareContext<'a>, a: u32, b: u32) -> Pair<'a> {
    let mut pair = Pair::new(context, a, b);
    if let (Value::Quantity(p), Value::Quantity(q)) = (&pair.x.value, &pair.y.value)
        && p.unit.dimension != q.unit.dimension
    {
        pair.found = judge_figures(&p.broadly(), &q.broadly());
    }
    pair
}

/// Parts of a scope that two texts put in two ways: they tell nothing apart for sure.
pub(super) const LOOSE: [&str; 4] = ["area", "part", "stretch", "with"];

/// Whether two claims are of two scopes by what both of them state: two quarters, two places.
fn scoped_apart(x: &Claim, y: &Claim) -> bool {
    let other = |(key, own): (&String, &String)| {
        !LOOSE.contains(&key.as_str()) && y.scope.get(key).is_some_and(|other| other != own)
    };
    x.scope.iter().any(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Features;
    use crate::app::pipeline::examine;
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// How sure the evidence is of a pair, and what else is seen of it.
    type Sure = (u16, Option<(Feature, i32)>);

    /// What evidence sets against the first figure of a document among the figures of another, in their order.
    fn weighed(a: &str, b: &str, sure: &[Sure]) -> Vec<String> {
        let documents = vec![Document::from_text("a", a), Document::from_text("b", b)];
        let examined = examine(documents, Vec::new(), &EXTRACTOR, &Default::default());
        let context = examined.context();
        let figure = |c: &Claim, source| c.source == source && matches!(c.value, Value::Quantity(_));
        let of = |source| (0u32..).zip(context.claims).filter(move |(_, c)| figure(c, source)).map(|(at, _)| at);
        let seen = |(b, (confidence, feature)): (u32, &Sure)| {
            let mut features = Features::default();
            feature.iter().for_each(|(feature, size)| features.put(*feature, *size));
            let candidate = Candidate { a: of(0).next().unwrap(), b, alike: 0 };
            Seen { candidate, apart: Some(true), features, confidence: *confidence }
        };
        let observed: Vec<Seen> = of(1).zip(sure).map(seen).collect();
        let drawn = weigh(&context, &observed, &vec![Neighbourhood::default(); context.claims.len()], &[], &[]);
        drawn.iter().map(|l| context.claims[l.b as usize].value_span.of(b).to_owned()).collect()
    }

    const OWN: &str = "It rained. The keeper of Lowmere painted 40 boats at the pier.";
    const OTHER: &str = "It rained. The keeper of Lowmere painted 60 boats at the pier.";
    const SURE: Sure = (999, None);

    #[test]
    fn what_speaks_against_one_thing() {
        assert_eq!(weighed(OWN, OTHER, &[SURE]), ["60"]);
        assert_eq!(weighed(OWN, OTHER, &[(0, None)]), [""; 0]);
        for feature in [(Feature::NamesInOnePlace, 1000), (Feature::NumberInTheOtherSentence, 2000)] {
            assert_eq!(weighed(OWN, OTHER, &[(999, Some(feature))]), [""; 0], "{feature:?}");
        }
        let may = OWN.replace("at the pier", "in May 2021");
        assert_eq!(weighed(&may, &may.replace("40", "60"), &[SURE]), ["60"]);
        assert_eq!(weighed(&may, &may.replace("40 boats in May", "60 boats in June"), &[SURE]), [""; 0]);
    }

    #[test]
    fn of_two_the_surer_one() {
        let two = format!("{OTHER} The keeper of Lowmere painted 75 boats at the yard.");
        assert_eq!(weighed(OWN, &two, &[(998, None), SURE]), ["75"]);
        assert_eq!(weighed(OWN, &two, &[SURE, (998, None)]), ["60"]);
        assert_eq!(weighed(OWN, &two, &[SURE, SURE]), ["60"], "of two as sure the first");
    }

    #[test]
    fn a_rule_yields_to_what_is_less_sure_than_it_asks() {
        let documents = vec![
            Document::from_text("a", "The keeper of the Lowmere light closed the northern gate of the harbour."),
            Document::from_text("b", "The keeper of the Lowmere light opened the northern gate of the harbour."),
        ];
        let examined = examine(documents, Vec::new(), &EXTRACTOR, &Default::default());
        let context = examined.context();
        let link = examined.analysis.links.iter().find(|l| &*l.rule == "statement-opposed").unwrap();
        let enough = |sure: &[u16]| {
            let sure = sure.iter().map(|sure| (places(context.claims, link.a, link.b), *sure)).collect();
            let contrasts = Contrasts { sure, ..Contrasts::default() };
            ConflictConfidence::new(&Observed::default(), &contrasts).is_enough(&context, link)
        };
        let least = context.rules.relate.iter().find(|r| r.head.id == *link.rule).unwrap().when.weighed.unwrap();
        assert!(enough(&[]), "what was not weighed");
        assert!(enough(&[least]));
        assert!(!enough(&[least - 1]));
    }

    #[test]
    fn scopes() {
        let claim = |scope: &[(&str, &str)]| {
            let spans = (Span::new(0, 0), Span::new(0, 0));
            let scope = scope.iter().map(|(axis, value)| ((*axis).to_owned(), (*value).to_owned())).collect();
            Claim { scope, ..Claim::plain("count", "boats".to_owned(), spans, Value::Text(String::new())) }
        };
        let check = |a: &[(&str, &str)], b, apart| assert_eq!(scoped_apart(&claim(a), &claim(b)), apart, "{a:?} {b:?}");
        check(&[("place", "Lowmere")], &[("place", "Upmere")], true);
        check(&[("place", "Lowmere")], &[("place", "Lowmere")], false);
        check(&[("place", "Lowmere")], &[("span", "annual")], false);
        check(&[("part", "old")], &[("part", "new")], false);
    }
}
