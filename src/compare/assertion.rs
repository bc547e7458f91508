//! Whether a sentence asserts what it has the words of: "the bridge is expected to open in May" has all the words of "the
//! bridge opened in May", and does not say so.
//!
//! Comes in: the sentence of a statement and one of a source that has its words. Goes out: whether the predicate of the
//! statement stands in the source as something that is so, of the same subject. Read from the dependency trees: what governs
//! the predicate there, its auxiliaries and adverbs, and who does it.

use crate::language::{Label, Tag, Tree};
use crate::rule::{Lookup, Words};
use crate::text::{Span, content_lemma};

/// What leads in a clause that may not be so, gerunds among them: "a target of selling", "instead of selling".
const OPENING: [&str; 13] =
    ["to", "if", "unless", "whether", "until", "lest", "of", "from", "without", "instead", "against", "than", "about"];

/// Whether a source asserts the predicate of a statement; so too where it has that in other words, of which nothing is known.
pub(crate) fn asserts(source: &str, statement: &str, lookup: &Lookup) -> bool {
    let (own, other) = (Sentence::new(statement, lookup), Sentence::new(source, lookup));
    let Some(predicate) = own.predicate() else { return true };
    let mut places = other.all().filter(|at| other.same(*at, &own, predicate)).peekable();
    if places.peek().is_none() {
        return true;
    }
    // "Instead of a landing" has the word of "landed", and "did it land?" asks.
    let says = |at: &usize| own.tag(predicate).is_verb() <= other.tag(*at).is_verb();
    let asked = source.trim_end().ends_with('?') && !statement.trim_end().ends_with('?');
    !asked && places.filter(says).any(|at| other.asserts(at, &own) && !other.of_another(at, &own, predicate))
}

/// A sentence with its tree.
struct Sentence<'a> {
    text: &'a str,
    tree: Tree,
    words: Vec<Words>,
    lookup: &'a Lookup,
}

impl<'a> Sentence<'a> {
    fn new(text: &'a str, lookup: &'a Lookup) -> Sentence<'a> {
        let tree = Tree::of(text, Span::new(0, text.len()), &[]);
        let words = tree.tokens.iter().map(|t| lookup.words(t.span.of(text))).collect();
        Sentence { text, tree, words, lookup }
    }

    fn all(&self) -> std::ops::Range<usize> {
        0..self.tree.tokens.len()
    }

    fn label(&self, at: usize) -> Label {
        self.tree.tokens[at].label
    }

    fn tag(&self, at: usize) -> Tag {
        self.tree.tokens[at].tag
    }

    fn word(&self, at: usize) -> String {
        self.tree.tokens[at].span.of(self.text).to_lowercase()
    }

    fn is_in(&self, at: usize, lexicon: &str) -> bool {
        self.lookup.terms(lexicon).at(&[self.words[at]], None).is_some_and(|(n, _)| n == 1)
    }

    /// Whether two words may be forms of one.
    fn same(&self, at: usize, other: &Sentence<'_>, k: usize) -> bool {
        let lemma = |s: &Sentence<'_>, at: usize| s.tree.tokens[at].lemma.to_lowercase();
        lemma(self, at) == lemma(other, k)
            || content_lemma(&self.word(at)) == content_lemma(&other.word(k))
            || self.words[at].iter().any(|w| other.words[k].has(w))
    }

    /// Whether it has a word of another sentence.
    fn has(&self, other: &Sentence<'_>, at: usize) -> bool {
        self.all().any(|k| self.same(k, other, at))
    }

    /// What it says: its head, or the first verb where that is a bare noun, since a plain sentence has one.
    fn predicate(&self) -> Option<usize> {
        let top = self.tree.top(Span::new(0, self.text.len()))?;
        let bare = self.tag(top).is_noun() && self.tree.child(top, &[Label::Cop, Label::Nsubj]).is_none();
        let verb = || self.all().find(|at| self.tag(*at).is_verb());
        Some(if bare { verb().unwrap_or(top) } else { top })
    }

    /// Whether nothing that governs a predicate leaves open whether it is so, and no modal or adverb of either, but for what
    /// the statement says as well.
    fn asserts(&self, mut at: usize, statement: &Sentence<'_>) -> bool {
        while self.has_as_well(at, statement) {
            let Some(head) = self.tree.head(at) else { return true };
            let open = match self.label(at) {
                Label::Xcomp => {
                    let verbs = self.tag(at).is_verb() && (self.tag(head).is_verb() || self.is_led(at));
                    verbs && !self.is_in(head, "implicatives")
                }
                Label::Acl | Label::Ccomp => self.is_led(at) || self.is_wished(at) || self.is_in(head, "left-open"),
                Label::Relcl => return !self.is_in(head, "left-open"),
                Label::Advcl | Label::Csubj => self.is_led(at),
                Label::Conj | Label::Parataxis => false,
                // What a predicate is said of is no matter of it.
                _ => return true,
            };
            if open && !statement.has(self, head) {
                return false;
            }
            at = head;
        }
        false
    }

    /// Whether a clause is led in by a word that leaves open whether it is so.
    fn is_led(&self, at: usize) -> bool {
        let leads = |c: &usize| self.label(*c) == Label::Mark || self.tag(*c) == Tag::Part;
        self.tree.children(at).filter(leads).any(|c| OPENING.contains(&self.word(c).as_str()))
    }

    /// Whether a clause is one of what shall be so: "ordered that the bridge reopen".
    fn is_wished(&self, at: usize) -> bool {
        let one = |c: usize| matches!(self.tag(c), Tag::Noun | Tag::Propn) || self.word(c) == "it";
        let subject = self.tree.child(at, &[Label::Nsubj, Label::NsubjPass]);
        let plain = self.tree.child(at, &[Label::Aux, Label::AuxPass, Label::Cop]).is_none();
        self.tag(at) == Tag::Verb && plain && subject.is_some_and(one)
    }

    /// Whether a statement has the modals and the weakening adverbs of a predicate of this sentence.
    fn has_as_well(&self, at: usize, statement: &Sentence<'_>) -> bool {
        let weighs = |c: usize| match self.label(c) {
            Label::Aux => self.is_in(c, "modals"),
            Label::Advmod => self.is_in(c, "weakening-adverbs"),
            _ => false,
        };
        self.tree.children(at).all(|c| !weighs(c) || statement.has(self, c))
    }

    /// Who does what a predicate says: of "was built by Lund" Lund, of a relative clause whom it is said of.
    fn doer(&self, at: usize) -> Option<usize> {
        let own = self.tree.child(at, &[Label::Nsubj, Label::Agent]);
        match self.label(at) {
            Label::Relcl if own.is_some_and(|s| self.tag(s) == Tag::Pron) => self.tree.head(at),
            Label::Xcomp if own.is_none() => self.tree.head(at).and_then(|h| self.tree.child(h, &[Label::Nsubj])),
            _ => own,
        }
    }

    /// Whether somebody else does it here than in the statement: a name that this has nothing of, or what only belongs to who
    /// does it there, as in "the sister of Lund won".
    fn of_another(&self, at: usize, statement: &Sentence<'_>, predicate: usize) -> bool {
        let (Some(theirs), Some(own)) = (self.doer(at), statement.doer(predicate)) else { return false };
        let named = self.tag(theirs) == Tag::Propn && statement.tag(own) == Tag::Propn;
        if named && !self.name(theirs).any(|c| statement.has(self, c)) {
            return true;
        }
        let apposed = self.tree.head(theirs).filter(|_| self.label(theirs) == Label::Appos);
        let belongs = |of: usize, c: usize| {
            let owns = matches!(self.label(c), Label::Poss | Label::Nmod) && self.tree.head(c) == Some(of);
            owns && self.name(c).any(|c| statement.name(own).any(|own| self.same(c, statement, own)))
        };
        let other = |of: usize| !statement.has(self, of) && self.all().any(|c| belongs(of, c));
        self.tag(theirs) != Tag::Pron && [Some(theirs), apposed].into_iter().flatten().any(other)
    }

    /// A noun with the other words of its name.
    fn name(&self, of: usize) -> impl Iterator<Item = usize> {
        let parts = self.tree.children(of).filter(|c| matches!(self.label(*c), Label::Flat | Label::Compound));
        [of].into_iter().chain(parts)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::rule::Rules;

    static LOOKUP: LazyLock<Lookup> = LazyLock::new(|| Rules::embedded().unwrap().lookup());

    fn check(source: &str, statement: &str, asserted: bool) {
        assert_eq!(asserts(source, statement, &LOOKUP), asserted, "{source} | {statement}");
    }

    #[test]
    fn what_governs_it_leaves_it_open() {
        let own = "The council approved the budget of the school.";
        check("The council is due to approve the budget of the school.", own, false);
        check("The council was asked to approve the budget of the school.", own, false);
        check("If the council approved the budget of the school, nobody told us.", own, false);
        check("The council would have approved the budget of the school.", own, false);
        check("The council almost approved the budget of the school.", own, false);
        check("The shop stopped selling bread.", "The shop sells bread.", false);
        check("The shop could sell bread.", "The shop could sell bread.", true);
        check("The minister ordered that the council approve the budget of the school.", own, false);
        check("Rumours that the council had approved the budget of the school spread on Sunday.", own, false);
        check("The council set itself the target of approving the budget of the school.", own, false);
        check("Did the council approve the budget of the school?", own, false);
        check("The mayor wrongly said that the council approved the budget of the school.", own, false);
    }

    #[test]
    fn what_is_so() {
        let own = "The council approved the budget of the school.";
        check("On Monday the budget of the school was approved by the council.", own, true);
        check("The mayor said that the council had approved the budget of the school.", own, true);
        check("After the council approved the budget of the school, work began.", own, true);
        check("The council, which approved the budget of the school, meets on Monday.", own, true);
        check("The firm managed to sell the yard.", "The firm sold the yard.", true);
        check("The council was able to approve the budget of the school.", own, true);
        check("The mayor, who resigned in June, will be replaced in May.", "The mayor resigned in June.", true);
        check("Ines Berg, who won the race in 1987, now teaches.", "Ines Berg won the race in 1987.", true);
        check("When the mine closed in 1974, half the village moved.", "The mine closed in 1974.", true);
        check("The council passed the budget of the school.", own, true);
    }

    #[test]
    fn whose_it_is() {
        check("Ole Lund's sister won the race.", "Ole Lund won the race.", false);
        check("The son of the baker won the race.", "The baker won the race.", false);
        check("Ole Lund lost, unlike Ines Berg, who won the race.", "Ole Lund won the race.", false);
        check("It was Ole Lund who won the race.", "Ole Lund won the race.", true);
        check("The race was won by Ole Lund.", "Ole Lund won the race.", true);
        check("A supplier to Lund Motors won the race.", "Lund Motors won the race.", false);
        check("The baker of Lowmere won the race.", "The baker won the race.", true);
    }
}
