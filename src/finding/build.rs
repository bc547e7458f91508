//! From links to cards: one incident, one card.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Claim, hash};
use crate::compare::CompareContext;
use crate::graph::{BasisKind, Chains, Gate, GateName, Link, Relation, Severity, Verdict, incidents};
use crate::origin::Origins;
use crate::text::fold;
use crate::value::Value;

use super::model::{Finding, Group, Status, confidence_shown};
use super::{shared, twofold, typo};

/// Whether a link is worth a card: something cannot hold, has changed, or needs a reader.
fn speaks(link: &Link) -> bool {
    link.severity >= Severity::Warning
        || matches!(link.relation, Relation::Conflict | Relation::DerivedConflict | Relation::Updates)
}

/// Builds the findings: loudest first, then by place.
pub fn findings(context: &CompareContext<'_>, links: &[Link], chains: &Chains, origins: &Origins) -> Vec<Finding> {
    let loud: Vec<Link> = links.iter().filter(|l| speaks(l)).cloned().collect();
    // What rests on evidence is a card for each two values: that two more are of one thing is not known.
    let weighed = context.rules.relate.iter().filter(|r| r.when.confidence.is_some());
    let weighed: BTreeSet<&str> = weighed.map(|r| r.head.id.as_str()).collect();
    let two = |l: &Link| weighed.contains(l.rule.as_str()).then(|| chains.between(l.a, l.b));
    let key = |l: &Link| (l.rule.clone(), l.relation, two(l));
    let figures = typo::Figures::new(context);
    // But where several documents have one word, and several another in its place, that is one disagreement.
    let mut of_words: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let mut incidents = incidents(&loud, chains, key);
    incidents.retain(|incident| {
        let link = &loud[incident[0]];
        let words = words(context, link);
        if let Some(words) = &words {
            let cluster = |c: u32| context.event_clusters[context.claims[c as usize].source as usize];
            let key = (link.rule.clone(), words.clone(), cluster(link.a).min(cluster(link.b)));
            of_words.entry(key).or_default().extend(incident);
        }
        words.is_none()
    });
    incidents.extend(of_words.into_values());
    let out: Vec<Finding> = incidents
        .into_iter()
        .filter_map(|incident| {
            let links: Vec<&Link> = incident.into_iter().map(|i| &loud[i]).collect();
            card(context, &figures, &links, chains, origins)
        })
        .collect();
    let mut out = twofold::joined(context, out);
    out.sort_by(|a, b| {
        (std::cmp::Reverse(a.severity), std::cmp::Reverse(a.confidence), a.primary, &a.rule, &a.id).cmp(&(
            std::cmp::Reverse(b.severity),
            std::cmp::Reverse(b.confidence),
            b.primary,
            &b.rule,
            &b.id,
        ))
    });
    out
}

/// The two words, or few words, that a link sets against each other in sentences that are alike otherwise.
fn words(context: &CompareContext<'_>, link: &Link) -> Option<[String; 2]> {
    let word = |c: u32| match &context.claims[c as usize] {
        Claim { kind, value: Value::Text(words), .. } if &**kind == "detail" => Some(fold(words)),
        _ => None,
    };
    let mut both = [word(link.a)?, word(link.b)?];
    both.sort();
    // One word, once denied.
    (both[0] != both[1]).then_some(both)
}

fn card(
    context: &CompareContext<'_>,
    figures: &typo::Figures,
    links: &[&Link],
    chains: &Chains,
    behind: &Origins,
) -> Option<Finding> {
    let claims = context.claims;
    let first = *links.iter().min_by_key(|l| (l.a, l.b))?;
    let ends: BTreeSet<u32> = links.iter().flat_map(|l| [l.a, l.b]).collect();
    // Each chain that an end stands in is a group, with all its members: they say the same. So do those that have one word.
    let mut by_chain: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let of_words = words(context, first).is_some();
    let mut with_word: BTreeMap<String, u32> = BTreeMap::new();
    for &end in &ends {
        let chain = match &claims[end as usize].value {
            Value::Text(word) if of_words => *with_word.entry(fold(word)).or_insert(chains.of(end)),
            _ => chains.of(end),
        };
        by_chain.entry(chain).or_default().insert(end);
    }
    for at in 0..claims.len() as u32 {
        if let Some(group) = by_chain.get_mut(&chains.of(at)) {
            group.insert(at);
        }
    }
    let text = |c: &Claim| context.documents[c.source as usize].text.as_str();
    let mut groups: Vec<Group> = by_chain
        .into_values()
        .map(|members| {
            let claims_of: Vec<u32> = members.into_iter().collect();
            let sources: BTreeSet<u32> = claims_of.iter().map(|c| claims[*c as usize].source).collect();
            let origins: BTreeSet<String> =
                claims_of.iter().map(|c| behind.of_claim(&claims[*c as usize], context.merged)).collect();
            Group {
                value: crate::compare::shown(&claims[claims_of[0] as usize].value),
                claims: claims_of,
                sources: sources.into_iter().collect(),
                origins: origins.into_iter().collect(),
            }
        })
        .collect();
    groups.sort_by(|a, b| {
        (std::cmp::Reverse(a.origins.len()), a.claims[0]).cmp(&(std::cmp::Reverse(b.origins.len()), b.claims[0]))
    });
    // A check sets one claim against others that need not say the same: the nearest stands for them as a group, all
    // are listed as claims.
    if first.relation == Relation::DerivedConflict || first.relation == Relation::SameOrigin {
        let lead = chains.of(first.a);
        let against = chains.of(first.b);
        groups.retain(|g| [lead, against].contains(&chains.of(g.claims[0])));
    }
    let conflict = matches!(first.relation, Relation::Conflict | Relation::DerivedConflict);
    // The odd one out: one origin against two or more that agree.
    let outlier =
        (conflict && groups.len() == 2 && groups[0].origins.len() >= 2 && groups[1].origins.len() == 1).then_some(1);
    let mut all: Vec<u32> = groups.iter().flat_map(|g| g.claims.iter().copied()).chain(ends.iter().copied()).collect();
    all.extend(links.iter().flat_map(|l| l.also.iter().copied()));
    all.sort_unstable();
    all.dedup();
    let subject = links.iter().find_map(|l| claims[l.a as usize].subject.as_ref()).map(|s| s.name.clone());
    let head = &claims[first.a as usize];
    let called = &context.rules.called;
    let confidence = links.iter().map(|l| l.confidence).max().unwrap_or_default();
    let mut notes: Vec<String> = Vec::new();
    let because = &first.grounds.because;
    if !because.is_empty() {
        notes.push(because.clone());
    }
    if !first.grounds.gates.is_empty() {
        notes.push(comparable(&first.grounds.gates, confidence));
    }
    if conflict
        && first.also.is_empty()
        && let Some(typo) = typo::likely(context, figures, head, &claims[first.b as usize])
    {
        notes.push(typo);
    }
    // Of a check, the sides are not values of one thing.
    if let Some(i) = outlier.filter(|_| first.relation == Relation::Conflict) {
        // Words stand in quotation marks, so that they are told from those round them.
        let shown = |g: &Group| match &claims[g.claims[0] as usize].value {
            Value::Text(_) => format!("“{}”", g.value),
            _ => g.value.clone(),
        };
        let (many, most, lone) = (groups[0].origins.len(), shown(&groups[0]), shown(&groups[i]));
        notes.push(format!("{many} independent origins stand behind {most}, one behind {lone}"));
    }
    if first.relation == Relation::Conflict {
        notes.extend(both(context, &groups));
    }
    notes.extend(shared::notes(context, &groups, behind));
    let rule = context.rules.relate.iter().find(|r| r.head.id == first.rule);
    let help = rule.map(|r| crate::compare::fill(context, &r.help, head, &claims[first.b as usize]));
    let help = help.or_else(|| {
        let of = |name: &str| match (name, &subject) {
            ("subject", Some(subject)) => subject.clone(),
            _ => called.attribute(&head.attribute).into_owned(),
        };
        context.rules.check.iter().find(|r| r.head.id == first.rule).map(|r| r.help.render(of))
    });
    let sentences: Vec<String> = all
        .iter()
        .map(|c| {
            let claim = &claims[*c as usize];
            format!("{}\u{1f}{}", context.documents[claim.source as usize].id, fold(claim.span.of(text(claim))))
        })
        .collect();
    let values: Vec<&str> = groups.iter().map(|g| g.value.as_str()).collect();
    // Where the values are the same, something else sets the sides apart, and the rule says what.
    let distinct = values.iter().collect::<BTreeSet<_>>().len() == values.len();
    let message = if links.len() > 1 && groups.len() > 2 && conflict && distinct {
        format!("{} ({})", values.join(" against "), called.what(subject.as_deref(), &head.attribute))
    } else {
        first.message.clone()
    };
    Some(Finding {
        id: hash(&[first.rule.as_str(), &claims[first.a as usize].id, &claims[first.b as usize].id].join("\u{1f}")),
        rule: first.rule.clone(),
        severity: links.iter().map(|l| l.severity).max().unwrap_or(first.severity),
        relation: first.relation,
        subject,
        attribute: head.attribute.clone(),
        scope: head.scope.clone(),
        as_of: head.as_of.as_ref().map(|t| t.edtf.clone()),
        claims: all,
        primary: first.a,
        outlier,
        groups,
        confidence,
        message,
        notes,
        help: help.unwrap_or_default(),
        fingerprint: hash(&sentences.join("\u{1e}")),
        status: Status::New,
        settled: None,
    })
}

/// Which sources of a conflict between others have more than one of its values: they do not settle it.
fn both(context: &CompareContext<'_>, groups: &[Group]) -> Option<String> {
    let times = |source: u32| groups.iter().filter(|g| g.sources.contains(&source)).count();
    let all: BTreeSet<u32> = groups.iter().flat_map(|g| g.sources.iter().copied()).collect();
    let (both, one): (Vec<u32>, Vec<u32>) = all.into_iter().partition(|&s| times(s) > 1);
    let named: Vec<&str> = both.iter().map(|&s| context.documents[s as usize].id.as_str()).collect();
    let verb = if named.len() == 1 { "has" } else { "have" };
    let values = if groups.len() == 2 { "both values" } else { "more than one of the values" };
    let does = if named.len() == 1 { "does" } else { "do" };
    (one.len() > 1 && !named.is_empty())
        .then(|| format!("{} {verb} {values} and {does} not decide between them", named.join(", ")))
}

/// What made two claims comparable, in a line: the gates that let them through, with the ground where it is not plain, and
/// how sure all of it is.
fn comparable(gates: &[Gate], confidence: u16) -> String {
    let said = |verdict: Verdict| -> Vec<String> {
        let gates = gates.iter().filter(|g| g.gate < GateName::Value && g.verdict == verdict);
        gates
            .map(|g| match g.basis_kind {
                BasisKind::Plain | BasisKind::SameName => g.gate.name().to_owned(),
                _ if verdict == Verdict::Same && g.gate == GateName::Modality => g.gate.name().to_owned(),
                _ => format!("{} ({})", g.gate.name(), g.basis),
            })
            .collect()
    };
    let (same, unknown) = (said(Verdict::Same), said(Verdict::Unknown));
    let unknown = if unknown.is_empty() { String::new() } else { format!("; not known: {}", unknown.join(", ")) };
    format!("comparable (confidence {}): same {}{unknown}", confidence_shown(confidence), same.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::app::pipeline::{Settings, examine};
    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    #[test]
    fn one_word_against_another_is_one_finding() {
        let texts = [
            "The regatta of Lowmere was won by Ole Lund on Sunday. It rained all day.",
            "On Sunday the regatta of Lowmere was won by Ines Berg. Many boats turned over.",
            "Ole Lund won the regatta of Lowmere on Sunday. He is a baker from Upmere.",
            "The regatta of Lowmere was won by Ines Berg on Sunday. She had trained for years.",
        ];
        let rules = Rules::embedded().unwrap();
        let extractor = Extractor::new(&rules);
        let documents = (0..).zip(texts).map(|(n, text)| Document::from_text(&format!("{n}.txt"), text)).collect();
        let analysis = examine(documents, Vec::new(), &extractor, &Settings::default()).analysis;
        let sides: Vec<Vec<&[u32]>> =
            analysis.findings.iter().map(|f| f.groups.iter().map(|g| g.sources.as_slice()).collect()).collect();
        assert_eq!(sides, [[[0, 2], [1, 3]]]);
    }
}
