//! Whether a sentence asserts what it has the words of: "the bridge is expected to open in May" has all the words of "the
//! bridge opened in May", and does not say so.
//!
//! Comes in: a claim of a statement and one of a source, whose sentence has its words. Goes out: whether the predicate of the
//! statement stands in the source as something that is so, of the same subject. Read from the dependency trees: what governs
//! the predicate there, its auxiliaries and adverbs, and who does it.

use std::borrow::Cow;

use crate::align::Passages;
use crate::claim::{Claim, Clauses};
use crate::language::{Label, Tag, Tree};
use crate::rule::{Lookup, Words};
use crate::source::Document;
use crate::text::{Span, content_lemma};

/// Whether the sentence of a claim asserts the predicate of that of a statement's claim; so too where it has that in other
/// words, of which nothing is known.
pub(crate) fn asserts(
    source: &Claim,
    statement: &Claim,
    (passages, documents, lookup): (&Passages, &[Document], &Lookup),
) -> bool {
    let sentence = |c: &Claim| {
        let text = documents.get(c.source as usize).map_or("", |d| d.text.as_str());
        Sentence::new(text, c.span, passages.tree(c.source, c.span), lookup)
    };
    sentence(source).supports(&sentence(statement))
}

/// A sentence with its tree.
struct Sentence<'a> {
    text: &'a str,
    span: Span,
    tree: Cow<'a, Tree>,
    words: Vec<Words>,
    lookup: &'a Lookup,
}

impl<'a> Sentence<'a> {
    /// A sentence of a text with its tree, if it is known: of documents that nothing is set beside none is kept.
    fn new(text: &'a str, span: Span, tree: Option<&'a Tree>, lookup: &'a Lookup) -> Sentence<'a> {
        let tree = tree.map_or_else(|| Cow::Owned(Tree::of(text, span, &[])), Cow::Borrowed);
        let words = tree.tokens.iter().map(|t| lookup.words(t.span.of(text))).collect();
        Sentence { text, span, tree, words, lookup }
    }

    /// Whether it asserts what a statement says, if it has the predicate of that.
    fn supports(&self, statement: &Sentence<'_>) -> bool {
        let Some(predicate) = statement.predicate() else { return true };
        let mut places = self.all().filter(|at| self.same(*at, statement, predicate)).peekable();
        if places.peek().is_none() {
            return true;
        }
        // "Instead of a landing" has the word of "landed", and "did it land?" asks.
        let says = |at: &usize| statement.tag(predicate).is_verb() <= self.tag(*at).is_verb();
        let told = |at| self.asserts(at, statement) && !self.of_another(at, statement, predicate);
        (statement.asks() || !self.asks()) && places.filter(says).any(told)
    }

    fn asks(&self) -> bool {
        self.span.of(self.text).trim_end().ends_with('?')
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

    fn clauses(&self) -> Clauses<'_> {
        Clauses { text: self.text, tree: &self.tree, lookup: self.lookup }
    }

    /// Whether two words may be forms of one.
    fn same(&self, at: usize, other: &Sentence<'_>, k: usize) -> bool {
        let lemma = |s: &Sentence<'_>, at: usize| s.tree.tokens[at].lemma.to_lowercase();
        lemma(self, at) == lemma(other, k)
            || content_lemma(&self.clauses().word(at)) == content_lemma(&other.clauses().word(k))
            || self.words[at].iter().any(|w| other.words[k].has(w))
    }

    /// Whether it has a word of another sentence.
    fn has(&self, other: &Sentence<'_>, at: usize) -> bool {
        self.all().any(|k| self.same(k, other, at))
    }

    /// What it says: its head, or the first verb where that is a bare noun, since a plain sentence has one.
    fn predicate(&self) -> Option<usize> {
        let top = self.tree.top(self.span)?;
        let bare = self.tag(top).is_noun() && self.tree.child(top, &[Label::Cop, Label::Nsubj]).is_none();
        let verb = || self.all().find(|at| self.tag(*at).is_verb());
        Some(if bare { verb().unwrap_or(top) } else { top })
    }

    /// Whether nothing that governs a predicate leaves open whether it is so, and no modal or adverb of either, but for what
    /// the statement says as well.
    fn asserts(&self, at: usize, statement: &Sentence<'_>) -> bool {
        let granted =
            |(head, open): (usize, bool)| (!open || statement.has(self, head)) && self.has_as_well(head, statement);
        self.has_as_well(at, statement) && self.clauses().governors(at).all(granted)
    }

    /// Whether a statement has the modals and the weakening adverbs of a predicate of this sentence.
    fn has_as_well(&self, at: usize, statement: &Sentence<'_>) -> bool {
        let weighs = |c: usize| match self.label(c) {
            Label::Aux => self.clauses().is_in(c, "modals"),
            Label::Advmod => self.clauses().is_in(c, "weakening-adverbs"),
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

    fn check(source: &'static str, statement: &'static str, asserted: bool) {
        let sentence = |text: &'static str| Sentence::new(text, Span::new(0, text.len()), None, &LOOKUP);
        assert_eq!(sentence(source).supports(&sentence(statement)), asserted, "{source} | {statement}");
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
