//! The claims of a finding in the order in which formats with one place a finding show them.

use std::collections::BTreeMap;

use crate::claim::{Claim, Modality, Polarity};
use crate::finding::{Analysis, Finding, Group};
use crate::source::{Basis, Document};
use crate::text::{Position, Span};

use super::safe;

/// A claim of a finding, with what it takes to show it.
#[derive(Debug, Clone, Copy)]
pub(super) struct FindingClaim<'a> {
    /// The claim.
    pub(super) claim: &'a Claim,
    /// Its source.
    pub(super) document: &'a Document,
    /// Index of its source.
    pub(super) source: usize,
    /// Its group by index; `None` for a claim that a card rests on beside its values.
    pub(super) group: Option<usize>,
    /// The value as a reader would write it: that of the group, or the claim's own words.
    pub(super) value: &'a str,
}

/// From where a span begins to where it ends, in lines and Unicode scalars from 1, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl FindingClaim<'_> {
    /// How the claim is put forward, where that is not plainly: "denied", "hedged", "according to …".
    pub(super) fn how(&self) -> Option<String> {
        let mut parts = Vec::new();
        if self.claim.polarity == Polarity::Negative {
            parts.push("denied".to_owned());
        }
        match (&self.claim.attributed_to, self.claim.modality) {
            (Some(speaker), Modality::Reported | Modality::Asserted) => {
                parts.push(format!("according to {}", safe(speaker)));
            }
            (_, Modality::Asserted) => {}
            (_, modality) => parts.push(modality.name().to_owned()),
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Where a span of the document stands in its file; `None` where the text is not the file's, so that no line of the
    /// file could be named.
    pub(super) fn range(&self, span: Span) -> Option<Range> {
        let at = |offset| self.document.position(offset);
        (self.document.basis == Basis::File).then(|| Range { start: at(span.start), end: at(span.end) })
    }

    /// The path of its file, see [`file`].
    pub(super) fn path(&self) -> Option<&str> {
        file(&self.document.path)
    }
}

/// A path as other programs compare it, without `./` before it; `None` for standard input.
pub(super) fn file(path: &str) -> Option<&str> {
    (path != "-").then(|| path.strip_prefix("./").unwrap_or(path))
}

/// The claims of a finding: first the one at which a report with one place a finding stands, then the rest of its
/// group, then the other groups, then what stands in none.
pub(super) fn sides<'a>(analysis: &'a Analysis, finding: &'a Finding) -> Vec<FindingClaim<'a>> {
    let groups = finding.groups.iter().enumerate();
    let grouped: BTreeMap<u32, usize> =
        groups.flat_map(|(g, group)| group.claims.iter().map(move |&c| (c, g))).collect();
    let group_of = |claim: u32| grouped.get(&claim).copied();
    let anchor = anchor(analysis, finding);
    let first = group_of(anchor);
    let mut order: Vec<u32> = finding.claims.clone();
    order.sort_by_key(|&c| {
        let group = group_of(c);
        (c != anchor, group != first, group.is_none(), group)
    });
    let side = |claim: u32| {
        let group = group_of(claim);
        let claim = analysis.claims.get(claim as usize)?;
        let source = claim.source as usize;
        let document = analysis.documents.get(source)?;
        let value = match group.and_then(|g| finding.groups.get(g)) {
            Some(Group { value, .. }) => value.as_str(),
            None => claim.value_span.of(&document.text),
        };
        Some(FindingClaim { claim, document, source, group, value })
    };
    order.into_iter().filter_map(side).collect()
}

/// The values of a finding as a reader would write them; one that is denied says so.
pub(super) fn values(analysis: &Analysis, finding: &Finding) -> Vec<String> {
    let denied = |group: &Group| {
        let first = group.claims.first().and_then(|&c| analysis.claims.get(c as usize));
        first.is_some_and(|c| c.polarity == Polarity::Negative)
    };
    let value = |g: &Group| if denied(g) { format!("{} (denied)", g.value) } else { g.value.clone() };
    finding.groups.iter().map(value).collect()
}

/// The claim at which a report with one place a finding stands: of the source that was published last, where the dates
/// of all tell; otherwise of the value that stands alone, otherwise the one that is shown first. A reviewer looks at what
/// has come in, not at what it contradicts.
fn anchor(analysis: &Analysis, finding: &Finding) -> u32 {
    let published = |c: u32| {
        let claim = analysis.claims.get(c as usize)?;
        analysis.documents.get(claim.source as usize)?.published
    };
    let dates: Vec<_> = finding.claims.iter().filter_map(|&c| published(c)).collect();
    let last = dates.iter().max().copied().filter(|_| dates.len() == finding.claims.len());
    let late = |c: u32| last.is_none() || published(c) == last;
    let alone = finding.outlier.and_then(|o| finding.groups.get(o)).and_then(|g| g.claims.first().copied());
    let mut wanted = alone.into_iter().chain([finding.primary]).chain(finding.claims.iter().copied());
    wanted.find(|&c| late(c)).unwrap_or(finding.primary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use jiff::civil::date;

    fn order(analysis: &Analysis) -> Vec<&str> {
        sides(analysis, &analysis.findings[0]).iter().map(|s| s.claim.id.as_str()).collect()
    }

    #[test]
    fn the_later_source_comes_first() {
        let mut analysis = fixture::analysis();
        // Not all are dated: the value that stands alone.
        assert_eq!(order(&analysis), ["h0", "c0", "l0"]);
        for (document, day) in analysis.documents.iter_mut().zip([1, 2, 3]) {
            document.published = Some(date(2021, 6, day));
        }
        assert_eq!(order(&analysis), ["l0", "c0", "h0"]);
        for document in &mut analysis.documents {
            document.published = Some(date(2021, 6, 1));
        }
        assert_eq!(order(&analysis), ["h0", "c0", "l0"]);
        analysis.findings[0].outlier = None;
        assert_eq!(order(&analysis), ["c0", "l0", "h0"]);
    }

    #[test]
    fn denials_say_so() {
        let mut analysis = fixture::analysis();
        analysis.claims[2].polarity = Polarity::Negative;
        assert_eq!(values(&analysis, &analysis.findings[0]), ["14 May 2021", "12 May 2021 (denied)"]);
        assert_eq!(sides(&analysis, &analysis.findings[0])[0].how().unwrap(), "denied");
    }

    #[test]
    fn files() {
        assert_eq!([file("-"), file("./a.md"), file("../a.md")], [None, Some("a.md"), Some("../a.md")]);
    }

    #[test]
    fn what_stands_in_no_group_comes_last() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].claims.insert(1, 1);
        let sides = sides(&analysis, &analysis.findings[0]);
        let last = sides.last().unwrap();
        assert_eq!((last.group, last.value), (None, "1.5 million dollars"));
    }
}
