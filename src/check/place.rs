//! Where the roles of a check are looked for together: a sentence, a row, a column, a list, a document, an incident.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::rule::{Bind, Constraint, Cue, ListPart, Modality, Polarity, Role, Shared, pieces};
use crate::text::fold;
use crate::value::Value;

use super::CheckContext;
use super::beside::beside;
use super::layout::List;

/// What one place is, with its number in the document where it has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// The segment that begins at a byte.
    Segment(u32),
    /// A row of a table.
    Row(u32, u32),
    /// A column of a table.
    Column(u32, u32),
    /// A list.
    List(usize),
    /// A series of figures in prose.
    Series(usize),
    /// A document, or all of them.
    Whole,
}

/// A place with the claims that can take a role there.
#[derive(Debug)]
pub(super) struct Place {
    /// Its document; the first one, where it is no single one.
    pub(super) source: u32,
    /// What it is.
    pub(super) ground: Ground,
    /// The claims, in order, each with the roles that it fits.
    pub(super) members: Members,
}

/// Claims, each with the roles that it fits.
type Members = Vec<(u32, Roles)>;

/// What tells one place from another: its document, what it is, and what its claims share.
type Key = (Option<u32>, Ground, String);

/// Which roles of a form a claim fits, a bit each, in the order of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Roles(u64);

impl Roles {
    fn of(context: &CheckContext<'_>, form: &Constraint, claim: &Claim) -> Roles {
        let all = form.roles.values().take(u64::BITS as usize).enumerate();
        Roles(all.filter(|(_, role)| fits(context, form, role, claim)).fold(0, |bits, (at, _)| bits | 1 << at))
    }

    /// Whether it fits the role at a place in the order of their names.
    pub(super) fn has(self, at: usize) -> bool {
        at < u64::BITS as usize && self.0 >> at & 1 == 1
    }
}

/// All places of a check, in a fixed order.
pub(super) fn places(context: &CheckContext<'_>, form: &Constraint) -> Vec<Place> {
    let mut places: BTreeMap<Key, Members> = BTreeMap::new();
    let one_document = !matches!(form.bind, Bind::Incident | Bind::Corpus);
    let looked_at = context.sources();
    let meant = |claim: &Claim| !claim.noise && (!one_document || looked_at.contains(&claim.source));
    for (at, claim) in context.compare.claims.iter().enumerate().filter(|(_, c)| meant(c)) {
        let roles = Roles::of(context, form, claim);
        if roles == Roles(0) {
            continue;
        }
        let Some(ground) = ground(context, form.bind, claim) else { continue };
        let Some(shared) = shared(context, form, claim) else { continue };
        // A date and the weekday beside it are one mention: every mention is a place of its own.
        let shared =
            if form.roles.values().any(Role::is_weekday) { format!("{shared}@{:?}", claim.value_span) } else { shared };
        places.entry((one_document.then_some(claim.source), ground, shared)).or_default().push((at as u32, roles));
    }
    let place = |((source, ground, _), members): (Key, Members)| {
        let first = members.first().map_or(0, |&(m, _)| context.claim(m).source);
        Place { source: source.unwrap_or(first), ground, members }
    };
    places.into_iter().map(place).collect()
}

/// The place of a claim; `None` for a cell where sentences are asked for, and the other way round.
fn ground(context: &CheckContext<'_>, bind: Bind, claim: &Claim) -> Option<Ground> {
    let segment = || context.segment_of(claim);
    let cell = || segment().and_then(|s| context.segments[claim.source as usize][s].cell);
    match bind {
        Bind::Sentence => Some(Ground::Segment(claim.span.start)),
        // What numbers the rows is no figure of theirs.
        Bind::Row => cell()
            .filter(|c| {
                c.column > 0
                    || !context.layouts.get(claim.source as usize).is_some_and(|l| l.numbered.contains(&c.table))
            })
            .map(|c| Ground::Row(c.table, c.row)),
        Bind::Column => cell().map(|c| Ground::Column(c.table, c.column)),
        Bind::List => context.layouts.get(claim.source as usize)?.list_of.get(&segment()?).map(|l| Ground::List(*l)),
        Bind::Series => {
            context.layouts.get(claim.source as usize)?.series.of(claim).map(|(series, _)| Ground::Series(series))
        }
        Bind::Document | Bind::Incident | Bind::Corpus => Some(Ground::Whole),
    }
}

/// Whether a role says what its claim is a claim of.
fn stated(role: &Role) -> bool {
    role.attribute.is_some() || role.event.is_some()
}

/// Whether a term names what a date is of, and nothing denies or plans it.
fn event(context: &CheckContext<'_>, cue: &Cue, claim: &Claim) -> bool {
    let lookup = context.compare.lookup;
    let words: Vec<_> = pieces(&claim.family).iter().map(|w| lookup.words(w)).collect();
    let term = lookup.terms(&cue.lexicon).at(&words, cue.class.as_deref());
    let fact =
        matches!(claim.modality, Modality::Asserted | Modality::Reported) && claim.polarity == Polarity::Positive;
    fact && term.is_some_and(|(n, _)| n == words.len())
}

/// What claims of one place have to share, as a key; `None` when a claim does not say what it must.
fn shared(context: &CheckContext<'_>, form: &Constraint, claim: &Claim) -> Option<String> {
    let mut key = String::new();
    for shared in &form.same {
        let part = match shared {
            Shared::Subject => match &claim.subject {
                Some(s) => match context.subject(claim) {
                    // Within a sentence the instance need not be named with every figure.
                    Some(entity) if form.bind == Bind::Sentence => entity.to_string(),
                    Some(entity) => format!("{entity}/{}", s.instance.as_deref().unwrap_or_default()),
                    // "The Solberg trial" is one in all documents, "the new ferry" one in each.
                    None if s.name.contains(char::is_uppercase) => fold(&s.name),
                    None => format!("{}@{}", fold(&s.name), claim.source),
                },
                // Within a sentence, claims whose subject it does not name are of one subject, if the roles say what they
                // are claims of; otherwise those of one attribute are.
                None if form.bind == Bind::Sentence && form.roles.values().all(stated) => "?".to_owned(),
                None if form.bind == Bind::Sentence => format!("?{}", claim.family),
                None if form.bind == Bind::Document && form.roles.values().all(stated) => format!("?{:?}", claim.span),
                None => return None,
            },
            Shared::Attribute => claim.family.clone(),
            Shared::Document => claim.source.to_string(),
            Shared::Scope => format!("{:?}", claim.scope),
            // Which roles have to be alike follows from the formula.
            Shared::Unit => continue,
        };
        key = format!("{key}|{part}");
    }
    Some(key)
}

/// Whether a claim can take a role.
fn fits(context: &CheckContext<'_>, form: &Constraint, role: &Role, claim: &Claim) -> bool {
    // "Solberg, 38": a bare number by its words, a length of time by what it stands for.
    let shape = match &claim.value {
        Value::Quantity(q) => q.shape,
        Value::Time(_) | Value::Text(_) => claim.shape,
    };
    role.shape.is_none_or(|s| s == shape)
        && role.kind.as_ref().is_none_or(|k| **k == *claim.kind)
        && role.attribute.as_ref().is_none_or(|a| *a == claim.attribute || *a == claim.family)
        && role.scope.as_ref().is_none_or(|(axis, value)| claim.scope.get(axis) == Some(value))
        && role.rule.as_ref().is_none_or(|r| *r == claim.rule)
        && role.event.as_ref().is_none_or(|cue| event(context, cue, claim))
        && match &claim.value {
            Value::Quantity(q) => role.interval(q).is_some(),
            // A date worked out from its weekday proves nothing of it.
            Value::Time(t) if role.is_weekday() => t.weekday.is_some() && context.stated_day(claim).is_some(),
            Value::Time(t) => role.shape.is_some() && t.earliest.is_some(),
            Value::Text(_) => role.shape.is_some(),
        }
        && role.cue.as_ref().is_none_or(|cue| beside(context, cue, claim))
        && role
            .header
            .as_ref()
            .is_none_or(|cue| headers(context, form.bind, claim).any(|h| context.met(cue, h).is_some()))
        && role.at.is_none_or(|part| match part_of(context, form.bind, claim) {
            // What is left is a part as well.
            Some(ListPart::Rest) => matches!(part, ListPart::Rest | ListPart::Part),
            own => own == Some(part),
        })
}

/// What stands over a claim: the header of its column where rows are bound, that of its row where columns are, the lead
/// and the heading of a list, the sentence of a series.
pub(super) fn headers<'a>(
    context: &CheckContext<'a>,
    bind: Bind,
    claim: &Claim,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let segments = &context.segments[claim.source as usize];
    let at = context.segment_of(claim);
    let cell = at.and_then(|s| segments[s].cell);
    let list = at.and_then(|s| list(context, claim.source, s));
    let of = |segment: usize| segments[segment].span;
    let spans = match bind {
        Bind::Row => [cell.and_then(|c| c.column_header), None],
        Bind::Column => [cell.and_then(|c| c.row_header), None],
        Bind::List => [
            list.and_then(|l| l.lead).map(of),
            at.and_then(|s| segments[s].heading).filter(|_| list.is_some()).map(|h| of(h as usize)),
        ],
        Bind::Series => [at.map(of), None],
        _ => [None, None],
    };
    let text = context.text(claim.source);
    spans.into_iter().flatten().map(move |span| span.of(text))
}

fn list<'a>(context: &CheckContext<'a>, source: u32, segment: usize) -> Option<&'a List> {
    let layout = context.layouts.get(source as usize)?;
    layout.list_of.get(&segment).map(|&l| &layout.lists[l])
}

fn part_of(context: &CheckContext<'_>, bind: Bind, claim: &Claim) -> Option<ListPart> {
    if bind == Bind::Series {
        return context.layouts.get(claim.source as usize).and_then(|l| l.series.of(claim)).map(|(_, part)| part);
    }
    let segment = context.segment_of(claim)?;
    let list = list(context, claim.source, segment)?;
    Some(if list.lead == Some(segment) { ListPart::Lead } else { ListPart::Item })
}
