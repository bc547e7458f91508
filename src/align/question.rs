//! Which question of its sentence a spot answers: who did it, what was done, where, when, which one, how many, or whether.
//!
//! Comes in: the tree of a sentence and a spot in it. Goes out: the question as a person would put it, in the words of the
//! sentence: "who opened the bridge", "which hip", "what the hull is". Nothing is decided by it; it names what a statement
//! claims of its subject, whatever the verb.

use crate::language::{Label, Tag, Tree};
use crate::text::Span;

/// What is left of a subject or an object that is longer, in tokens.
const LONGEST: usize = 6;

/// The question that a span answers, or whether its sentence is so where one of two denies it; `None` where the tree does not
/// tell.
pub(crate) fn question(tree: &Tree, text: &str, span: Span, denied: bool) -> Option<String> {
    let asker = Asker { tree, text };
    let top = tree.top(span)?;
    if denied {
        let predicate = asker.predicate(top)?;
        return Some(format!("whether {}", asker.clause(predicate)?));
    }
    asker.question(top)
}

/// A sentence of which questions are asked.
struct Asker<'a> {
    tree: &'a Tree,
    text: &'a str,
}

impl Asker<'_> {
    fn question(&self, at: usize) -> Option<String> {
        let token = &self.tree.tokens[at];
        let head = self.tree.head(at);
        if self.is_predicate(at) && !matches!(token.label, Label::Amod | Label::Compound) {
            return match (self.subject(at), self.copula(at)) {
                (Some(subject), Some(be)) => Some(format!("what {subject} {be}")),
                (Some(subject), None) if self.is_passive(at) => Some(format!("what happened to {subject}")),
                (Some(subject), None) => Some(format!("what {subject} did")),
                (None, _) => None,
            };
        }
        let head = head?;
        let is_name = token.tag == Tag::Propn;
        match token.label {
            Label::Nsubj | Label::NsubjPass => {
                let object = self.tree.child(head, &[Label::Obj]).map(|o| format!(" {}", self.phrase(o)));
                let who = if is_name { "who" } else { "who or what" };
                Some(format!("{who} {}{}", self.verb(head)?, object.unwrap_or_default()))
            }
            Label::Agent => Some(format!("by whom {}", self.clause(head)?)),
            Label::Obj | Label::Iobj => {
                let what = if is_name { "who or what" } else { "what" };
                Some(format!("{what} {}", self.clause(head)?))
            }
            Label::OblBare => Some(format!("when {}", self.clause(head)?)),
            Label::Obl => {
                let case = self.tree.child(at, &[Label::Case])?;
                let parts = self.tree.children(case).filter(|c| self.tree.tokens[*c].label == Label::Fixed);
                let words: Vec<&str> = std::iter::once(case).chain(parts).map(|c| self.word(c)).collect();
                let case = words.join(" ").to_lowercase();
                let clause = self.clause(head)?;
                Some(match (case.as_str(), token.tag) {
                    ("in" | "at" | "near", Tag::Propn) => format!("where or when {clause}"),
                    ("on", Tag::Propn) => format!("when {clause}"),
                    (_, Tag::Propn) => format!("{case} whom or what {clause}"),
                    _ => format!("{case} what {clause}"),
                })
            }
            Label::Advmod => Some(format!("how {}", self.clause(head)?)),
            Label::Nummod if self.tree.tokens[head].tag == Tag::Nouns => Some(format!("how many {}", self.word(head))),
            Label::Amod
            | Label::Compound
            | Label::Nmod
            | Label::NmodBare
            | Label::Poss
            | Label::Nummod
            | Label::Det => Some(format!("which {}", self.word(head))),
            Label::Conj => self.question(head),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> &str {
        self.tree.tokens[at].span.of(self.text)
    }

    /// Whether a token says something of a subject: a verb, or what stands behind a form of "be".
    fn is_predicate(&self, at: usize) -> bool {
        self.tree.tokens[at].tag.is_verb() || self.copula(at).is_some()
    }

    /// The nearest predicate from a token upwards, itself among them.
    fn predicate(&self, at: usize) -> Option<usize> {
        std::iter::successors(Some(at), |at| self.tree.head(*at)).find(|at| self.is_predicate(*at))
    }

    fn copula(&self, at: usize) -> Option<&str> {
        self.tree.child(at, &[Label::Cop]).map(|c| self.word(c))
    }

    fn is_passive(&self, at: usize) -> bool {
        self.tree.child(at, &[Label::AuxPass, Label::NsubjPass]).is_some()
    }

    /// The subject of a predicate, or of the one that it is joined to: "the mayor came and danced".
    fn subject(&self, of: usize) -> Option<String> {
        self.tree.subject(of, &[Label::Conj, Label::Xcomp]).map(|s| self.phrase(s))
    }

    /// A predicate with its auxiliaries and its particle.
    fn verb(&self, at: usize) -> Option<String> {
        let near = |c: &usize| {
            let label = self.tree.tokens[*c].label;
            matches!(label, Label::Aux | Label::AuxPass | Label::Cop) && *c < at
        };
        let mut words: Vec<usize> = self.tree.children(at).filter(near).collect();
        words.push(at);
        words.extend(self.tree.particle(at).filter(|p| *p > at));
        self.is_predicate(at).then(|| words.into_iter().map(|w| self.word(w)).collect::<Vec<_>>().join(" "))
    }

    /// What is said without what it is said of further: its subject and its verb.
    fn clause(&self, at: usize) -> Option<String> {
        Some(format!("{} {}", self.subject(at)?, self.verb(at)?))
    }

    /// A noun with what stands before it, and the rest of its name.
    fn phrase(&self, noun: usize) -> String {
        let of = |c: &usize| {
            use Label::{Amod, Compound, Det, Flat, NmodBare, Nummod, Poss};
            matches!(self.tree.tokens[*c].label, Amod | Compound | Det | Flat | NmodBare | Nummod | Poss)
        };
        let parts: Vec<usize> = self.tree.children(noun).filter(of).chain([noun]).collect();
        let (first, last) = (parts.iter().min().map_or(noun, |p| *p), parts.iter().max().map_or(noun, |p| *p));
        let first = first.max((last + 1).saturating_sub(LONGEST));
        let words = Span::new(self.tree.tokens[first].span.start as usize, self.tree.tokens[last].span.end as usize);
        let words = words.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        match (self.tree.tokens[first].tag, words.split_at_checked(1)) {
            (Tag::Propn, _) | (_, None) => words,
            (_, Some((initial, rest))) => initial.to_lowercase() + rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, spot: &str, denied: bool, expected: Option<&str>) {
        let tree = Tree::of(text, Span::new(0, text.len()), &[]);
        let at = text.find(spot).unwrap();
        let span = Span::new(at, at + spot.len());
        assert_eq!(question(&tree, text, span, denied).as_deref(), expected, "{text} | {spot}");
    }

    #[test]
    fn who_what_where_which() {
        check("The mayor opened the new bridge on Monday.", "mayor", false, Some("who or what opened the new bridge"));
        check("Ada Holt opened the new bridge on Monday.", "Ada Holt", false, Some("who opened the new bridge"));
        check("The mayor opened the new bridge on Monday.", "bridge", false, Some("what the mayor opened"));
        check("The mayor opened the new bridge on Monday.", "opened", false, Some("what the mayor did"));
        check("The mayor opened the new bridge on Monday.", "Monday", false, Some("when the mayor opened"));
        check("The bridge was opened by Ada Holt.", "Ada Holt", false, Some("by whom the bridge was opened"));
        check("The bridge was closed in Lowmere.", "closed", false, Some("what happened to the bridge"));
        check("The bridge was closed in Lowmere.", "Lowmere", false, Some("where or when the bridge was closed"));
        check("The hull of the ferry is red.", "red", false, Some("what the hull is"));
        check("She broke her left hip.", "left", false, Some("which hip"));
        check("The firm sold twelve boats.", "twelve", false, Some("how many boats"));
    }

    #[test]
    fn yes_or_no() {
        check("The council did not approve the plan.", "approve", true, Some("whether the council did approve"));
        check("The road is closed.", "closed", true, Some("whether the road is closed"));
    }

    #[test]
    fn no_question() {
        check("Rain, mostly.", "Rain", false, None);
    }
}
