//! Consistency constraints: what follows from arithmetic, counting and the calendar.
//!
//! Comes in: all claims, the links drawn between them, the segments they stand in, and the rules of `rules/check/`. Goes
//! out: links that support or refute, checks that hold, and those whose inputs were found but could not be decided.
//! Several possible bindings of one check are never guessed at.
//!
//! Every check is a file of `rules/check/`, which says all that people need to know of it. Nearly all hold what is stated
//! against what follows from the rest, and go one way:
//!
//! 1. A *place* is walked: the figures of a sentence, a table, a document. `layout` knows the sentences, tables and lists of
//!    each document, and `words` has cut every sentence into words once.
//! 2. There the check tells which claims belong together and what they make: a formula of its rule, which `constraint` binds
//!    and evaluates, or a function in [`CHECKS`], which has a file of its own. It gives an `Equation`: the claims by role,
//!    whether they fit, and the words of what they should be.
//! 3. `equation` settles it: it draws the link that supports or refutes the checked claim, in the words of the rule.
//!
//! The few that draw other links, or need more than one place, are a [`Check`] of their own.

mod age_now;
mod age_then;
mod beside;
mod change_stated;
mod clock;
mod constraint;
mod context;
mod converted;
mod counted;
mod duration_stated;
mod equation;
mod exchanged;
mod figures;
mod layout;
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
mod series;
mod share_column;
mod share_stated;
mod spelt_twice;
mod stated_twice;
mod table;
mod table_sum;
mod times_as;
mod title_stated;
mod weekday_stated;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Link, Relation};
use crate::rule::{CheckCode, CheckRule, Form};

use equation::Equation;
use figures::Sentence;
use layout::Layout;
use table::Table;

pub use context::CheckContext;
pub use model::{Checked, Checks, NotChecked};

/// A check that needs code.
pub trait Check: Sync {
    /// The word by which its rule names it; also the name of its file, with `_` for `-`.
    fn code(&self) -> CheckCode;
    /// Adds what it finds. Id, severity and messages are those of the rule.
    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks);
}

/// A check that tells which claims belong together, at every place of one sort.
struct Equations(CheckCode, At);

/// The sort of place, and what tells its equations.
enum At {
    /// A figure of a sentence, by its place among them: what it and the others say.
    Figure(fn(&CheckContext<'_>, &Sentence<'_>, usize) -> Option<Equation<'static>>),
    /// A table.
    Table(fn(&CheckContext<'_>, &Table<'_>) -> Vec<Equation<'static>>),
    /// A document, by its number.
    Document(fn(&CheckContext<'_>, u32) -> Vec<Equation<'static>>),
    /// All documents.
    Corpus(fn(&CheckContext<'_>) -> Vec<Equation<'static>>),
}

impl Check for Equations {
    fn code(&self) -> CheckCode {
        self.0
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        let layouts = || context.sources().map(|source| &context.layouts[source as usize]);
        let equations: Vec<Equation<'static>> = match self.1 {
            At::Figure(tell) => {
                let sentences = layouts().flat_map(|l| &l.sentences).filter(|s| s.prose);
                sentences.flat_map(|s| (0..s.figures.len()).filter_map(move |at| tell(context, s, at))).collect()
            }
            At::Table(tell) => layouts().flat_map(|l| l.tables.values()).flat_map(|t| tell(context, t)).collect(),
            At::Document(tell) => context.sources().flat_map(|source| tell(context, source)).collect(),
            At::Corpus(tell) => tell(context),
        };
        equations.into_iter().for_each(|equation| equation.settle(context, rule, found));
    }
}

/// All checks that need code.
pub const CHECKS: &[&dyn Check] = &[
    &Equations(CheckCode::AgeNow, At::Document(age_now::equations)),
    &Equations(CheckCode::AgeThen, At::Figure(age_then::equation)),
    &Equations(CheckCode::ChangeStated, At::Figure(change_stated::equation)),
    &Equations(CheckCode::Converted, At::Document(converted::equations)),
    &Equations(CheckCode::Counted, At::Corpus(counted::equations)),
    &Equations(CheckCode::DurationStated, At::Document(duration_stated::equations)),
    &exchanged::Exchanged,
    &Equations(CheckCode::Listed, At::Figure(listed::equation)),
    &named_sources::NamedSources,
    &Equations(CheckCode::Overtaking, At::Document(overtaking::equations)),
    &Equations(CheckCode::QuoteStitched, At::Corpus(quote_stitched::equations)),
    &Equations(CheckCode::Rated, At::Figure(rated::equation)),
    &Equations(CheckCode::ShareColumn, At::Table(share_column::equations)),
    &Equations(CheckCode::ShareStated, At::Figure(share_stated::equation)),
    &Equations(CheckCode::SpeltTwice, At::Document(spelt_twice::equations)),
    &stated_twice::StatedTwice,
    &Equations(CheckCode::TableSum, At::Table(table_sum::equations)),
    &Equations(CheckCode::TimesAs, At::Figure(times_as::equation)),
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
    let context = &CheckContext { layouts: &layouts, ..*context };
    for rule in &context.compare.rules.check {
        match &rule.form {
            Form::Constraint(form) => constraint::run(context, rule, form, &mut found),
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

    /// Whether the check of a rule holds of a text, or fails somewhere; nothing where it is silent.
    pub(super) fn outcome(rule: &str, text: &str) -> Option<bool> {
        let documents = vec![Document::from_text("a.md", text)];
        let analysis = analyse(documents, Vec::new(), &EXTRACTOR, &Default::default());
        // A fault of a single claim has nothing to be linked to.
        let failed = analysis.links.iter().any(|l| l.rule == rule && l.relation == Relation::DerivedConflict)
            || analysis.findings.iter().any(|f| f.rule == rule);
        let held = analysis.checked.iter().any(|c| c.rule == rule);
        (failed || held).then_some(!failed)
    }

    /// Holds each text against what the check of a rule should say of it.
    #[track_caller]
    pub(super) fn check(rule: &str, cases: &[(&str, Option<bool>)]) {
        for (text, holds) in cases {
            assert_eq!(outcome(rule, text), *holds, "{text}");
        }
    }
}
