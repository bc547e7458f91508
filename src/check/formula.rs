//! Runs the checks of `rules/check/`: finds the claims for each role, evaluates the formula over exact intervals.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::graph::Relation;
use crate::rule::{Bind, CheckRule, Cue, Operand, Order, Outcome, Role, Shared, Template, evaluate};
use crate::value::Value;

use super::{Checked, Checks, NotChecked, Scene, link};

/// Most groups of equal values that a role may have before a check is refused.
const BINDINGS: usize = 12;

/// Runs one check over every place that its `bind` names.
pub(super) fn run(scene: &Scene<'_>, rule: &CheckRule, found: &mut Checks) {
    let claims = scene.frozen.claims;
    let mut places: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate().filter(|(_, c)| !c.noise) {
        if !rule.roles.values().any(|r| fits(scene, r, claim)) {
            continue;
        }
        let subject = match &claim.subject {
            Some(s) => match s.entity.and_then(|e| scene.frozen.merged.global(claim.source, e)) {
                Some(g) => g.to_string(),
                None => format!("{}@{}", crate::text::fold(&s.name), claim.source),
            },
            // Within a sentence, claims of one attribute whose subject it does not name are of one subject.
            None if rule.same.contains(&Shared::Subject) && rule.bind != Bind::Sentence => continue,
            None => format!("?{}", claim.family),
        };
        let mut key = match rule.bind {
            Bind::Sentence | Bind::Row | Bind::List | Bind::Column => format!("{}:{}", claim.source, claim.span.start),
            Bind::Document => claim.source.to_string(),
            Bind::Incident | Bind::Corpus => String::new(),
        };
        for shared in &rule.same {
            match shared {
                Shared::Subject => key = format!("{key}|{subject}"),
                Shared::Attribute => key = format!("{key}|{}", claim.family),
                Shared::Document => key = format!("{key}|{}", claim.source),
                Shared::Scope => key = format!("{key}|{:?}", claim.scope),
                Shared::Unit => {}
            }
        }
        places.entry(key).or_default().push(at as u32);
    }
    for members in places.values() {
        bind(scene, rule, members, found);
    }
}

fn fits(scene: &Scene<'_>, role: &Role, claim: &Claim) -> bool {
    let text = || claim.span.of(&scene.frozen.documents[claim.source as usize].text);
    let cue = |cue: &Cue| {
        let lookup = scene.frozen.lookup;
        let words: Vec<_> = crate::rule::pieces(text()).iter().map(|w| lookup.words(w)).collect();
        (0..words.len()).any(|a| lookup.terms(&cue.lexicon).at(&words[a..], cue.class.as_deref()).is_some())
    };
    role.shape.is_none_or(|s| s == claim.shape)
        && role.kind.as_ref().is_none_or(|k| **k == *claim.kind)
        && role.attribute.as_ref().is_none_or(|a| *a == claim.attribute || *a == claim.family)
        && role.rule.as_ref().is_none_or(|r| *r == claim.rule)
        && match &claim.value {
            Value::Quantity(q) => role.interval(q).is_some(),
            // A date worked out from its weekday proves nothing of it.
            Value::Time(t) if role.is_weekday() => t.weekday.is_some() && !t.relative,
            Value::Time(t) => t.earliest.is_some(),
            Value::Text(_) => true,
        }
        && role.cue.as_ref().is_none_or(cue)
}

/// Groups the candidates of each role by equal value, settles which group is which role, and evaluates.
fn bind(scene: &Scene<'_>, rule: &CheckRule, members: &[u32], found: &mut Checks) {
    let claims = scene.frozen.claims;
    let mut groups: BTreeMap<&str, Vec<Vec<u32>>> = BTreeMap::new();
    for (name, role) in &rule.roles {
        let mut by_value: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for &m in members.iter().filter(|m| fits(scene, role, &claims[**m as usize])) {
            by_value.entry(crate::compare::shown(&claims[m as usize].value)).or_default().push(m);
        }
        if by_value.is_empty() {
            return;
        }
        groups.insert(name, by_value.into_values().collect());
    }
    let mut ends: BTreeMap<String, Operand> = BTreeMap::new();
    // Roles told apart by order: exactly as many values as roles, in that order.
    let ordered: Vec<&str> = rule.roles.iter().filter(|(_, r)| r.order.is_some()).map(|(n, _)| n.as_str()).collect();
    if ordered.len() == 2 {
        let mut values: Vec<Vec<u32>> = groups[ordered[0]].clone();
        values.sort_by_key(|g| start(&claims[g[0] as usize]));
        // "from May 2025 to March 2026" is one value that has both ends.
        if let [one] = values.as_slice()
            && let Value::Time(time) = &claims[one[0] as usize].value
            && let Some((from, to)) = time.ends()
        {
            let dates = |(earliest, latest)| Operand::Dates { earliest, latest };
            for name in ordered {
                let early = rule.roles.get(name).and_then(|r| r.order) == Some(Order::Earlier);
                ends.insert(name.to_owned(), dates(if early { from } else { to }));
            }
        } else if values.len() != 2 {
            return;
        } else {
            for name in ordered {
                let early = rule.roles.get(name).and_then(|r| r.order) == Some(Order::Earlier);
                groups.insert(name, vec![values[usize::from(!early)].clone()]);
            }
        }
    }
    let all: usize = groups.values().map(Vec::len).product();
    let flat: Vec<u32> = groups.values().flatten().filter_map(|g| g.first().copied()).collect();
    if all != 1 {
        if all <= BINDINGS {
            found.not_checked.push(NotChecked {
                rule: rule.head.id.clone(),
                claims: flat,
                reason: format!("{all} possible bindings"),
            });
        }
        return;
    }
    let mut operands = BTreeMap::new();
    for (name, group) in &groups {
        let role = &rule.roles[*name];
        let operand = |m: u32| operand(role, &claims[m as usize]);
        let value = if role.many {
            group[0].iter().map(|m| operand(*m)).collect::<Option<Vec<_>>>().map(Operand::List)
        } else {
            operand(group[0][0])
        };
        let Some(value) = ends.remove(*name).or(value) else { return };
        operands.insert((*name).to_owned(), value);
    }
    let fill = |template: &Template, left: &str, right: &str| {
        template.render(|name| match name {
            "left" => left.to_owned(),
            "right" => right.to_owned(),
            role => groups.get(role).map_or_else(String::new, |group| {
                let c = &claims[group[0][0] as usize];
                c.value_span.of(&scene.frozen.documents[c.source as usize].text).to_owned()
            }),
        })
    };
    // The first role is the one checked against the others.
    let lead = rule.roles.keys().find(|n| rule.roles[n.as_str()].order.is_none()).or_else(|| rule.roles.keys().next());
    let Some(lead) = lead else { return };
    let mut order: Vec<u32> = groups[lead.as_str()][0].iter().take(1).copied().collect();
    for (name, group) in &groups {
        if *name != lead.as_str() {
            order.extend(group[0].iter().take(1));
        }
    }
    // One mention can take two roles: a date and the weekday it names.
    order.dedup();
    match evaluate(&rule.holds, &operands) {
        Outcome::Holds { left, right } => {
            let message = fill(&rule.holds_message, &left, &right);
            let because = format!("{}: {left} and {right}", rule.holds.source);
            found.links.extend(link(
                claims,
                &rule.head.id,
                Relation::DerivedConsistent,
                crate::graph::Severity::Note,
                &order,
                message.clone(),
                because,
            ));
            found.checked.push(Checked { rule: rule.head.id.clone(), claims: order, message });
        }
        Outcome::Fails { left, right } => {
            let because = format!("{}: {left} against {right}", rule.holds.source);
            found.links.extend(link(
                claims,
                &rule.head.id,
                Relation::DerivedConflict,
                rule.severity,
                &order,
                fill(&rule.message, &left, &right),
                because,
            ));
        }
        Outcome::Undecidable(reason) => {
            found.not_checked.push(NotChecked { rule: rule.head.id.clone(), claims: order, reason });
        }
    }
}

/// Where a value begins, for putting two in order.
fn start(claim: &Claim) -> (Option<jiff::civil::Date>, Option<rust_decimal::Decimal>) {
    match &claim.value {
        Value::Time(t) => (t.earliest, None),
        _ => (claim.as_of.as_ref().and_then(|t| t.earliest), None),
    }
}

fn operand(role: &Role, claim: &Claim) -> Option<Operand> {
    match &claim.value {
        Value::Quantity(q) => role.interval(q).map(Operand::Interval),
        Value::Time(t) if role.is_weekday() => Some(Operand::Weekday(t.weekday?)),
        Value::Time(t) => Some(Operand::Dates { earliest: t.earliest?, latest: t.latest? }),
        Value::Text(words) => Some(Operand::Text(words.clone())),
    }
}
