//! What a sentence leaves open: clauses of which what governs them does not say that they are so.
//!
//! Comes in: a dependency tree with its text, and a predicate. Goes out: what governs it from clause to clause, and whether that
//! leaves it open: "was asked to approve", "rumours that it sank", "instead of selling".

use crate::language::{Label, Tag, Tree};
use crate::rule::Lookup;

/// What leads in a clause that may not be so, gerunds among them: "a target of selling", "instead of selling".
const OPENING: [&str; 13] =
    ["to", "if", "unless", "whether", "until", "lest", "of", "from", "without", "instead", "against", "than", "about"];

/// A sentence with the words that decide.
#[derive(Clone, Copy)]
pub(crate) struct Clauses<'a> {
    pub(crate) text: &'a str,
    pub(crate) tree: &'a Tree,
    pub(crate) lookup: &'a Lookup,
}

impl<'a> Clauses<'a> {
    /// What governs a predicate, from its clause to that of the whole sentence, and whether it leaves open what it governs.
    pub(crate) fn governors(self, at: usize) -> impl Iterator<Item = (usize, bool)> + 'a {
        std::iter::successors(self.governor(at), move |(head, _)| self.governor(*head))
    }

    fn governor(self, at: usize) -> Option<(usize, bool)> {
        let head = self.tree.head(at)?;
        let open = match self.tree.tokens[at].label {
            Label::Xcomp => {
                let verb = |at: usize| self.tree.tokens[at].tag.is_verb();
                verb(at) && (verb(head) || self.is_led(at)) && !self.is_in(head, "implicatives")
            }
            Label::Acl | Label::Ccomp => self.is_led(at) || self.is_wished(at) || self.is_in(head, "left-open"),
            Label::Relcl => self.is_in(head, "left-open"),
            Label::Advcl | Label::Csubj => self.is_led(at),
            Label::Conj | Label::Parataxis => false,
            // What a predicate is said of is no matter of it.
            _ => return None,
        };
        Some((head, open))
    }

    /// Whether a clause is led in by a word that leaves open whether it is so.
    fn is_led(self, at: usize) -> bool {
        let leads = |c: &usize| self.tree.tokens[*c].label == Label::Mark || self.tree.tokens[*c].tag == Tag::Part;
        self.tree.children(at).filter(leads).any(|c| OPENING.contains(&self.word(c).as_str()))
    }

    /// Whether a clause is one of what shall be so: "ordered that the bridge reopen".
    fn is_wished(self, at: usize) -> bool {
        let one = |c: usize| matches!(self.tree.tokens[c].tag, Tag::Noun | Tag::Propn) || self.word(c) == "it";
        let subject = self.tree.child(at, &[Label::Nsubj, Label::NsubjPass]);
        let plain = self.tree.child(at, &[Label::Aux, Label::AuxPass, Label::Cop]).is_none();
        self.tree.tokens[at].tag == Tag::Verb && plain && subject.is_some_and(one)
    }

    /// A word in lower case.
    pub(crate) fn word(self, at: usize) -> String {
        self.tree.tokens[at].span.of(self.text).to_lowercase()
    }

    /// Whether a word is a form of a term of a lexicon.
    pub(crate) fn is_in(self, at: usize, lexicon: &str) -> bool {
        self.lookup.is_in(lexicon, self.tree.tokens[at].span.of(self.text))
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::Rules;
    use crate::text::Span;

    use super::*;

    /// Whether anything that governs a verb, leaves open whether it is so.
    #[test]
    fn what_is_left_open() {
        let lookup = Rules::embedded().unwrap().lookup();
        for (text, verb, open) in [
            ("The council was asked to approve the wall.", "approve", true),
            ("The council managed to approve the wall.", "approve", false),
            ("The council thought of selling the wall.", "selling", true),
            ("The council went home after selling the wall.", "selling", false),
            ("Rumours that the ferry had sunk spread at noon.", "sunk", true),
            ("The report that the ferry had sunk came at noon.", "sunk", false),
            ("The minister insisted that the council approve the wall.", "approve", true),
            ("The minister insisted that the council approved the wall.", "approved", false),
            ("Nobody told us whether the ferry had sunk.", "sunk", true),
            ("The keeper wept when the ferry sank.", "sank", false),
            ("If the council approved the wall, nobody told us.", "approved", true),
            ("The keeper was asked to stay and the ferry sank.", "sank", false),
        ] {
            let tree = Tree::of(text, Span::new(0, text.len()), &[]);
            let at = tree.tokens.iter().position(|t| t.span.of(text) == verb).unwrap();
            let clauses = Clauses { text, tree: &tree, lookup: &lookup };
            assert_eq!(clauses.governors(at).any(|(_, open)| open), open, "{text}");
        }
    }
}
