//! Consistency constraints: what follows from arithmetic, counting and the calendar.
//!
//! Comes in: all claims, the links drawn between them, the segments they stand in, and the rules of `rules/check/`. Goes
//! out: links that support or refute, checks that hold, and those whose inputs were found but could not be decided.
//! Several possible bindings of one check are never guessed at.
//!
//! Every check is a file of `rules/check/`, which says all that people need to know of it. Most state a formula, which
//! `constraint` binds and evaluates; those that count words or sources name code, one file each, in [`CHECKS`].

mod age_now;
mod age_then;
mod beside;
mod change_stated;
mod clock;
mod constraint;
mod converted;
mod counted;
mod exchanged;
mod figures;
mod layout;
mod duration_stated;
mod listed;
mod model;
mod named_sources;
mod order;
mod overtaking;
mod pair;
mod parts;
mod place;
mod proportion;
mod quote_stitched;
mod rated;
mod context;
mod series;
mod share_column;
mod share_stated;
mod spelt_twice;
mod table_sum;
mod times_as;
mod title_stated;
mod stated_twice;
mod weekday_stated;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Link, Relation};
use crate::rule::{CheckCode, CheckRule, Form};

use layout::Layout;

pub use context::CheckContext;
pub use model::{Checked, Checks, NotChecked};

/// A check that needs code.
pub trait Check: Sync {
    /// The word by which its rule names it; also the name of its file, with `_` for `-`.
    fn code(&self) -> CheckCode;
    /// Adds what it finds. Id, severity and messages are those of the rule.
    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks);
}

/// All checks that need code.
pub const CHECKS: &[&dyn Check] = &[
    &age_now::AgeNow,
    &age_then::AgeThen,
    &change_stated::ChangeStated,
    &converted::Converted,
    &counted::Counted,
    &duration_stated::DurationStated,
    &exchanged::Exchanged,
    &listed::Listed,
    &named_sources::NamedSources,
    &overtaking::Overtaking,
    &quote_stitched::QuoteStitched,
    &rated::Rated,
    &share_column::ShareColumn,
    &share_stated::ShareStated,
    &spelt_twice::SpeltTwice,
    &stated_twice::StatedTwice,
    &table_sum::TableSum,
    &times_as::TimesAs,
    &title_stated::TitleStated,
    &weekday_stated::WeekdayStated,
];

/// Leaves what several checks say of the same claims to one of them: the one that states a formula before one that is code.
fn once(context: &CheckContext<'_>, found: &mut Checks) {
    let code =
        |rule: &str| context.compare.rules.check.iter().any(|r| r.head.id == rule && matches!(r.form, Form::Code(_)));
    let key = |claims: &[u32]| claims.iter().copied().collect::<BTreeSet<u32>>();
    let ends = |l: &Link| key(&[&[l.a, l.b], l.also.as_slice()].concat());
    let mut first: BTreeMap<(BTreeSet<u32>, Relation), (bool, String)> = BTreeMap::new();
    let derived = |l: &Link| matches!(l.relation, Relation::DerivedConflict | Relation::DerivedConsistent);
    for link in found.links.iter().filter(|l| derived(l) && l.a != l.b) {
        let own = (code(&link.rule), link.rule.clone());
        let best = first.entry((ends(link), link.relation)).or_insert_with(|| own.clone());
        if own < *best {
            *best = own;
        }
    }
    found.links.retain(|l| first.get(&(ends(l), l.relation)).is_none_or(|(_, rule)| *rule == l.rule));
    let holds = |c: &Checked| first.get(&(key(&c.claims), Relation::DerivedConsistent));
    found.checked.retain(|c| holds(c).is_none_or(|(_, rule)| *rule == c.rule));
}

/// Runs every check.
pub fn check(context: &CheckContext<'_>) -> Checks {
    let mut found = Checks::default();
    let layouts = Layout::all(context);
    for rule in &context.compare.rules.check {
        match &rule.form {
            Form::Constraint(form) => constraint::run(context, rule, form, &layouts, &mut found),
            Form::Code(code) => {
                CHECKS.iter().filter(|c| c.code() == *code).for_each(|c| c.run(context, rule, &mut found));
            }
        }
    }
    once(context, &mut found);
    let (lone, links) = std::mem::take(&mut found.links).into_iter().partition(|l| l.a == l.b);
    found.lone = lone;
    found.lone.retain(|l: &Link| l.relation == Relation::DerivedConflict);
    found.links = links;
    found.links.sort_by(|x, y| (x.a, x.b, x.relation, &x.rule).cmp(&(y.a, y.b, y.relation, &y.rule)));
    found.links.dedup_by(|x, y| (x.a, x.b, x.relation) == (y.a, y.b, y.relation));
    found.checked.sort_by(|x, y| (&x.rule, &x.claims).cmp(&(&y.rule, &y.claims)));
    found.not_checked.sort_by(|x, y| (&x.rule, &x.claims).cmp(&(&y.rule, &y.claims)));
    found
}

#[cfg(test)]
mod tests {
    use crate::app::pipeline::analyse;
    use crate::claim::given::EXTRACTOR;
    use crate::graph::Relation;
    use crate::source::Document;

    /// Whether the check of a rule holds of a text, or fails; nothing where it is silent.
    pub(super) fn outcome(rule: &str, text: &str) -> Option<bool> {
        let documents = vec![Document::from_text("a.md", text)];
        let analysis = analyse(documents, Vec::new(), &EXTRACTOR, &Default::default());
        let own = analysis.links.iter().find(|l| l.rule == rule);
        own.map(|l| l.relation == Relation::DerivedConsistent)
    }
}
