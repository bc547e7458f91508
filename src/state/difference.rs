//! What has changed from one snapshot to another, in terms of claims.

use std::collections::{BTreeMap, BTreeSet};

use super::Snapshot;
use super::snapshot::{Claim, Finding, Footing, disputes};

/// Most sources that a line names.
const NAMED: usize = 3;

/// The differences of two snapshots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Sources that came, went or were edited, a line each.
    pub sources: Vec<String>,
    /// Claims of sources that are in both, and how claims stand now, a line each.
    pub claims: Vec<String>,
    /// Findings that came, went or changed, a line each.
    pub findings: Vec<String>,
    /// "2 new claims", "1 conflict gone".
    pub figures: Vec<String>,
    /// Whether other rules were in force. No difference by itself: what it comes to stands in the rest.
    pub rules: bool,
}

impl Difference {
    /// Whether sources, claims and findings are the same.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.claims.is_empty() && self.findings.is_empty()
    }

    /// All lines; of each kind at most `most`, and how many were left out.
    pub fn lines(&self, most: usize) -> Vec<String> {
        let mut out = Vec::new();
        for (what, lines) in [("sources", &self.sources), ("claims", &self.claims), ("findings", &self.findings)] {
            out.extend(lines.iter().take(most).cloned());
            if lines.len() > most {
                out.push(format!("… and {} more {what} (--verbose lists them)", lines.len() - most));
            }
        }
        out
    }
}

/// Compares two snapshots. Linear in their sizes, but for look-ups.
pub fn difference(old: &Snapshot, new: &Snapshot) -> Difference {
    let sides = SnapshotPair::new(old, new);
    let mut out = Difference { rules: old.rules_hash != new.rules_hash, ..Difference::default() };
    sides.sources(&mut out);
    sides.claims(&mut out);
    sides.findings(&mut out);
    out
}

/// A snapshot, looked up by id.
struct SnapshotIndex<'a> {
    snapshot: &'a Snapshot,
    sources: BTreeMap<&'a str, &'a str>,
    claims: BTreeMap<&'a str, &'a Claim>,
    findings: BTreeMap<&'a str, &'a Finding>,
    /// Claims by source.
    of: BTreeMap<&'a str, Vec<&'a Claim>>,
    /// Conflicts by claim.
    disputes: BTreeMap<&'a str, Vec<&'a Finding>>,
}

struct SnapshotPair<'a> {
    old: SnapshotIndex<'a>,
    new: SnapshotIndex<'a>,
}

/// "1 new claim", "2 claims gone".
#[derive(Default)]
struct Figures(Vec<String>);

impl Figures {
    fn add(&mut self, n: usize, before: &str, noun: &str, after: &str) {
        if n > 0 {
            let noun = format!("{noun}{}", if n == 1 { "" } else { "s" });
            let words: Vec<&str> = [before, &noun, after].into_iter().filter(|w| !w.is_empty()).collect();
            self.0.push(format!("{n} {}", words.join(" ")));
        }
    }

    fn or(self, none: &str) -> String {
        if self.0.is_empty() { none.to_owned() } else { self.0.join(", ") }
    }
}

impl<'a> SnapshotIndex<'a> {
    fn new(snapshot: &'a Snapshot) -> SnapshotIndex<'a> {
        let mut of: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
        for claim in &snapshot.claims {
            of.entry(&claim.source).or_default().push(claim);
        }
        let mut disputing: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in snapshot.findings.iter().filter(|f| disputes(f.relation)) {
            for claim in &finding.claims {
                disputing.entry(claim).or_default().push(finding);
            }
        }
        SnapshotIndex {
            of,
            disputes: disputing,
            snapshot,
            sources: snapshot.sources.iter().map(|s| (s.id.as_str(), s.sha256.as_str())).collect(),
            claims: snapshot.claims.iter().map(|c| (c.id.as_str(), c)).collect(),
            findings: snapshot.findings.iter().map(|f| (f.id.as_str(), f)).collect(),
        }
    }

    /// Sources of claims, each once.
    fn sources_of(&self, claims: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
        claims.into_iter().filter_map(|id| self.claims.get(id.as_str())).map(|c| c.source.as_str()).collect()
    }
}

impl<'a> SnapshotPair<'a> {
    fn new(old: &'a Snapshot, new: &'a Snapshot) -> SnapshotPair<'a> {
        SnapshotPair { old: SnapshotIndex::new(old), new: SnapshotIndex::new(new) }
    }

    fn sources(&self, out: &mut Difference) {
        let count = |side: &SnapshotIndex<'_>, source: &str, is: &dyn Fn(&Claim) -> bool| {
            side.of.get(source).into_iter().flatten().filter(|c| is(c)).count()
        };
        let (mut came, mut went, mut edited) = (0, 0, 0);
        let all: BTreeSet<&str> = self.old.sources.keys().chain(self.new.sources.keys()).copied().collect();
        for source in all {
            let mut figures = Figures::default();
            let line = match (self.old.sources.get(source), self.new.sources.get(source)) {
                (None, _) => {
                    came += 1;
                    figures.add(count(&self.new, source, &|_| true), "", "claim", "");
                    for footing in [Footing::Corroborated, Footing::Disputed] {
                        let n = count(&self.new, source, &|c| c.footing == footing);
                        if n > 0 {
                            figures.0.push(format!("{n} {}", footing.name()));
                        }
                    }
                    format!("source {source}: new, {}", figures.or("no claims"))
                }
                (_, None) => {
                    went += 1;
                    figures.add(count(&self.old, source, &|_| true), "", "claim", "");
                    format!("source {source}: gone, with {}", figures.or("no claims"))
                }
                (before, after) if before == after => continue,
                _ => {
                    edited += 1;
                    let gone = count(&self.old, source, &|c| !self.new.claims.contains_key(c.id.as_str()));
                    let new = count(&self.new, source, &|c| !self.old.claims.contains_key(c.id.as_str()));
                    figures.add(new, "new", "claim", "");
                    figures.add(gone, "", "claim", "gone");
                    format!("source {source}: edited, {}", figures.or("the claims are the same"))
                }
            };
            out.sources.push(line);
        }
        let mut figures = Figures::default();
        figures.add(came, "new", "source", "");
        figures.add(went, "", "source", "gone");
        figures.add(edited, "", "source", "edited");
        out.figures.append(&mut figures.0);
    }

    fn claims(&self, out: &mut Difference) {
        let kept = |side: &SnapshotIndex<'_>, source: &str| side.sources.contains_key(source);
        let came: Vec<&Claim> =
            self.new.snapshot.claims.iter().filter(|c| !self.old.claims.contains_key(c.id.as_str())).collect();
        let went: Vec<&Claim> =
            self.old.snapshot.claims.iter().filter(|c| !self.new.claims.contains_key(c.id.as_str())).collect();
        // One gone and one new of the same thing in one source: its value was edited.
        let of = |claims: &[&'a Claim]| {
            let mut by: BTreeMap<(&'a str, Option<&'a str>, &'a str), Vec<&'a Claim>> = BTreeMap::new();
            for claim in claims {
                by.entry((&claim.source, claim.subject.as_deref(), &claim.attribute)).or_default().push(claim);
            }
            by
        };
        let (mut by_new, by_old) = (of(&came), of(&went));
        let mut footing: Vec<(&Claim, &Claim)> = Vec::new();
        for (key, old) in &by_old {
            let gone: &[&Claim] = match (old.as_slice(), by_new.get(key).map(Vec::as_slice)) {
                ([before], Some([after])) => {
                    let after = *after;
                    let what = match before.value == after.value {
                        true => "reworded".to_owned(),
                        false => format!("{} → {}", before.value, after.value),
                    };
                    out.claims.push(format!("claim {} ({}): {what}", name(after, false), after.source));
                    if before.footing != after.footing {
                        footing.push((before, after));
                    }
                    by_new.remove(key);
                    continue;
                }
                (gone, _) => gone,
            };
            let lines = gone.iter().filter(|c| kept(&self.new, &c.source));
            out.claims.extend(lines.map(|c| format!("claim {} ({}): gone", name(c, true), c.source)));
        }
        for claim in by_new.values().flatten().filter(|c| kept(&self.old, &c.source)) {
            let dispute = if claim.footing == Footing::Disputed { self.by(claim) } else { String::new() };
            let line =
                format!("claim {} ({}): new, {}{dispute}", name(claim, true), claim.source, claim.footing.name());
            out.claims.push(line);
        }
        let both = self.new.snapshot.claims.iter();
        footing.extend(both.filter_map(|after| {
            let before = *self.old.claims.get(after.id.as_str())?;
            (before.footing != after.footing).then_some((before, after))
        }));
        let changed = footing.len();
        for (before, after) in footing {
            let by = if after.footing == Footing::Disputed { self.by(after) } else { String::new() };
            let (from, to) = (before.footing.name(), after.footing.name());
            out.claims.push(format!("claim {} ({}): {from} → {to}{by}", name(after, true), after.source));
        }
        let mut figures = Figures::default();
        figures.add(came.len(), "new", "claim", "");
        figures.add(went.len(), "", "claim", "gone");
        figures.add(changed, "", "claim", if changed == 1 { "stands otherwise" } else { "stand otherwise" });
        out.figures.append(&mut figures.0);
    }

    /// " by the new source X": who stands on the other sides of the claim's conflicts.
    fn by(&self, claim: &Claim) -> String {
        let mut others: BTreeSet<&str> = BTreeSet::new();
        for finding in self.new.disputes.get(claim.id.as_str()).into_iter().flatten() {
            let own = finding.groups.iter().find(|g| g.claims.contains(&claim.id));
            let same = |id: &&String| own.is_some_and(|g| g.claims.contains(id)) || **id == claim.id;
            others.extend(self.new.sources_of(finding.claims.iter().filter(|id| !same(id))));
        }
        let new = |source: &&str| !self.old.sources.contains_key(*source);
        // A new source explains a new dispute better than one that was there before.
        let (came, were): (Vec<&str>, Vec<&str>) = others.iter().copied().partition(new);
        let named = if came.is_empty() { &were } else { &came };
        let more = if named.len() > NAMED { format!(" and {} more", named.len() - NAMED) } else { String::new() };
        let list = named.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        match (came.len(), list.as_str()) {
            (_, "") => String::new(),
            (0, own) if own == claim.source => " by its own source".to_owned(),
            (0, list) => format!(" by {list}{more}"),
            (1, list) => format!(" by the new source {list}"),
            (_, list) => format!(" by the new sources {list}{more}"),
        }
    }

    fn findings(&self, out: &mut Difference) {
        let noun = |f: &Finding| if disputes(f.relation) { "conflict" } else { "finding" };
        let mut counts: BTreeMap<(u8, &str), usize> = BTreeMap::new();
        let all: BTreeSet<&str> = self.old.findings.keys().chain(self.new.findings.keys()).copied().collect();
        for id in all {
            let (side, finding, nth, word) = match (self.old.findings.get(id), self.new.findings.get(id)) {
                (Some(before), Some(after)) if before == after => continue,
                (Some(_), Some(after)) => (&self.new, *after, 2, "changed"),
                (None, Some(after)) => (&self.new, *after, 0, "new"),
                (Some(before), None) => (&self.old, *before, 1, "gone"),
                (None, None) => continue,
            };
            *counts.entry((nth, noun(finding))).or_default() += 1;
            let sources: Vec<&str> = side.sources_of(&finding.claims).into_iter().collect();
            let severity = finding.severity.name();
            out.findings.push(format!(
                "{} {word}: {severity}[{}] {} ({})",
                noun(finding),
                finding.rule,
                finding.message,
                sources.join(", ")
            ));
        }
        let mut figures = Figures::default();
        for ((nth, noun), n) in counts {
            match nth {
                0 => figures.add(n, "new", noun, ""),
                1 => figures.add(n, "", noun, "gone"),
                _ => figures.add(n, "", noun, "changed"),
            }
        }
        out.figures.append(&mut figures.0);
    }
}

/// A claim as a line names it: what it is about, what of it, and what is said.
fn name(claim: &Claim, value: bool) -> String {
    let subject = claim.subject.as_ref().map(|s| format!("{s}, ")).unwrap_or_default();
    let value = if value { format!(": {}", claim.value) } else { String::new() };
    format!("`{subject}{}{value}`", claim.attribute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn check(old: &Snapshot, new: &Snapshot) -> String {
        let difference = difference(old, new);
        format!("{}\n{}", difference.lines(99).join("\n"), difference.figures.join("; "))
    }

    /// The fixture without its source that disagrees.
    fn without_harbour(all: &Snapshot) -> Snapshot {
        let mut old = all.clone();
        old.sources.retain(|s| s.id != "harbour.txt");
        old.claims.retain(|c| c.source != "harbour.txt");
        old.findings.clear();
        for claim in &mut old.claims {
            let shared = claim.attribute == "opened";
            claim.footing = if shared { Footing::Corroborated } else { Footing::Alone };
        }
        old
    }

    #[test]
    fn a_new_source_disputes() {
        let new = Snapshot::new(&fixture::analysis());
        assert_eq!(difference(&new, &new), Difference::default());
        insta::assert_snapshot!(check(&without_harbour(&new), &new), @"
        source harbour.txt: new, 3 claims, 2 corroborated, 1 disputed
        claim `Alder Bridge, opened: Friday 14 May 2021` (council.txt): corroborated → disputed by the new source harbour.txt
        claim `Alder Bridge, cost: 1.5 million USD` (council.txt): alone → corroborated
        claim `Alder Bridge, opened: 14 May 2021` (letters.md): corroborated → disputed by the new source harbour.txt
        claim `Alder Bridge, traffic: at least 2,900 cars` (letters.md): alone → corroborated
        conflict new: error[date-conflict] two accounts of opened: see both (council.txt, harbour.txt, letters.md)
        finding new: note[bound-fits] two accounts of traffic: see both (harbour.txt, letters.md)
        1 new source; 3 new claims; 4 claims stand otherwise; 1 new conflict; 1 new finding
        ");
        insta::assert_snapshot!(check(&new, &without_harbour(&new)), @"
        source harbour.txt: gone, with 3 claims
        claim `Alder Bridge, opened: Friday 14 May 2021` (council.txt): disputed → corroborated
        claim `Alder Bridge, cost: 1.5 million USD` (council.txt): corroborated → alone
        claim `Alder Bridge, opened: 14 May 2021` (letters.md): disputed → corroborated
        claim `Alder Bridge, traffic: at least 2,900 cars` (letters.md): corroborated → alone
        conflict gone: error[date-conflict] two accounts of opened: see both (council.txt, harbour.txt, letters.md)
        finding gone: note[bound-fits] two accounts of traffic: see both (harbour.txt, letters.md)
        1 source gone; 3 claims gone; 4 claims stand otherwise; 1 conflict gone; 1 finding gone
        ");
    }

    #[test]
    fn edited_in_place() {
        let old = Snapshot::new(&fixture::analysis());
        let mut new = old.clone();
        new.rules_hash = "other".to_owned();
        assert!(difference(&old, &new).rules && difference(&old, &new).is_empty());
        new.sources[0].sha256 = "other".to_owned();
        let at = new.claims.iter().position(|c| c.attribute == "cost").unwrap();
        new.claims[at].id = "edited".to_owned();
        new.claims[at].value = "2 million USD".to_owned();
        new.claims[at].footing = Footing::Alone;
        new.findings[0].fingerprint = "other".to_owned();
        insta::assert_snapshot!(check(&old, &new), @"
        source council.txt: edited, 1 new claim, 1 claim gone
        claim `Alder Bridge, cost` (council.txt): 1.5 million USD → 2 million USD
        claim `Alder Bridge, cost: 2 million USD` (council.txt): corroborated → alone
        conflict changed: error[date-conflict] two accounts of opened: see both (council.txt, harbour.txt, letters.md)
        1 source edited; 1 new claim; 1 claim gone; 1 claim stands otherwise; 1 conflict changed
        ");
    }
}
