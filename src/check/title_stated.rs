//! A figure of the title, and another one for the same thing in the first sentences of the text.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::compare::judge_figures;
use crate::rule::{CheckCode, CheckRule, Modality, pieces};
use crate::segment::SegmentKind;
use crate::text::{Span, content_lemma, fold_words};
use crate::value::{Judgement, Quantity, Value, digits};

use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct TitleStated;

/// Sentences below the title that say again what it says.
const LEAD: usize = 3;
/// Fewest words of the title that a sentence shares, where a rule tells the attribute of both figures, and where none does.
const SHARED: (usize, usize) = (1, 2);
/// Words behind a figure among which "than" makes it a difference.
const THAN: usize = 4;
/// Axes on which an open side is no matter of course: another part, round or change is another figure.
const PARTING: [&str; 4] = ["part", "change", "instance", "money_stage"];

impl Check for TitleStated {
    fn code(&self) -> CheckCode {
        CheckCode::TitleStated
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            let segments = &context.segments[source as usize];
            let Some(title) = segments.iter().find(|s| s.kind == SegmentKind::Title && !s.noise) else { continue };
            let prose = |k: SegmentKind| matches!(k, SegmentKind::Sentence | SegmentKind::Standfirst);
            let lead: Vec<Span> = segments
                .iter()
                .filter(|s| prose(s.kind) && !s.noise && s.span.start > title.span.start)
                .take(LEAD)
                .map(|s| s.span)
                .collect();
            for at in context.of_segment(source, title.span.start) {
                judge(context, rule, at, &lead, found);
            }
        }
    }
}

fn judge(context: &CheckContext<'_>, rule: &CheckRule, at: u32, lead: &[Span], found: &mut Checks) {
    let title = context.claim(at);
    let Some(stated) = figure(title).filter(|_| !compares(context, title)) else { return };
    let figures = || {
        let all = context.of_document(title.source).filter(|&i| context.claim(i).span != title.span);
        all.filter_map(|i| Some((i, figure(context.claim(i))?)))
    };
    let claims = context.compare.claims;
    let fill = |template, other: u32| {
        let ends: [(&str, &[u32]); 2] = [("title", &[at]), ("text", &[other])];
        context.fill(template, &ends, context.words(title), context.words(context.claim(other)))
    };
    if let Some((same, _)) = figures().find(|(_, q)| fits(stated, q)) {
        if let (Some(template), true) = (&rule.holds_message, context.claim(same).family == title.family) {
            let message = fill(template, same);
            found.holds(rule, claims, &[at, same], message.clone(), message);
        }
        return;
    }
    let rivals: Vec<(u32, &Quantity)> = figures()
        .filter(|(i, q)| {
            let claim = context.claim(*i);
            lead.contains(&claim.span) && q.unit.dimension == stated.unit.dimension && comparable(context, title, claim)
        })
        .collect();
    // Two figures that could be meant leave it open which of them the title tells.
    let Some(&(rival, first)) = rivals.first() else { return };
    if rivals.iter().any(|(_, q)| judge_figures(first, q).judgement != Judgement::Equal) {
        return;
    }
    let message = fill(&rule.message, rival);
    found.fails(rule, claims, &[at, rival], message, "the title and the text below it give two figures".to_owned());
}

/// Whether a figure says by how much one thing differs from another: "$4,000 cheaper than".
fn compares(context: &CheckContext<'_>, claim: &Claim) -> bool {
    let behind = context.text(claim.source).get(claim.value_span.end as usize..claim.span.end as usize);
    pieces(behind.unwrap_or_default()).iter().take(THAN).any(|w| w.eq_ignore_ascii_case("than"))
}

/// The figure of a claim that is put forward as a fact or a plan.
fn figure(claim: &Claim) -> Option<&Quantity> {
    let claimed = !matches!(claim.modality, Modality::Opinion | Modality::Conditional | Modality::Negated);
    match &claim.value {
        Value::Quantity(q) if !claim.noise && claimed => Some(q),
        _ => None,
    }
}

/// Whether a figure of the text can be what the title tells: it is compatible, or what rounding to as few digits as a
/// title has makes of it, in whatever unit of counting.
fn fits(title: &Quantity, text: &Quantity) -> bool {
    let same = Quantity { unit: title.unit.clone(), ..text.clone() };
    let text =
        if super::series::summed(title, text) && title.unit.dimension != text.unit.dimension { &same } else { text };
    let found = judge_figures(title, text).judgement;
    if !matches!(found, Judgement::Disjoint | Judgement::Unknown) {
        return true;
    }
    let base = |q: &Quantity| q.number.and_then(|n| n.checked_mul(q.unit.factor));
    let significant = |n: Decimal| digits(n).trim_end_matches('0').len();
    match (base(title), base(text)) {
        (Some(t), Some(x)) if found == Judgement::Disjoint && significant(t) < significant(x) => {
            x.round_sf(significant(t) as u32).is_some_and(|r| r == t)
        }
        _ => false,
    }
}

/// Whether a figure of the text tells the same thing: one attribute or unit, no scope that parts them, and words of the
/// title round it; another figure that both give is such a word.
fn comparable(context: &CheckContext<'_>, title: &Claim, text: &Claim) -> bool {
    let ruled = |c: &Claim| context.compare.rules.extract_rule(&c.rule).is_some();
    let named = title.family == text.family && ruled(title) && ruled(text);
    let unit = |c: &Claim| figure(c).map(|q| q.unit.name.clone());
    // Two rules that tell two attributes, and figures of another measure, are of two things.
    if !named && (ruled(title) && ruled(text) || unit(title) != unit(text)) {
        return false;
    }
    let parted = |axis: &str| {
        let (a, b) = (title.scope.get(axis), text.scope.get(axis));
        a.is_some() && b.is_some() && a != b || PARTING.contains(&axis) && a != b
    };
    if title.polarity != text.polarity || title.scope.keys().chain(text.scope.keys()).any(|axis| parted(axis)) {
        return false;
    }
    let words = |c: &Claim| -> BTreeSet<String> {
        let lookup = context.compare.lookup;
        let own = fold_words(context.words(c));
        let telling = |w: &String| {
            w.len() > 1 && !own.contains(w) && lookup.terms("function-words").at(&[lookup.words(w)], None).is_none()
        };
        fold_words(c.span.of(context.text(c.source))).into_iter().filter(telling).map(|w| content_lemma(&w)).collect()
    };
    let shared = words(title).intersection(&words(text)).count();
    shared >= if named { SHARED.0 } else { SHARED.1 }
}
