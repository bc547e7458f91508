//! Which sources of a card are one witness, and why: a note for the reader.

use std::collections::BTreeMap;

use crate::compare::CompareContext;
use crate::origin::{Basis, Origins};

use super::model::Group;

/// Most sources that a note names.
const NAMED: usize = 4;

/// A note for each origin that several sources of one group go back to, in the order of the groups.
pub(super) fn notes(context: &CompareContext<'_>, groups: &[Group], behind: &Origins) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for group in groups {
        let mut together: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for &source in &group.sources {
            together.entry(behind.of(source)).or_default().push(source);
        }
        for (origin, sources) in together.into_iter().filter(|(_, sources)| sources.len() > 1) {
            let note = note(context, origin, &sources, behind);
            if !out.contains(&note) {
                out.push(note);
            }
        }
    }
    out
}

fn note(context: &CompareContext<'_>, origin: &str, sources: &[u32], behind: &Origins) -> String {
    let dated = |source: u32| {
        let document = &context.documents[source as usize];
        match document.published {
            Some(day) => format!("{} ({day})", document.id),
            None => document.id.clone(),
        }
    };
    let mut named: Vec<String> = sources.iter().take(NAMED).map(|&s| dated(s)).collect();
    if sources.len() > NAMED {
        named.push(format!("{} more", sources.len() - NAMED));
    }
    let basis: Vec<Basis> = sources.iter().filter_map(|&s| behind.behind(s)).map(|(_, basis)| basis).collect();
    let why = if basis.contains(&Basis::Credit) {
        format!("they credit {origin}")
    } else if basis.contains(&Basis::Wording) {
        "they share their wording".to_owned()
    } else {
        "they have one owner".to_owned()
    };
    // Who came first may have been copied, or may have copied from what is not here.
    let days: Vec<_> = sources.iter().map(|&s| context.documents[s as usize].published).collect();
    let first = sources.iter().zip(&days).filter_map(|(s, d)| d.map(|d| (d, *s))).min();
    let order = match first {
        Some((day, source))
            if days.iter().all(Option::is_some) && days.iter().filter(|d| **d == Some(day)).count() == 1 =>
        {
            format!("; the earliest is {}, which does not prove who copied whom", context.documents[source as usize].id)
        }
        _ => String::new(),
    };
    format!("{} count as one origin: {why}{order}", named.join(", "))
}
