//! The first gate: whether two claims are about one subject, and one instance of it.
//!
//! Names decide where both sides have one. What happened to an event is stated without naming it: in documents of one
//! event cluster two such claims are about its event, unless something sets one of them apart.

use jiff::civil::Date;

use crate::claim::{Claim, Subject};
use crate::entity::EntityType;
use crate::graph::{BasisKind, Verdict};
use crate::rule::Comparator;
use crate::text::{fold, fold_words};
use crate::value::Value;

use super::gate::{Seen, equal, placed, seen};
use super::{CompareContext, date};

/// The family of the end of a quarter or year: it has its like a year before.
const PERIOD: &str = "period end";

/// The name of what a claim is about.
pub(super) fn shown(claim: &Claim) -> String {
    claim.subject.as_ref().map_or_else(|| "unknown".to_owned(), |s| s.name.clone())
}

/// See the module.
pub(super) fn entity(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Seen {
    // Of a post that several hold nothing is said: any of them, and none, may be meant.
    let post = |c: &Claim| c.subject.as_ref().and_then(|s| context.merged.global(c.source, s.entity?));
    let open = |c: &Claim| post(c).is_some_and(|g| context.merged.open.contains(&g));
    if open(x) || open(y) {
        return seen(Verdict::Different, "a post that several people hold, or that changes hands, in these documents");
    }
    let found = names(context, x, y);
    // Nor need it be where what is stated has many values; but the parts of a product are named as exactly as they have to be.
    let guess = |c: &Claim| {
        let part = || context.rules.extract_rule(&c.rule).is_some_and(|r| r.is_of(EntityType::Product));
        // A rank is of whom it is stated.
        let rank = &*c.kind == "ranking";
        !rank && !context.stated(c) || matches!(c.value, Value::Quantity(_)) && !c.single_valued && !part()
    };
    // A sentence or two, or a statement that is checked against the sources, is about one thing.
    let terse = context.query.is_some() || context.surroundings.brief(x, y);
    let guessed = guess(x) && guess(y) && !matches!(x.value, Value::Text(_));
    if guessed && x.source != y.source && !terse && x.value != y.value && context.all_else_differs(x, y) {
        return seen(Verdict::Different, "no figure of the two sentences is the same");
    }
    // A statement is checked against the sources: what they leave unsaid is what it is about, and so the other way round.
    // Of figures that a rule tells on both sides the names decide.
    let unsaid = (x.subject.is_none() || y.subject.is_none()) && context.stated(x) != context.stated(y);
    if context.query.is_some_and(|a| a.is_own(x) != a.is_own(y)) && found.verdict == Verdict::Unknown && unsaid {
        return seen(Verdict::Same, "one of them does not name what the statement is about");
    }
    if found.verdict == Verdict::Different
        && guessed
        && context.same_event(x, y)
        && (terse || !two_persons(context, x, y))
    {
        return seen(Verdict::Unknown, "a name beside a figure need not be its subject");
    }
    found
}

/// Whether two things of one kind are of two owners, or of one that is named and one that is not: "Norvik’s division" and
/// "the division of Lund" are two.
fn two_owners(p: &str, q: &str) -> bool {
    let owner = |s: &str| s.split_once("’s ").map(|(owner, _)| fold(owner));
    owner(p) != owner(q)
}

/// Whether both name a person whom the figure is of, and not the one who tells it.
fn two_persons(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let person = |c: &Claim| {
        let subject = c.subject.as_ref()?;
        let stated = c.attributed_to.as_ref() == Some(&subject.name);
        let global = context.merged.global(c.source, subject.entity?)?;
        (!stated && context.merged.kinds.get(global as usize) == Some(&EntityType::Person)).then_some(global)
    };
    matches!((person(x), person(y)), (Some(a), Some(b)) if a != b)
}

/// Whether two nouns are one word with other words before it on both sides.
fn stated_apart(p: &[String], q: &[String]) -> bool {
    let only = |a: &[String], b: &[String]| a.iter().any(|w| !b.contains(w));
    p.last() == q.last() && only(p, q) && only(q, p)
}

/// What the names say, and the words that stand for names.
fn names(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> Seen {
    let say = |verdict, basis: &'static str| seen(verdict, basis);
    if x.subject.is_none() && y.subject.is_none() && x.attribute == y.attribute && x.stated_by_attribute() {
        let main = |c: &Claim| context.main.get(c.source as usize).and_then(|m| m.first()).copied();
        if main(x).is_some() && main(x) == main(y) {
            return say(Verdict::Same, "the same quantity by name, in documents about the same");
        }
    }
    // Equal figures of two times may still be one figure, stated with and without its time.
    let events = context.of_event(x) && context.of_event(y);
    if context.same_event(x, y) && events && !equal(x, y) && apart(context, x, y) {
        return say(Verdict::Different, "one of them is about another time");
    }
    if !matches!(x.value, Value::Time(_)) && events && context.another_time(x, y) {
        return say(Verdict::Different, "the sentences give two times");
    }
    if one_date(context, x, y) {
        return say(Verdict::Same, "dates of the event that the documents report");
    }
    if context.one_misspelt(x, y) {
        return say(Verdict::Unknown, "two spellings of what may be one name");
    }
    if context.same_event(x, y) {
        if one_event(context, x, y) {
            return say(Verdict::Same, "documents about one event").of(BasisKind::Implied);
        }
        if is_main(context, x, y) {
            return say(Verdict::Same, "what the other document is mostly about").of(BasisKind::Implied);
        }
    }
    let (Some(p), Some(q)) = (&x.subject, &y.subject) else {
        return say(Verdict::Unknown, "the text does not say whom or what one of them is about");
    };
    let global = |c: &Claim, e: Option<u32>| e.and_then(|e| context.merged.global(c.source, e));
    match (global(x, p.entity), global(y, q.entity)) {
        (Some(a), Some(b)) if a != b && !(context.same_event(x, y) && context.one_short((x, a), (y, b))) => {
            say(Verdict::Different, "two names")
        }
        (Some(_), Some(_)) => match (&p.instance, &q.instance) {
            // What somebody wrote is also what he is quoted to have said.
            (Some(i), Some(j)) if i != j && x.comparator == Comparator::Quote => {
                say(Verdict::Unknown, "reported as said elsewhere")
            }
            (Some(i), Some(j)) if i != j => say(Verdict::Different, "another instance"),
            (Some(_), None) | (None, Some(_)) => say(Verdict::Unknown, "one of them does not say which instance"),
            _ if p.name == q.name => say(Verdict::Same, "same name").of(BasisKind::SameName),
            _ => say(Verdict::Same, "names of one entity"),
        },
        (None, None) if x.source == y.source && fold(&p.name) == fold(&q.name) => {
            say(Verdict::Same, "same words in one document")
        }
        (None, None) if two_owners(&p.name, &q.name) => say(Verdict::Different, "two owners"),
        // "The old bridge" and "the new bridge" are two; "the bridge" may be either.
        (None, None) if x.source == y.source && stated_apart(&fold_words(&p.name), &fold_words(&q.name)) => {
            say(Verdict::Different, "different words with the same noun")
        }
        (None, None) if fold_words(&p.name).last() == fold_words(&q.name).last() && x.source == y.source => {
            say(Verdict::Same, "same noun in one document")
        }
        (None, None) if fold(&p.name) == fold(&q.name) && p.name.split(' ').count() > 1 => {
            say(Verdict::Same, "same words")
        }
        (None, None) if p.kind == EntityType::Term && q.kind == p.kind => {
            let same = fold(&p.name) == fold(&q.name);
            say(if same { Verdict::Same } else { Verdict::Different }, "terms are compared letter by letter")
        }
        (None, None) if fold_words(&p.name).last() == fold_words(&q.name).last() => {
            say(Verdict::Unknown, "same noun in two documents")
        }
        _ => say(Verdict::Different, "a name and a description"),
    }
}

/// Whether both tell of what their event cluster is about.
fn one_event(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    context.of_event(x) && context.of_event(y) && !apart(context, x, y) && !context.another_time(x, y)
}

/// Whether years lie between what two claims are of, or one tells of something long past that the other does not date.
fn apart(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let years = matches!((context.era(x), context.era(y)), (Some(p), Some(q)) if p.abs_diff(q) > 1);
    years || !equal(x, y) && (past(context, x, y) || past(context, y, x))
}

/// Days within which a page still tells of what has just happened.
const NEWS: i32 = 45;

/// Whether a claim is of a time long before its own document, and the other one of none near that.
fn past(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let days = |a: Date, b: Date| a.until(b).map_or(i32::MAX, |s| s.get_days());
    let Some(held) = x.as_of.as_ref().and_then(|t| t.latest) else { return false };
    let long = context.day(x).is_some_and(|p| days(held, p) > NEWS);
    let other = y.as_of.as_ref().and_then(|t| t.earliest).or_else(|| context.day(y));
    long && other.is_some_and(|o| days(held, o) > NEWS)
}

/// Whether two times date one event that needs no name: of one family, stated in one event cluster without a word that sets one of
/// them apart, and so near that both can mean it.
pub(super) fn one_date(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let (Value::Time(p), Value::Time(q)) = (&x.value, &y.value) else { return false };
    let own = |c: &Claim| {
        let event = |s: &&Subject| s.kind == EntityType::Event && s.entity.is_none() && s.instance.is_none();
        c.subject.as_ref().filter(event).filter(|_| c.single_valued).map(|s| s.name.clone())
    };
    x.family == y.family
        && own(x).is_some()
        && own(x) == own(y)
        && context.same_event(x, y)
        && date::one_day(p, q, x.family == PERIOD)
}

/// Whether the side that names no subject can only mean that of the other one: the thing that its document names most.
fn is_main(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let main = |c: &Claim| context.main.get(c.source as usize).into_iter().flatten().copied();
    let named = |c: &Claim| {
        let subject = c.subject.as_ref()?;
        context.merged.global(c.source, subject.entity?).filter(|_| subject.instance.is_none())
    };
    // "The company", "the tool": one word for a kind of thing names nothing.
    let said = |c: &Claim| {
        let kind = |s: &Subject| {
            let own = s.entity.is_none() && s.instance.is_none() && !s.name.contains(' ');
            let known = |s: &str| {
                context.lookup.term_of("nominals", s).is_some_and(|t| !["product", "document"].contains(&&*t.class))
            };
            own && known(&s.name)
        };
        let stated = context.stated(x) && context.stated(y);
        c.subject.clone().filter(|s| !(stated && kind(s)))
    };
    // How far something is from somewhere is of whatever its sentence is about.
    let known = context.stated(x) && !placed(context, x);
    let one = |a: u32, b: u32| a == b || context.one_short((x, a), (y, b));
    let shared = match (&said(x), &said(y)) {
        (None, Some(_)) => named(y).is_some_and(|e| main(x).any(|m| one(m, e))),
        (Some(_), None) => named(x).is_some_and(|e| main(y).any(|m| one(e, m))),
        (None, None) => main(x).any(|m| main(y).any(|n| one(m, n))),
        _ => false,
    };
    known && shared && !(x.as_of.is_some() != y.as_of.is_some() && apart(context, x, y))
}
