//! Labels: what each token is to its head, told from the finished tree with a linear model.

use super::tag::{Seen, Tag, closed_set};
use super::weights::{Weights, best, feature};

closed_set! {
    /// What a token is to its head: the relations of Universal Dependencies, the rare ones without their subtype.
    Label {
        /// Clause that modifies a noun: "the plan to leave".
        Acl = "acl",
        /// Relative clause.
        Relcl = "acl:relcl",
        /// Clause that modifies a verb: "left when it rained".
        Advcl = "advcl",
        /// Adverb.
        Advmod = "advmod",
        /// Adjective before or after a noun.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Auxiliary of a passive.
        AuxPass = "aux:pass",
        /// Preposition, or 's.
        Case = "case",
        /// Conjunction: "and".
        Cc = "cc",
        /// Clause as a complement: "said that it rained".
        Ccomp = "ccomp",
        /// Noun before a noun.
        Compound = "compound",
        /// Particle of a verb: "set up".
        Prt = "compound:prt",
        /// Second and further members of a coordination; its head is the first.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clause as a subject.
        Csubj = "csubj",
        /// Determiner.
        Det = "det",
        /// "well", "please".
        Discourse = "discourse",
        /// "there" of "there is".
        Expl = "expl",
        /// Parts of "as well as".
        Fixed = "fixed",
        /// Further parts of a name.
        Flat = "flat",
        /// Indirect object.
        Iobj = "iobj",
        /// Member of a list.
        List = "list",
        /// "that", "to", "because".
        Mark = "mark",
        /// Noun that modifies a noun, with its preposition.
        Nmod = "nmod",
        /// Owner: "its", "the firm's".
        Poss = "nmod:poss",
        /// Noun that modifies a noun without a preposition: "the 5 May meeting", "Chancellor Merkel".
        NmodBare = "nmod:unmarked",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Number of a noun.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Noun that modifies a verb, with its preposition.
        Obl = "obl",
        /// Who does it, in a passive: "by …".
        Agent = "obl:agent",
        /// Noun that modifies a verb without a preposition: "last week".
        OblBare = "obl:unmarked",
        /// A sentence beside the sentence.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Head of the sentence.
        Root = "root",
        /// Who is addressed.
        Vocative = "vocative",
        /// Verb or adjective that takes its subject from its head: "began to rise".
        Xcomp = "xcomp",
        /// Anything else.
        Dep = "dep",
    }
}

/// Lanes of the labeller's model.
pub const LANES: usize = 40;

impl Label {
    /// The label of this name in the treebank, or of its main part.
    pub fn of_treebank(name: &str) -> Label {
        let main = name.split(':').next().unwrap_or(name);
        match name {
            "nmod:desc" => Label::NmodBare,
            _ => Label::of(name).or_else(|| Label::of(main)).unwrap_or(Label::Dep),
        }
    }
}

/// A tree as the labeller asks about it.
#[derive(Debug, Clone, Copy)]
pub struct Tree<'a> {
    /// What is seen of each word.
    pub seen: &'a [Seen],
    /// Its tag.
    pub tags: &'a [Tag],
    /// Its head; the number of tokens for the sentence's own head.
    pub heads: &'a [usize],
}

/// Of each token: its children from left to right.
pub fn children(heads: &[usize]) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); heads.len() + 1];
    for (i, head) in heads.iter().enumerate() {
        out[*head].push(i);
    }
    out
}

/// What the labeller asks of a token.
pub fn features(tree: Tree<'_>, children: &[Vec<usize>], at: usize, mut emit: impl FnMut(u64)) {
    const ROOT: u64 = 90;
    let Tree { seen, tags, heads } = tree;
    let word = |i: Option<usize>| i.map_or(0, |i| seen.get(i).map_or(ROOT, |s| s.word));
    let tag = |i: Option<usize>| i.map_or(0, |i| tags.get(i).map_or(ROOT, |t| *t as u64 + 1));
    let head = heads[at];
    let siblings = &children[head];
    let place = siblings.iter().position(|s| *s == at).unwrap_or(0);
    let before = place.checked_sub(1).map(|i| siblings[i]);
    let after = siblings.get(place + 1).copied();
    let mine = &children[at];
    let (first, last) = (mine.first().copied(), mine.last().copied());
    let grand = heads.get(head).copied();
    let side = u64::from(head > at);
    let gap = head.abs_diff(at).min(8) as u64;
    let (w, t, hw, ht) = (word(Some(at)), tag(Some(at)), word(Some(head)), tag(Some(head)));
    let aux = siblings.iter().filter(|s| tags[**s] == Tag::Aux).next_back().copied();
    let subject_before = siblings.iter().take(place).any(|s| tags[*s].is_noun() || tags[*s] == Tag::Pron);
    let mut f = |template: u64, parts: &[u64]| emit(feature(200 + template, parts));
    f(1, &[w, t, side]);
    f(2, &[t, ht, side]);
    f(3, &[hw, ht, side]);
    f(4, &[w, hw]);
    f(5, &[w, ht, side]);
    f(6, &[t, hw, side]);
    f(7, &[t, ht, side, gap]);
    f(8, &[t, ht, side, tag(first)]);
    f(9, &[t, ht, side, word(first)]);
    f(10, &[t, ht, side, tag(last)]);
    f(11, &[t, ht, side, tag(before)]);
    f(12, &[t, ht, side, tag(after)]);
    f(13, &[t, ht, side, word(before)]);
    f(14, &[t, ht, tag(grand)]);
    f(15, &[t, ht, side, word(aux), u64::from(subject_before)]);
    f(16, &[t, ht, side, mine.len().min(4) as u64, u64::from(subject_before)]);
    f(17, &[seen[at].ending(), t, ht, side]);
    f(18, &[t, ht, side, tag(at.checked_sub(1)), tag(Some(at + 1))]);
    f(19, &[word(first), hw]);
    f(20, &[t, ht, side, place.min(4) as u64, tag(before)]);
    f(21, &[hw, t, tag(first), side, u64::from(subject_before)]);
    f(22, &[w, word(at.checked_sub(1))]);
    f(23, &[t, ht, side, word(at.checked_sub(1))]);
    f(24, &[t, ht, word(first), tag(grand)]);
}

/// The labels of a tree.
pub fn label(tree: Tree<'_>, weights: &impl Weights<LANES>) -> Vec<Label> {
    let children = children(tree.heads);
    let root = tree.heads.len();
    (0..root)
        .map(|at| {
            if tree.heads[at] == root {
                return Label::Root;
            }
            let mut sums = [0; LANES];
            features(tree, &children, at, |f| weights.add(f, &mut sums));
            best(&sums, |i| i < Label::ALL.len() && Label::ALL[i] != Label::Root).map_or(Label::Dep, |i| Label::ALL[i])
        })
        .collect()
}
