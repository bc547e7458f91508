//! Labels: what a token is to its head.

use super::tag::closed_set;

closed_set! {
    /// What a token is to its head: the relations of Universal Dependencies, the rare ones without their subtype.
    pub Label {
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
