//! What a whole block knows and no pair does: which of several unequal figures of two documents can be one quantity.
//!
//! Comes in: the links of one block. Goes out: the same without the conflicts between two quantities that only look like
//! one. Groups of claims that agree are set against each other as wholes. A document that states both values keeps the
//! two groups apart; and of several groups that could stand against one, only the one that is told in the likest words
//! does, and only if the same holds the other way round.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use crate::block::Block;
use crate::claim::Claim;
use crate::graph::{Link, Relation};
use crate::rule::Lookup;
use crate::source::Document;
use crate::text::{Span, Token, TokenKind, content_lemma, fold, fold_words, tokenise};
use crate::value::{Value, value_words};

/// What a word weighs by its distance from the value in tokens, and 1 beyond; halved at each mark that parts a sentence.
const NEAR: [(u32, u32); 3] = [(3, 8), (6, 4), (12, 2)];
/// Axes on which pages of one story need not say what all of them mean.
const SHARED: [&str; 5] = ["place", "period", "span", "quarter", "area"];
/// How alike two figures have to be told, in thousandths, where one of their documents gives several to the attribute.
const PLURAL: u32 = 400;
const EDGES: &str = ",;:()–—|";

/// The words round each claim, with what they weigh: sorted, by index of the claim. Empty for words and quotations.
#[derive(Debug, Clone, Default)]
pub struct Contexts {
    words: Vec<Vec<(u32, u32)>>,
    /// What the claims of an attribute say of an axis in a story, where all that say anything say the same.
    alone: BTreeSet<(u32, String, String)>,
    /// Attributes to which a document gives several values in one scope.
    plural: BTreeSet<(u32, String)>,
}

impl Contexts {
    /// Reads the words of the sentences of all claims that carry a figure or a date. A word weighs more the rarer it is
    /// among them.
    pub fn new(claims: &[Claim], documents: &[Document], stories: &[u32], lookup: &Lookup) -> Contexts {
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        let mut words: Vec<Vec<(u32, u32)>> = Vec::with_capacity(claims.len());
        let mut holders: Vec<u32> = Vec::new();
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
            holders.resize(ids.len(), 0);
            for id in own.keys() {
                holders[*id as usize] += 1;
            }
            words.push(own.into_iter().collect());
        }
        let all = claims.len() as u32 + 1;
        for own in &mut words {
            for (id, weight) in own {
                *weight *= 1 + (all / holders[*id as usize].max(1)).ilog2();
            }
        }
        let mut said: BTreeMap<(u32, String, String), BTreeSet<String>> = BTreeMap::new();
        for claim in claims {
            let story = stories.get(claim.source as usize).copied().unwrap_or_default();
            for (axis, value) in claim.scope.iter().filter(|(axis, _)| SHARED.contains(&axis.as_str())) {
                said.entry((story, claim.family.clone(), axis.clone())).or_default().insert(fold(value));
            }
        }
        let alone = said.into_iter().filter(|(_, values)| values.len() == 1).map(|(key, _)| key).collect();
        let mut given: BTreeMap<(u32, String), BTreeSet<String>> = BTreeMap::new();
        for claim in claims.iter().filter(|c| !matches!(c.value, Value::Text(_)) && !c.noise) {
            given.entry((claim.source, scoped(claim))).or_default().insert(value_words(&claim.value));
        }
        let plural = given.into_iter().filter(|(_, values)| values.len() > 1).map(|(key, _)| key).collect();
        Contexts { words, alone, plural }
    }

    /// Whether all claims of an attribute in a story that say where on an axis they are say the same: then nobody has to.
    pub fn goes_without_saying(&self, story: u32, family: &str, axis: &str) -> bool {
        self.alone.contains(&(story, family.to_owned(), axis.to_owned()))
    }

    /// Whether the document of a claim gives several values to its attribute.
    fn plural(&self, claim: &Claim) -> bool {
        self.plural.contains(&(claim.source, scoped(claim)))
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

/// The attribute of a claim with its scope and unit: what is given in two units is not given twice.
fn scoped(claim: &Claim) -> String {
    let unit = match &claim.value {
        Value::Quantity(q) => q.unit.name.to_string(),
        _ => String::new(),
    };
    let scope: Vec<String> = claim.scope.iter().map(|(axis, value)| format!("{axis} {}", fold(value))).collect();
    format!("{} {} {unit}", claim.family, scope.join(", "))
}

/// The content words of a claim's sentence, its value left out, each with its weight: what it has at its nearest place.
fn around(claim: &Claim, text: &str, lookup: &Lookup) -> Vec<(String, u32)> {
    let (s, v) = (claim.span, claim.value_span);
    let before = Span::new(s.start as usize, (v.start as usize).max(s.start as usize));
    let behind = Span::new((v.end as usize).min(s.end as usize), s.end as usize);
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

/// See the module. Links of one document, and of claims that no third one agrees with, are judged by the same measure.
pub fn settle(claims: &[Claim], contexts: &Contexts, block: &Block, links: Vec<Link>) -> Vec<Link> {
    if !links.iter().any(|l| l.relation == Relation::Conflict) {
        return links;
    }
    let groups = Groups::new(block, &links);
    // By pair of groups that a conflict parts: how alike they are told.
    let mut alike: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for link in links.iter().filter(|l| l.relation == Relation::Conflict) {
        let (g, h) = (groups.of(link.a), groups.of(link.b));
        alike.entry((g, h)).or_insert_with(|| groups.alike(claims, contexts, g, h));
        let back = alike[&(g, h)];
        alike.insert((h, g), back);
    }
    let sources: Vec<BTreeSet<u32>> =
        groups.members.iter().map(|m| m.iter().map(|&c| claims[c as usize].source).collect()).collect();
    let keeps = |g: usize, h: usize| {
        let own = alike.get(&(g, h)).copied().unwrap_or_default();
        alike.range((g, 0)..(g + 1, 0)).all(|((_, other), &n)| *other == h || n < own || n == own && *other > h)
    };
    // Values that one document gives to one attribute: where there are several, the attribute is one of several things.
    let mut given: BTreeMap<(u32, &str), BTreeSet<usize>> = BTreeMap::new();
    for (g, members) in groups.members.iter().enumerate() {
        for claim in members.iter().map(|&c| &claims[c as usize]) {
            given.entry((claim.source, &claim.family)).or_default().insert(g);
        }
    }
    let stands = |link: &Link| {
        if link.relation != Relation::Conflict || matches!(claims[link.a as usize].value, Value::Text(_)) {
            return true;
        }
        let (x, y) = (&claims[link.a as usize], &claims[link.b as usize]);
        let (g, h) = (groups.of(link.a), groups.of(link.b));
        if x.source == y.source {
            // Two voices that one page quotes, and two figures of one sentence, are told as two.
            return x.span != y.span
                && x.attributed_to == y.attributed_to
                && given.get(&(x.source, x.family.as_str())).is_none_or(|groups| groups.len() == 2)
                && contexts.alike(link.a, link.b) >= PLURAL;
        }
        let told = match (contexts.plural(x), contexts.plural(y)) {
            (true, true) => false,
            (false, false) => true,
            _ => alike[&(g, h)] >= PLURAL,
        };
        told && sources[g].is_disjoint(&sources[h]) && keeps(g, h) && keeps(h, g)
    };
    links.into_iter().filter(stands).collect()
}

/// The claims of a block by what they say: claims of one cell, and cells joined by agreement, rounding or bounds.
struct Groups {
    members: Vec<Vec<u32>>,
    number: BTreeMap<u32, usize>,
}

impl Groups {
    fn new(block: &Block, links: &[Link]) -> Groups {
        let all: Vec<u32> = block.cells.iter().flat_map(|c| c.claims.iter().copied()).collect();
        let place: BTreeMap<u32, usize> = all.iter().enumerate().map(|(i, &c)| (c, i)).collect();
        let mut joined = UnionFind::<usize>::new(all.len());
        for cell in &block.cells {
            for pair in cell.claims.windows(2) {
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
        Groups { members, number }
    }

    fn of(&self, claim: u32) -> usize {
        self.number[&claim]
    }

    /// How alike two groups are told: the likest pair of them in two documents.
    fn alike(&self, claims: &[Claim], contexts: &Contexts, g: usize, h: usize) -> u32 {
        let pairs = self.members[g].iter().flat_map(|&a| self.members[h].iter().map(move |&b| (a, b)));
        let apart = pairs.filter(|&(a, b)| claims[a as usize].source != claims[b as usize].source);
        apart.map(|(a, b)| contexts.alike(a, b)).max().unwrap_or_default()
    }
}
