//! Whether a sentence asserts what it has the words of: "the bridge is expected to open in May" has all the words of "the
//! bridge opened in May", and does not say so.
//!
//! Comes in: the sentence of a statement and one of a source that has its words. Goes out: whether the predicate of the
//! statement stands in the source as something that is so, of the same subject. Read from the dependency trees: what governs
//! the predicate there, its auxiliaries and adverbs, and what its subject belongs to.

use crate::language::{Label, Tag, Tree};
use crate::rule::Lookup;
use crate::text::Span;

/// Whether a source asserts the predicate of a statement; so too where it has that in other words, of which nothing is known.
pub(super) fn asserts(source: &str, statement: &str, lookup: &Lookup) -> bool {
    let whole = |text: &str| Span::new(0, text.len());
    let tree = |text: &str| Tree::of(text, whole(text), &[]);
    let (own, other) = (tree(statement), tree(source));
    let Some(root) = own.top(whole(statement)) else { return true };
    let mut places = (0..other.tokens.len()).filter(|at| same_word(&own, root, &other, *at)).peekable();
    let told = |at: usize| is_asserted(&other, at, &own, lookup) && !of_another(&other, at, &own, root);
    places.peek().is_none() || places.any(told)
}

/// Whether two tokens are forms of one word.
fn same_word(a: &Tree, i: usize, b: &Tree, k: usize) -> bool {
    a.tokens[i].lemma.eq_ignore_ascii_case(&b.tokens[k].lemma)
}

/// Whether a tree has a word of another one.
fn holds(tree: &Tree, word: &Tree, at: usize) -> bool {
    (0..tree.tokens.len()).any(|k| same_word(tree, k, word, at))
}

/// Whether nothing that governs a predicate leaves open whether it is so, and no modal or adverb of either, but for what the
/// statement says as well.
fn is_asserted(tree: &Tree, mut at: usize, statement: &Tree, lookup: &Lookup) -> bool {
    let lemma = |t: usize| &*tree.tokens[t].lemma;
    while has_as_well(tree, at, statement, lookup) {
        let Some(head) = tree.head(at) else { return true };
        let marks = |c: usize| {
            let leads = tree.tokens[c].label == Label::Mark || tree.tokens[c].tag == Tag::Part;
            leads && ["to", "if", "unless", "whether", "until", "lest"].contains(&lemma(c))
        };
        let marked = || tree.children(at).any(marks);
        let open = match tree.tokens[at].label {
            Label::Xcomp => {
                let verbs = tree.tokens[at].tag.is_verb() && (tree.tokens[head].tag.is_verb() || marked());
                verbs && !lookup.is_in("implicatives", lemma(head))
            }
            Label::Acl | Label::Advcl | Label::Ccomp | Label::Csubj => marked(),
            Label::Relcl => return true,
            _ => false,
        };
        if open && !holds(statement, tree, head) {
            return false;
        }
        at = head;
    }
    false
}

/// Whether a statement has the modals and the weakening adverbs of a predicate of its source.
fn has_as_well(tree: &Tree, at: usize, statement: &Tree, lookup: &Lookup) -> bool {
    let weighs = |c: usize| match tree.tokens[c].label {
        Label::Aux => lookup.is_in("modals", &tree.tokens[c].lemma),
        Label::Advmod => lookup.is_in("weakening-adverbs", &tree.tokens[c].lemma),
        _ => false,
    };
    tree.children(at).all(|c| !weighs(c) || holds(statement, tree, c))
}

/// Whether the subject of a predicate in the source is something that only belongs to that of the statement: "Lund won", "the
/// sister of Lund won".
fn of_another(tree: &Tree, at: usize, statement: &Tree, root: usize) -> bool {
    let subject = |t: &Tree, of: usize| t.child(of, &[Label::Nsubj, Label::NsubjPass]);
    let (Some(theirs), Some(own)) = (subject(tree, at), subject(statement, root)) else { return false };
    let belongs =
        |c: usize| matches!(tree.tokens[c].label, Label::Poss | Label::Nmod) && same_word(tree, c, statement, own);
    tree.tokens[theirs].tag != Tag::Pron && !holds(statement, tree, theirs) && tree.children(theirs).any(belongs)
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
        check("The council passed the budget of the school.", own, true);
    }

    #[test]
    fn whose_it_is() {
        check("Ole Lund's sister won the race.", "Ole Lund won the race.", false);
        check("The son of the baker won the race.", "The baker won the race.", false);
        check("The baker of Lowmere won the race.", "The baker won the race.", true);
    }
}
