//! What a whole block knows and no pair does: which of several unequal figures of two documents can be one quantity.
//!
//! Comes in: the links of one block. Goes out: the same without the conflicts between two quantities that only look like
//! one. Groups of claims that agree are set against each other as wholes. A document that states both values keeps the
//! two groups apart, unless it only repeats or reports a dispute of others; and of several groups that could stand against one, only the one that is stated in the likest words
//! does, and only if the same holds the other way round.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use petgraph::unionfind::UnionFind;

use crate::candidate::Block;
use crate::claim::Claim;
use crate::graph::{BasisKind, GateName, Link, Relation, Severity, Verdict};
use crate::rule::{Comparator, Lookup};
use crate::source::Document;
use crate::text::{Span, Token, TokenKind, content_lemma, fold, fold_words, is_brief, tokenise};
use crate::value::{Shape, Value, value_words};

use super::direction::rise;
use super::{CompareContext, gate};

/// What a word weighs by its distance from the value in tokens, and 1 beyond; halved at each mark that parts a sentence.
const NEAR: [(u32, u32); 3] = [(3, 8), (6, 4), (12, 2)];
/// Axes on which pages of one event cluster need not say what all of them mean.
const SHARED: [&str; 5] = ["place", "period", "span", "quarter", "area"];
/// How alike two figures have to be worded, in thousandths, where one of their documents gives several to the attribute.
const PLURAL: u32 = 400;
/// Bytes to either side of a value in which words are read: what is longer is a list, and no sentence.
const FAR: usize = 2000;
const EDGES: &str = ",;:()–—|";

/// The words round each claim, with what they weigh: sorted, by index of the claim. Empty for words and quotations.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    words: Vec<Vec<(u32, u32)>>,
    /// The sentence of each claim by number: sentences of the same words have the same one.
    sentences: Vec<u32>,
    /// What the claims of an attribute say of an axis in an event cluster, where all that say anything say the same.
    alone: BTreeSet<(u32, String, String)>,
    /// Attributes to which a document gives several values in one scope.
    plural: BTreeSet<(u32, String)>,
    /// The documents that say one thing.
    brief: BTreeSet<u32>,
    /// By event cluster, the middle one of the days on which its documents appeared.
    days: BTreeMap<u32, Date>,
    /// What the lexicons know of families of attributes; those that are not here they know nothing of.
    families: HashMap<String, Family>,
}

/// What the lexicons know of a family of attributes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Family {
    /// An event that a rule dates.
    pub(super) event: bool,
    /// An event, or what happens by a verb.
    pub(super) happens: bool,
    /// A rise, or a fall.
    pub(super) rises: Option<bool>,
}

/// Families of attributes that the lexicons know.
fn families(claims: &[Claim], lookup: &Lookup) -> HashMap<String, Family> {
    let mut all = HashMap::new();
    for claim in claims.iter().filter(|c| !matches!(c.value, Value::Text(_))) {
        if !all.contains_key(&claim.family) {
            let term = lookup.term_of("events", &claim.family);
            let family = Family {
                event: term.is_some_and(|t| *t.key == *claim.family),
                happens: term.is_some() || lookup.term_of("happening-verbs", &claim.family).is_some(),
                rises: rise(lookup, claim.family.trim_end_matches(" date")),
            };
            all.insert(claim.family.clone(), family);
        }
    }
    all
}

impl Surroundings {
    /// Reads the words of the sentences of all claims that carry a figure or a date. A word weighs more the rarer it is
    /// among those of its event cluster.
    pub fn new(claims: &[Claim], documents: &[Document], event_clusters: &[u32], lookup: &Lookup) -> Surroundings {
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        let mut words: Vec<Vec<(u32, u32)>> = Vec::with_capacity(claims.len());
        let event_cluster = |claim: &Claim| event_clusters.get(claim.source as usize).copied().unwrap_or_default();
        // How many claims of an event cluster have a word, and how many claims it has.
        let mut holders: HashMap<(u32, u32), u32> = HashMap::new();
        let mut sizes: HashMap<u32, u32> = HashMap::new();
        for claim in claims {
            let mut own: BTreeMap<u32, u32> = BTreeMap::new();
            if let (false, Some(document)) =
                (matches!(claim.value, Value::Text(_)), documents.get(claim.source as usize))
            {
                for (word, weight) in around(claim, &document.text, lookup) {
                    let next = ids.len() as u32;
                    let id = *ids.entry(word).or_insert(next);
                    let have = own.entry(id).or_default();
                    *have = weight.max(*have);
                }
            }
            *sizes.entry(event_cluster(claim)).or_default() += 1;
            for id in own.keys() {
                *holders.entry((event_cluster(claim), *id)).or_default() += 1;
            }
            words.push(own.into_iter().collect());
        }
        for (claim, own) in claims.iter().zip(&mut words) {
            let all = sizes[&event_cluster(claim)] + 1;
            for (id, weight) in own {
                *weight *= 1 + (all / holders[&(event_cluster(claim), *id)]).ilog2();
            }
        }
        let mut said: BTreeMap<(u32, String, String), BTreeSet<String>> = BTreeMap::new();
        for claim in claims {
            for (axis, value) in claim.scope.iter().filter(|(axis, _)| SHARED.contains(&axis.as_str())) {
                said.entry((event_cluster(claim), claim.family.clone(), axis.clone())).or_default().insert(fold(value));
            }
        }
        let alone = said.into_iter().filter(|(_, values)| values.len() == 1).map(|(key, _)| key).collect();
        let mut given: BTreeMap<(u32, String), BTreeSet<String>> = BTreeMap::new();
        for claim in claims.iter().filter(|c| !c.noise) {
            let value = match &claim.value {
                // A name by its last word: the full one and the short one are one.
                Value::Text(name) if claim.comparator == Comparator::Name => fold_words(name).pop().unwrap_or_default(),
                Value::Text(_) => continue,
                value => value_words(value),
            };
            given.entry((claim.source, scoped(claim))).or_default().insert(value);
        }
        let plural = given.into_iter().filter(|(_, values)| values.len() > 1).map(|(key, _)| key).collect();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut places: HashMap<(u32, Span), u32> = HashMap::new();
        let mut number = |claim: &Claim| {
            *places.entry((claim.source, claim.span)).or_insert_with(|| {
                let text = documents.get(claim.source as usize).map_or("", |d| claim.span.of(&d.text));
                let next = numbers.len() as u32;
                *numbers.entry(fold_words(text).join(" ")).or_insert(next)
            })
        };
        let sentences = claims.iter().map(&mut number).collect();
        let brief = (0..).zip(documents).filter(|(_, d)| is_brief(&d.text)).map(|(at, _)| at).collect();
        let days = days(documents, event_clusters);
        Surroundings { words, sentences, alone, plural, brief, days, families: families(claims, lookup) }
    }

    /// The sentence of a claim by number.
    fn sentence(&self, claim: u32) -> Option<u32> {
        self.sentences.get(claim as usize).copied()
    }

    /// The middle one of the days on which the documents of an event cluster appeared.
    pub(super) fn day_of_event(&self, event_cluster: u32) -> Option<Date> {
        self.days.get(&event_cluster).copied()
    }

    /// What the lexicons know of a family of attributes.
    pub(super) fn family(&self, name: &str) -> Family {
        self.families.get(name).copied().unwrap_or_default()
    }

    /// Whether the documents of both claims are brief.
    pub(super) fn brief(&self, x: &Claim, y: &Claim) -> bool {
        self.brief.contains(&x.source) && self.brief.contains(&y.source)
    }

    /// Whether all claims of an attribute in an event cluster that say where on an axis they are say the same: then nobody has to.
    pub fn goes_without_saying(&self, event_cluster: u32, family: &str, axis: &str) -> bool {
        self.alone.contains(&(event_cluster, family.to_owned(), axis.to_owned()))
    }

    /// Whether the document of a claim gives several values to its attribute.
    fn plural(&self, claim: &Claim) -> bool {
        self.plural.contains(&(claim.source, scoped(claim)))
    }

    /// The documents of two claims that give several values to the attribute.
    fn several(&self, x: &Claim, y: &Claim) -> Option<Suppressed> {
        match (self.plural(x), self.plural(y)) {
            (true, true) => Some(Suppressed::Several(x.source, Some(y.source).filter(|s| *s != x.source))),
            (true, false) => Some(Suppressed::Several(x.source, None)),
            (false, true) => Some(Suppressed::Several(y.source, None)),
            (false, false) => None,
        }
    }

    /// How alike the words round two claims are, in thousandths: what they share of what both have.
    pub fn alike(&self, a: u32, b: u32) -> u32 {
        let empty = Vec::new();
        let of = |i: u32| self.words.get(i as usize).unwrap_or(&empty);
        let (a, b) = (of(a), of(b));
        let (mut i, mut j, mut shared) = (0, 0, 0_u32);
        while let (Some((p, m)), Some((q, n))) = (a.get(i), b.get(j)) {
            match p.cmp(q) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += m.min(n) * 2;
                    i += 1;
                    j += 1;
                }
            }
        }
        let whole: u32 = a.iter().chain(b).map(|(_, n)| n).sum();
        (shared * 1000).checked_div(whole).unwrap_or_default()
    }
}

/// By event cluster, the middle one of the days on which its documents appeared.
fn days(documents: &[Document], event_clusters: &[u32]) -> BTreeMap<u32, Date> {
    let mut all: BTreeMap<u32, Vec<Date>> = BTreeMap::new();
    for (document, event_cluster) in documents.iter().zip(event_clusters) {
        all.entry(*event_cluster).or_default().extend(document.published);
    }
    let middle = |mut days: Vec<Date>| {
        days.sort_unstable();
        days.get(days.len() / 2).copied()
    };
    all.into_iter().filter_map(|(event_cluster, days)| Some((event_cluster, middle(days)?))).collect()
}

/// The attribute of a claim with its scope and unit: what is given in two units is not given twice.
fn scoped(claim: &Claim) -> String {
    let unit = match &claim.value {
        Value::Quantity(q) => q.unit.name.to_string(),
        _ => String::new(),
    };
    let scope: Vec<String> = claim.scope.iter().map(|(axis, value)| format!("{axis} {}", fold(value))).collect();
    let of = claim.subject.as_ref().filter(|_| claim.comparator == Comparator::Name).map_or("", |s| s.name.as_str());
    format!("{} {} {unit} {of}", claim.family, scope.join(", "))
}

/// The content words of a claim's sentence, its value left out, each with its weight: what it has at its nearest place.
fn around(claim: &Claim, text: &str, lookup: &Lookup) -> Vec<(String, u32)> {
    let (s, v) = (claim.span, claim.value_span);
    let (from, to) = ((v.start as usize).max(s.start as usize), (v.end as usize).min(s.end as usize));
    let before = Span::new(text.floor_char_boundary((s.start as usize).max(from.saturating_sub(FAR))), from);
    let behind = Span::new(to, text.ceil_char_boundary((s.end as usize).min(to + FAR)));
    let mut out = Vec::new();
    let mut walk = |tokens: &mut dyn Iterator<Item = Token>| {
        let (mut steps, mut edges) = (0, 0);
        for token in tokens {
            let word = token.span.of(text);
            if token.kind == TokenKind::Mark {
                edges += u32::from(EDGES.contains(word));
                continue;
            }
            steps += 1;
            for word in fold_words(word) {
                let function = lookup.terms("function-words").at(&[lookup.words(&word)], None).is_some();
                if !function && word.len() > 1 && word.chars().any(char::is_alphabetic) {
                    let near = NEAR.iter().find(|(most, _)| steps <= *most).map_or(1, |(_, weight)| *weight);
                    out.push((content_lemma(&word), (near >> edges.min(3)).max(1)));
                }
            }
        }
    };
    walk(&mut tokenise(text, before).into_iter().rev());
    walk(&mut tokenise(text, behind).into_iter());
    out
}

/// Why a conflict that a rule found in a pair was suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suppressed {
    /// Both stand in one document, which tells them as two: in one sentence, by two voices, in other words.
    Twofold,
    /// This document gives several values to the attribute, and so does the second, if one is named; otherwise the words
    /// of the two claims are too unlike to tell which value is meant.
    Several(u32, Option<u32>),
    /// Those that agree with the one say of which of several things it is, and those that agree with the other do not.
    Instances,
    /// This document states both values.
    BothStated(u32),
    /// This other claim stands against one of the two in likelier words.
    Likelier(u32),
    /// Another relation of the same two sentences says it better.
    SaidElsewhere,
}

/// See the module. Goes out: the links that stand, and the conflicts suppressed. Links of one document, and of claims
/// that no third one agrees with, are judged by the same measure.
pub fn settle(context: &CompareContext<'_>, block: &Block, links: Vec<Link>) -> (Vec<Link>, Vec<(Link, Suppressed)>) {
    let (claims, surroundings) = (context.claims, context.surroundings);
    if !links.iter().any(|l| l.relation == Relation::Conflict) {
        return (links, Vec::new());
    }
    let groups = Groups::new(block, &links, claims, surroundings);
    // By pair of groups that a conflict parts: how alike they are worded.
    let mut alike: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for link in links.iter().filter(|l| l.relation == Relation::Conflict) {
        let (g, h) = (groups.of(link.a), groups.of(link.b));
        alike.entry((g, h)).or_insert_with(|| groups.alike(claims, surroundings, g, h));
        let back = alike[&(g, h)];
        alike.insert((h, g), back);
    }
    let sources: Vec<BTreeSet<u32>> =
        groups.members.iter().map(|m| m.iter().map(|&c| claims[c as usize].source).collect()).collect();
    // The group that stands against `g` in likelier words than `h` does.
    let likelier = |g: usize, h: usize| {
        let own = alike.get(&(g, h)).copied().unwrap_or_default();
        let mut others = alike.range((g, 0)..(g + 1, 0)).map(|((_, other), &n)| (*other, n));
        others.find(|&(other, n)| other != h && (n > own || n == own && other < h)).map(|(other, _)| other)
    };
    // Told half as alike again as any other that could stand against it.
    let beyond = |g: usize, h: usize| {
        let own = alike.get(&(g, h)).copied().unwrap_or_default();
        alike.range((g, 0)..(g + 1, 0)).all(|((_, other), &n)| *other == h || n * 3 <= own * 2)
    };
    // Values that one document gives to one attribute: where there are several, the attribute is one of several things.
    let mut given: BTreeMap<(u32, &str), BTreeSet<usize>> = BTreeMap::new();
    for (g, members) in groups.members.iter().enumerate() {
        for claim in members.iter().map(|&c| &claims[c as usize]) {
            given.entry((claim.source, &claim.family)).or_default().insert(g);
        }
    }
    let against = |link: &Link| -> Option<Suppressed> {
        let (x, y) = (&claims[link.a as usize], &claims[link.b as usize]);
        if link.relation == Relation::Conflict && x.comparator == Comparator::Name {
            return surroundings.several(x, y);
        }
        if link.relation != Relation::Conflict || matches!(x.value, Value::Text(_)) {
            return None;
        }
        let (g, h) = (groups.of(link.a), groups.of(link.b));
        if x.source == y.source {
            // Two voices that one page quotes, and two figures of one sentence, are stated as two.
            let one = x.span != y.span
                && x.attributed_to == y.attributed_to
                && given.get(&(x.source, x.family.as_str())).is_none_or(|groups| groups.len() == 2)
                && surroundings.alike(link.a, link.b) >= PLURAL;
            return (!one).then_some(Suppressed::Twofold);
        }
        let unlike = || alike[&(g, h)] < PLURAL && !(surroundings.brief(x, y) && beyond(g, h) && beyond(h, g));
        match surroundings.several(x, y) {
            Some(Suppressed::Several(_, None)) if !unlike() => {}
            None => {}
            both => return both,
        }
        if groups.instances(claims, g) != groups.instances(claims, h) {
            return Some(Suppressed::Instances);
        }
        let both = sources[g].intersection(&sources[h]);
        if let Some(&both) = both.into_iter().find(|&&both| !disputes(context, &groups, link, (g, h), both)) {
            return Some(Suppressed::BothStated(both));
        }
        // What one name has one value of is not stated twice over: three sources with three days are one conflict of three.
        if x.single_valued && y.single_valued && link.severity == Severity::Error && by_name(link) {
            return None;
        }
        likelier(g, h).or_else(|| likelier(h, g)).map(|other| Suppressed::Likelier(groups.members[other][0]))
    };
    let (mut stand, mut taken) = (Vec::with_capacity(links.len()), Vec::new());
    for link in links {
        match against(&link) {
            None => stand.push(link),
            Some(why) => taken.push((link, why)),
        }
    }
    (stand, taken)
}

/// Whether a page that states both values of a conflict leaves it standing. Of what one name has one value of in one scope
/// at one time, such a page reports the dispute, or contradicts itself, unless it tells the two apart; and a page that
/// has the very sentences of the others knows no more than they do.
fn disputes(context: &CompareContext<'_>, groups: &Groups, link: &Link, (g, h): (usize, usize), both: u32) -> bool {
    let claims = context.claims;
    let (x, y) = (&claims[link.a as usize], &claims[link.b as usize]);
    if x.source == both || y.source == both {
        return false;
    }
    // Of the page's own claims, one for each sentence.
    let own = |g: usize| {
        let mut seen = BTreeSet::new();
        let new = move |c: &u32| claims[*c as usize].source == both && seen.insert(context.surroundings.sentence(*c));
        groups.members[g].iter().copied().filter(new).take(WORDINGS)
    };
    let repeated = |g: usize| {
        let others = groups.members[g].iter().filter(|&&c| claims[c as usize].source != both);
        let others: BTreeSet<_> = others.map(|&c| context.surroundings.sentence(c)).collect();
        own(g).all(|c| others.contains(&context.surroundings.sentence(c)))
    };
    if repeated(g) && repeated(h) {
        return true;
    }
    let certain = x.single_valued && y.single_valued && link.severity == Severity::Error && by_name(link);
    // "JSON 3.1 times faster, regex 1.8 times": of what is stated in one breath as a multiple, each is of its own.
    let breath = |a: u32, b: u32| x.shape == Shape::Multiple && claims[a as usize].span == claims[b as usize].span;
    if own(g).any(|a| own(h).any(|b| breath(a, b))) {
        return false;
    }
    certain && own(g).all(|a| own(h).all(|b| !gate::apart(context, &claims[a as usize], &claims[b as usize])))
}

/// Whether the two claims are about what has one name.
fn by_name(link: &Link) -> bool {
    let entity = link.grounds.gates.iter().find(|gate| gate.gate == GateName::Entity);
    entity.is_some_and(|gate| gate.verdict == Verdict::Same && gate.basis_kind == BasisKind::SameName)
}

/// The claims of a block by what they say: claims of one cluster, and clusters joined by agreement, rounding or bounds.
struct Groups {
    members: Vec<Vec<u32>>,
    /// Of each group, claims of two documents for each wording; the first of many.
    wordings: Vec<Vec<u32>>,
    number: BTreeMap<u32, usize>,
}

/// Most wordings of a group that are looked at.
const WORDINGS: usize = 256;

impl Groups {
    fn new(block: &Block, links: &[Link], claims: &[Claim], surroundings: &Surroundings) -> Groups {
        let all: Vec<u32> = block.clusters.iter().flat_map(|c| c.claims.iter().copied()).collect();
        let place: BTreeMap<u32, usize> = all.iter().enumerate().map(|(i, &c)| (c, i)).collect();
        let mut joined = UnionFind::<usize>::new(all.len());
        for cluster in &block.clusters {
            for pair in cluster.claims.windows(2) {
                joined.union(place[&pair[0]], place[&pair[1]]);
            }
        }
        for link in links.iter().filter(|l| matches!(l.relation, Relation::Agree)) {
            joined.union(place[&link.a], place[&link.b]);
        }
        let mut members: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (at, &claim) in all.iter().enumerate() {
            members.entry(joined.find(at)).or_default().push(claim);
        }
        let members: Vec<Vec<u32>> = members.into_values().collect();
        let number = members.iter().enumerate().flat_map(|(n, m)| m.iter().map(move |&c| (c, n))).collect();
        // Two documents are enough of each wording: what is compared is of two documents.
        let wordings = members.iter().map(|m| {
            let mut seen: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
            let new = |c: &u32| {
                let sources = seen.entry((surroundings.sentence(*c), surroundings.words.get(*c as usize))).or_default();
                sources.len() < 2 && sources.insert(claims[*c as usize].source)
            };
            m.iter().copied().filter(new).take(WORDINGS).collect()
        });
        Groups { wordings: wordings.collect(), members, number }
    }

    fn of(&self, claim: u32) -> usize {
        self.number[&claim]
    }

    /// What the claims of a group say on the axis of instances.
    fn instances<'c>(&self, claims: &'c [Claim], g: usize) -> BTreeSet<&'c str> {
        self.members[g].iter().filter_map(|&c| claims[c as usize].scope.get("instance")).map(String::as_str).collect()
    }

    /// How alike two groups are worded: the likest pair of them in two documents.
    fn alike(&self, claims: &[Claim], surroundings: &Surroundings, g: usize, h: usize) -> u32 {
        let pairs = self.wordings[g].iter().flat_map(|&a| self.wordings[h].iter().map(move |&b| (a, b)));
        let apart = pairs.filter(|&(a, b)| claims[a as usize].source != claims[b as usize].source);
        apart.map(|(a, b)| surroundings.alike(a, b)).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pipeline::{Fate, examine};
    use crate::claim::given::EXTRACTOR;

    /// The conflicts of figures in some documents, each with why it does not stand, if it does not.
    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let documents = (0..).zip(texts).map(|(n, text)| Document::from_text(&format!("{n}.txt"), text)).collect();
        let examined = examine(documents, Vec::new(), &EXTRACTOR, &Default::default());
        let claims = &examined.analysis.claims;
        let all = (0u32..).zip(claims).filter(|(_, c)| matches!(c.value, Value::Quantity(_))).map(|(at, _)| at);
        let all: Vec<u32> = all.collect();
        let words = |at: u32| claims[at as usize].value_span.of(texts[claims[at as usize].source as usize]);
        let mut found = Vec::new();
        for (n, &a) in all.iter().enumerate() {
            for &b in &all[n + 1..] {
                let why = match examined.fate(a, b) {
                    Fate::Linked(links) if links.iter().any(|l| l.relation == Relation::Conflict) => {
                        "stands".to_owned()
                    }
                    Fate::Suppressed(_, why) => format!("{why:?}"),
                    _ => continue,
                };
                found.push(format!("{} {} {}", words(a), words(b), why.split('(').next().unwrap_or_default()));
            }
        }
        assert_eq!(found, expected, "{texts:?}");
    }

    #[test]
    fn two_figures_of_one_document() {
        let mill = "The mill employs 80 people.";
        check(&[&format!("{mill} The mill employs 300 people.")], &["80 300 stands"]);
        check(&["The mill employs 80 people and the mill employs 300 people."], &["80 300 Twofold"]);
        let three = format!("{mill} The mill employs 300 people. The mill employs 500 people.");
        // Of three the block says nothing, and evidence sets the likest two against each other.
        check(&[&three], &["80 300 Twofold", "80 500 Twofold", "300 500 stands"]);
    }

    #[test]
    fn what_other_documents_know() {
        let (a, b) = ("Norvik Holdings has 80 employees.", "Norvik Holdings has 300 employees.");
        check(&[a, b], &["80 300 stands"]);
        check(&[a, b, &format!("{a} It has 300 employees.")], &["80 300 BothStated"]);
        check(&[a, b, &format!("{a} {b}")], &["80 300 stands"]);
        let several =
            ["80 95 stands", "80 300 stands", "80 341 Several", "95 300 Several", "95 341 Several", "300 341 stands"];
        check(&[&format!("{a} {}", a.replace("80", "95")), &format!("{b} {}", b.replace("300", "341"))], &several);
        let cost = ["The storm in Lowmere cost $12 million.", "The storm in Lowmere cost $35 million."];
        let third = "In Lowmere, damage came to $59 million in the storm.";
        let stand =
            ["$12 million $35 million stands", "$12 million $59 million Likelier", "$35 million $59 million Likelier"];
        check(&[cost[0], cost[1], third], &stand);
    }
}
