//! Rules as data: loads, checks and compiles the files of `rules/`, lexicons included.
//!
//! Comes in: TOML, embedded in the binary or in a folder. Goes out: [`Rules`], in which every word, frame, formula and
//! message has been checked, or all [`Fault`]s with file, line and caret. Knows no document; matches nothing.

mod called;
mod compile;
mod fault;
pub mod formula;
pub mod frame;
mod load;
mod lookup;
pub mod measure;
mod opposed;
mod own;
mod packed;
mod place;
mod schema;
mod template;
mod unpack;
mod vocabulary;

pub use called::Called;
pub use compile::{
    CheckExample, CheckRule, Constraint, Cue, ExtractExample, ExtractRule, Form, Gates, Head, KindRule, Lexicon,
    LexiconExample, RelateExample, RelateRule, Role, Row, Setting, When,
};
pub use fault::{ExpressionError, Fault};
pub use formula::{Formula, Operand, Outcome, days_between, evaluate, months_between};
pub use frame::{Element, Frame, SlotName};
pub use load::{Overridden, Rules};
pub use lookup::{Lookup, Memo, Row as LookupRow, Term, Terms, WordId, Words, pieces};
pub use measure::Measures;
pub use opposed::{Opposed, Phrase};
pub use own::OwnAttribute;
pub use place::{Placed, RuleFile};
pub use schema::schema;
pub use template::Template;
pub use vocabulary::{
    Bind, CheckCode, Comparator, EntityType, Expected, KindCode, LexiconSchema, ListPart, Missing, Modality, Order,
    Polarity, PolarityPair, Relation, Severity, Shared, TimeNature, Verdict, Vocabulary,
};
